namespace MaritimeWatch.Findings.Distress;

/// <summary>When a distress beacon is told.</summary>
public sealed record DistressThresholds
{
    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures => [];
}
