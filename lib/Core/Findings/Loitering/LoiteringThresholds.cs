namespace MaritimeWatch.Findings.Loitering;

/// <summary>When a ship loiters.</summary>
public sealed record LoiteringThresholds
{
    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures => [];
}
