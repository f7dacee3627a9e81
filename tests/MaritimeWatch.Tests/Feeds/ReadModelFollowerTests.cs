using System.Buffers;
using System.Text;
using MaritimeWatch.Feeds;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Tests.Reference.Lanes;

namespace MaritimeWatch.Tests.Feeds;

public sealed class ReadModelFollowerTests
{
    private static readonly DateTimeOffset Made = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_follower_shows_what_the_groups_commit_and_no_more()
    {
        var world = new FeedWorld();
        using var follower = new ReadModelFollower(world.Store, world.Model, world.Clock);
        Assert.That(await follower.RefreshAsync(), Is.False, "there is no store yet");

        await StoreFormat.OpenOrCreateAsync(world.Store, Made, groups: 2, simulated: true);
        for (var entry = 0; entry < 150; entry++)
        {
            // Enough commits that older segments have gone to manifests.
            await CommitAsync(world, entry % 2, FeedWorld.Finding($"f{entry}"));
            if (entry % 40 == 0)
            {
                Assert.That(await follower.RefreshAsync());
                Assert.That(Matched(world), Is.EqualTo(entry + 1));
            }
        }

        var stray = new GroupName("watch", 0).BlobFor(75, "x"u8, "pack");
        await world.Store.PutAsync(
            stray, Encoding.UTF8.GetBytes(FeedWorld.Finding("left-by-a-dead-worker")), PutCondition.IfAbsent, default);
        Assert.That(await follower.RefreshAsync());
        Assert.That(Matched(world), Is.EqualTo(150));
        Assert.That(await follower.RefreshAsync(), Is.False, "nothing is new");
        Assert.That(follower.Simulated && follower.Groups == 2);

        var late = new ReadModel(world.Store, world.Clock);
        using var other = new ReadModelFollower(world.Store, late, world.Clock);
        await other.RefreshAsync();
        Assert.That(
            late.Current.Query(FeedCollections.Findings, new FeedQuery()).Matched, Is.EqualTo(150),
            "one that starts late sees the same");
    }

    [Test]
    public async Task A_running_follower_looks_when_it_is_woken()
    {
        var world = new FeedWorld();
        using var follower = new ReadModelFollower(
            world.Store, world.Model, TimeProvider.System,
            new FollowerOptions { Poll = TimeSpan.FromHours(1), Pause = TimeSpan.FromMilliseconds(1) });
        await StoreFormat.OpenOrCreateAsync(world.Store, Made, groups: 1);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var running = follower.RunAsync(cancel: stop.Token);
        await CommitAsync(world, 0, FeedWorld.Finding("a"));
        follower.Wake();
        while (Matched(world) == 0 && !stop.IsCancellationRequested)
        {
            await Task.Yield();
        }

        Assert.That(Matched(world), Is.EqualTo(1));
        await stop.CancelAsync();
        await running;
    }

    [Test]
    public async Task A_segment_that_is_gone_is_passed_over_and_counted()
    {
        var world = new FeedWorld();
        using var follower = new ReadModelFollower(world.Store, world.Model, world.Clock);
        await StoreFormat.OpenOrCreateAsync(world.Store, Made, groups: 1);
        await CommitAsync(world, 0, FeedWorld.Finding("a"));
        await foreach (var blob in world.Store.ListAsync("groups/", default))
        {
            if (blob.Name.EndsWith(".pack", StringComparison.Ordinal))
            {
                await world.Store.DeleteAsync(blob.Name, default);
            }
        }

        await CommitAsync(world, 0, FeedWorld.Finding("b"));
        await follower.RefreshAsync();
        Assert.That(await world.IdsAsync(world.Model.Current), Is.EqualTo("b".Split(' ')));
        Assert.That(follower.SegmentsGone, Is.EqualTo(1));
    }

