using MaritimeWatch.Risk;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Alerts;

/// <summary>Where an alert stands.</summary>
public enum AlertState
{
    /// <summary>Nobody has taken it up.</summary>
    Open,

    /// <summary>An officer has seen it: the same behaviour does not call again.</summary>
    Acknowledged,

    /// <summary>An officer has decided.</summary>
    Decided,

    /// <summary>The ship has gone, or what it stood on was withdrawn.</summary>
    Closed,
}

/// <summary>
/// What an officer gets: one situation (a vessel's coming call at one port) with all its reasons. It names no party and
/// no plate.
/// </summary>
public sealed record Alert
{
    /// <summary>A hash of port, vessel and call; the same for every revision.</summary>
    public required string Id { get; init; }

    /// <summary>From 1.</summary>
    public required int Revision { get; init; }

    /// <summary>UN/LOCODE of the port whose officers get it.</summary>
    public required string Port { get; init; }

    /// <summary>The call: <c>call:LOCODE:MMSI:eta</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The vessel, or null.</summary>
    public uint? Mmsi { get; init; }

    /// <summary>Her name as declared or heard, or null.</summary>
    public string? Name { get; init; }

    /// <summary>When the evidence that opened it was known, milliseconds since 1970 UTC.</summary>
    public required long OpenedAtMs { get; init; }

    /// <summary>When this revision could be said, milliseconds since 1970 UTC.</summary>
    public required long UpdatedAtMs { get; init; }

    /// <summary>Declared ETA until she is observed in port, then the observed arrival; as estimated where nobody declared one; or null.</summary>
    public long? BerthingAtMs { get; init; }

    /// <summary>Where <see cref="BerthingAtMs"/> comes from; null where there is none, and in lines of builds that did not say.</summary>
    public BerthingBy? BerthingBy { get; init; }

    /// <summary>The 10 % of an estimate, or null.</summary>
    public long? BerthingLowAtMs { get; init; }

    /// <summary>The 90 % of an estimate, or null.</summary>
    public long? BerthingHighAtMs { get; init; }

    /// <summary>The arrival was observed: <see cref="BerthingAtMs"/> is no expectation.</summary>
    public bool IsArrived { get; init; }

    /// <summary>How much it asks for a person.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Open, acknowledged, decided or closed.</summary>
    public required AlertState State { get; init; }

    /// <summary>When an officer first took it up, or null.</summary>
    public long? AcknowledgedAtMs { get; init; }

    /// <summary>What was decided last, or null. Kept when the alert closes or opens again.</summary>
    public AlertDecision? Decision { get; init; }

    /// <summary>The findings that it stands on, strongest first, withdrawn ones last.</summary>
    public required IReadOnlyList<string> FindingIds { get; init; }

    /// <summary>A short sentence for each finding, in the same order.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Why it was closed, or null.</summary>
    public string? ClosedBecause { get; init; }

    /// <summary>The sum that it stands on.</summary>
    public required Assessment Assessment { get; init; }

    /// <summary>Where the latest evidence lies, or null.</summary>
    public Position? Place { get; init; }

    /// <summary>Something in the evidence is simulated.</summary>
    public bool IsSimulated { get; init; }
}

/// <summary>What an officer decided.</summary>
/// <param name="Outcome">inspect, release, no-finding or finding.</param>
/// <param name="Note">Words of the officer, or null; at most <see cref="AlertAction.NoteMax"/> characters.</param>
/// <param name="AtMs">When, milliseconds since 1970 UTC.</param>
public sealed record AlertDecision(string Outcome, string? Note, long AtMs);

/// <summary>Names in JSON.</summary>
public static class AlertNames
{
    private static readonly string[] States = ["open", "acknowledged", "decided", "closed"];
    private static readonly string[] Sources = ["observed", "port", "announced", "estimated"];

    /// <summary>Name of a state.</summary>
    public static string Of(AlertState state) => States[(int)state];

    /// <summary>Name of where a time of berthing comes from.</summary>
    public static string Of(BerthingBy by) => Sources[(int)by];

    /// <summary>The same by name; null where there is none of the name.</summary>
    public static BerthingBy? BerthingByOf(string? name) => Array.IndexOf(Sources, name) is >= 0 and var at ? (BerthingBy)at : null;

    /// <summary>A state by name.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static AlertState StateOf(string? name) => Array.IndexOf(States, name) is >= 0 and var at
        ? (AlertState)at
        : throw new InvalidDataException($"there is no state '{name}'");
}
