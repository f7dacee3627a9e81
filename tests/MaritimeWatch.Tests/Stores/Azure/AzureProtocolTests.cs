using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Stores.Azure;
using MaritimeWatch.Tests.Log.Simulation;

namespace MaritimeWatch.Tests.Stores.Azure;

/// <summary>The engine of the log on Azurite: what several workers make together is what one makes in memory.</summary>
[TestFixture]
internal sealed class AzureProtocolTests
{
    private const int Entries = 24;

    private static readonly GroupName Group = new("toy", 0);

    [Test]
    public async Task Three_workers_on_one_store_make_the_same_stream_as_one_in_memory()
    {
        var memory = new MemoryStore();
        await AppendAsync(memory, 0, Entries);
        await DrainAsync(memory, GroupWorkerOptions.Replay);

        var settings = new AzureStoreSettings { BlobConnection = AzuriteSetup.ConnectionString, Container = AzuriteSetup.NewName() };
        var stores = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => AzureStore.OpenAsync(settings, TimeProvider.System)));

        // Appended by two writers in turn, so that they also race for numbers with what they believe is the next.
        await Task.WhenAll(AppendAsync(stores[0].Blobs, 0, Entries / 2), AppendAsync(stores[1].Blobs, 0, Entries / 2));
        await AppendAsync(stores[0].Blobs, Entries / 2, Entries / 2);
        var options = new GroupWorkerOptions { EntriesPerCommit = 2, DeltasMax = 2, TailMax = 3 };
        await Task.WhenAll(stores.Select(store => DrainAsync(store.Blobs, options)));

        // A batch that two writers appended is folded once.
        var expected = await StreamAsync(memory);
        Assert.That(expected, Has.Count.EqualTo(Entries * 3));
        Assert.That((await StreamAsync(stores[2].Blobs)).Select(Record), Is.EquivalentTo(expected.Select(Record)));
        Assert.That(await StreamAsync(stores[0].Blobs), Is.EqualTo(await StreamAsync(stores[1].Blobs)));
        Assert.That(await StreamAsync(await CopyAsync(stores[0].Blobs)), Is.EqualTo(await StreamAsync(stores[0].Blobs)), "a fold of the same inbox");
    }

    private static string Record(string line) => line.Split(' ')[1];

    private static async Task<MemoryStore> CopyAsync(IBlobStore from)
    {
        var copy = new MemoryStore();
        await foreach (var entry in from.ListAsync(Group.InboxPrefix, default))
        {
            await copy.PutAsync(entry.Name, (await from.GetAsync(entry.Name, default))!.Value.Bytes, PutCondition.IfAbsent, default);
        }

        await DrainAsync(copy, GroupWorkerOptions.Replay);
        return copy;
    }

    private static async Task AppendAsync(IBlobStore store, int from, int count)
    {
        var inbox = new Inbox(store, Group, TimeProvider.System);
        for (var i = from; i < from + count; i++)
        {
            await inbox.AppendAsync(EntryKind.Batch, ToyFold.Body(i.ToString("D64", CultureInfo.InvariantCulture), 3));
        }
    }

    private static async Task DrainAsync(IBlobStore store, GroupWorkerOptions options)
    {
        var worker = new GroupWorker(store, Group, new ToyFold(), options, TimeProvider.System);
        for (var step = 0; step < 1_000 && await worker.RunOnceAsync() != WorkerStep.Idle; step++)
        {
        }
    }

    private static async Task<List<string>> StreamAsync(IBlobStore store)
    {
        List<string> lines = [];
        foreach (var segment in (await new CheckpointReader(store, Group).NewsAsync())!.Segments.Where(static s => s.Collection == "chain"))
        {
            lines.AddRange(SimJudge.LinesOf(await SegmentReader.ReadAsync(store, segment)));
        }

        return lines;
    }
}
