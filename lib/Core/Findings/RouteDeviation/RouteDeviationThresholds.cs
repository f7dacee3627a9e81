namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>
/// When a ship has left its lane. The numbers are ours: there is no standard. A lane is what the ship's own earlier voyages
/// between two ports kept to; all profiles of one fold that look for deviations must agree in it.
/// </summary>
public sealed record RouteDeviationThresholds
{
    /// <summary>Voyages between the same two ports that make a lane; default 3.</summary>
    public int VoyagesMin { get; init; } = 3;

    /// <summary>A lane is never narrower than this to either side, 0.1 m; default 1.5 NM (room to give way and weather).</summary>
    public int HalfWidthDecimetresMin { get; init; } = 27_780;

    /// <summary>Off the lane: farther from its middle than so many tenths of the half-width; default 20 (twice).</summary>
    public int HalfWidthsTenths { get; init; } = 20;

    /// <summary>... and farther than this, 0.1 m; default 3 NM.</summary>
    public int OffDecimetresMin { get; init; } = 55_560;

    /// <summary>... for so long under way, milliseconds; default 20 minutes (giving way takes less).</summary>
    public long OffMs { get; init; } = 20 * 60_000;

    /// <summary>Under way: at this speed at least, 0.1 knot; default 3 kn.</summary>
    public int UnderWayDeciKnots { get; init; } = 30;

    /// <summary>No judgement within this of a lane's ends, 0.1 m; default 8 NM (approaches, pilots, anchorages).</summary>
    public int EndsDecimetres { get; init; } = 148_160;

    /// <summary>An alarm when so many times farther off than what counts as off, tenths; default 20 (twice).</summary>
    public int AlarmTenths { get; init; } = 20;

    /// <summary>
    /// By the lanes of other ships nothing is said where more than this part of the voyages from a port kept to no lane,
    /// thousandths; default 50 (so 19 voyages at least).
    /// </summary>
    public int ChancePermilleMax { get; init; } = 50;

    /// <summary>... and it is an alarm only where it is no more than this, thousandths; default 20 (49 voyages at least).</summary>
    public int AlarmChancePermille { get; init; } = 20;

    /// <summary>A stop under way where no voyage of the lane stops counts after this, milliseconds; default 45 minutes.</summary>
    public long StopMs { get; init; } = 45 * 60_000;

    /// <summary>... slower than this, 0.1 knot; default 1 kn.</summary>
    public int StopDeciKnots { get; init; } = 10;

    /// <summary>... farther than this from every place where voyages stop, and from anchorages and ports, 0.1 m; default 4 NM.</summary>
    public int StopReachDecimetres { get; init; } = 74_080;

    /// <summary>Late on the lane: later by this than 99.9 % of the voyages, milliseconds; default 1 hour.</summary>
    public long LateMs { get; init; } = 3_600_000;

    /// <summary>A silence of this, or a hole of 40 NM, and a voyage is no longer judged by the lanes of others, milliseconds; default 3 h.</summary>
    public long LostMs { get; init; } = 3 * 3_600_000;

    /// <summary>A silence of this ends a deviation, milliseconds; default 24 h.</summary>
    public long SilenceMs { get; init; } = 24 * 3_600_000;

    /// <summary>From here on it is off, 0.1 m.</summary>
    internal int LimitDecimetres(int halfWidthDecimetres) =>
        (int)Math.Max(OffDecimetresMin, halfWidthDecimetres * (long)HalfWidthsTenths / 10);

    /// <summary>Up to here it is back in its lane, 0.1 m: half the way, so that it is not in and out at the edge.</summary>
    internal int BackDecimetres(int halfWidthDecimetres) => Math.Max(halfWidthDecimetres, LimitDecimetres(halfWidthDecimetres) / 2);
}
