using System.Collections.Concurrent;
using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Scenario;
using MaritimeWatch.Tests.Intake.Doors;
using MaritimeWatch.Tests.Watch;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Operations;

/// <summary>A simulated week whose story raises an alert, back-filled beside live traffic.</summary>
[TestFixture]
internal sealed class BackfillTests
{
    private const ulong Seed = 7103;
    private const int Documents = 6;

    private string folder = null!;
    private string[] traffic = null!;

    [OneTimeSetUp]
    public void Simulate()
    {
        folder = Directory.CreateTempSubdirectory("mw-backfill-").FullName;
        TestContext.Out.WriteLine($"seed {Seed}");
        ScenarioFolder.Write(folder, new ScenarioOptions { Seed = Seed, Days = 7, Vessels = 6 });
        var lines = File.ReadAllLines(Path.Combine(folder, "ais.nmea"));
        var size = (lines.Length / Documents) + 1;
        traffic = [.. lines.Chunk(size).Select(chunk => string.Join("\r\n", chunk) + "\r\n")];
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_story_that_would_alert_alerts_nobody_and_changes_nothing_of_live_traffic()
    {
        var alone = await LiveAsync(new MemoryStore(), _ => { });
        var memory = new MemoryStore();
        var watched = new WatchedStore(memory);
        Task<ReplaySummary>? backfill = null;
        var beside = await LiveAsync(watched, document =>
        {
            if (document == 0)
            {
                backfill = Task.Run(() => watched.AsBackfillAsync(() =>
                    new BackfillRun(watched, Vaults.ForTests, "story", TimeProvider.System, _ => { }).RunAsync(
                        RecordingInputs.Find([folder]), null, null, Path.GetTempPath(), default)));
            }
        });
        var summary = await backfill!;
        var groups = StageNames.AllGroups(4);
        using var board = new AlertBoard(memory, TimeProvider.System);
        await board.RefreshAsync();

        Assert.Multiple(() =>
        {
            Assert.That(summary.Alerts, Is.GreaterThanOrEqualTo(1), "the story would alert");
            Assert.That(watched.WrittenByBackfill, Is.Not.Empty.And.All.StartsWith("shadow/story/"));
            Assert.That(watched.WrittenByBackfill.Where(name => name.Contains("queue/", StringComparison.Ordinal) || name.Contains("/keys/", StringComparison.Ordinal)), Is.Empty);
            Assert.That(beside.Findings, Is.EqualTo(alone.Findings));
            Assert.That(beside.Findings, Does.Contain("\"kind\":"), "live traffic found something");
            Assert.That(beside.Names, Is.EqualTo(alone.Names), "no other blob is there than without");
            Assert.That(board.Latest(_ => true), Is.Empty);
        });

        var differences = await new BackfillComparison(memory, "story").RunAsync(default);
        Assert.Multiple(() =>
        {
            Assert.That(differences.Kinds["alert"].New, Is.EqualTo(summary.Alerts));
            Assert.That(differences.Differences.Where(one => one.Change == "new").Select(one => one.LiveId), Is.All.Null);
            Assert.That(differences.Simulated, Is.True);
        });
        await Shadows.RemoveAsync(memory, "story", default);
        Assert.That(await ShadowStoreTests.NamesAsync(memory, "shadow/"), Is.Empty);
    }

    [Test]
    public async Task Folding_the_stores_own_inboxes_again_finds_the_same_and_another_profile_finds_otherwise()
    {
        var store = await Replays.NewStoreAsync();
        await Replays.RunAsync(store, [folder]);
        var before = await Replays.FindingsOfAsync(store);
        var names = await ShadowStoreTests.NamesAsync(store.Blobs, "");
        await Run(store, "again").RunFromInboxAsync(null, Path.GetTempPath(), default);
        var same = await new BackfillComparison(store.Blobs, "again").RunAsync(default);
        foreach (var (kind, counts) in same.Kinds)
        {
            await TestContext.Out.WriteLineAsync($"{kind} {counts}");
        }

        Assert.That(same.Differences, Is.Empty);
        Assert.That(same.Kinds.Values.Sum(counts => counts.Same), Is.GreaterThan(10));
        Assert.That(same.Kinds, Does.ContainKey("alert"));

        await Run(store, "again").RunFromInboxAsync(null, Path.GetTempPath(), default);
        await Run(store, "other").RunFromInboxAsync(["gfw"], Path.GetTempPath(), default);
        var other = await new BackfillComparison(store.Blobs, "other").RunAsync(default);
        Assert.That(other.Differences, Is.Not.Empty);
        Assert.That(await Replays.FindingsOfAsync(store), Is.EqualTo(before));
        Assert.That((await ShadowStoreTests.NamesAsync(store.Blobs, "")).Where(name => !name.StartsWith("shadow/", StringComparison.Ordinal)), Is.EqualTo(names));

        await using var view = await ShadowView.StartAsync(store.Blobs, "again", new Uri("http://127.0.0.1:0"), TimeProvider.System, default);
        using var client = new HttpClient();
        Assert.That(await client.GetStringAsync(new Uri(view.Url + "/collections/findings/items?limit=1")), Does.Contain("\"simulated\":true"));
        using var alerts = await client.GetAsync(new Uri(view.Url + "/alerts"));
        Assert.That(alerts.StatusCode, Is.EqualTo(System.Net.HttpStatusCode.NotFound));
        Assert.That(() => ShadowView.StartAsync(store.Blobs, "again", new Uri("http://0.0.0.0:0"), TimeProvider.System, default), Throws.TypeOf<StoreException>());
        Assert.That(
            () => Run(store, "again").RunFromInboxAsync(["gfw"], Path.GetTempPath(), default),
            Throws.TypeOf<StoreException>().With.Message.Contains("something else"));
    }

    [Test]
    public async Task A_shadow_with_personal_documents_is_not_taken_up_by_another_process()
    {
        var store = await Replays.NewStoreAsync();
        var run = Run(store, "docs");
        await new BackfillState { BegunAt = DateTimeOffset.UnixEpoch, IsFromInbox = false, HasDocuments = true }.WriteAsync(new ShadowStore(store.Blobs, "docs"), default);
        Assert.That(
            () => run.RunAsync(RecordingInputs.Find([folder]), null, null, Path.GetTempPath(), default),
            Throws.TypeOf<StoreException>().With.Message.Contains("backfill remove"));
        Assert.That(() => new BackfillComparison(store.Blobs, "docs").RunAsync(default), Throws.TypeOf<StoreException>().With.Message.Contains("not done"));
    }

    private static BackfillRun Run(WatchStore store, string name) => new(store.Blobs, Vaults.ForTests, name, TimeProvider.System, _ => { });

    /// <summary>Live traffic through door and pipeline, document by document; what is then in the store but for shadows.</summary>
    private async Task<(string Findings, IReadOnlyList<string> Names)> LiveAsync(IBlobStore store, Action<int> before)
    {
        var time = new FakeTime();
        var watch = await WatchStore.OpenOrCreateAsync(store, Vaults.ForTests, null, simulated: true, time, default);
        var depth = new QueueDepth(1000);
        var queue = new BlobQueue(store, QueueNames.Ais, time);
        var intake = new DurableIntake(new Landing(store), queue, depth, time, NullLogger<DurableIntake>.Instance);
        for (var document = 0; document < traffic.Length; document++)
        {
            before(document);
            var atMs = time.GetUtcNow().ToUnixTimeMilliseconds();
            await intake.AcceptAsync(
                SourceName.Parse("mast"), DeliveryKind.Document, new LandingCut(Encoding.ASCII.GetBytes(traffic[document]), [new ReceivedMark(0, atMs)]), default);
            using var stop = new CancellationTokenSource();
            var pipeline = new LivePipeline(
                new LivePipelineParts
                {
                    Store = store, Format = watch.Format, Queue = queue, Depth = depth, Board = new SourceBoard(time),
                    NewFold = group => watch.Fold(group, null), Time = time, Log = NullLogger.Instance,
                },
                new LivePipelineOptions());
            var run = pipeline.RunAsync(stop.Token);
            await stop.CancelAsync();
            await Eventually.TrueAsync(() => run.IsCompleted, "the document is folded");
            await run;
            time.Advance(TimeSpan.FromMinutes(5));
        }

        var names = await ShadowStoreTests.NamesAsync(store, "");
        return (await Replays.FindingsOfAsync(watch), [.. names.Where(name => !name.StartsWith("shadow/", StringComparison.Ordinal))]);
    }

    /// <summary>Keeps the names of what a back-fill writes or deletes.</summary>
    private sealed class WatchedStore(IBlobStore inner) : WrappedStore(inner)
    {
        private readonly AsyncLocal<bool> isBackfill = new();

        public ConcurrentBag<string> WrittenByBackfill { get; } = [];

        public async Task<T> AsBackfillAsync<T>(Func<Task<T>> run)
        {
            isBackfill.Value = true;
            return await run();
        }

        public override ValueTask<PutResult> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel) =>
            base.PutAsync(Note(name), content, condition, cancel);

        public override ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
            base.PutStreamIfAbsentAsync(Note(name), content, cancel);

        public override ValueTask<bool> DeleteAsync(string name, CancellationToken cancel) => base.DeleteAsync(Note(name), cancel);

        private string Note(string name)
        {
            if (isBackfill.Value)
            {
                WrittenByBackfill.Add(name);
            }

            return name;
        }
    }
}
