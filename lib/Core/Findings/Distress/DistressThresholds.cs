namespace MaritimeWatch.Findings.Distress;

/// <summary>
/// When a distress signal is told: navigation status 14 is an active AIS-SART, man-overboard device or EPIRB, and such a
/// device under test sends 15 (ITU-R M.1371-5, message 1, note; IEC 61097-14; MMSI 970, 972 and 974 by ITU-R M.585).
/// </summary>
public sealed record DistressThresholds
{
    /// <summary>Reports with status 14 of an ordinary ship; default 2 (one is a slip or a false bit); a device needs one.</summary>
    public int ShipReports { get; init; } = 2;

    /// <summary>Of an ordinary ship they come within, milliseconds; default 30 min.</summary>
    public long ShipWithinMs { get; init; } = 30 * 60_000;

    /// <summary>Silence of this, or another status for as long, ends it, milliseconds; default 30 min (a SART bursts each minute).</summary>
    public long SilenceMs { get; init; } = 30 * 60_000;

    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        new("ship_reports", ShipReports),
        new("ship_within_minutes", ShipWithinMs / 60_000),
        new("silence_minutes", SilenceMs / 60_000),
    ];
}
