namespace MaritimeWatch.Findings.IdentityChange;

/// <summary>When a change of identity is told.</summary>
public sealed record IdentityChangeThresholds
{
    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures => [];
}
