using System.Globalization;
using System.Text;

namespace MaritimeWatch.Risk;

/// <summary>Which way a call goes, by the budget of inspections.</summary>
public enum RiskLane
{
    /// <summary>Nothing asks for an inspection.</summary>
    Green,

    /// <summary>Papers and a look, as far as the budget goes.</summary>
    Orange,

    /// <summary>Inspect.</summary>
    Red,
}

/// <summary>
/// The risk of one declared call, as a sum that can be made again by hand: the base rate plus what each group of evidence
/// adds, in log-odds. Evidence of one group is dependent, so a group counts no more than its cap.
/// </summary>
public sealed record Assessment
{
    /// <summary>The call: <c>call:LOCODE:MMSI:eta</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>UN/LOCODE of the port.</summary>
    public required string Port { get; init; }

    /// <summary>The vessel, or null.</summary>
    public uint? Mmsi { get; init; }

    /// <summary>The base rate, log-odds in 1/1000.</summary>
    public required int PriorMilli { get; init; }

    /// <summary>Groups that have evidence, in a fixed order.</summary>
    public required IReadOnlyList<AssessmentGroup> Groups { get; init; }

    /// <summary>The sum, log-odds in 1/1000.</summary>
    public required int TotalMilli { get; init; }

    /// <summary>The line over which a call becomes an alert, log-odds in 1/1000.</summary>
    public required int LineMilli { get; init; }

    /// <summary>The lane by the budget.</summary>
    public RiskLane Lane { get; init; }

    /// <summary>Its rank among the last assessed calls, 1 the highest; 0 before it was ranked.</summary>
    public int Rank { get; init; }

    /// <summary>How many calls were ranked.</summary>
    public int RankedCalls { get; init; }

    /// <summary>The smallest change that would move it under the line, in words; or that it is under it.</summary>
    public string SmallestChange { get; init; } = string.Empty;

    /// <summary>When it could be said, milliseconds since 1970 UTC.</summary>
    public required long KnownAtMs { get; init; }

    /// <summary>Something that it stands on is simulated.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>The chance, 0 to 10,000 tenths of a thousandth.</summary>
    public int TenThousandths => LogOdds.ToTenThousandths(TotalMilli);

    /// <summary>It is over the line.</summary>
    public bool IsOverLine => TotalMilli >= LineMilli;

    /// <summary>The sum, to be added up by hand: one line for each number.</summary>
    public string ToWords()
    {
        var words = new StringBuilder();
        words.AppendLine(CultureInfo.InvariantCulture, $"{LogOdds.ToText(PriorMilli)}  base rate: {LogOdds.ToPercent(LogOdds.ToTenThousandths(PriorMilli))} of calls");
        foreach (var group in Groups)
        {
            var cut = group.CountedMilli < group.SumMilli ? string.Create(CultureInfo.InvariantCulture, $" of {LogOdds.ToText(group.SumMilli)}, for one group counts no more than {LogOdds.ToText(group.CapMilli)}") : string.Empty;
            words.AppendLine(CultureInfo.InvariantCulture, $"{LogOdds.ToText(group.CountedMilli)}  {group.Group}{cut}");
            foreach (var item in group.Items)
            {
                words.AppendLine(CultureInfo.InvariantCulture, $"          {LogOdds.ToText(item.LogOddsMilli)}  {item.Kind} {item.FindingId}: {item.Reason}");
            }
        }

        words.AppendLine(CultureInfo.InvariantCulture, $"{LogOdds.ToText(TotalMilli)}  in all: {LogOdds.ToPercent(TenThousandths)}; the line of an alert is {LogOdds.ToText(LineMilli)} ({LogOdds.ToPercent(LogOdds.ToTenThousandths(LineMilli))})");
        words.AppendLine(CultureInfo.InvariantCulture, $"Lane {RiskNames.Of(Lane)}: rank {Rank} of the last {RankedCalls} assessed calls.");
        if (SmallestChange.Length > 0)
        {
            words.AppendLine(SmallestChange);
        }

        return words.ToString();
    }
}

/// <summary>Evidence that depends on each other and counts no more than a cap.</summary>
/// <param name="Group">movement, identity, declaration or land.</param>
/// <param name="CapMilli">The most that it may count, log-odds in 1/1000.</param>
/// <param name="Items">The evidence, strongest first.</param>
/// <param name="SumMilli">The sum of the items.</param>
/// <param name="CountedMilli">What is counted: the sum, or the cap.</param>
public sealed record AssessmentGroup(
    string Group, int CapMilli, IReadOnlyList<AssessmentItem> Items, int SumMilli, int CountedMilli);

/// <summary>One finding's part.</summary>
/// <param name="Kind">Kind of finding.</param>
/// <param name="FindingId">The finding.</param>
/// <param name="LogOddsMilli">What it adds, log-odds in 1/1000; 0 where it was withdrawn.</param>
/// <param name="Reason">Why, in a short sentence.</param>
public sealed record AssessmentItem(string Kind, string FindingId, int LogOddsMilli, string Reason);

/// <summary>Names in JSON.</summary>
public static class RiskNames
{
    private static readonly string[] Lanes = ["green", "orange", "red"];

    /// <summary>Name of a lane.</summary>
    public static string Of(RiskLane lane) => Lanes[(int)lane];

    /// <summary>A lane by name.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static RiskLane LaneOf(string? name) => Array.IndexOf(Lanes, name) is >= 0 and var at
        ? (RiskLane)at
        : throw new InvalidDataException($"there is no lane '{name}'");
}
