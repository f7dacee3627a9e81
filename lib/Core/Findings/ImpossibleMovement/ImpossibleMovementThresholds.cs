namespace MaritimeWatch.Findings.ImpossibleMovement;

/// <summary>When a movement is impossible.</summary>
public sealed record ImpossibleMovementThresholds
{
    /// <summary>Implied speed above this, 0.1 knot; default 60 kn (no ship in service is faster over a distance).</summary>
    public int SpeedDeciKnots { get; init; } = 600;

    /// <summary>A jump of at least this, decimetres; default 2 NM (below it clocks and receivers explain it).</summary>
    public int JumpDecimetresMin { get; init; } = 37_040;

    /// <summary>Taken off the distance for noise, decimetres; default 0.5 NM.</summary>
    public int NoiseDecimetres { get; init; } = 9_260;

    /// <summary>Added to the time for rounding, milliseconds; default 2 s.</summary>
    public int RoundingMs { get; init; } = 2_000;

    /// <summary>Added instead where the time was not in the data, milliseconds; default 2 minutes.</summary>
    public int AssumedTimeMs { get; init; } = 120_000;

    /// <summary>Jumps within this of each other are one episode, milliseconds; default 1 h.</summary>
    public long EpisodeMs { get; init; } = 3_600_000;

    /// <summary>So many jumps make it an alarm; default 3 (out, back and out again: no single bad fix).</summary>
    public int AlarmJumps { get; init; } = 3;

    /// <summary>So many reports in a row after a jump make it an alarm; default 3 (it stays there).</summary>
    public int AlarmReportsDisplaced { get; init; } = 3;
}
