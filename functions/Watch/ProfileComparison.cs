using System.Globalization;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Where the profiles of a store disagree on the same ships: findings of one profile that another, which looks for that
/// kind too, has not. Two findings are the same event when kind, subject and object agree and their times overlap.
/// </summary>
internal sealed record ProfileComparison
{
    /// <summary>The profiles, in the order in which the store has them.</summary>
    public required IReadOnlyList<string> Profiles { get; init; }

    /// <summary>Counts by kind of finding.</summary>
    public required IReadOnlyList<KindComparison> Kinds { get; init; }

    /// <summary>Every event that not all profiles have, or to which they give another severity; none is left out.</summary>
    public required IReadOnlyList<Disagreement> Disagreements { get; init; }

    /// <summary>Compares.</summary>
    /// <param name="profiles">The store's profiles.</param>
    /// <param name="standing">Findings that are not retracted, of all profiles.</param>
    public static ProfileComparison Of(IReadOnlyList<string> profiles, IEnumerable<FindingTally> standing)
    {
        var kinds = new List<KindComparison>();
        var disagreements = new List<Disagreement>();
        foreach (var kind in standing.GroupBy(finding => finding.Kind, StringComparer.Ordinal).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            // A profile that does not look for a kind does not disagree on it.
            var looking = profiles
                .Where(profile => MaritimeWatch.Findings.Profiles.ByName(profile).LooksFor(kind.Key) || kind.Any(finding => finding.Profile == profile)).ToArray();
            var events = EventsOf(kind);
            var differing = events.Where(one => one.IsDisputed(looking)).ToArray();
            kinds.Add(new KindComparison(
                kind.Key,
                looking.ToDictionary(profile => profile, profile => kind.Count(finding => finding.Profile == profile)),
                events.Count(one => one.IsShared(looking)),
                differing.Length,
                ThresholdsThatDiffer(looking, kind)));
            disagreements.AddRange(differing.Select(one => one.Tell(looking)));
        }

        return new ProfileComparison
        {
            Profiles = profiles,
            Kinds = kinds,
            Disagreements = [.. disagreements.OrderBy(one => one.StartAt, StringComparer.Ordinal).ThenBy(one => one.Subject, StringComparer.Ordinal)],
        };
    }

    // Findings that overlap in time, however long the chain, are one event.
    private static List<Event> EventsOf(IEnumerable<FindingTally> findings)
    {
        var events = new List<Event>();
        foreach (var same in findings.GroupBy(finding => (finding.Subject, finding.Concerns)))
        {
            Event? last = null;
            foreach (var finding in same.OrderBy(finding => finding.StartAt, StringComparer.Ordinal))
            {
                if (last is null || !last.Overlaps(finding))
                {
                    events.Add(last = new Event());
                }

                last.Add(finding);
            }
        }

        return events;
    }

    private static SortedDictionary<string, IReadOnlyList<string?>> ThresholdsThatDiffer(
        IReadOnlyList<string> profiles, IEnumerable<FindingTally> findings)
    {
        var of = profiles
            .Select(profile => findings.FirstOrDefault(finding => finding.Profile == profile)?.Thresholds)
            .OfType<IReadOnlyDictionary<string, string>>().ToArray();
        var differ = new SortedDictionary<string, IReadOnlyList<string?>>(StringComparer.Ordinal);
        foreach (var name in of.SelectMany(thresholds => thresholds.Keys).Distinct(StringComparer.Ordinal))
        {
            string?[] values = [.. of.Select(thresholds => thresholds.GetValueOrDefault(name))];
            if (values.Distinct(StringComparer.Ordinal).Skip(1).Any())
            {
                differ.Add(name, values);
            }
        }

        return differ;
    }

    private sealed class Event
    {
        private readonly List<FindingTally> findings = [];
        private string endAt = "";

        public bool Overlaps(FindingTally finding) =>
            endAt.Length == 0 || string.CompareOrdinal(finding.StartAt, endAt) <= 0;

        public void Add(FindingTally finding)
        {
            endAt = finding.EndAt.Length == 0 || (findings.Count > 0 && endAt.Length == 0)
                ? ""
                : string.CompareOrdinal(finding.EndAt, endAt) > 0 ? finding.EndAt : endAt;
            findings.Add(finding);
        }

        public bool IsShared(IReadOnlyList<string> profiles) =>
            profiles.All(profile => findings.Exists(finding => finding.Profile == profile));

        public bool IsDisputed(IReadOnlyList<string> profiles) =>
            !IsShared(profiles) || findings.Select(finding => finding.IsAlarm).Distinct().Skip(1).Any();

        public Disagreement Tell(IReadOnlyList<string> profiles)
        {
            var first = findings[0];
            return new Disagreement(
                first.Kind,
                first.Subject,
                first.Concerns.Length == 0 ? null : first.Concerns,
                first.Name,
                first.StartAt,
                endAt.Length == 0 ? null : endAt,
                profiles.ToDictionary(
                    profile => profile,
                    profile => findings.Where(finding => finding.Profile == profile).Select(finding => finding.Severity).FirstOrDefault()),
                [.. findings.Select(finding => finding.Id)],
                first.Reason);
        }
    }
}

/// <summary>How profiles compare in one kind.</summary>
/// <param name="Kind">The kind of finding.</param>
/// <param name="Findings">Findings by profile; a profile that is not there found none, or does not look for the kind.</param>
/// <param name="Shared">Events that all of these profiles have.</param>
/// <param name="Disputed">Events that not all of them have, or that are an alarm to some of them only.</param>
/// <param name="ThresholdsThatDiffer">By name, the values in the order of <paramref name="Findings"/>.</param>
internal sealed record KindComparison(
    string Kind,
    IReadOnlyDictionary<string, int> Findings,
    int Shared,
    int Disputed,
    IReadOnlyDictionary<string, IReadOnlyList<string?>> ThresholdsThatDiffer)
{
    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        var counts = string.Join(", ", Findings.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key} {one.Value}")));
        var differ = string.Join(", ", ThresholdsThatDiffer.Select(one => $"{one.Key.Replace('_', ' ')} {string.Join(" / ", one.Value.Select(value => value ?? "none"))}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind,-20}  {counts}; the same {Shared}, disputed {Disputed}{(differ.Length == 0 ? "" : $" ({differ})")}");
    }
}

/// <summary>One event on which profiles disagree.</summary>
/// <param name="Kind">The kind of finding.</param>
/// <param name="Subject">Who it is about.</param>
/// <param name="Object">What it concerns, or null.</param>
/// <param name="Name">The vessel's name, or the subject.</param>
/// <param name="StartAt">When it began.</param>
/// <param name="EndAt">When it ended, or null while it goes on.</param>
/// <param name="Severities">Severity by profile; null where that profile found nothing.</param>
/// <param name="FindingIds">The findings.</param>
/// <param name="Reason">What the first of them says.</param>
internal sealed record Disagreement(
    string Kind,
    string Subject,
    string? Object,
    string Name,
    string StartAt,
    string? EndAt,
    IReadOnlyDictionary<string, string?> Severities,
    IReadOnlyList<string> FindingIds,
    string Reason);
