namespace MaritimeWatch.Findings.Drift;

/// <summary>
/// When a ship drifts: it says that it is under way, moves slowly, and not where its bow points. The angle and the speeds
/// are those in use in traffic services (course over ground against heading by 45 degrees or more at 1 to 5 kn).
/// </summary>
public sealed record DriftThresholds
{
    /// <summary>From this speed, 0.1 knot; default 1 kn (below it the course is noise).</summary>
    public int SlowDeciKnots { get; init; } = 10;

    /// <summary>Up to this speed, 0.1 knot; default 5 kn (no wind or current carries a ship faster).</summary>
    public int FastDeciKnots { get; init; } = 50;

    /// <summary>Course and heading differ by at least this, degrees, 1 to 180; default 45.</summary>
    public int AngleDegrees { get; init; } = 45;

    /// <summary>For at least so long, milliseconds; default 10 min (a turn or a manoeuvre is shorter).</summary>
    public long ForMs { get; init; } = 10 * 60_000;

    /// <summary>Over at least this distance from the start, decimetres; default 500 m.</summary>
    public int DistanceDecimetres { get; init; } = 5_000;

    /// <summary>A silence of this or more ends it, milliseconds; default 30 min.</summary>
    public long SilenceMs { get; init; } = 30 * 60_000;

    /// <summary>So many reports in a row that do not drift end it; default 3 (one is noise).</summary>
    public int OtherReports { get; init; } = 3;

    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        new("speed_knots_least", SlowDeciKnots, 1),
        new("speed_knots_most", FastDeciKnots, 1),
        new("angle_degrees", AngleDegrees),
        new("drift_minutes", ForMs / 60_000),
        new("distance_m", DistanceDecimetres / 10),
        new("silence_minutes", SilenceMs / 60_000),
        new("other_reports", OtherReports),
    ];
}
