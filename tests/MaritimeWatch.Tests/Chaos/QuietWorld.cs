using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>
/// The week in one thread over memory: sent, decoded, folded and relayed a few sendings at a time. What a run without any
/// trouble leaves; a test spoils one thing of it.
/// </summary>
internal sealed class QuietWorld : IAsyncDisposable
{
    private readonly List<WorkMessage> works = [];
    private readonly List<LandedNote> notes = [];
    private readonly StoryClock clock;
    private readonly WatchStore watch;
    private readonly Inbox[] inboxes;
    private readonly IReadOnlyList<ILandedDecoder> decoders;
    private StoryDoors doors = null!;

    private QuietWorld(MemoryStore store, WatchStore watch, StoryClock clock)
    {
        (Store, this.watch, this.clock) = (store, watch, clock);
        inboxes = [.. watch.Groups.Select(group => new Inbox(store, group, clock))];
        decoders = StageDoors.DecodersOf(watch, clock);
    }

    public MemoryStore Store { get; }

    public SentLog Sent { get; } = new();

    public WatchStore Watch => watch;

    public static async Task<QuietWorld> OpenAsync(StoryTraffic traffic)
    {
        var clock = new StoryClock(Path.Combine(traffic.Folder, "clock"));
        clock.Set(traffic.Sendings[0].At);
        var store = new MemoryStore();
        return await OverAsync(store, await ChaosStore.PrepareAsync(store, Vaults.ForTests, traffic.Folder, clock), clock);
    }

    public static async Task<QuietWorld> OverAsync(MemoryStore store, WatchStore watch, StoryClock clock)
    {
        var world = new QuietWorld(store, watch, clock);
        world.doors = await StoryDoors.OpenAsync(world.watch, name => new Held(world, name), world.Sent, clock);
        return world;
    }

    /// <summary>Sends all of it; between every few sendings all stages come up to date.</summary>
    public async Task PlayAsync(IReadOnlyList<Sending> sendings)
    {
        foreach (var some in sendings.Chunk(12))
        {
            foreach (var sending in some)
            {
                clock.Set(sending.At);
                await doors.SendAsync(sending, default);
                await DecodeAsync();
            }

            await FoldAsync(Store, watch, clock);
        }
    }

    /// <summary>Brings every group and relay of a store up to date.</summary>
    public static async Task FoldAsync(IBlobStore store, WatchStore watch, TimeProvider time)
    {
        foreach (var group in watch.Groups)
        {
            await RunAsync(new GroupWorker(store, group, watch.Fold(group.Group, null), GroupWorkerOptions.Replay, time));
        }

        foreach (var plan in StagePlans.Of(watch))
        {
            if (plan.Hears.Count > 0)
            {
                await new Relay(store, plan.Groups, plan.Route, plan.Hears, time).RunOnceAsync();
            }

            foreach (var group in plan.Groups)
            {
                await RunAsync(new GroupWorker(store, group, plan.NewFold(group.Group), GroupWorkerOptions.Replay, time));
            }
        }
    }

    public ValueTask DisposeAsync() => doors.DisposeAsync();

    private static async Task RunAsync(GroupWorker worker)
    {
        while (await worker.RunOnceAsync() != WorkerStep.Idle)
        {
        }
    }

    private async Task DecodeAsync()
    {
        foreach (var work in works)
        {
            await new BlobDecoder(Store, watch.Format, inboxes).DecodeAsync(work, default);
        }

        foreach (var note in notes)
        {
            await decoders.Single(decoder => decoder.Door == note.Door).DecodeAsync(note, default);
        }

        works.Clear();
        notes.Clear();
    }

    private sealed class Held(QuietWorld world, string name) : IWorkSender
    {
        public ValueTask SendAsync(ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancel)
        {
            if (name == QueueNames.Ais)
            {
                world.works.Add(WorkMessage.Parse(body));
            }
            else
            {
                world.notes.Add(LandedNote.Parse(body));
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask<int> CountAsync(CancellationToken cancel) => ValueTask.FromResult(0);
    }
}
