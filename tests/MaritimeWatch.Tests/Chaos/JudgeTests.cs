using System.Buffers;
using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.StandIn.Faults;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>A judge that cannot condemn is none: each fault that it is there for is made on purpose.</summary>
[TestFixture]
[CancelAfter(120_000)]
internal sealed class JudgeTests
{
    private static readonly GroupName First = new(StageNames.Watch, 0);

    private string folder = null!;
    private QuietWorld world = null!;

    [OneTimeSetUp]
    public async Task PlayTheWeek()
    {
        folder = Directory.CreateTempSubdirectory("mw-judge-").FullName;
        var traffic = StoryTraffic.Simulate(folder, 7102, 4, 240);
        world = await QuietWorld.OpenAsync(traffic);
        await world.PlayAsync(traffic.Sendings);
    }

    [OneTimeTearDown]
    public async Task Remove()
    {
        await world.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task The_judge_finds_a_sound_run_right_with_an_alert_and_several_kinds_of_finding()
    {
        var verdict = await new ChaosJudge(world.Store, Vaults.ForTests, world.Sent).JudgeAsync(1);
        await TestContext.Out.WriteLineAsync(verdict.ToString());
        Assert.Multiple(() =>
        {
            Assert.That(verdict.Faults, Is.Empty);
            Assert.That(verdict.Alerts, Is.GreaterThan(0));
            Assert.That(verdict.Kinds, Has.Count.GreaterThanOrEqualTo(7), string.Join(' ', verdict.Kinds));
        });
    }

    [Test]
    public async Task The_judge_sees_a_batch_that_is_counted_twice()
    {
        var (store, watch) = await TruthAsync();
        var inbox = new Inbox(store, First, TimeProvider.System);
        await foreach (var entry in inbox.EntriesAsync())
        {
            if (entry.Kind == EntryKind.Batch)
            {
                // As a decoder would that names what it repeats anew.
                var again = new ArrayBufferWriter<byte>();
                var batch = RecordBatch.Read(entry.Body);
                (batch with { Part = batch.Part + 1 }).Write(again);
                await inbox.AppendAsync(EntryKind.Batch, again.WrittenMemory);
                break;
            }
        }

        await QuietWorld.FoldAsync(store, watch, TimeProvider.System);
        await AssertCondemnedAsync(store, "no landed blob gives");
    }

    [Test]
    public async Task The_judge_sees_a_landed_blob_that_was_acknowledged_and_never_folded()
    {
        var (store, watch) = await TruthAsync();
        await QuietWorld.FoldAsync(store, watch, TimeProvider.System);
        var sent = new SentLog();
        var intake = new DurableIntake(
            new Landing(store), sent.Of(new Nowhere()), new QueueDepth(10), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<DurableIntake>.Instance);
        var line = Encoding.ASCII.GetBytes("!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\n");
        await intake.AcceptAsync(SourceName.Parse("sim"), DeliveryKind.Document, new LandingCut(line, [new ReceivedMark(0, 1_762_128_000_000)]), default);
        var verdict = await new ChaosJudge(store, Vaults.ForTests, sent).JudgeAsync(1);
        Assert.That(verdict.ToString(), Does.Contain("has lost a landed blob"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_judge_sees_workers_that_write_checkpoints_whatever_is_there(bool isPlanted)
    {
        var (store, watch) = await TruthAsync();
        IBlobStore seen = isPlanted ? new UnconditionalStore(store) : store;
        GroupWorker[] two = [Worker(seen, watch, 40), Worker(seen, watch, 23)];
        foreach (var worker in two)
        {
            await worker.RunOnceAsync(); // Both start from nothing, the second after the first has committed and was heard.
            await RelayAsync(store, watch);
        }

        for (var turn = 0; turn < 12; turn++)
        {
            await two[turn % 2].RunOnceAsync();
            await RelayAsync(store, watch);
        }

        await QuietWorld.FoldAsync(store, watch, TimeProvider.System);
        var verdict = await new ChaosJudge(store, Vaults.ForTests, world.Sent).JudgeAsync(1);
        Assert.That(verdict.ToString(), isPlanted ? Does.Contain("heard") : Does.StartWith("right"));
    }

    [Test]
    public async Task The_judge_sees_a_fold_whose_output_depends_on_when_it_was_restarted()
    {
        var (store, watch) = await TruthAsync();
        while (true)
        {
            // A new worker for each commit: every one restores.
            using var fold = watch.Fold(First.Group, null);
            var worker = new GroupWorker(
                store, First, new ForgetfulFold(fold), GroupWorkerOptions.Replay with { EntriesPerCommit = 20 }, TimeProvider.System);
            if (await worker.RunOnceAsync() == WorkerStep.Idle)
            {
                break;
            }
        }

        await QuietWorld.FoldAsync(store, watch, TimeProvider.System);
        await AssertCondemnedAsync(store, "is not that of an undisturbed fold");
    }

    /// <summary>The inboxes that the doors have filled, before any worker.</summary>
    private async Task<(MemoryStore Store, WatchStore Watch)> TruthAsync()
    {
        var copy = await JudgedStore.CopyAsync(world.Store);
        foreach (var plan in StagePlans.Of(world.Watch).Where(plan => plan.Hears.Count > 0))
        {
            foreach (var group in plan.Groups)
            {
                await foreach (var entry in copy.ListAsync(group.InboxPrefix, default))
                {
                    await copy.DeleteAsync(entry.Name, default);
                }
            }
        }

        return (copy, await WatchStore.OpenOrCreateAsync(copy, Vaults.ForTests, null, simulated: true, TimeProvider.System, default));
    }

    private async Task AssertCondemnedAsync(MemoryStore store, string why)
    {
        var verdict = await new ChaosJudge(store, Vaults.ForTests, world.Sent).JudgeAsync(1);
        Assert.That(verdict.ToString(), Does.Contain(why));
    }

    private static GroupWorker Worker(IBlobStore store, WatchStore watch, int entries) =>
        new(store, First, watch.Fold(First.Group, null), GroupWorkerOptions.Replay with { EntriesPerCommit = entries }, TimeProvider.System);

    private static async Task RelayAsync(IBlobStore store, WatchStore watch)
    {
        foreach (var plan in StagePlans.Of(watch).Where(plan => plan.Hears.Count > 0))
        {
            await new Relay(store, plan.Groups, plan.Route, plan.Hears, TimeProvider.System).RunOnceAsync();
        }
    }

    private sealed class Nowhere : IWorkSender
    {
        public ValueTask SendAsync(ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancel) => ValueTask.CompletedTask;

        public ValueTask<int> CountAsync(CancellationToken cancel) => ValueTask.FromResult(0);
    }

    /// <summary>Forgets to say the first line after a restart.</summary>
    private sealed class ForgetfulFold(IFold inner) : IFold
    {
        private bool isForgetting;

        public void Reset() => inner.Reset();

        public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
        {
            inner.RestoreSnapshot(snapshot);
            isForgetting = true;
        }

        public void RestoreDelta(ReadOnlySpan<byte> delta) => inner.RestoreDelta(delta);

        public void SaveSnapshot(IBufferWriter<byte> target) => inner.SaveSnapshot(target);

        public void SaveDelta(IBufferWriter<byte> target) => inner.SaveDelta(target);

        public ValueTask<FoldStep> FoldAsync(InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel) =>
            inner.FoldAsync(entry, fromRecord, budget, new Forgetting(this, output), cancel);

        public void Publish(IFoldOutput output) => inner.Publish(output);

        private sealed class Forgetting(ForgetfulFold fold, IFoldOutput output) : IFoldOutput
        {
            public void WriteLine(string collection, ReadOnlySpan<byte> line)
            {
                if (!fold.isForgetting)
                {
                    output.WriteLine(collection, line);
                }

                fold.isForgetting = false;
            }
        }
    }
}
