namespace MaritimeWatch.Scenario;

/// <summary>One line of truth.json: what happened, by definition, as far as the receivers can decide it.</summary>
/// <param name="Kind">A kind of finding.</param>
/// <param name="Subject"><c>mmsi:N</c>, <c>mmsi:A+mmsi:B</c>, <c>call:PORT:MMSI:ETA</c>, <c>plate:TEXT</c>, <c>detection:SCENE</c>.</param>
/// <param name="StartAtMs">When it began, milliseconds since 1970 UTC.</param>
/// <param name="EndAtMs">When it ended.</param>
/// <param name="Magnitude">Its size in <paramref name="Units"/>.</param>
/// <param name="Units">hours, nm or metres.</param>
/// <param name="Lawful">True for a look-alike that must not alert.</param>
/// <param name="Place">Zone or port, where there is one.</param>
/// <param name="Note">Why a look-alike is lawful.</param>
public sealed record TruthEntry(
    string Kind, string Subject, long StartAtMs, long EndAtMs, double Magnitude, string Units, bool Lawful, string? Place, string? Note)
{
    /// <summary>Latitude of what has a place but no identity (a dark ship); null elsewhere.</summary>
    public double? Latitude { get; init; }

    /// <summary>Longitude, as above.</summary>
    public double? Longitude { get; init; }
}
