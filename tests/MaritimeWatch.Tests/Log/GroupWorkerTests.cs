using System.Globalization;
using System.Text;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log.Simulation;

namespace MaritimeWatch.Tests.Log;

[TestFixture]
internal sealed class GroupWorkerTests
{
    private static readonly GroupName Group = new("toy", 0);

    private MemoryStore store = null!;
    private ManualTime time = null!;
    private Inbox inbox = null!;

    [SetUp]
    public void MakeStore()
    {
        store = new MemoryStore();
        time = new ManualTime();
        inbox = new Inbox(store, Group, time);
    }

    [Test]
    public async Task The_stream_is_the_same_whatever_the_cuts()
    {
        await AppendAsync(30);
        var whole = await StreamAsync(store, GroupWorkerOptions.Replay);
        Assert.That(whole, Has.Count.EqualTo(30 * 3));

        var random = new Random(11);
        for (var round = 0; round < 20; round++)
        {
            var copy = await CopyOfInboxAsync();
            var cut = new GroupWorkerOptions
            {
                RecordsPerCommit = random.Next(1, 20),
                RecordsPerStep = random.Next(1, 7),
                EntriesPerCommit = random.Next(1, 9),
                OutputBytesPerCommit = random.Next(1, 500),
                DeltasMax = random.Next(0, 5),
                TailMax = random.Next(1, 9),
            };
            Assert.That(await StreamAsync(copy, cut), Is.EqualTo(whole), $"{cut}");
        }
    }

    [TestCaseSource(typeof(KillPoints), nameof(KillPoints.All))]
    public async Task A_worker_may_die_at_any_moment(string point)
    {
        await AppendAsync(12);
        var options = new GroupWorkerOptions { RecordsPerCommit = 4, DeltasMax = 2, TailMax = 3 };
        var expected = await StreamAsync(await CopyOfInboxAsync(), options);
        var deaths = 0;
        for (var nth = 1; nth <= 5; nth++)
        {
            // A new process each time, that dies the nth time it comes to the point.
            var passed = 0;
            var worker = Worker(store, options, name => Die(name == point && ++passed == nth));
            try
            {
                while (await worker.RunOnceAsync() != WorkerStep.Idle)
                {
                }
            }
            catch (OperationCanceledException)
            {
                deaths++;
            }
        }

        Assert.That(deaths, Is.GreaterThan(0));
        Assert.That(await StreamAsync(store, options), Is.EqualTo(expected));
    }

    [Test]
    public async Task Of_two_workers_one_commits_and_the_other_reads_again()
    {
        await AppendAsync(2);
        var options = new GroupWorkerOptions { EntriesPerCommit = 1 };
        var (first, second) = (Worker(store, options), Worker(store, options));
        Assert.That(await first.RunOnceAsync(), Is.EqualTo(WorkerStep.Committed));
        Assert.That(await second.RunOnceAsync(), Is.EqualTo(WorkerStep.Committed));

        // The first comes too late with the very same commit: what is there is its own work, whoever wrote it.
        Assert.That(await first.RunOnceAsync(), Is.EqualTo(WorkerStep.Committed));
        Assert.That(first.Checkpoint!.Generation, Is.EqualTo(2));
        await AppendAsync(2, from: 2);
        Assert.That(await second.RunOnceAsync(), Is.EqualTo(WorkerStep.Committed));
        await AppendAsync(1, from: 4);
        Assert.That(await Worker(store, GroupWorkerOptions.Replay).RunOnceAsync(), Is.EqualTo(WorkerStep.Committed));
        await AppendAsync(1, from: 5);
        Assert.That(await second.RunOnceAsync(), Is.EqualTo(WorkerStep.Lost));
        Assert.That(await second.RunOnceAsync(), Is.EqualTo(WorkerStep.Committed));
        Assert.That(await StreamAsync(store, options), Has.Count.EqualTo(18));
    }

