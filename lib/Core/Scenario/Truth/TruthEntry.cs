namespace MaritimeWatch.Scenario;

/// <summary>One line of truth.json: what happened, by definition, as far as the receivers can decide it.</summary>
/// <param name="Kind">gap, impossible-movement, zone-entry or port-visit.</param>
/// <param name="Subject"><c>mmsi:N</c>.</param>
/// <param name="StartAtMs">When it began, milliseconds since 1970 UTC.</param>
/// <param name="EndAtMs">When it ended.</param>
/// <param name="Magnitude">Its size in <paramref name="Units"/>.</param>
/// <param name="Units">hours, nm or metres.</param>
/// <param name="Lawful">True for a look-alike that must not alert.</param>
/// <param name="Place">Zone or port, where there is one.</param>
/// <param name="Note">Why a look-alike is lawful.</param>
public sealed record TruthEntry(
    string Kind, string Subject, long StartAtMs, long EndAtMs, double Magnitude, string Units, bool Lawful, string? Place, string? Note);
