namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// What a station says of itself in one message (types 5, 19, 21, 24). Null where not available or where the type has
/// no such field.
/// </summary>
public sealed record AisParticulars
{
    /// <summary>IMO number as sent; 0 is null.</summary>
    public int? ImoNumber { get; init; }

    /// <summary>Call sign.</summary>
    public string? CallSign { get; init; }

    /// <summary>Name, at most 20 characters.</summary>
    public string? Name { get; init; }

    /// <summary>Ship and cargo type; 0 is null.</summary>
    public int? ShipType { get; init; }

    /// <summary>Reference point to bow, metres; null where all four are 0.</summary>
    public int? ToBowM { get; init; }

    /// <summary>Reference point to stern, metres.</summary>
    public int? ToSternM { get; init; }

    /// <summary>Reference point to port side, metres.</summary>
    public int? ToPortM { get; init; }

    /// <summary>Reference point to starboard side, metres.</summary>
    public int? ToStarboardM { get; init; }

    /// <summary>Type of position fixing device; 0 is null.</summary>
    public int? PositionFixType { get; init; }

    /// <summary>ETA month; 0 is null.</summary>
    public int? EtaMonth { get; init; }

    /// <summary>ETA day; 0 is null.</summary>
    public int? EtaDay { get; init; }

    /// <summary>ETA hour; 24 is null.</summary>
    public int? EtaHour { get; init; }

    /// <summary>ETA minute; 60 is null.</summary>
    public int? EtaMinute { get; init; }

    /// <summary>Draught, 0.1 metre; 0 is null.</summary>
    public int? DraughtDecimetres { get; init; }

    /// <summary>Destination as typed by hand.</summary>
    public string? Destination { get; init; }

    /// <summary>Data terminal ready.</summary>
    public bool? DteReady { get; init; }

    /// <summary>Type of aid to navigation; 0 is null (type 21).</summary>
    public int? AidType { get; init; }

    /// <summary>The rest of a long name, at most 14 characters (type 21).</summary>
    public string? NameExtension { get; init; }

    /// <summary>Off its station (type 21).</summary>
    public bool? OffPosition { get; init; }

    /// <summary>No real thing floats there (type 21).</summary>
    public bool? IsVirtual { get; init; }

    /// <summary>Part of a type 24 message as sent: 0 is A, 1 is B.</summary>
    public int? Part { get; init; }

    /// <summary>Vendor id of a type 24 part B: 42 bits read as seven characters.</summary>
    public string? VendorId { get; init; }

    /// <summary>MMSI of the parent ship of an auxiliary craft (type 24 part B of an MMSI 98...).</summary>
    public int? MothershipMmsi { get; init; }
}
