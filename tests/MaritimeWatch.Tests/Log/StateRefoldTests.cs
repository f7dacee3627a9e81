using System.Buffers;
using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log.Simulation;

namespace MaritimeWatch.Tests.Log;

[TestFixture]
internal sealed class StateRefoldTests
{
    private static readonly GroupName Group = new("toy", 0);
    private static readonly GroupWorkerOptions Cuts = new() { RecordsPerCommit = 4, RecordsPerStep = 2, DeltasMax = 3, TailMax = 4 };

    private MemoryStore store = null!;
    private Inbox inbox = null!;

    [SetUp]
    public async Task MakeGroupOfAnOlderBuild()
    {
        store = new MemoryStore();
        inbox = new Inbox(store, Group, new ManualTime());
        await AppendAsync(9);
        await WorkAsync(new FormatFold(1));
    }

    [Test]
    public async Task A_state_of_an_older_format_is_refused_in_words_that_name_the_verb()
    {
        await AppendAsync(1, from: 9);
        var refused = Assert.ThrowsAsync<StoreException>(() => WorkAsync(new FormatFold(2)));
        Assert.That(refused!.Trouble, Is.EqualTo(StoreTrouble.Stop));
        Assert.That(refused.Message, Does.Contain("maritimewatch upgrade").And.Contain("format 1").And.Contain("snapshot"));
        Assert.That((refused.InnerException as OlderFormatException)?.Found, Is.EqualTo(1));
    }

    [Test]
    public async Task A_state_of_a_newer_format_is_refused_and_not_made_anew()
    {
        await AppendAsync(1, from: 9);
        await new StateRefold(store, Group, new FormatFold(3), TimeProvider.System).RunAsync();
        var refused = Assert.ThrowsAsync<StoreException>(() => WorkAsync(new FormatFold(2)));
        Assert.That(refused!.Message, Does.Contain("newer version"));
    }

    [Test]
    public async Task It_is_made_anew_from_the_inbox_and_the_lines_stay_as_they_are()
    {
        var (before, old) = (await LinesAsync(), await CheckpointAsync());
        var fold = new FormatFold(2);
        var written = await new StateRefold(store, Group, fold, TimeProvider.System).RunAsync();
        var now = await CheckpointAsync();
        Assert.That(now, Is.EqualTo(written! with { Tail = now.Tail, Deltas = now.Deltas }));
        Assert.That((now.Generation, now.NextEntry, now.NextRecord, now.Manifest), Is.EqualTo((old.Generation + 1, old.NextEntry, old.NextRecord, old.Manifest)));
        Assert.That(await LinesAsync(), Is.EqualTo(before));
        Assert.That(await new CheckpointReader(store, Group).NewsAsync(old.Generation), Has.Property("Segments").Empty);

        await AppendAsync(5, from: 9);
        await WorkAsync(new FormatFold(2));
        await new Collector(store).CollectAsync(Group);
        Assert.That(await ChainAsync(), Is.EqualTo(await FoldedAsync()));
    }

    [Test]
    public async Task It_stops_where_the_checkpoint_stands_inside_an_entry([Values(1, 2, 3, 4)] int commits)
    {
        var other = new GroupName("toy", 1);
        await new Inbox(store, other, new ManualTime()).AppendAsync(EntryKind.Batch, ToyFold.Body(new string('a', 64), 9));
        var worker = new GroupWorker(store, other, new FormatFold(1), Cuts with { RecordsPerCommit = 2 }, new ManualTime());
        for (var commit = 0; commit < commits; commit++)
        {
            await worker.RunOnceAsync();
        }

        Assert.That(worker.Checkpoint!.NextRecord, Is.EqualTo(2 * commits));
        var fold = new FormatFold(2);
        await new StateRefold(store, other, fold, TimeProvider.System).RunAsync();
        Assert.That(fold.State, Does.StartWith($"{2 * commits} "));
        var after = new GroupWorker(store, other, new FormatFold(2), Cuts, new ManualTime());
        while (await after.RunOnceAsync() != WorkerStep.Idle)
        {
        }

        Assert.That(after.Checkpoint!.NextEntry, Is.EqualTo(2));
    }

    [TestCase(KillPoints.AfterFoldStep)]
    [TestCase(KillPoints.AfterState)]
    [TestCase(KillPoints.BeforeCheckpoint)]
    public async Task It_may_be_killed_anywhere(string point)
    {
        var (lines, checkpoint) = (await LinesAsync(), await CheckpointAsync());
        for (var nth = 1; nth <= 3; nth++)
        {
            var passed = 0;
            var refold = new StateRefold(store, Group, new FormatFold(2), TimeProvider.System, name =>
            {
                if (name == point && (point != KillPoints.AfterFoldStep || ++passed == nth))
                {
                    throw new OperationCanceledException("died");
                }
            });
            Assert.That(async () => await refold.RunAsync(), Throws.InstanceOf<OperationCanceledException>());
            Assert.That((await CheckpointAsync()).Generation, Is.EqualTo(checkpoint.Generation));
            Assert.That(await LinesAsync(), Is.EqualTo(lines));
        }

        await new StateRefold(store, Group, new FormatFold(2), TimeProvider.System).RunAsync();
        await AppendAsync(2, from: 9);
        await WorkAsync(new FormatFold(2));
        Assert.That(await ChainAsync(), Is.EqualTo(await FoldedAsync()));
    }

