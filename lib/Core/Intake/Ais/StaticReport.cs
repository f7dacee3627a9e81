using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// What a vessel says of itself (types 5, 19, 24, 21, or the static columns of a CSV row). Null where not available;
/// a reader sends one when something changed within its file, once more when it is repeated, and then one each half hour.
/// </summary>
public sealed record StaticReport
{
    /// <summary>Event time, milliseconds since 1970 UTC.</summary>
    public required long EventAtMs { get; init; }

    /// <summary>Who.</summary>
    public required VesselId Vessel { get; init; }

    /// <summary>Name, trimmed, at most 34 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Call sign, trimmed, at most 7 characters.</summary>
    public string? CallSign { get; init; }

    /// <summary>IMO number as sent (the check digit may be wrong); null when 0 or absent.</summary>
    public int? ImoNumber { get; init; }

    /// <summary>Ship and cargo type 1 to 255; null when 0 or absent.</summary>
    public byte? ShipType { get; init; }

    /// <summary>Reference point to bow, metres, 0 to 511.</summary>
    public short? ToBowM { get; init; }

    /// <summary>Reference point to stern, metres, 0 to 511.</summary>
    public short? ToSternM { get; init; }

    /// <summary>Reference point to port side, metres, 0 to 63.</summary>
    public short? ToPortM { get; init; }

    /// <summary>Reference point to starboard side, metres, 0 to 63.</summary>
    public short? ToStarboardM { get; init; }

    /// <summary>Draught in 0.1 metre; null when 0 or absent.</summary>
    public short? DraughtDecimetres { get; init; }

    /// <summary>Destination as typed by hand, at most 20 characters.</summary>
    public string? Destination { get; init; }

    /// <summary>ETA month 1 to 12.</summary>
    public byte? EtaMonth { get; init; }

    /// <summary>ETA day 1 to 31.</summary>
    public byte? EtaDay { get; init; }

    /// <summary>ETA hour 0 to 23.</summary>
    public byte? EtaHour { get; init; }

    /// <summary>ETA minute 0 to 59.</summary>
    public byte? EtaMinute { get; init; }

    /// <summary>AIS message type; 0 when a CSV or NDJSON file does not say.</summary>
    public byte MessageType { get; init; }

    /// <summary>Traits.</summary>
    public ReportTraits Traits { get; init; }

    /// <summary>Index into the source table.</summary>
    public ushort SourceIndex { get; init; }

    /// <summary>Index into the landing table.</summary>
    public ushort LandingIndex { get; init; }

    /// <summary>Where its bytes begin in the landed blob (after decompression).</summary>
    public long Offset { get; init; }

    /// <summary>How many bytes.</summary>
    public ushort Length { get; init; }
}
