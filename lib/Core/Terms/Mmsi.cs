namespace MaritimeWatch.Terms;

/// <summary>What kind of station an MMSI is by its form (ITU-R M.585).</summary>
public enum MmsiKind
{
    /// <summary>A ship: MIDxxxxxx with a first digit of 2 to 7.</summary>
    Ship,

    /// <summary>A coast station, 00MIDxxxx.</summary>
    CoastStation,

    /// <summary>A group of ships, 0MIDxxxxx.</summary>
    Group,

    /// <summary>A search and rescue aircraft, 111MIDxxx.</summary>
    Aircraft,

    /// <summary>A hand-held VHF, 8MIDxxxxx.</summary>
    Handheld,

    /// <summary>A craft of a parent ship, 98MIDxxxx.</summary>
    Auxiliary,

    /// <summary>An aid to navigation, 99MIDxxxx.</summary>
    AidToNavigation,

    /// <summary>A search and rescue transmitter, 970xxyyyy.</summary>
    SearchAndRescueTransmitter,

    /// <summary>A man-overboard device, 972xxyyyy.</summary>
    ManOverboard,

    /// <summary>An EPIRB with AIS, 974xxyyyy.</summary>
    Epirb,

    /// <summary>No form that the recommendation knows (a typing error, a net beacon, a spoofer).</summary>
    Unknown,
}

/// <summary>A Maritime Mobile Service Identity that is at least a positive number of up to nine digits.</summary>
public readonly record struct Mmsi
{
    private Mmsi(int value) => Value = value;

    /// <summary>The number, 1 to 999,999,999; print with nine digits.</summary>
    public int Value { get; }

    /// <summary>The kind of station by the number's form.</summary>
    public MmsiKind Kind => KindOf(Value);

    /// <summary>Makes an MMSI; false when the number is 0, negative or longer than nine digits.</summary>
    /// <param name="value">The number.</param>
    /// <param name="mmsi">The MMSI when true.</param>
    public static bool TryCreate(int value, out Mmsi mmsi)
    {
        mmsi = new Mmsi(value);
        return value is > 0 and <= 999_999_999;
    }

    /// <summary>The kind of station by the number's form; no allocation.</summary>
    /// <param name="value">The number.</param>
    public static MmsiKind KindOf(int value) => value switch
    {
        >= 200_000_000 and <= 799_999_999 => MmsiKind.Ship,
        >= 111_000_000 and <= 111_999_999 => MmsiKind.Aircraft,
        >= 970_000_000 and <= 970_999_999 => MmsiKind.SearchAndRescueTransmitter,
        >= 972_000_000 and <= 972_999_999 => MmsiKind.ManOverboard,
        >= 974_000_000 and <= 974_999_999 => MmsiKind.Epirb,
        >= 980_000_000 and <= 989_999_999 => MmsiKind.Auxiliary,
        >= 990_000_000 and <= 999_999_999 => MmsiKind.AidToNavigation,
        >= 800_000_000 and <= 899_999_999 => MmsiKind.Handheld,
        >= 10_000_000 and <= 99_999_999 => MmsiKind.Group,
        >= 2_000_000 and <= 7_999_999 => MmsiKind.CoastStation,
        _ => MmsiKind.Unknown,
    };

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D9", System.Globalization.CultureInfo.InvariantCulture);
}