    [Test]
    public async Task Workers_of_the_older_build_may_go_on_beside_it()
    {
        await AppendAsync(4, from: 9);
        var old = new GroupWorker(store, Group, new FormatFold(1), Cuts, new ManualTime());
        var left = 3;
        var refold = new StateRefold(store, Group, new FormatFold(2), TimeProvider.System, name =>
        {
            if (name == KillPoints.BeforeCheckpoint && left-- > 0)
            {
                Assert.That(old.RunOnceAsync().GetAwaiter().GetResult(), Is.EqualTo(WorkerStep.Committed));
            }
        });
        await refold.RunAsync();
        Assert.That(left, Is.Negative);
        await AppendAsync(1, from: 13);
        Assert.That(await old.RunOnceAsync(), Is.EqualTo(WorkerStep.Lost));
        Assert.That(async () => await old.RunOnceAsync(), Throws.InstanceOf<StoreException>().With.Message.Contains("newer version"));
        await WorkAsync(new FormatFold(2));
        Assert.That(await ChainAsync(), Is.EqualTo(await FoldedAsync()));
    }

    [Test]
    public async Task An_inbox_that_is_gone_is_said_with_the_entry_s_name()
    {
        await store.DeleteAsync(Group.EntryName(4), default);
        var thrown = Assert.ThrowsAsync<StoreException>(async () => await new StateRefold(store, Group, new FormatFold(2), TimeProvider.System).RunAsync());
        Assert.That((thrown!.Trouble, thrown.Message), Is.EqualTo((StoreTrouble.Stop, $"{Group.EntryName(4)} is gone: the state cannot be made anew from the inbox")));
    }

    [Test]
    public async Task A_checkpoint_of_format_1_is_written_in_the_present_one_once()
    {
        await FormatOne.RewriteAsync(store, Group);
        var lines = await LinesAsync();
        Assert.That(await CheckpointUpgrade.RunAsync(store, Group), Is.True);
        Assert.That((await CheckpointAsync()).Format, Is.EqualTo(Checkpoint.FormatNow));
        Assert.That(await CheckpointUpgrade.RunAsync(store, Group), Is.False);
        Assert.That(await CheckpointUpgrade.RunAsync(store, new GroupName("toy", 7)), Is.False);
        await new Collector(store).CollectAsync(Group);
        Assert.That(await LinesAsync(), Is.EqualTo(lines));
        await AppendAsync(3, from: 9);
        await WorkAsync(new FormatFold(1));
        Assert.That(await ChainAsync(), Is.EqualTo(await FoldedAsync()));
    }

    private async Task AppendAsync(int count, int from = 0)
    {
        for (var i = from; i < from + count; i++)
        {
            await inbox.AppendAsync(EntryKind.Batch, ToyFold.Body(i.ToString("D64", CultureInfo.InvariantCulture), 3));
        }
    }

    private async Task WorkAsync(IFold fold)
    {
        var worker = new GroupWorker(store, Group, fold, Cuts, new ManualTime());
        while (await worker.RunOnceAsync() != WorkerStep.Idle)
        {
        }
    }

    private async Task<Checkpoint> CheckpointAsync() => (await new CheckpointReader(store, Group).ReadAsync())!;

    private async Task<List<string>> LinesAsync()
    {
        List<string> lines = [];
        await foreach (var (_, bytes) in SegmentReader.ReadAllAsync(store, (await new CheckpointReader(store, Group).NewsAsync())!.Segments))
        {
            lines.AddRange(SimJudge.LinesOf(bytes!.Value));
        }

        return lines;
    }

    private async Task<List<string>> ChainAsync() => [.. (await LinesAsync()).Where(static line => line.Split(' ').Length == 3)];

    private async Task<List<string>> FoldedAsync()
    {
        var output = new SegmentBuffer();
        var fold = new ToyFold();
        await foreach (var entry in inbox.EntriesAsync())
        {
            await fold.FoldAsync(entry, 0, int.MaxValue, output, default);
        }

        return [.. output.Filled.SelectMany(static f => SimJudge.LinesOf(f.Content))];
    }

    /// <summary>The toy as a build of some format writes its state.</summary>
    private sealed class FormatFold(byte format) : IFold
    {
        private readonly ToyFold toy = new();

        public string State => toy.State;

        public void Reset() => toy.Reset();

        public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
        {
            OlderFormatException.Check("the state of the toy", snapshot[0], format);
            toy.RestoreSnapshot(snapshot[1..]);
        }

        public void RestoreDelta(ReadOnlySpan<byte> delta)
        {
            OlderFormatException.Check("the state of the toy", delta[0], format);
            toy.RestoreDelta(delta[1..]);
        }

        public void SaveSnapshot(IBufferWriter<byte> target)
        {
            target.Write([format]);
            toy.SaveSnapshot(target);
        }

        public void SaveDelta(IBufferWriter<byte> target)
        {
            target.Write([format]);
            toy.SaveDelta(target);
        }

        public ValueTask<FoldStep> FoldAsync(
            InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel) =>
            toy.FoldAsync(entry, fromRecord, budget, output, cancel);

        public void Publish(IFoldOutput output) => toy.Publish(output);
    }
}
