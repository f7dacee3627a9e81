namespace MaritimeWatch.Findings.ZoneEntry;

/// <summary>When a vessel is in a zone, and when it has left.</summary>
public sealed record ZoneEntryThresholds
{
    /// <summary>It has left when farther than this outside, metres; default 200 (noise at the edge is no new entry).</summary>
    public int OutMetres { get; init; } = 200;

    /// <summary>... in so many reports in a row; default 2.</summary>
    public int OutReports { get; init; } = 2;

    /// <summary>A silence of more than this ends the visit, milliseconds; default 6 h.</summary>
    public long SilenceMs { get; init; } = 6 * 3_600_000;
}
