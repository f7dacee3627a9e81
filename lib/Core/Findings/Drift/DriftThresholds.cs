namespace MaritimeWatch.Findings.Drift;

/// <summary>When a ship drifts.</summary>
public sealed record DriftThresholds
{
    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures => [];
}
