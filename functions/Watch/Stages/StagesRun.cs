using System.Text.Json;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>
/// Brings the stages after the watch up to date in a replay: what the doors would have landed is decoded, the producers'
/// lines are relayed, and every stage is folded to its end, in the order in which one may hear of another. Taken up again
/// where it was cut off; nothing is done twice.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="plans">The stages, in order.</param>
/// <param name="decoders">One per door.</param>
/// <param name="time">Only for waiting on the store.</param>
/// <param name="progress">Told in words what is being done.</param>
internal sealed class StagesRun(
    IBlobStore store, IReadOnlyList<StagePlan> plans, IReadOnlyList<ILandedDecoder> decoders, TimeProvider time,
    Action<string> progress)
{
    /// <summary>After so long nothing of a recording is waited for any more: the end of a replay settles everything.</summary>
    public static readonly TimeSpan SettlesWithin = TimeSpan.FromHours(6);

    /// <summary>How long after the end the stages that wait for later news are told that it is; default 6 hours.</summary>
    public TimeSpan Settles { get; init; } = SettlesWithin;

    /// <summary>Called at the named moments of relays and commits; null in production.</summary>
    public KillPoint? Kill { get; init; }

    /// <summary>Runs to the end.</summary>
    /// <param name="notes">What was landed for the doors, in order.</param>
    /// <param name="endAtMs">The last event time of the recordings, or null where they have none: stages that wait for later news are told it.</param>
    /// <param name="cancel">Stops the run.</param>
    /// <returns>What became of each note, in the order of <paramref name="notes"/>.</returns>
    public async Task<IReadOnlyList<LandedOutcome>> RunAsync(
        IReadOnlyList<LandedNote> notes, long? endAtMs, CancellationToken cancel)
    {
        var outcomes = new LandedOutcome?[notes.Count];
        foreach (var plan in plans)
        {
            foreach (var decoder in decoders.Where(decoder => decoder.Stage == plan.Stage))
            {
                for (var index = 0; index < notes.Count; index++)
                {
                    if (notes[index].Door == decoder.Door)
                    {
                        progress($"{decoder.Door}: {notes[index].FileName ?? notes[index].Source}");
                        outcomes[index] = await DecodeOnceAsync(decoder, notes[index], cancel);
                    }
                }
            }

            await FoldAsync(plan, endAtMs, cancel);
        }

        return [.. outcomes.OfType<LandedOutcome>()];
    }

    // The fold would skip what it has seen; but a scene takes its time, and an inbox should not grow for nothing.
    private async Task<LandedOutcome> DecodeOnceAsync(ILandedDecoder decoder, LandedNote note, CancellationToken cancel)
    {
        var name = $"replay/done/{note.Door}/{note.Hash}";
        if (await store.GetAsync(name, cancel) is { } done)
        {
            return JsonSerializer.Deserialize<LandedOutcome>(done.Bytes.Span, JsonSerializerOptions.Web)!;
        }

        var outcome = await decoder.DecodeAsync(note, cancel);
        await store.PutAsync(name, JsonSerializer.SerializeToUtf8Bytes(outcome, JsonSerializerOptions.Web), PutCondition.IfAbsent, cancel);
        return outcome;
    }

    private async Task FoldAsync(StagePlan plan, long? endAtMs, CancellationToken cancel)
    {
        if (plan.Hears.Count > 0)
        {
            await new Relay(store, plan.Groups, plan.Route, plan.Hears, time, null, Kill).RunOnceAsync(cancel);
        }

        foreach (var group in plan.Groups)
        {
            await FoldAsync(plan, group, endAtMs, cancel);
        }
    }

    private async Task FoldAsync(StagePlan plan, GroupName group, long? endAtMs, CancellationToken cancel)
    {
        // Said once for one end: a run that has nothing new leaves the inbox as it is.
        var ended = group.Group == 0 ? $"replay/ends/{group.Stage}/{endAtMs}" : $"replay/ends/{group}/{endAtMs}";
        if (StagePlan.TakesTicks(plan.Stage) && endAtMs is { } atMs && await store.GetAsync(ended, cancel) is null)
        {
            var settledAtMs = atMs + (plan.Stage == StageNames.Alerts ? 0 : (long)Settles.TotalMilliseconds);
            await new Inbox(store, group, time).AppendAsync(EntryKind.Tick, TickEntry.ToBytes(settledAtMs), cancel);
            await store.PutAsync(ended, TickEntry.ToBytes(settledAtMs), PutCondition.IfAbsent, cancel);
        }

        var fold = plan.NewFold(group.Group);
        using var owned = fold as IDisposable;
        var worker = new GroupWorker(store, group, fold, GroupWorkerOptions.Replay with { DeltasMax = 0 }, time, Kill);
        while (await worker.RunOnceAsync(cancel) != WorkerStep.Idle)
        {
            progress($"{group}: entry {worker.Checkpoint?.NextEntry}");
        }
    }
}
