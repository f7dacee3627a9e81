namespace MaritimeWatch.Findings.SuddenStop;

/// <summary>
/// When a stop is sudden: a grounding, a collision or a fouled propeller. A ship of 100 m that stops her engines needs
/// minutes and several lengths (IMO MSC.137(76): up to 15 lengths), so seconds are no manoeuvre of hers.
/// </summary>
public sealed record SuddenStopThresholds
{
    /// <summary>From above this speed, 0.1 knot; default 7 kn.</summary>
    public int FromDeciKnots { get; init; } = 70;

    /// <summary>To below this speed, 0.1 knot; default 1 kn.</summary>
    public int ToDeciKnots { get; init; } = 10;

    /// <summary>Within, milliseconds; default 30 s. Where reports are farther apart it cannot be seen.</summary>
    public long WithinMs { get; init; } = 30_000;

    /// <summary>Held for, milliseconds; default 60 s (a single false speed is shorter).</summary>
    public long HeldMs { get; init; } = 60_000;

    /// <summary>Between reports up to this far apart a sudden stop may hide: said to be not observable; default 2 min.</summary>
    public long MayHideMs { get; init; } = 120_000;

    /// <summary>While held it moved no farther than this, decimetres; default 150 m (else its speed was false).</summary>
    public int MovedDecimetres { get; init; } = 1_500;

    /// <summary>It matters to an officer from this length, metres; default 50 (smaller craft stop at will).</summary>
    public int AlarmLengthM { get; init; } = 50;

    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        new("from_knots", FromDeciKnots, 1),
        new("to_knots", ToDeciKnots, 1),
        new("within_s", WithinMs / 1000),
        new("held_s", HeldMs / 1000),
        new("moved_m", MovedDecimetres / 10),
        new("alarm_length_m", AlarmLengthM),
    ];
}
