namespace MaritimeWatch.Findings.VoyageChange;

/// <summary>When a change of voyage is told.</summary>
public sealed record VoyageChangeThresholds
{
    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures => [];
}