    [Test]
    public async Task A_worker_that_stood_still_reads_only_the_deltas_that_came_since()
    {
        var options = new GroupWorkerOptions { EntriesPerCommit = 1, DeltasMax = 8 };
        var counted = new CountingStore(store);
        var (still, other) = (Worker(counted, options), Worker(store, options));
        await AppendAsync(3);
        await still.RunOnceAsync();
        for (var i = 0; i < 2; i++)
        {
            await other.RunOnceAsync();
        }

        counted.Log.Clear();
        Assert.That(await still.CatchUpAsync(), Is.True);
        Assert.That(counted.Log, Is.EqualTo(new[] { Group.CheckpointName }.Concat(other.Checkpoint!.Deltas).Select(static name => $"get {name}")));
        Assert.That(still.Checkpoint!.Generation, Is.EqualTo(3));
        counted.Log.Clear();
        Assert.That(await still.CatchUpAsync(), Is.False);
        Assert.That(counted.Log, Has.Count.EqualTo(1));

        await AppendAsync(1, from: 3);
        Assert.That(await still.RunOnceAsync(), Is.EqualTo(WorkerStep.Committed));
        Assert.That(await StreamAsync(store, options), Is.EqualTo(await StreamAsync(await CopyOfInboxAsync(), options)));
    }

    [Test]
    public async Task A_worker_with_uncommitted_work_keeps_it_or_reads_all_of_it_again()
    {
        var options = new GroupWorkerOptions { CommitInterval = TimeSpan.FromMinutes(1) };
        var worker = Worker(store, options);
        await AppendAsync(1);
        Assert.That(await worker.RunOnceAsync(), Is.EqualTo(WorkerStep.Folded));
        Assert.That(await worker.CatchUpAsync(), Is.False, "nobody has committed: what was folded is kept");
        Assert.That(await worker.CommitAsync(), Is.EqualTo(WorkerStep.Committed));

        await AppendAsync(2, from: 1);
        Assert.That(await worker.RunOnceAsync(), Is.EqualTo(WorkerStep.Folded));
        await Worker(store, GroupWorkerOptions.Replay with { EntriesPerCommit = 1 }).RunOnceAsync();
        Assert.That(await worker.CatchUpAsync(), Is.True);
        Assert.That(worker.Checkpoint!.NextEntry, Is.EqualTo(3));
        Assert.That(await worker.CommitAsync(), Is.EqualTo(WorkerStep.Committed));
        Assert.That(await StreamAsync(store, options), Is.EqualTo(await StreamAsync(await CopyOfInboxAsync(), GroupWorkerOptions.Replay)));
    }

    [Test]
    public async Task Workers_by_turns_end_in_the_same_state_as_one([Values(1, 2, 3, 4, 5, 6)] int seed)
    {
        await TestContext.Out.WriteLineAsync($"seed {seed}");
        var random = new Random(seed);
        await AppendAsync(40);
        var alone = await CopyOfInboxAsync();
        var options = new GroupWorkerOptions { EntriesPerCommit = 1, DeltasMax = 5 };
        ToyFold[] folds = [new(), new(), new()];
        var workers = folds.Select(fold => new GroupWorker(store, Group, fold, options, time)).ToArray();
        for (var step = WorkerStep.Folded; step != WorkerStep.Idle;)
        {
            var index = random.Next(workers.Length);
            var worker = workers[index];
            await worker.CatchUpAsync();
            step = await worker.RunOnceAsync();
            Assert.That(step, Is.Not.EqualTo(WorkerStep.Lost), "who has caught up does not lose to those who stand still");
            Assert.That(folds[index].State, Is.EqualTo(await RestoredAsync(worker.Checkpoint!)));
        }

        Assert.That(await StreamAsync(store, options), Is.EqualTo(await StreamAsync(alone, options)));
    }

    [Test]
    public async Task A_fold_that_always_writes_the_whole_state_leaves_one_blob_to_load()
    {
        var worker = new GroupWorker(store, Group, new ToyFold(savesWhole: true), new GroupWorkerOptions { EntriesPerCommit = 1 }, time);
        await AppendAsync(5);
        while (await worker.RunOnceAsync() != WorkerStep.Idle)
        {
        }

        Assert.That(worker.Checkpoint!.Deltas, Is.Empty);
        await AppendAsync(1, from: 5);
        Assert.That(await StreamAsync(store, GroupWorkerOptions.Replay), Is.EqualTo(await StreamAsync(await CopyOfInboxAsync(), GroupWorkerOptions.Replay)));
    }

