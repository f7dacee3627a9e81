using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>
/// The stages after the watch in one process: their doors' queues, the relays between stages, and one worker a group.
/// Everything between them is durable, so that it may be killed anywhere and goes on where it stood.
/// </summary>
public sealed class StagePipeline
{
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(20);

    private readonly IReadOnlyList<Part> parts;
    private readonly IReadOnlyList<Ear> ears;
    private readonly IReadOnlyList<DoorLoop> doors;
    private readonly TimeProvider time;
    private readonly ILogger log;

    /// <summary>A pipeline over one store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="plans">The stages, in the order in which one may hear of another.</param>
    /// <param name="decoders">One per door.</param>
    /// <param name="mode">When it commits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where trouble is said.</param>
    /// <param name="kill">Called at the named moments; null in production.</param>
    public StagePipeline(
        IBlobStore store, IReadOnlyList<StagePlan> plans, IReadOnlyList<ILandedDecoder> decoders, LiveMode mode,
        TimeProvider time, ILogger log, KillPoint? kill = null)
    {
        (this.time, this.log) = (time, log);
        parts = [.. plans.SelectMany(plan => plan.Groups.Select(group => NewPart(store, plan, group, mode, kill)))];
        ears = [.. plans.Where(plan => plan.Hears.Count > 0).Select(plan => NewEar(store, plan, mode, kill))];
        doors =
        [
            .. from decoder in decoders
               let part = parts.Single(part => part.Group == new GroupName(decoder.Stage, 0))
               select new DoorLoop(store, decoder, number => part.Loop.OnAppended(number, null), time, log),
        ];
    }

    /// <summary>Called after every commit of a stage.</summary>
    public Action<GroupName, Checkpoint>? Committed { get; set; }

    /// <summary>What the stages cannot get over at the moment; empty when all is well.</summary>
    public IReadOnlyList<string> Troubles =>
        [.. parts.Where(part => part.Loop.Trouble is not null).Select(part => $"{part.Loop.Group}: {part.Loop.Trouble}")];

    /// <summary>Queues what a door has landed; durable when it returns.</summary>
    /// <param name="note">What was landed.</param>
    /// <param name="cancel">Gives up; whether it was queued is then unknown.</param>
    /// <exception cref="StoreException">It may not be acknowledged.</exception>
    public Task QueueAsync(LandedNote note, CancellationToken cancel) =>
        doors.Single(door => door.Door == note.Door).QueueAsync(note, cancel);

    /// <summary>The queue of a door, or null where none has that name: dead letters are sent again.</summary>
    /// <param name="door">The door.</param>
    public BlobQueue? QueueOf(string door) => doors.FirstOrDefault(one => one.Door == door)?.Queue;

    /// <summary>Looks for what another process has put on the doors' queues.</summary>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store; look again later.</exception>
    public async Task LookAgainAsync(CancellationToken cancel)
    {
        foreach (var door in doors)
        {
            await door.Queue.LookAgainAsync(cancel);
        }
    }

    /// <summary>Decodes what was landed, at once and without the queue: an Azure function was told of it.</summary>
    /// <param name="note">What was landed.</param>
    /// <param name="cancel">Stops; the note must come again.</param>
    /// <exception cref="StoreException">Trouble in the store: the note must come again.</exception>
    public Task DecodeAsync(LandedNote note, CancellationToken cancel) =>
        doors.Single(door => door.Door == note.Door).DecodeAsync(note, cancel);

    /// <summary>Says that a group has committed: the relays that hear it look at once.</summary>
    public void OnCommitted(GroupName producer)
    {
        foreach (var ear in ears.Where(ear => ear.Plan.IsHearing(producer)))
        {
            ear.Relay.Wake();
        }
    }

    /// <summary>Something was appended to the inbox of a stage of one group from outside: an officer's action, a reference.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="number">The entry.</param>
    public void OnAppended(string stage, long number) =>
        OnAppended(new GroupName(stage, 0), number);

    /// <summary>Tells the stages that judge by time what the officers' clock says.</summary>
    /// <param name="at">The time.</param>
    /// <param name="cancel">Gives up: the next tick says the same and more.</param>
    public async Task TickAsync(DateTimeOffset at, CancellationToken cancel)
    {
        foreach (var part in parts.Where(part => StagePlan.TakesTicks(part.Group.Stage)))
        {
            try
            {
                part.Loop.OnAppended(await part.Inbox.AppendAsync(EntryKind.Tick, TickEntry.ToBytes(at.ToUnixTimeMilliseconds()), cancel), null);
            }
            catch (StoreException trouble)
            {
                log.LogWarning(LogEvents.NoTick, "No tick for {Group}: {Why}", part.Group, trouble.Message);
            }
        }
    }

    /// <summary>Runs until cancelled.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(
    [
        .. doors.Select(door => Task.Run(() => door.RunAsync(cancel), CancellationToken.None)),
        .. parts.Select(part => Task.Run(() => part.Loop.RunAsync(cancel), CancellationToken.None)),
        .. ears.Select(ear => Task.Run(() => ear.Relay.RunAsync(cancel), CancellationToken.None)),
    ]);

    /// <summary>After the end of <see cref="RunAsync"/>: decodes, relays, folds and commits what is there, within a bound.</summary>
    public async Task DrainAsync()
    {
        using var limit = new CancellationTokenSource(DrainWithin, time);
        try
        {
            foreach (var door in doors)
            {
                while (await door.RunOnceAsync(limit.Token))
                {
                }
            }

            foreach (var stage in parts.GroupBy(part => part.Group.Stage))
            {
                foreach (var ear in ears.Where(ear => ear.Plan.Stage == stage.Key))
                {
                    await ear.Relay.RunOnceAsync(limit.Token);
                }

                foreach (var part in stage)
                {
                    await part.Loop.DrainAsync(limit.Token);
                }
            }
        }
        catch (Exception trouble) when (trouble is StoreException or OperationCanceledException)
        {
            log.LogWarning(LogEvents.NotDrained, "Not all stages were folded before the end; the next start goes on from there: {Why}", trouble.Message);
        }
    }

    private void OnAppended(GroupName group, long number) =>
        parts.FirstOrDefault(part => part.Group == group)?.Loop.OnAppended(number, null);

    private Part NewPart(IBlobStore store, StagePlan plan, GroupName group, LiveMode mode, KillPoint? kill)
    {
        var worker = new GroupWorker(store, group, plan.NewFold(group.Group), mode.Commits, time, kill);
        var loop = new GroupLoop(worker, mode, time, log)
        {
            Committed = (committed, checkpoint) =>
            {
                OnCommitted(committed);
                Committed?.Invoke(committed, checkpoint);
            },
        };
        return new Part(group, new Inbox(store, group, time), loop);
    }

    private Ear NewEar(IBlobStore store, StagePlan plan, LiveMode mode, KillPoint? kill)
    {
        var relay = new Relay(store, plan.Groups, plan.Route, plan.Hears, time, null, kill) { Appended = OnAppended };
        return new Ear(plan, new RelayLoop(relay, mode.PollEvery, time, log));
    }

    private sealed record Part(GroupName Group, Inbox Inbox, GroupLoop Loop);

    private sealed record Ear(StagePlan Plan, RelayLoop Relay);
}
