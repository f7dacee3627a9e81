namespace MaritimeWatch.Findings.VoyageChange;

/// <summary>When a change of voyage is told. The numbers are ours: there is no standard.</summary>
public sealed record VoyageChangeThresholds
{
    /// <summary>An ETA moved by at least this, milliseconds; default 6 h.</summary>
    public long EtaMovedMs { get; init; } = 6 * 3_600_000;

    /// <summary>An ETA moved by so much is worth more than a note, milliseconds; default 24 h.</summary>
    public long EtaFarMs { get; init; } = 24 * 3_600_000;

    /// <summary>Not before it was under way for so long, milliseconds; default 1 h (before, a destination is typed late).</summary>
    public long UnderWayMs { get; init; } = 3_600_000;

    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        Figure.Hours("eta_moved_h", EtaMovedMs),
        Figure.Hours("eta_far_h", EtaFarMs),
        Figure.Hours("under_way_h", UnderWayMs),
    ];
}
