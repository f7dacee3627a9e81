namespace MaritimeWatch.Findings.SharedIdentity;

/// <summary>
/// When two hulls share an identity. Reports are given to hulls as Global Fishing Watch does (gpsdio-segment); what makes
/// two segments two ships is ours.
/// </summary>
public sealed record SharedIdentityThresholds
{
    /// <summary>The hulls take turns so often; default 3 (there, back and there again is a displaced fix).</summary>
    public int TurnsMin { get; init; } = 3;

    /// <summary>No more than this from one turn to the next, milliseconds; default 1 h (a fault comes and goes: two turns).</summary>
    public long TurnWithinMs { get; init; } = 3_600_000;

    /// <summary>Each hull was heard so often while they took turns; default 5.</summary>
    public int ReportsMin { get; init; } = 5;

    /// <summary>
    /// No more than so many reports of the rarer one to a turn; default 5: a ship that is displaced for a time and comes back is
    /// heard in long stretches, two ships are heard between each other.
    /// </summary>
    public int ReportsPerTurnMax { get; init; } = 5;

    /// <summary>They take turns for so long, milliseconds; default 10 minutes.</summary>
    public long HeardForMs { get; init; } = 10 * 60_000;

    /// <summary>At least so far apart, decimetres; default 1 NM (below it hulls cannot be told apart).</summary>
    public int ApartDecimetresMin { get; init; } = 18_520;

    /// <summary>No turn for so long ends it, milliseconds; default 6 h.</summary>
    public long EpisodeMs { get; init; } = 6 * 3_600_000;

    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        new("turns_least", TurnsMin),
        Figure.Hours("turn_within_h", TurnWithinMs),
        new("reports_each_least", ReportsMin),
        new("reports_to_a_turn_most", ReportsPerTurnMax),
        new("turns_minutes", HeardForMs / 60_000),
        Figure.NauticalMiles("apart_nm", ApartDecimetresMin),
        Figure.Hours("episode_h", EpisodeMs),
    ];
}
