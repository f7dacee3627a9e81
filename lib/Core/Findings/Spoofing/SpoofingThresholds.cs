namespace MaritimeWatch.Findings.Spoofing;

/// <summary>
/// When what a ship says of itself is not so. After C4ADS, Above Us Only Stars (2019), and Bergman and Miller on false AIS
/// positions (SkyTruth and Global Fishing Watch, 2019 to 2021): circles, stuck positions, ships on land.
/// </summary>
public sealed record SpoofingThresholds
{
    /// <summary>Circles: whole turns; default 2.</summary>
    public int CircleTurns { get; init; } = 2;

    /// <summary>Circles: the positions lie this near to one circle, per mille of its radius (root mean square); default 100.</summary>
    public int CircleSpreadPerMille { get; init; } = 100;

    /// <summary>Circles: places that must be on it; default 12.</summary>
    public int CirclePlaces { get; init; } = 12;

    /// <summary>Circles: of the steps, so many do not fit the speed and course said, percent; default 50.</summary>
    public int CircleMisfitPercent { get; init; } = 50;

    /// <summary>Frozen: the same position to 1e-4 minute for this, milliseconds; default 30 min.</summary>
    public long FrozenMs { get; init; } = 30 * 60_000;

    /// <summary>Frozen: while it says at least this speed, 0.1 knot; default 3 kn.</summary>
    public int FrozenDeciKnots { get; init; } = 30;

    /// <summary>Frozen: reports at least; default 5.</summary>
    public int FrozenReports { get; init; } = 5;

    /// <summary>On land: so far inland, hectometres; default 2 km (the coastline is good to about 1 km).</summary>
    public int InlandHectometres { get; init; } = 20;

    /// <summary>On land: for at least this, milliseconds; default 10 min.</summary>
    public long InlandMs { get; init; } = 10 * 60_000;

    /// <summary>On land: reports at least; default 3.</summary>
    public int InlandReports { get; init; } = 3;

    /// <summary>On land: no stopping place within, km, 0 to 20; default 10 (ports lie up rivers).</summary>
    public int InlandStoppingPlaceKm { get; init; } = 10;

    /// <summary>Wrong clock: its second of UTC differs from what others show by at least this, seconds, 1 to 29; default 10.</summary>
    public int ClockSeconds { get; init; } = 10;

    /// <summary>Wrong clock: for at least this, milliseconds; default 10 min.</summary>
    public long ClockMs { get; init; } = 10 * 60_000;

    /// <summary>Wrong clock: reports in a row at least, all off by the same give or take 3 s; default 8.</summary>
    public int ClockReports { get; init; } = 8;

    /// <summary>Wrong clock: other ships by which the receiver's clock is known; default 3.</summary>
    public int ClockOthers { get; init; } = 3;

    /// <summary>A silence of this or more ends any of them, milliseconds; default 1 h.</summary>
    public long SilenceMs { get; init; } = 3_600_000;

    /// <summary>Impossible MID: reports under a number of no country; default 5 (ours: no damaged message comes so often).</summary>
    public int IdentityReportsMin { get; init; } = 5;

    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        new("circle_turns", CircleTurns),
        new("circle_spread_per_mille", CircleSpreadPerMille),
        new("circle_places", CirclePlaces),
        new("circle_misfit_percent", CircleMisfitPercent),
        new("frozen_minutes", FrozenMs / 60_000),
        new("frozen_knots", FrozenDeciKnots, 1),
        new("frozen_reports", FrozenReports),
        new("inland_km", InlandHectometres, 1),
        new("inland_minutes", InlandMs / 60_000),
        new("inland_reports", InlandReports),
        new("inland_stopping_place_km", InlandStoppingPlaceKm),
        new("clock_s", ClockSeconds),
        new("clock_minutes", ClockMs / 60_000),
        new("clock_reports", ClockReports),
        new("clock_others", ClockOthers),
        Figure.Hours("silence_h", SilenceMs),
        new("number_reports_least", IdentityReportsMin),
    ];
}
