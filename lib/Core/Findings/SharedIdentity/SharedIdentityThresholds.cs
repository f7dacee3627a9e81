namespace MaritimeWatch.Findings.SharedIdentity;

/// <summary>When two hulls share an identity.</summary>
public sealed record SharedIdentityThresholds
{
    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures => [];
}
