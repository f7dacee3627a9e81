using System.Text.Json;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Operations;

/// <summary>
/// Compares what a shadow found with what the live store found. The same id is the same finding; where inboxes or
/// profiles differ ids do too, and then kind, subject and object with overlapping times tell.
/// </summary>
/// <param name="live">The live store.</param>
/// <param name="name">The shadow.</param>
internal sealed class BackfillComparison(IBlobStore live, string name)
{
    /// <summary>Compares.</summary>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">FixInput: there is no such shadow, or it is not done.</exception>
    public async Task<BackfillDifferences> RunAsync(CancellationToken cancel)
    {
        var state = await BackfillState.ReadAsync(live, name, cancel)
            ?? throw new StoreException(StoreTrouble.FixInput, $"there is no shadow {name}; 'backfill list' names them");
        if (state.EndedAt is null)
        {
            throw new StoreException(StoreTrouble.FixInput, $"the shadow {name} is not done: run the same back-fill again first");
        }

        var format = await StoreFormat.OpenAsync(live, cancel);
        var groups = StageNames.AllGroups(format.Groups);
        var shadowOutput = new StoreOutput(new ShadowStore(live, name, state.Reach), groups);
        var (from, until) = state.IsFromInbox ? (null, state.WatchedUntil) : await PeriodAsync(shadowOutput, cancel);
        var kinds = new SortedDictionary<string, BackfillCounts>(StringComparer.Ordinal);
        var differences = new List<BackfillDifference>();
        var simulated = false;
        foreach (var collection in (string[])["findings", "alerts"])
        {
            var isAlert = collection == "alerts";
            var ours = await LatestAsync(shadowOutput, collection, null, null, cancel);
            var theirs = await LatestAsync(new StoreOutput(live, groups), collection, from, until, cancel);
            simulated |= ours.Concat(theirs).Any(finding => finding.Simulated);
            Compare(ours, theirs, kinds, differences);
        }

        return new BackfillDifferences
        {
            Shadow = name, From = from, Until = until, Simulated = simulated, Kinds = kinds,
            Differences = [.. differences.Take(BackfillDifferences.ListedMax)],
        };
    }

    private static void Compare(
        List<ComparedFinding> ours, List<ComparedFinding> theirs, SortedDictionary<string, BackfillCounts> kinds,
        List<BackfillDifference> differences)
    {
        var left = theirs.ToLookup(finding => (finding.Kind, finding.Subject, finding.Object));
        var byId = theirs.ToDictionary(finding => finding.Id, StringComparer.Ordinal);
        var met = new HashSet<string>(StringComparer.Ordinal);
        void Count(string kind, Func<BackfillCounts, BackfillCounts> one) =>
            kinds[kind] = one(kinds.GetValueOrDefault(kind) ?? new BackfillCounts(0, 0, 0, 0));

        // Those of the same id first, so that a neighbour in time does not take one away.
        foreach (var finding in ours.OrderBy(finding => byId.ContainsKey(finding.Id) ? 0 : 1).ThenBy(finding => finding.StartAt))
        {
            var other = byId.GetValueOrDefault(finding.Id)
                ?? left[(finding.Kind, finding.Subject, finding.Object)].FirstOrDefault(there => !met.Contains(there.Id) && there.IsLike(finding));
            if (other is null)
            {
                Count(finding.Kind, counts => counts with { New = counts.New + 1 });
                differences.Add(new BackfillDifference("new", finding.Kind, finding.Subject, finding.StartText, finding.Id, null, []));
                continue;
            }

            met.Add(other.Id);
            if (finding.ChangedFrom(other) is { Count: > 0 } what)
            {
                Count(finding.Kind, counts => counts with { Amended = counts.Amended + 1 });
                differences.Add(new BackfillDifference("amended", finding.Kind, finding.Subject, finding.StartText, finding.Id, other.Id, what));
            }
            else
            {
                Count(finding.Kind, counts => counts with { Same = counts.Same + 1 });
            }
        }

        foreach (var gone in theirs.Where(there => !met.Contains(there.Id)))
        {
            Count(gone.Kind, counts => counts with { Gone = counts.Gone + 1 });
            differences.Add(new BackfillDifference("gone", gone.Kind, gone.Subject, gone.StartText, null, gone.Id, []));
        }
    }

    // The last revision of each that was known by then; the retracted ones stand in neither.
    private static async Task<List<ComparedFinding>> LatestAsync(
        StoreOutput output, string collection, DateTimeOffset? from, DateTimeOffset? until, CancellationToken cancel)
    {
        var latest = new Dictionary<string, ComparedFinding>(StringComparer.Ordinal);
        await foreach (var line in output.LinesAsync(collection, cancel))
        {
            var finding = ComparedFinding.Read(line, collection == "alerts");
            if (until is null || finding.KnownAt is null || finding.KnownAt <= until)
            {
                latest[finding.Id] = finding;
            }
        }

        return [.. latest.Values.Where(finding => finding.Stands && (from is null || finding.EndAt >= from)).OrderBy(finding => finding.Id, StringComparer.Ordinal)];
    }

    // What a shadow of recordings has watched is a stretch of time.
    private static async Task<(DateTimeOffset? From, DateTimeOffset? Until)> PeriodAsync(StoreOutput shadow, CancellationToken cancel)
    {
        DateTimeOffset? first = null, last = null;
        await foreach (var line in shadow.LinesAsync("coverage", cancel))
        {
            using var json = JsonDocument.Parse(line);
            var properties = json.RootElement.GetProperty("properties");
            var (from, to) = (properties.GetProperty("first_heard_at").GetDateTimeOffset(), properties.GetProperty("last_heard_at").GetDateTimeOffset());
            first = first is null || from < first ? from : first;
            last = last is null || to > last ? to : last;
        }

        // Stages that wait for later news say what they found up to so long after the last report.
        return (first, last is { } end ? end + Watch.Stages.StagesRun.SettlesWithin : null);
    }
}
