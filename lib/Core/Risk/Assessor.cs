using System.Globalization;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Risk;

/// <summary>A finding as it is weighed.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Kind">Its kind, kebab-case.</param>
/// <param name="Severity">Its severity.</param>
/// <param name="PerMille">How likely it is about this vessel, in thousandths; its weight is multiplied by it.</param>
/// <param name="IsWithdrawn">It was retracted: kept, and counts nothing.</param>
/// <param name="Reason">A short sentence.</param>
public sealed record RiskEvidence(
    string FindingId, string Kind, Severity Severity, int PerMille, bool IsWithdrawn, string Reason);

/// <summary>Adds evidence up.</summary>
public static class Assessor
{
    /// <summary>How many findings of one group are weighed at most: the strongest.</summary>
    public const int ItemsMax = 32;

    /// <summary>Assesses a call. The lane is set by <see cref="LaneBook"/>.</summary>
    /// <param name="weights">What evidence adds.</param>
    /// <param name="subject">The call.</param>
    /// <param name="port">Its port.</param>
    /// <param name="mmsi">The vessel, or null.</param>
    /// <param name="evidence">Its findings, in any order.</param>
    /// <param name="knownAtMs">When this could be said.</param>
    /// <param name="isSimulated">Something that it stands on is simulated.</param>
    public static Assessment Assess(
        RiskWeights weights,
        string subject,
        string port,
        uint? mmsi,
        IReadOnlyCollection<RiskEvidence> evidence,
        long knownAtMs,
        bool isSimulated)
    {
        List<AssessmentGroup> groups = [];
        foreach (var group in weights.Groups)
        {
            var items = Once(weights, evidence
                .Select(piece => (Piece: piece, Weight: weights.Of(piece.Kind)))
                .Where(weighed => weighed.Weight?.Group == group.Name)
                .Select(weighed => Item(weighed.Piece, weighed.Weight!)))
                .OrderByDescending(item => item.LogOddsMilli).ThenBy(item => item.FindingId, StringComparer.Ordinal)
                .Take(ItemsMax).ToArray();
            if (items.Length > 0)
            {
                var sum = items.Sum(item => item.LogOddsMilli);
                groups.Add(new AssessmentGroup(group.Name, group.CapMilli, items, sum, Math.Min(sum, group.CapMilli)));
            }
        }

        var assessment = new Assessment
        {
            Subject = subject,
            Port = port,
            Mmsi = mmsi,
            PriorMilli = weights.PriorMilli,
            Groups = groups,
            TotalMilli = weights.PriorMilli + groups.Sum(group => group.CountedMilli),
            LineMilli = weights.LineMilli,
            KnownAtMs = knownAtMs,
            IsSimulated = isSimulated,
        };
        return assessment with { SmallestChange = SmallestChange(assessment) };
    }

    // The strongest of a kind in full, each further one a part.
    private static IEnumerable<AssessmentItem> Once(RiskWeights weights, IEnumerable<AssessmentItem> items) => items
        .GroupBy(item => item.Kind, StringComparer.Ordinal)
        .SelectMany(kind => kind.OrderByDescending(item => item.LogOddsMilli).ThenBy(item => item.FindingId, StringComparer.Ordinal)
            .Select((item, i) => i == 0 ? item : item with { LogOddsMilli = i > weights.RepeatsMax ? 0 : item.LogOddsMilli * weights.RepeatPerMille / 1000 }));

    private static AssessmentItem Item(RiskEvidence piece, KindWeight weight) => new(
        piece.Kind,
        piece.FindingId,
        piece.IsWithdrawn ? 0 : weight.At(piece.Severity) * piece.PerMille / 1000,
        piece.Reason);

    // The weakest finding whose absence is enough; else the fewest, strongest first.
    private static string SmallestChange(Assessment assessment)
    {
        if (!assessment.IsOverLine)
        {
            return string.Create(CultureInfo.InvariantCulture, $"It is under the line of an alert; {LogOdds.ToText(assessment.LineMilli - assessment.TotalMilli)} more would reach it.");
        }

        var items = assessment.Groups.SelectMany(group => group.Items).Where(item => item.LogOddsMilli > 0)
            .OrderBy(item => item.LogOddsMilli).ThenBy(item => item.FindingId, StringComparer.Ordinal).ToList();
        if (items.Find(item => Without(assessment, [item]) < assessment.LineMilli) is { } one)
        {
            return $"Without {one.Kind} {one.FindingId} it would be {LogOdds.ToText(Without(assessment, [one]))}, under the line.";
        }

        List<AssessmentItem> gone = [];
        for (var i = items.Count - 1; i >= 0 && Without(assessment, gone) >= assessment.LineMilli; i--)
        {
            gone.Add(items[i]);
        }

        return $"No single finding carries it; without {string.Join(" and ", gone.Select(item => $"{item.Kind} {item.FindingId}"))} it would be {LogOdds.ToText(Without(assessment, gone))}, under the line.";
    }

    private static int Without(Assessment assessment, List<AssessmentItem> gone) => assessment.PriorMilli
        + assessment.Groups.Sum(group => Math.Min(group.CapMilli, group.Items.Where(item => !gone.Contains(item)).Sum(item => item.LogOddsMilli)));
}
