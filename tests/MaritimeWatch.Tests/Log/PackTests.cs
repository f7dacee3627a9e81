using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log.Simulation;

namespace MaritimeWatch.Tests.Log;

[TestFixture]
internal sealed class PackTests
{
    private static readonly GroupName Group = new("toy", 0);

    private MemoryStore store = null!;
    private Inbox inbox = null!;

    [SetUp]
    public void MakeStore()
    {
        store = new MemoryStore();
        inbox = new Inbox(store, Group, new ManualTime());
    }

    [Test]
    public async Task A_commit_of_two_collections_is_state_pack_and_checkpoint()
    {
        await AppendAsync(2);
        await WorkAsync(new GroupWorkerOptions { EntriesPerCommit = 1 });
        var names = await NamesAsync();
        Assert.That(
            names.Select(static name => name[(name.LastIndexOf('.') + 1)..]),
            Is.EquivalentTo("snapshot pack delta pack groups/toy/000/checkpoint".Split(' ')));
        var checkpoint = (await new CheckpointReader(store, Group).ReadAsync())!;
        Assert.That(checkpoint.Format, Is.EqualTo(2));
        Assert.That(checkpoint.Tail.Select(static s => s.Collection), Is.EqualTo("chain views chain views".Split(' ')));
        Assert.That(checkpoint.Tail[1].Offset, Is.EqualTo(checkpoint.Tail[0].Length));
        Assert.That(checkpoint.Tail.Select(static s => s.Blob).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_pack_is_named_for_its_bytes_and_holds_nothing_but_its_segments()
    {
        await AppendAsync(3);
        await WorkAsync(GroupWorkerOptions.Replay);
        var checkpoint = (await new CheckpointReader(store, Group).ReadAsync())!;
        var pack = (await store.GetAsync(checkpoint.Tail[0].Blob, default))!.Value.Bytes;
        Assert.That(GroupName.IsIntact(checkpoint.Tail[0].Blob, pack.Span), Is.True);
        Assert.That(pack.Length, Is.EqualTo(checkpoint.Tail.Sum(static s => s.Length)));
    }

    [Test]
    public async Task Segments_of_one_pack_come_with_one_request_and_others_do_not_cost_one()
    {
        await store.PutAsync("pack/1", Encoding.ASCII.GetBytes("a1\na2\nb1\nc1\n"), PutCondition.IfAbsent, default);
        await store.PutAsync("pack/2", Encoding.ASCII.GetBytes("a3\n"), PutCondition.IfAbsent, default);
        SegmentName[] segments =
        [
            new("a", "pack/1", 6, 2), new("c", "pack/1", 3, 1, 9), new("a", "pack/2", 3, 1), new("a", "pack/3", 3, 1),
        ];
        var counted = new CountingStore(store);
        List<string?> read = [];
        await foreach (var (segment, bytes) in SegmentReader.ReadAllAsync(counted, segments))
        {
            read.Add(bytes is { } found ? $"{segment.Collection}:{Encoding.ASCII.GetString(found.Span)}" : null);
        }

        Assert.That(read, Is.EqualTo(new[] { "a:a1\na2\n", "c:c1\n", "a:a3\n", null }));
        Assert.That(counted.Requests, Is.EqualTo(3));
        Assert.That(Encoding.ASCII.GetString((await SegmentReader.ReadAsync(store, segments[1])).Span), Is.EqualTo("c1\n"));
    }

    [Test]
    public async Task Segments_far_apart_or_out_of_order_are_asked_for_one_by_one()
    {
        var far = (int)SegmentReader.GapMax + 100;
        var bytes = new byte[far + 2];
        Array.Fill(bytes, (byte)'\n');
        await store.PutAsync("pack/1", bytes, PutCondition.IfAbsent, default);
        var counted = new CountingStore(store);
        foreach (var segments in new SegmentName[][] { [new("a", "pack/1", 1, 1), new("b", "pack/1", 1, 1, far)], [new("a", "pack/1", 1, 1, 7), new("b", "pack/1", 2, 1, 2)] })
        {
            counted.Requests = 0;
            await foreach (var (segment, read) in SegmentReader.ReadAllAsync(counted, segments))
            {
                Assert.That(read!.Value.Length, Is.EqualTo(segment.Length));
            }

            Assert.That(counted.Requests, Is.EqualTo(2));
        }
    }

    [TestCase(9, 4)]
    [TestCase(6, 2)]
    [TestCase(99, 1)]
    public async Task A_segment_that_is_not_whole_is_refused_with_its_name(long offset, long length)
    {
        await store.PutAsync("pack/1", Encoding.ASCII.GetBytes("a1\na2\nb1\nc1\n"), PutCondition.IfAbsent, default);
        var segment = new SegmentName("c", "pack/1", length, 1, offset);
        var thrown = Assert.ThrowsAsync<StoreException>(async () => await SegmentReader.ReadAsync(store, segment));
        Assert.That(thrown!.Trouble, Is.EqualTo(StoreTrouble.Stop));
        Assert.That(thrown.Message, Does.Contain("pack/1").And.Contain("damaged"));
    }

    [Test]
    public async Task A_group_of_format_1_is_read_and_its_next_commit_is_of_format_2([Values(1, 4, 64)] int tailMax)
    {
        var options = new GroupWorkerOptions { EntriesPerCommit = 1, TailMax = tailMax };
        await AppendAsync(9);
        await WorkAsync(options);
        var before = await LinesAsync();
        await FormatOne.RewriteAsync(store, Group);
        Assert.That((await new CheckpointReader(store, Group).ReadAsync())!.Format, Is.EqualTo(1));
        Assert.That(await NamesAsync(), Has.None.EndsWith(".pack"));
        await new Collector(store).CollectAsync(Group);
        Assert.That(await LinesAsync(), Is.EqualTo(before), "nothing that a checkpoint of format 1 names may go");

        await AppendAsync(3, from: 9);
        await WorkAsync(options);
        var after = await LinesAsync();
        Assert.That(after.Take(before.Count), Is.EqualTo(before));
        Assert.That((await new CheckpointReader(store, Group).ReadAsync())!.Format, Is.EqualTo(2));
        Assert.That(await NamesAsync(), Has.Some.EndsWith(".pack").And.Some.EndsWith(".chain.ndjson"));
        await new Collector(store).CollectAsync(Group);
        Assert.That(await LinesAsync(), Is.EqualTo(after));

        var head = "";
        foreach (var line in after.Where(static line => line.Split(' ').Length == 3).Select(static line => line.Split(' ')))
        {
            Assert.That(line[2], Is.EqualTo(ToyFold.Link(head, line[1])), "one unbroken chain over both formats");
            head = line[2];
        }
    }

    private async Task AppendAsync(int count, int from = 0)
    {
        for (var i = from; i < from + count; i++)
        {
            await inbox.AppendAsync(EntryKind.Batch, ToyFold.Body(i.ToString("D64", CultureInfo.InvariantCulture), 3));
        }
    }

    private async Task WorkAsync(GroupWorkerOptions options)
    {
        var worker = new GroupWorker(store, Group, new ToyFold(), options, new ManualTime());
        while (await worker.RunOnceAsync() != WorkerStep.Idle)
        {
        }
    }

    private async Task<List<string>> NamesAsync()
    {
        List<string> names = [];
        await foreach (var entry in store.ListAsync(Group.Prefix, default))
        {
            names.Add(entry.Name);
        }

        return names;
    }

    private async Task<List<string>> LinesAsync()
    {
        List<string> lines = [];
        await foreach (var (_, bytes) in SegmentReader.ReadAllAsync(store, (await new CheckpointReader(store, Group).NewsAsync())!.Segments))
        {
            lines.AddRange(SimJudge.LinesOf(bytes!.Value));
        }

        return lines;
    }
}

/// <summary>Writes a group as builds of format 1 did: each segment a blob of its own, no offsets.</summary>
internal static class FormatOne
{
    public static async Task RewriteAsync(MemoryStore store, GroupName group)
    {
        var checkpoint = (await new CheckpointReader(store, group).ReadAsync())!;
        HashSet<string> packs = [];
        var tail = await SplitAsync(store, group, checkpoint.Tail, packs);
        List<Manifest> manifests = [];
        for (var name = checkpoint.Manifest; name is not null; name = manifests[^1].Previous)
        {
            manifests.Add(await CheckpointReader.ReadManifestAsync(store, name, default));
            await store.DeleteAsync(name, default);
        }

        string? previous = null;
        foreach (var manifest in Enumerable.Reverse(manifests))
        {
            var segments = await SplitAsync(store, group, manifest.Segments, packs);
            var json = JsonSerializer.SerializeToUtf8Bytes(new Older(previous, segments), Snake);
            previous = group.BlobFor(GroupName.BaseGenerationOf(segments[^1].Blob)!.Value, json, "manifest");
            await store.PutAsync(previous, json, PutCondition.IfAbsent, default);
        }

        foreach (var pack in packs)
        {
            await store.DeleteAsync(pack, default);
        }

        var there = (await store.GetAsync(group.CheckpointName, default))!.Value;
        var old = checkpoint with { Format = 1, Manifest = previous, Tail = tail };
        await store.PutAsync(
            group.CheckpointName, JsonSerializer.SerializeToUtf8Bytes(old, Snake), PutCondition.IfMatch(there.ETag), default);
    }

    private static JsonSerializerOptions Snake { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private static async Task<List<SegmentName>> SplitAsync(
        MemoryStore store, GroupName group, IReadOnlyList<SegmentName> segments, HashSet<string> packs)
    {
        List<SegmentName> split = [];
        foreach (var segment in segments)
        {
            var bytes = await SegmentReader.ReadAsync(store, segment);
            var name = group.BlobFor(GroupName.BaseGenerationOf(segment.Blob)!.Value, bytes.Span, segment.Collection + ".ndjson");
            await store.PutAsync(name, bytes, PutCondition.IfAbsent, default);
            split.Add(segment with { Blob = name, Offset = 0 });
            packs.Add(segment.Blob);
        }

        return split;
    }

    private sealed record Older(string? Previous, IReadOnlyList<SegmentName> Segments);
}
