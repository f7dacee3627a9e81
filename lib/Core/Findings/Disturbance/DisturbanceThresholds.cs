namespace MaritimeWatch.Findings.Disturbance;

/// <summary>
/// When satellite navigation is disturbed over an area: the positions of several ships become false at once. Definition:
/// our own; jamming and spoofing of GNSS as seen in AIS is described by C4ADS, Above Us Only Stars, 2019.
/// </summary>
public sealed record DisturbanceThresholds
{
    /// <summary>So many ships of an area at least; default 5.</summary>
    public int VesselsMin { get; init; } = 5;

    /// <summary>So many ships within the same time keep it going; default 4: one ship alone does not.</summary>
    public int VesselsGoOn { get; init; } = 4;

    /// <summary>From so many ships on it is high; default 15.</summary>
    public int VesselsHigh { get; init; } = 15;

    /// <summary>Within so long, milliseconds; default 15 minutes.</summary>
    public long WithinMs { get; init; } = 15 * 60_000;

    /// <summary>It has ended so long after the last false position, milliseconds; default 30 minutes.</summary>
    public long QuietMs { get; init; } = 30 * 60_000;

    /// <summary>A jump is at least so far, decimetres; default 1 NM.</summary>
    public int JumpDecimetresMin { get; init; } = 18_520;

    /// <summary>And faster than this, 0.1 knot; default 60 kn (no ship in service is faster over a distance).</summary>
    public int SpeedDeciKnots { get; init; } = 600;

    /// <summary>A ship that says at least this, 0.1 knot, and stays where it is to the last digit is frozen; default 3 kn.</summary>
    public int FrozenDeciKnots { get; init; } = 30;

    /// <summary>For at least so long, milliseconds; default 3 minutes.</summary>
    public long FrozenMs { get; init; } = 3 * 60_000;

    /// <summary>A ship that has jumped to and fro for longer than this says nothing, milliseconds; default 1 h.</summary>
    public long HabitMs { get; init; } = 3_600_000;

    /// <summary>As a finding shows them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        new("vessels_least", VesselsMin),
        new("vessels_to_go_on", VesselsGoOn),
        new("vessels_high", VesselsHigh),
        new("within_minutes", WithinMs / 60_000),
        new("quiet_minutes", QuietMs / 60_000),
        Figure.NauticalMiles("jump_nm", JumpDecimetresMin),
        new("speed_knots", SpeedDeciKnots, 1),
        new("frozen_knots", FrozenDeciKnots, 1),
        new("frozen_minutes", FrozenMs / 60_000),
    ];
}
