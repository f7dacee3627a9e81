namespace MaritimeWatch.Findings.Loitering;

/// <summary>
/// When a ship loiters: slow for hours where there is no port. After Global Fishing Watch's loitering events (Miller et al.,
/// Identifying global patterns of transshipment behavior, Frontiers in Marine Science 5, 240, 2018: average speed under
/// 2 kn, 20 NM or more from shore).
/// </summary>
public sealed record LoiteringThresholds
{
    /// <summary>Slower than this on the average, 0.1 knot; default 2 kn. All profiles of a fold must agree in it.</summary>
    public int SlowDeciKnots { get; init; } = 20;

    /// <summary>For at least so long, milliseconds; default 4 h (Skylight and others; GFW counts from an hour up).</summary>
    public long ForMs { get; init; } = 4 * 3_600_000;

    /// <summary>So far from any stopping place, km, 0 to 20; default 10 km (as for GFW's encounters).</summary>
    public int StoppingPlaceKm { get; init; } = 10;

    /// <summary>So far off the coast, hectometres; default 2 km (lists know fewer quays than there are); GFW 20 NM.</summary>
    public int OffshoreHectometres { get; init; } = 20;

    /// <summary>A silence of this or more ends it, milliseconds; default 2 h (what it did meanwhile is unknown).</summary>
    public long SilenceMs { get; init; } = 2 * 3_600_000;

    /// <summary>A faster stretch of this or more ends it, milliseconds; default 30 min.</summary>
    public long FastMs { get; init; } = 30 * 60_000;

    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        new("slow_knots", SlowDeciKnots, 1),
        Figure.Hours("slow_h", ForMs),
        new("stopping_place_km", StoppingPlaceKm),
        new("offshore_km", OffshoreHectometres, 1),
        Figure.Hours("silence_h", SilenceMs),
        new("faster_minutes", FastMs / 60_000),
    ];

    /// <summary>The same speeds and times: one account of a ship serves both.</summary>
    internal bool IsSameMachine(LoiteringThresholds other) =>
        (SlowDeciKnots, SilenceMs, FastMs) == (other.SlowDeciKnots, other.SilenceMs, other.FastMs);
}
