using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>Facts about a report that fit in bits.</summary>
[Flags]
public enum ReportTraits : byte
{
    /// <summary>A class A ship and nothing special.</summary>
    None = 0,

    /// <summary>A class B station (types 18, 19, or the transceiver column).</summary>
    ClassB = 1,

    /// <summary>A search and rescue aircraft (type 9 or MMSI 111...): exempt from speed limits.</summary>
    Aircraft = 2,

    /// <summary>Not a vessel: base station or aid to navigation (types 4, 11, 21). Counts as heard, is never tracked.</summary>
    Fixed = 4,

    /// <summary>The source says that this is simulated data.</summary>
    Simulated = 8,

    /// <summary>The time was not in the data: it is received_at, or --start advanced by base stations.</summary>
    TimeAssumed = 16,

    /// <summary>A satellite relayed it (type 27, or the source says so).</summary>
    Satellite = 32,
}

/// <summary>
/// One position message of one vessel, whatever format it came in. "Not available" is -1 (or the stated value) in the
/// small integer fields; positions are always valid: a message without one is not a report.
/// </summary>
public readonly record struct PositionReport
{
    /// <summary>An empty report: what may be missing is missing.</summary>
    public PositionReport()
    {
    }

    /// <summary>Event time, milliseconds since 1970 UTC.</summary>
    public required long EventAtMs { get; init; }

    /// <summary>Whose position.</summary>
    public required VesselId Vessel { get; init; }

    /// <summary>Where.</summary>
    public required Position Position { get; init; }

    /// <summary>Speed over ground, 0.1 knot, 0 to 1022 (1022 = 102.2 or more); -1 not available.</summary>
    public short SpeedDeciKnots { get; init; }

    /// <summary>Course over ground, 0.1 degree true, 0 to 3599; -1 not available.</summary>
    public short CourseDeciDegrees { get; init; }

    /// <summary>Heading, degrees true, 0 to 359; -1 not available.</summary>
    public short HeadingDegrees { get; init; }

    /// <summary>Rate of turn as transmitted (ROT_AIS), -127 to 127; -128 not available.</summary>
    public sbyte RateOfTurn { get; init; }

    /// <summary>Navigation status 0 to 14; 15 not defined or not available.</summary>
    public byte NavigationStatus { get; init; }

    /// <summary>AIS message type 1 to 27; 0 when a CSV or NDJSON file does not say.</summary>
    public byte MessageType { get; init; }

    /// <summary>
    /// Second of UTC of the fix as the station says, 0 to 59; 61 manual, 62 estimated, 63 inoperative; -1 not available (ITU-R
    /// M.1371-5, message 1, time stamp). CSV and NDJSON have none.
    /// </summary>
    public sbyte UtcSecond { get; init; } = -1;

    /// <summary>Traits.</summary>
    public ReportTraits Traits { get; init; }

    /// <summary>Which source of the batch or set, an index into its source table.</summary>
    public ushort SourceIndex { get; init; }

    /// <summary>Which landed blob of the batch or set, an index into its landing table.</summary>
    public ushort LandingIndex { get; init; }

    /// <summary>Where the bytes of this report begin in the landed blob (after decompression, where compressed).</summary>
    public long Offset { get; init; }

    /// <summary>How many bytes (the whole line or lines, at most 65,535).</summary>
    public ushort Length { get; init; }
}
