using MaritimeWatch.Terms;

namespace MaritimeWatch.Risk;

/// <summary>
/// What each kind of finding adds, by severity, and what each group may count at most. Log-odds in 1/1000 throughout.
/// The weights are a first judgement, not yet learned from outcomes: a medium finding of one behaviour raises the odds of
/// a call about three to five times; two of them from different rules reach the line of an alert; no group alone,
/// whatever happens in it, makes a call more likely than not. What speaks of identity comes from one transmitter, whose fault
/// may be behind all of it: alone it stays short of the line of an alert.
/// </summary>
public sealed record RiskWeights
{
    private static readonly RiskGroup[] GroupsByDefault =
    [
        new("movement", 4000),
        new("identity", 1700),
        new("declaration", 3500),
        new("land", 2500),
    ];

    private static readonly KindWeight[] KindsByDefault =
    [
        new("gap", "movement", 100, 500, 1200, 2000),
        new("encounter", "movement", 200, 700, 1500, 2500),
        new("route-deviation", "movement", 200, 500, 1200, 2000),
        new("dark-ship", "movement", 200, 700, 1500, 2200),
        new("unlikely-motion", "movement", 100, 400, 1000, 1800),
        new("loitering", "movement", 100, 300, 800, 1500),
        new("drift", "movement", 50, 200, 500, 1000),
        new("zone-entry", "movement", 0, 200, 800, 1500),
        new("sudden-stop", "movement", 0, 200, 500, 1000),
        new("impossible-movement", "identity", 100, 300, 1000, 1800),
        new("shared-identity", "identity", 200, 500, 1500, 2500),
        new("identity-change", "identity", 100, 300, 1000, 2000),
        new("spoofing", "identity", 200, 500, 1500, 2500),
        new("voyage-change", "declaration", 0, 100, 300, 600),
        new("draught-change", "declaration", 0, 100, 500, 1000),
        new("declared-mismatch", "declaration", 200, 700, 2200, 3000),
        new("seal-changed", "declaration", 100, 500, 1500, 2500),
        new("vehicle-deviation", "land", 100, 500, 1200, 2000),
        new("cloned-plate", "land", 200, 800, 1800, 2500),
        new("convoy", "land", 50, 200, 600, 1200),
        new("early-release", "land", 100, 500, 1500, 2500),
    ];

    /// <summary>How many calls in 10,000 are to be expected bad; default 100 (1 %).</summary>
    public int PriorTenThousandths { get; init; } = 100;

    /// <summary>The chance from which a call is an alert, in 10,000; default 1,000 (one in ten).</summary>
    public int AlertTenThousandths { get; init; } = 1_000;

    /// <summary>
    /// What a further finding of the same kind counts, in thousandths of its weight: it is the same behaviour again;
    /// default 100.
    /// </summary>
    public int RepeatPerMille { get; init; } = 100;

    /// <summary>How many repetitions count at most: one behaviour alone, however often, stays short of an alert; default 5.</summary>
    public int RepeatsMax { get; init; } = 5;

    /// <summary>Groups in the order in which they are shown.</summary>
    public IReadOnlyList<RiskGroup> Groups { get; init; } = GroupsByDefault;

    /// <summary>Kinds that count; every other kind counts nothing.</summary>
    public IReadOnlyList<KindWeight> Kinds { get; init; } = KindsByDefault;

    /// <summary>The base rate as log-odds.</summary>
    public int PriorMilli => LogOdds.FromTenThousandths(PriorTenThousandths);

    /// <summary>The line of an alert as log-odds.</summary>
    public int LineMilli => LogOdds.FromTenThousandths(AlertTenThousandths);

    /// <summary>The weights of a kind, or null where it counts nothing.</summary>
    public KindWeight? Of(string kind) => Kinds.FirstOrDefault(weight => weight.Kind == kind);
}

/// <summary>A group of dependent evidence.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="CapMilli">The most that it counts.</param>
public sealed record RiskGroup(string Name, int CapMilli);

/// <summary>What a kind of finding adds.</summary>
/// <param name="Kind">Kind of finding, kebab-case.</param>
/// <param name="Group">Its group.</param>
/// <param name="Info">At severity info.</param>
/// <param name="Low">At low.</param>
/// <param name="Medium">At medium.</param>
/// <param name="High">At high.</param>
public sealed record KindWeight(string Kind, string Group, int Info, int Low, int Medium, int High)
{
    /// <summary>What it adds at a severity.</summary>
    public int At(Severity severity) => severity switch
    {
        Severity.High => High,
        Severity.Medium => Medium,
        Severity.Low => Low,
        _ => Info,
    };
}
