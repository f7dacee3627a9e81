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
    public readonly ReadOnlySpan<byte> Name => At(CsvColumn.Name);

    /// <summary>Call sign.</summary>
    public readonly ReadOnlySpan<byte> CallSign => At(CsvColumn.CallSign);

    /// <summary>IMO number, with or without the letters.</summary>
    public readonly ReadOnlySpan<byte> Imo => At(CsvColumn.Imo);

    /// <summary>Ship type as number or word.</summary>
    public readonly ReadOnlySpan<byte> ShipType => At(CsvColumn.ShipType);

    /// <summary>Length over all, metres.</summary>
    public readonly ReadOnlySpan<byte> LengthText => At(CsvColumn.Length);

    /// <summary>Width, metres.</summary>
    public readonly ReadOnlySpan<byte> Width => At(CsvColumn.Width);

    /// <summary>Draught, metres.</summary>
    public readonly ReadOnlySpan<byte> Draught => At(CsvColumn.Draught);

    /// <summary>Destination.</summary>
    public readonly ReadOnlySpan<byte> Destination => At(CsvColumn.Destination);

    /// <summary>ETA as the file writes it.</summary>
    public readonly ReadOnlySpan<byte> Eta => At(CsvColumn.Eta);

    /// <summary>Reference point to bow, metres.</summary>
    public readonly ReadOnlySpan<byte> ToBow => At(CsvColumn.ToBow);

    /// <summary>Reference point to stern, metres.</summary>
    public readonly ReadOnlySpan<byte> ToStern => At(CsvColumn.ToStern);

    /// <summary>Reference point to port side, metres.</summary>
    public readonly ReadOnlySpan<byte> ToPort => At(CsvColumn.ToPort);

    /// <summary>Reference point to starboard side, metres.</summary>
    public readonly ReadOnlySpan<byte> ToStarboard => At(CsvColumn.ToStarboard);

    // Where the texts lie: cut out only when somebody asks, because most rows say what the vessel said before.
    internal ReadOnlySpan<byte> Bytes { get; set; }

    internal ReadOnlySpan<FieldAt> Fields { get; set; }

    internal ReadOnlySpan<short> Index { get; set; }

    private readonly ReadOnlySpan<byte> At(CsvColumn column)
    {
        if (Index.IsEmpty || Index[(int)column] < 0)
        {
            return [];
        }

        var field = Fields[Index[(int)column]];
        return Bytes.Slice(field.Start, field.Length);
    }
}