    [Test]
    public async Task The_newest_version_of_the_zones_is_shown()
    {
        var world = new FeedWorld();
        using var follower = new ReadModelFollower(world.Store, world.Model, world.Clock);
        var reference = new ReferenceStore(world.Store);
        await reference.AddAsync(ReferenceKinds.Zones, Zones("reserve", "anchorage"), default);
        await follower.RefreshAsync();
        Assert.That(
            await world.IdsAsync(world.Model.Current, collection: "zones"), Is.EquivalentTo("reserve anchorage".Split(' ')));

        await reference.AddAsync(ReferenceKinds.Zones, Zones("reserve"), default);
        world.Clock.Move(TimeSpan.FromSeconds(3));
        await follower.RefreshAsync();
        Assert.That(await world.IdsAsync(world.Model.Current, collection: "zones"), Is.EqualTo("reserve".Split(' ')));
    }

    [Test]
    public async Task The_newest_lanes_of_all_ships_stand_beside_what_ships_keep_to_themselves()
    {
        var world = new FeedWorld();
        using var follower = new ReadModelFollower(world.Store, world.Model, world.Clock);
        var reference = new ReferenceStore(world.Store);
        var own = """{"type":"Feature","id":"lane:211000001:NOLAR-SEGOT","geometry":{"type":"LineString","coordinates":[[10,59],[11,57]]},"properties":{"subject":"mmsi:211000001","voyages":3,"simulated":false}}""";
        world.Model.Replace("lanes", Encoding.UTF8.GetBytes(own + "\n"), []);
        await reference.AddAsync(ReferenceKinds.Lanes, LaneFile.Write(LaneLearning.Learn([.. Sailings.Many(5), .. Sailings.Many(4, middle: 8, first: 20)])), default);
        await follower.RefreshAsync();
        Assert.That(
            await world.IdsAsync(world.Model.Current, collection: "lanes"),
            Is.EquivalentTo(new[] { "lane:211000001:NOLAR-SEGOT", "lane:SEGOT-NLRTM:all:1", "lane:SEGOT-NLRTM:all:2" }));

        await reference.AddAsync(ReferenceKinds.Lanes, LaneFile.Write(LaneLearning.Learn(Sailings.Many(5))), default);
        world.Clock.Move(TimeSpan.FromSeconds(3));
        await follower.RefreshAsync();
        Assert.That(
            await world.IdsAsync(world.Model.Current, collection: "lanes"),
            Is.EquivalentTo(new[] { "lane:211000001:NOLAR-SEGOT", "lane:SEGOT-NLRTM:all:1" }), "the other is gone, her own stays");
    }

    private static byte[] Zones(params string[] names) => Encoding.UTF8.GetBytes(
        $$"""{"type":"FeatureCollection","features":[{{string.Join(',', names.Select(n => $$$"""{"type":"Feature","id":"{{{n}}}","geometry":{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,2],[1,1]]]},"properties":{"name":"{{{n}}}"}}"""))}}]}""");

    private static int Matched(FeedWorld world) =>
        world.Model.Current.Query(FeedCollections.Findings, new FeedQuery()).Matched;

    private static async Task CommitAsync(FeedWorld world, int group, string line)
    {
        var name = new GroupName("watch", group);
        await new Inbox(world.Store, name, TimeProvider.System).AppendAsync(EntryKind.Action, Encoding.UTF8.GetBytes(line));
        var worker = new GroupWorker(world.Store, name, new EchoFold(), GroupWorkerOptions.Replay, TimeProvider.System);
        Assert.That(await worker.RunOnceAsync(), Is.EqualTo(WorkerStep.Committed));
    }

    /// <summary>A stage that passes its entries on as findings.</summary>
    private sealed class EchoFold : IFold
    {
        public void Reset()
        {
        }

        public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
        {
        }

        public void RestoreDelta(ReadOnlySpan<byte> delta)
        {
        }

        public void SaveSnapshot(IBufferWriter<byte> target) => target.Write("s"u8);

        public void SaveDelta(IBufferWriter<byte> target) => target.Write("d"u8);

        public ValueTask<FoldStep> FoldAsync(
            InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
        {
            output.WriteLine("findings", entry.Body.Span);
            return new(FoldStep.EntryDone);
        }

        public void Publish(IFoldOutput output)
        {
        }
    }
}
