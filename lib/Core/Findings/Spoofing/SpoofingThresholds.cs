namespace MaritimeWatch.Findings.Spoofing;

/// <summary>When what a ship says of itself is not so.</summary>
public sealed record SpoofingThresholds
{
    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures => [];
}
