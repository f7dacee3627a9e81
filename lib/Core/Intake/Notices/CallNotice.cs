namespace MaritimeWatch.Intake.Notices;

/// <summary>What one notice says of a ship's call at a port: an event, or a row of a list of calls.</summary>
public sealed record CallNotice
{
    /// <summary>The port, UN/LOCODE.</summary>
    public required string Port { get; init; }

    /// <summary>When it was said, milliseconds since 1970 UTC: a later word counts more.</summary>
    public required long SentAtMs { get; init; }

    /// <summary>The port's own id of the call, or null.</summary>
    public string? CallId { get; init; }

    /// <summary>IMO number with a right check digit, or null.</summary>
    public int? Imo { get; init; }

    /// <summary>MMSI, or null.</summary>
    public int? Mmsi { get; init; }

    /// <summary>Call sign, or null.</summary>
    public string? CallSign { get; init; }

    /// <summary>The ship's name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The voyage, or null.</summary>
    public string? Voyage { get; init; }

    /// <summary>Expected arrival at the port, its roads or its pilot, or null.</summary>
    public long? EtaMs { get; init; }

    /// <summary>Expected arrival at the berth, or null.</summary>
    public long? BerthEtaMs { get; init; }

    /// <summary>Expected departure, or null.</summary>
    public long? EtdMs { get; init; }

    /// <summary>Actual arrival at the port, its roads or its pilot, or null.</summary>
    public long? AtaMs { get; init; }

    /// <summary>Actual arrival at the berth, or null.</summary>
    public long? BerthedAtMs { get; init; }

    /// <summary>Actual departure, or null.</summary>
    public long? AtdMs { get; init; }

    /// <summary>The berth, or null.</summary>
    public string? Berth { get; init; }

    /// <summary>The port of call before, UN/LOCODE or null.</summary>
    public string? LastPort { get; init; }

    /// <summary>The port of call after, UN/LOCODE or null.</summary>
    public string? NextPort { get; init; }

    /// <summary>The call was cancelled.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>It says of itself that it is simulated.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Its line in the file, from 1.</summary>
    public int Line { get; init; }
}

/// <summary>A truck comes for a box. The plate is clear personal data: it becomes a token at the decoder.</summary>
/// <param name="Container">The box, as ISO 6346 writes it where it can be read so.</param>
/// <param name="Plate">The truck's plate, in clear.</param>
/// <param name="Port">The port, UN/LOCODE.</param>
/// <param name="AtMs">When the box is picked up, milliseconds since 1970 UTC.</param>
/// <param name="SentAtMs">When that was said, milliseconds since 1970 UTC.</param>
/// <param name="IsSimulated">It says of itself that it is simulated.</param>
/// <param name="Line">Its line in the file, from 1.</param>
public sealed record PickupNotice(
    string Container, Terms.Plate Plate, string Port, long AtMs, long SentAtMs, bool IsSimulated, int Line);

/// <summary>Why a notice, or a whole file of them, is refused. Closed.</summary>
public enum NoticeFault
{
    /// <summary>Nothing was wrong.</summary>
    None,

    /// <summary>The file is empty.</summary>
    Empty,

    /// <summary>The file is larger than the bound.</summary>
    TooLarge,

    /// <summary>The file is binary.</summary>
    Binary,

    /// <summary>The file is XML.</summary>
    Xml,

    /// <summary>The file is neither JSON, NDJSON nor a list of calls as CSV.</summary>
    FormatUnknown,

    /// <summary>No sound JSON, too deep, or a name twice in an object.</summary>
    BadJson,

    /// <summary>The line or row is longer than its bound, or has too few or too many fields.</summary>
    BadLine,

    /// <summary>Neither an event of the port-call schema nor a pick-up.</summary>
    NotANotice,

    /// <summary>The event's type is not one of the schema.</summary>
    EventType,

    /// <summary>The event's version is not 3.</summary>
    Version,

    /// <summary>No port, or no UN/LOCODE.</summary>
    Port,

    /// <summary>No ship: neither IMO number, MMSI nor call sign.</summary>
    Ship,

    /// <summary>No time, or a time that cannot be read.</summary>
    Time,

    /// <summary>The time is more than 400 days from when it was said.</summary>
    TimeFarOff,

    /// <summary>No container.</summary>
    Container,

    /// <summary>No plate, or one that cannot be a plate.</summary>
    Plate,

    /// <summary>More notices than are taken from one file.</summary>
    TooMany,
}

/// <summary>A notice that was refused.</summary>
/// <param name="Fault">Why.</param>
/// <param name="What">Why, in words; never a plate.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Offset">Where its bytes begin, from 0.</param>
/// <param name="Length">How many bytes it has.</param>
public sealed record NoticeRefusal(NoticeFault Fault, string What, int Line, long Offset, int Length);

/// <summary>What became of a file of notices: used + refused + ignored is what it held.</summary>
public sealed record NoticeReading
{
    /// <summary>Calls, in the order of the file.</summary>
    public IReadOnlyList<CallNotice> Calls { get; init; } = [];

    /// <summary>Pick-ups, in the order of the file.</summary>
    public IReadOnlyList<PickupNotice> Pickups { get; init; } = [];

    /// <summary>What was refused, at most 1,000; see <see cref="RefusedCounts"/>.</summary>
    public IReadOnlyList<NoticeRefusal> Refusals { get; init; } = [];

    /// <summary>How many were refused for each fault.</summary>
    public IReadOnlyDictionary<NoticeFault, long> RefusedCounts { get; init; } = new SortedDictionary<NoticeFault, long>();

    /// <summary>What was wrong in those that were taken: line, what and what was done; at most 100.</summary>
    public IReadOnlyList<string> Defects { get; init; } = [];

    /// <summary>Events that say nothing of arrival or departure (tugs, bunkers, waste...).</summary>
    public long NotAboutCalls { get; init; }

    /// <summary>Blank lines and the header.</summary>
    public long Blank { get; init; }

    /// <summary>Notices in the file, without blank lines and header.</summary>
    public long Items { get; init; }

    /// <summary>Why the whole file was refused; None where it was read.</summary>
    public NoticeFault Fault { get; init; }

    /// <summary>The fault as a sentence; null where there is none.</summary>
    public string? FaultText { get; init; }
}
