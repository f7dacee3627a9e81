namespace MaritimeWatch.Findings.SuddenStop;

/// <summary>When a stop is sudden.</summary>
public sealed record SuddenStopThresholds
{
    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures => [];
}
