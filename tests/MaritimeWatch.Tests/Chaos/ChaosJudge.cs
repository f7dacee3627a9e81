using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>What the judge has seen.</summary>
/// <param name="Faults">What is wrong, in words; empty when all is right.</param>
/// <param name="Findings">Revisions of findings that were compared.</param>
/// <param name="Alerts">Revisions of alerts.</param>
/// <param name="Reports">Reports folded.</param>
/// <param name="Lines">Lines of all collections that were compared.</param>
/// <param name="Pushes">Deliveries that the alerts asked for.</param>
/// <param name="Kinds">Kinds of finding.</param>
internal sealed record Verdict(IReadOnlyList<string> Faults, int Findings, int Alerts, long Reports, int Lines, int Pushes, IReadOnlyCollection<string> Kinds)
{
    public override string ToString() => Faults.Count == 0
        ? string.Create(CultureInfo.InvariantCulture, $"right: {Reports} reports, {Findings} revisions of findings of {Kinds.Count} kinds, {Alerts} of alerts, {Pushes} pushes, {Lines} lines in all")
        : string.Join(Environment.NewLine, Faults);
}

/// <summary>
/// Judges a store after a run. The inboxes are the truth: folded again in one go by one worker, with other cuts, they must
/// give the very bytes that the checkpoints name; what the doors have queued must be in the inboxes; and what one stage has
/// said must have been heard once by each stage that hears it.
/// </summary>
internal sealed class ChaosJudge(IBlobStore store, IVault vault, SentLog sent)
{
    private const int FaultsMax = 20;

    private readonly List<string> faults = [];
    private readonly SortedSet<string> kinds = new(StringComparer.Ordinal);
    private int findings;
    private int alerts;
    private int lines;
    private int pushes;

    public async Task<Verdict> JudgeAsync(int seed)
    {
        var chance = new Random(seed);
        var copy = await JudgedStore.CopyAsync(store);
        var watch = await WatchStore.OpenOrCreateAsync(copy, vault, null, simulated: true, TimeProvider.System, default);
        var plans = StagePlans.Of(watch);
        var said = new Dictionary<GroupName, Dictionary<string, List<ReadOnlyMemory<byte>>>>();
        foreach (var (group, fold) in JudgedStore.Folds(watch))
        {
            said[group] = await JudgedStore.LinesAsync(store, group);
            await CompareAsync(copy, group, fold, said[group], chance);
        }

        foreach (var plan in plans.Where(plan => plan.Hears.Count > 0))
        {
            foreach (var fault in await new RelayJudge(copy, plan, said).FaultsAsync())
            {
                Say(fault);
            }
        }

        JudgePushes(said[new GroupName(StageNames.Alerts, 0)].GetValueOrDefault("deliveries") ?? []);
        var effects = new EffectJudge(copy, watch, sent);
        foreach (var fault in await effects.FaultsAsync(said))
        {
            Say(fault);
        }

        return new Verdict(faults, findings, alerts, effects.Reports, lines, pushes, kinds);
    }

    private async Task CompareAsync(
        MemoryStore copy, GroupName group, IFold inner, Dictionary<string, List<ReadOnlyMemory<byte>>> stored, Random chance)
    {
        var fold = new UndisturbedFold(inner);
        using var owned = inner as IDisposable;
        var checkpoint = await new CheckpointReader(store, group).ReadAsync();
        var last = await new Inbox(copy, group, TimeProvider.System).LastNumberAsync();
        if ((checkpoint?.NextEntry ?? 1) != last + 1 || checkpoint?.NextRecord > 0)
        {
            Say($"{group} stands at entry {checkpoint?.NextEntry ?? 1}, its inbox ends at {last}");
            return;
        }

        var options = new GroupWorkerOptions
        {
            RecordsPerCommit = chance.Next(500, 50_000),
            RecordsPerStep = chance.Next(1, 5_000),
            EntriesPerCommit = chance.Next(1, 200),
            DeltasMax = chance.Next(0, 40),
        };
        var worker = new GroupWorker(copy, group, fold, options, TimeProvider.System);
        while (await worker.RunOnceAsync() != WorkerStep.Idle)
        {
        }

        Compare(group, stored, await JudgedStore.LinesAsync(copy, group), fold.Shown);
    }

    private void Compare(
        GroupName group, Dictionary<string, List<ReadOnlyMemory<byte>>> stored, Dictionary<string, List<ReadOnlyMemory<byte>>> again, IReadOnlyCollection<string> shown)
    {
        foreach (var collection in stored.Keys.Union(again.Keys).Except(shown).Order(StringComparer.Ordinal))
        {
            var (ours, theirs) = (stored.GetValueOrDefault(collection) ?? [], again.GetValueOrDefault(collection) ?? []);
            lines += ours.Count;
            findings += collection == "findings" ? ours.Count : 0;
            alerts += collection == "alerts" ? ours.Count : 0;
            for (var index = 0; index < Math.Max(ours.Count, theirs.Count); index++)
            {
                if (index >= ours.Count || index >= theirs.Count || !ours[index].Span.SequenceEqual(theirs[index].Span))
                {
                    Say(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{group} {collection}: line {index + 1} of {ours.Count} is not that of an undisturbed fold ({theirs.Count} lines)"));
                    break;
                }
            }

            Note(collection, ours);
        }
    }

    // At least once each, under the line's own id, and nothing that no line says.
    private void JudgePushes(List<ReadOnlyMemory<byte>> deliveries)
    {
        if (sent.Pushed is not { } pushed)
        {
            return;
        }

        var ids = deliveries.Select(line => StoreOutput.IdOf(line.Span)).ToHashSet(StringComparer.Ordinal);
        pushes = ids.Count;
        if (ids.Except(pushed).ToArray() is { Length: > 0 } missed)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"{missed.Length} of {ids.Count} pushes were never made: {missed[0]}"));
        }

        if (pushed.Except(ids).ToArray() is { Length: > 0 } extra)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"{extra.Length} pushes were made that no line says: {extra[0]}"));
        }
    }

    private void Note(string collection, List<ReadOnlyMemory<byte>> of)
    {
        if (collection == "findings")
        {
            foreach (var line in of)
            {
                using var json = JsonDocument.Parse(line);
                kinds.Add(json.RootElement.GetProperty("properties").GetProperty("kind").GetString()!);
            }
        }
    }

    private void Say(string fault)
    {
        if (faults.Count < FaultsMax)
        {
            faults.Add(fault);
        }
    }
}
