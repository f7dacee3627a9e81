namespace MaritimeWatch.Findings.Congestion;

/// <summary>When a port is congested.</summary>
public sealed record CongestionThresholds
{
    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures => [];
}
