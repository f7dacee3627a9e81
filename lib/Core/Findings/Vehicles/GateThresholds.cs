namespace MaritimeWatch.Findings.Vehicles;

/// <summary>What the gate judges by: profile <c>default</c>.</summary>
public sealed record GateThresholds
{
    /// <summary>Reads are put in order within this much delay, milliseconds; default 60 s.</summary>
    public long HoldMs { get; init; } = 60_000;

    /// <summary>Reads of a plate by one camera within this time are one passage, milliseconds; default 30 s.</summary>
    public long RepeatMs { get; init; } = 30_000;

    /// <summary>A journey ends when its vehicle was not read for this long, milliseconds; default 90 minutes.</summary>
    public long JourneyGapMs { get; init; } = 90 * 60_000L;

    /// <summary>No road vehicle is faster, kilometres an hour; default 180.</summary>
    public int SpeedKmhMax { get; init; } = 180;

    /// <summary>How far the clocks of two cameras may be apart, milliseconds; default 30 s.</summary>
    public long ClockSkewMs { get; init; } = 30_000;

    /// <summary>A read that accuses somebody is at least this sure, permille; default 850.</summary>
    public int ConfidencePermilleMin { get; init; } = 850;

    /// <summary>Passages of a way before its travel times are judged; default 20.</summary>
    public int PassagesMin { get; init; } = 20;

    /// <summary>Late is at least this many times the median; default 3.</summary>
    public int LateFactor { get; init; } = 3;

    /// <summary>Late is at least this much over the median, milliseconds; default 10 minutes.</summary>
    public long LateMs { get; init; } = 10 * 60_000L;

    /// <summary>From this much over the median a lateness that no jam explains is an alarm, milliseconds; default 30 minutes.</summary>
    public long VeryLateMs { get; init; } = 30 * 60_000L;

    /// <summary>How long others on the same way may still show that there was a jam, milliseconds; default 60 minutes.</summary>
    public long JamMs { get; init; } = 60 * 60_000L;

    /// <summary>Others that settle it, in number; default 2.</summary>
    public int JamOthers { get; init; } = 2;

    /// <summary>Departures from a camera before a way from it can be called odd; default 20.</summary>
    public int DeparturesMin { get; init; } = 20;

    /// <summary>The same where the way leads into a watched area; default 10.</summary>
    public int WatchedDeparturesMin { get; init; } = 10;

    /// <summary>A way is odd when fewer of those who came by take it, permille; default 20.</summary>
    public int OddPermille { get; init; } = 20;

    /// <summary>The same where it leads into a watched area, permille; default 50.</summary>
    public int WatchedPermille { get; init; } = 50;

    /// <summary>A vehicle that took a way so often has the habit; default 2.</summary>
    public int HabitMin { get; init; } = 2;

    /// <summary>Cameras in a row that may miss a vehicle; default 2.</summary>
    public int MissedMax { get; init; } = 2;

    /// <summary>A vehicle is forgotten after this time, milliseconds; default 7 days.</summary>
    public long VehicleMs { get; init; } = 7 * 86_400_000L;

    /// <summary>Most vehicles that are remembered; the longest unseen goes first. Default 20,000.</summary>
    public int VehiclesMax { get; init; } = 20_000;

    /// <summary>Most ways that are learned; default 20,000.</summary>
    public int WaysMax { get; init; } = 20_000;

    /// <summary>Most reads that wait to be put in order; default 100,000.</summary>
    public int HeldMax { get; init; } = 100_000;
}
