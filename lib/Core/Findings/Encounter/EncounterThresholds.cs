namespace MaritimeWatch.Findings.Encounter;

/// <summary>
/// When two ships have met at sea. The numbers are Global Fishing Watch's (pipe-encounters; Miller et al., Identifying
/// Global Patterns of Transshipment Behavior, Frontiers in Marine Science 5, 2018): both profiles have them.
/// </summary>
public sealed record EncounterThresholds
{
    /// <summary>Together: no farther apart than this, metres; default 500, at most 550.</summary>
    public int TogetherMetres { get; init; } = 500;

    /// <summary>Together for at least so long, milliseconds; default 2 h.</summary>
    public long TogetherMs { get; init; } = 2 * 3_600_000;

    /// <summary>Between two instants together at most so long, milliseconds; default 1 h.</summary>
    public long MissingMs { get; init; } = 3_600_000;

    /// <summary>Both slower than this in the middle (median), 0.1 knot; default 2 kn. The collection slow holds no others.</summary>
    public int SlowDeciKnots { get; init; } = 20;

    /// <summary>
    /// At least so far from every stopping place, kilometres; default 10, as the collection slow says it. 0 asks for no
    /// distance: who lies in port meets whoever lies beside it.
    /// </summary>
    public int AnchorageKm { get; init; } = 10;
}
