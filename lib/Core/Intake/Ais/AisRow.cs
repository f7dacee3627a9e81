using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// One row of a CSV or NDJSON file. Numbers are as in <see cref="PositionReport"/>; texts are the bytes of the row,
/// empty where it has none, read only when somebody asks.
/// </summary>
public ref struct AisRow
{
    /// <summary>Who.</summary>
    public VesselId Vessel { get; set; }

    /// <summary>Where, when <see cref="HasPosition"/>.</summary>
    public Position Position { get; set; }

    /// <summary>Whether the row has a position.</summary>
    public bool HasPosition { get; set; }

    /// <summary>The time of day where the row has no date, milliseconds since midnight; else -1.</summary>
    public int TimeOfDayMs { get; set; }

    /// <summary>0.1 knot, -1 not available.</summary>
    public short SpeedDeciKnots { get; set; }

    /// <summary>0.1 degree, -1 not available.</summary>
    public short CourseDeciDegrees { get; set; }

    /// <summary>Degrees, -1 not available.</summary>
    public short HeadingDegrees { get; set; }

    /// <summary>ROT_AIS, -128 not available.</summary>
    public sbyte RateOfTurn { get; set; }

    /// <summary>0 to 14, 15 not available.</summary>
    public byte NavigationStatus { get; set; }

    /// <summary>1 to 27, 0 not said.</summary>
    public byte MessageType { get; set; }

    /// <summary>Class B, aircraft, fixed, satellite.</summary>
    public ReportTraits Traits { get; set; }

    /// <summary>A hash of the static columns, 0 where there are none.</summary>
    public ulong StaticHash { get; set; }

    /// <summary>Vessel name.</summary>
    public ReadOnlySpan<byte> Name { get; set; }

    /// <summary>Call sign.</summary>
    public ReadOnlySpan<byte> CallSign { get; set; }

    /// <summary>IMO number, with or without the letters.</summary>
    public ReadOnlySpan<byte> Imo { get; set; }

    /// <summary>Ship type as number or word.</summary>
    public ReadOnlySpan<byte> ShipType { get; set; }

    /// <summary>Length over all, metres.</summary>
    public ReadOnlySpan<byte> LengthText { get; set; }

    /// <summary>Width, metres.</summary>
    public ReadOnlySpan<byte> Width { get; set; }

    /// <summary>Draught, metres.</summary>
    public ReadOnlySpan<byte> Draught { get; set; }

    /// <summary>Destination.</summary>
    public ReadOnlySpan<byte> Destination { get; set; }

    /// <summary>ETA as the file writes it.</summary>
    public ReadOnlySpan<byte> Eta { get; set; }

    /// <summary>Reference point to bow, metres.</summary>
    public ReadOnlySpan<byte> ToBow { get; set; }

    /// <summary>Reference point to stern, metres.</summary>
    public ReadOnlySpan<byte> ToStern { get; set; }

    /// <summary>Reference point to port side, metres.</summary>
    public ReadOnlySpan<byte> ToPort { get; set; }

    /// <summary>Reference point to starboard side, metres.</summary>
    public ReadOnlySpan<byte> ToStarboard { get; set; }
}
