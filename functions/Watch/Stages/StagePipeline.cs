using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>
/// The stages after the watch in one process: their doors' queues, the relays between stages, and one worker each.
/// Everything between them is durable, so that it may be killed anywhere and goes on where it stood.
/// </summary>
public sealed class StagePipeline
{
    private static readonly TimeSpan DrainWithin = TimeSpan.FromSeconds(20);

    private readonly IReadOnlyList<Part> parts;
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
        parts = [.. plans.Select(plan => NewPart(store, plan, mode, kill))];
        doors =
        [
            .. from decoder in decoders
               let part = parts.Single(part => part.Plan.Stage == decoder.Stage)
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

    /// <summary>Decodes what was landed, at once and without the queue: an Azure function was told of it.</summary>
    /// <param name="note">What was landed.</param>
    /// <param name="cancel">Stops; the note must come again.</param>
    /// <exception cref="StoreException">Trouble in the store: the note must come again.</exception>
    public Task DecodeAsync(LandedNote note, CancellationToken cancel) =>
        doors.Single(door => door.Door == note.Door).DecodeAsync(note, cancel);

    /// <summary>Says that a group has committed: the relays that hear it look at once.</summary>
    public void OnCommitted(GroupName producer)
    {
        foreach (var part in parts.Where(part => part.Plan.IsHearing(producer)))
        {
            part.Relay?.Wake();
        }
    }

    /// <summary>Something was appended to a stage's inbox from outside: an officer's action, a reference.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="number">The entry.</param>
    public void OnAppended(string stage, long number) =>
        parts.FirstOrDefault(part => part.Plan.Stage == stage)?.Loop.OnAppended(number, null);

    /// <summary>Tells the stages that judge by time what the officers' clock says.</summary>
    /// <param name="at">The time.</param>
    /// <param name="cancel">Gives up: the next tick says the same and more.</param>
    public async Task TickAsync(DateTimeOffset at, CancellationToken cancel)
    {
        foreach (var part in parts.Where(part => StagePlan.TakesTicks(part.Plan.Stage)))
        {
            try
            {
                part.Loop.OnAppended(await part.Inbox.AppendAsync(EntryKind.Tick, TickEntry.ToBytes(at.ToUnixTimeMilliseconds()), cancel), null);
            }
            catch (StoreException trouble)
            {
                log.LogWarning("No tick for {Group}: {Why}", part.Plan.Group, trouble.Message);
            }
        }
    }

    /// <summary>Runs until cancelled.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(
    [
        .. doors.Select(door => Task.Run(() => door.RunAsync(cancel), CancellationToken.None)),
        .. parts.Select(part => Task.Run(() => part.Loop.RunAsync(cancel), CancellationToken.None)),
        .. parts.Where(part => part.Relay is not null).Select(part => Task.Run(() => part.Relay!.RunAsync(cancel), CancellationToken.None)),
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

            foreach (var part in parts)
            {
                await (part.Relay?.RunOnceAsync(limit.Token) ?? Task.FromResult(false));
                await part.Loop.DrainAsync(limit.Token);
            }
        }
        catch (Exception trouble) when (trouble is StoreException or OperationCanceledException)
        {
            log.LogWarning("Not all stages were folded before the end; the next start goes on from there: {Why}", trouble.Message);
        }
    }

    private Part NewPart(IBlobStore store, StagePlan plan, LiveMode mode, KillPoint? kill)
    {
        var worker = new GroupWorker(store, plan.Group, plan.NewFold(), mode.Commits, time, kill);
        var loop = new GroupLoop(worker, mode, time, log)
        {
            Committed = (group, checkpoint) =>
            {
                OnCommitted(group);
                Committed?.Invoke(group, checkpoint);
            },
        };
        var relay = plan.Hears.Count == 0
            ? null
            : new RelayLoop(
                new Relay(store, plan.Group, plan.Hears, time, null, kill), mode.PollEvery,
                number => loop.OnAppended(number, null), time, log);
        return new Part(plan, new Inbox(store, plan.Group, time), loop, relay);
    }

    private sealed record Part(StagePlan Plan, Inbox Inbox, GroupLoop Loop, RelayLoop? Relay);
}
