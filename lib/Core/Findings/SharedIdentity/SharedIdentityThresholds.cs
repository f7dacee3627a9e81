namespace MaritimeWatch.Findings.SharedIdentity;

/// <summary>
/// When two hulls share an identity. Reports are given to hulls as Global Fishing Watch does (gpsdio-segment); what makes
/// two segments two ships is ours.
/// </summary>
public sealed record SharedIdentityThresholds
{
    /// <summary>The hulls take turns so often; default 3 (there, back and there again is a displaced fix).</summary>
    public int TurnsMin { get; init; } = 3;

    /// <summary>Each hull was heard so often by itself; default 5.</summary>
    public int ReportsMin { get; init; } = 5;

    /// <summary>Each hull was heard over so long, milliseconds; default 10 minutes.</summary>
    public long HeardForMs { get; init; } = 10 * 60_000;

    /// <summary>At least so far apart, decimetres; default 2 NM (below it clocks and receivers explain it).</summary>
    public int ApartDecimetresMin { get; init; } = 37_040;

    /// <summary>No turn for so long ends it, milliseconds; default 6 h.</summary>
    public long EpisodeMs { get; init; } = 6 * 3_600_000;

    /// <summary>As a finding names them.</summary>
    internal IReadOnlyList<Figure> Figures =>
    [
        new("turns_least", TurnsMin),
        new("reports_each_least", ReportsMin),
        new("heard_each_minutes", HeardForMs / 60_000),
        Figure.NauticalMiles("apart_nm", ApartDecimetresMin),
        Figure.Hours("episode_h", EpisodeMs),
    ];
}