    [Test]
    public async Task Nothing_is_committed_before_its_time_unless_it_is_forced()
    {
        var worker = Worker(store, GroupWorkerOptions.Thrift);
        Assert.That(await worker.RunOnceAsync(), Is.EqualTo(WorkerStep.Idle));
        await AppendAsync(1);
        Assert.That(await worker.RunOnceAsync(), Is.EqualTo(WorkerStep.Folded));
        Assert.That(await store.GetAsync(Group.CheckpointName, default), Is.Null);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.That(await worker.RunOnceAsync(), Is.EqualTo(WorkerStep.Committed));
        await AppendAsync(1, from: 1);
        Assert.That(await worker.RunOnceAsync(), Is.EqualTo(WorkerStep.Folded));
        Assert.That(await worker.CommitAsync(), Is.EqualTo(WorkerStep.Committed));
        Assert.That(await worker.CommitAsync(), Is.EqualTo(WorkerStep.Idle));
    }

    [Test]
    public async Task A_full_output_buffer_commits_early()
    {
        await AppendAsync(6);
        var worker = Worker(store, new GroupWorkerOptions { OutputBytesPerCommit = 1, RecordsPerStep = 1 });
        Assert.That(await worker.RunOnceAsync(), Is.EqualTo(WorkerStep.Committed));
        Assert.That((worker.Checkpoint!.NextEntry, worker.Checkpoint.NextRecord), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_follower_gets_every_segment_once_across_manifests()
    {
        var worker = Worker(store, new GroupWorkerOptions { EntriesPerCommit = 1, TailMax = 4 });
        var reader = new CheckpointReader(store, Group);
        List<string> followed = [];
        long generation = 0;
        for (var i = 0; i < 40; i++)
        {
            await AppendAsync(1, from: i);
            await worker.RunOnceAsync();
            if (i % 7 == 0 && await reader.NewsAsync(generation) is { } news)
            {
                followed.AddRange(news.Segments.Select(static s => s.Blob));
                generation = news.Checkpoint.Generation;
            }
        }

        followed.AddRange((await reader.NewsAsync(generation))!.Segments.Select(static s => s.Blob));
        var all = (await reader.NewsAsync())!;
        Assert.That(followed, Is.EqualTo(all.Segments.Select(static s => s.Blob)));
        Assert.That(followed, Has.Count.EqualTo(80));
        Assert.That(all.Checkpoint.Tail, Has.Count.LessThanOrEqualTo(4));
        Assert.That(await reader.NewsAsync(all.Checkpoint.Generation), Is.Null);
    }

    [Test]
    public async Task Long_lists_of_segments_go_to_a_chain_of_manifests()
    {
        const int Commits = 1_100;
        var worker = Worker(store, new GroupWorkerOptions { EntriesPerCommit = 1, TailMax = 64 });
        await AppendAsync(Commits);
        while (await worker.RunOnceAsync() != WorkerStep.Idle)
        {
        }

        var reader = new CheckpointReader(store, Group);
        var manifest = await CheckpointReader.ReadManifestAsync(store, worker.Checkpoint!.Manifest!, default);
        Assert.That(manifest.Previous, Is.Not.Null);
        Assert.That((await reader.NewsAsync())!.Segments, Has.Count.EqualTo(Commits * 2));
        Assert.That(await new Collector(store).CollectAsync(Group), Is.GreaterThan(0));
        Assert.That((await reader.NewsAsync())!.Segments, Has.Count.EqualTo(Commits * 2));
        Assert.That(await new Collector(store).CollectAsync(Group), Is.Zero);
    }

    [TestCase("snapshot")]
    [TestCase("delta")]
    public async Task Damaged_state_is_refused_with_its_name(string what)
    {
        var worker = Worker(store, new GroupWorkerOptions { EntriesPerCommit = 1 });
        await AppendAsync(3);
        while (await worker.RunOnceAsync() != WorkerStep.Idle)
        {
        }

        var name = what == "snapshot" ? worker.Checkpoint!.Snapshot! : worker.Checkpoint!.Deltas[0];
        var blob = (await store.GetAsync(name, default))!.Value;
        var altered = blob.Bytes.ToArray();
        altered[^1] ^= 1;
        await store.PutAsync(name, altered, PutCondition.IfMatch(blob.ETag), default);
        await AppendAsync(1, from: 3);
        await ExpectStopAsync("damaged", name);

        await store.DeleteAsync(name, default);
        await ExpectStopAsync("does not exist", name);
    }

    [TestCase("{", "damaged")]
    [TestCase("{}", "damaged")]
    [TestCase("{\"format\":1,\"generation\":0,\"next_entry\":1,\"next_record\":0}", "damaged")]
    [TestCase("{\"format\":3,\"something\":\"else\"}", "newer version")]
    public async Task A_checkpoint_that_cannot_be_read_is_refused(string json, string message)
    {
        await store.PutAsync(Group.CheckpointName, Encoding.UTF8.GetBytes(json), PutCondition.IfAbsent, default);
        await AppendAsync(1);
        await ExpectStopAsync(message, Group.CheckpointName);
    }

    [Test]
    public void A_fold_that_stands_still_is_a_bug_and_said_to_be_one()
    {
        var fold = new StandingFold();
        var worker = new GroupWorker(store, Group, fold, GroupWorkerOptions.Replay, time);
        Assert.That(
            async () =>
            {
                await AppendAsync(1);
                await worker.RunOnceAsync();
            },
            Throws.InvalidOperationException.With.Message.Contains("stands still"));
    }

    private async Task ExpectStopAsync(string message, string name)
    {
        StoreException? thrown = null;
        try
        {
            await Worker(store, GroupWorkerOptions.Replay).RunOnceAsync();
        }
        catch (StoreException e)
        {
            thrown = e;
        }

        Assert.That(thrown?.Trouble, Is.EqualTo(StoreTrouble.Stop));
        Assert.That(thrown!.Message, Does.Contain(message).And.Contain(name));
    }

    private async Task<string> RestoredAsync(Checkpoint checkpoint)
    {
        var fold = new ToyFold();
        fold.RestoreSnapshot((await store.GetAsync(checkpoint.Snapshot!, default))!.Value.Bytes.Span);
        foreach (var delta in checkpoint.Deltas)
        {
            fold.RestoreDelta((await store.GetAsync(delta, default))!.Value.Bytes.Span);
        }

        return fold.State;
    }

    private static void Die(bool now)
    {
        if (now)
        {
            throw new OperationCanceledException("died");
        }
    }

    private GroupWorker Worker(IBlobStore at, GroupWorkerOptions options, KillPoint? kill = null) =>
        new(at, Group, new ToyFold(), options, time, kill);

    private async Task AppendAsync(int count, int from = 0)
    {
        for (var i = from; i < from + count; i++)
        {
            await inbox.AppendAsync(EntryKind.Batch, ToyFold.Body(i.ToString("D64", CultureInfo.InvariantCulture), 3));
        }
    }

    private async Task<MemoryStore> CopyOfInboxAsync()
    {
        var copy = new MemoryStore();
        await foreach (var entry in store.ListAsync(Group.InboxPrefix, default))
        {
            await copy.PutAsync(entry.Name, (await store.GetAsync(entry.Name, default))!.Value.Bytes, PutCondition.IfAbsent, default);
        }

        return copy;
    }

    private async Task<List<string>> StreamAsync(MemoryStore of, GroupWorkerOptions options)
    {
        while (await Worker(of, options).RunOnceAsync() != WorkerStep.Idle)
        {
        }

        List<string> lines = [];
        foreach (var segment in (await new CheckpointReader(of, Group).NewsAsync())!.Segments)
        {
            var content = await SegmentReader.ReadAsync(of, segment);
            var here = SimJudge.LinesOf(content);
            Assert.That((content.Length, here.Length), Is.EqualTo(((int)segment.Length, segment.Lines)));
            lines.AddRange(segment.Collection == "chain" ? here : []);
        }

        return lines;
    }

    private sealed class StandingFold : IFold
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

        public void SaveSnapshot(System.Buffers.IBufferWriter<byte> target)
        {
        }

        public void SaveDelta(System.Buffers.IBufferWriter<byte> target)
        {
        }

        public ValueTask<FoldStep> FoldAsync(
            InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel) =>
            new(new FoldStep(fromRecord, false));

        public void Publish(IFoldOutput output)
        {
        }
    }
}
