namespace MaritimeWatch.Findings.UnlikelyMotion;

/// <summary>
/// When the way of a ship is unlikely under a learned model of motion. Definition: a contrario, as GeoTrackNet does it (Nguyen
/// et al., IEEE Transactions on Intelligent Transportation Systems 23, 2022): a threshold is a rate of false findings.
/// </summary>
public sealed record UnlikelyMotionThresholds
{
    /// <summary>Of a thousand ordinary voyages at most so many reach the score by chance; default 11 (2 of 190).</summary>
    public int VoyagesPermille { get; init; } = 11;

    /// <summary>It is over when the score falls below so much of what opened it, percent; default 50.</summary>
    public int OverPercent { get; init; } = 50;

    /// <summary>It is over, too, when nothing was heard for so long, milliseconds; default 1 h.</summary>
    public long SilenceMs { get; init; } = 3_600_000;

    /// <summary>As a finding shows them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        new("chance_voyages_percent", VoyagesPermille, 1),
        new("over_percent", OverPercent),
        new("silence_minutes", SilenceMs / 60_000),
    ];
}
