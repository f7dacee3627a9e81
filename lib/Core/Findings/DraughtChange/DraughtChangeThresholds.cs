namespace MaritimeWatch.Findings.DraughtChange;

/// <summary>When a change of draught is told.</summary>
public sealed record DraughtChangeThresholds
{
    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures => [];
}
