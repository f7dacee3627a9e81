using System.Text;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>The fields of CSV and NDJSON rows, one by one, to the numbers of a report.</summary>
internal static class RowFields
{
    /// <summary>A coordinate that stands for "not available" on the air.</summary>
    private const long LatitudeNone = 910_000_000;
    private const long LongitudeNone = 1_810_000_000;

    /// <summary>Words that mean nothing is known.</summary>
    public static bool IsNothing(ReadOnlySpan<byte> text) => text.Length switch
    {
        0 => true,
        1 => text[0] is (byte)'-' or (byte)'?',
        2 => text.SequenceEqual("NA"u8) || text.SequenceEqual("\\N"u8),
        3 => Ascii.EqualsIgnoreCase(text, "nan"u8) || Ascii.EqualsIgnoreCase(text, "n/a"u8),
        4 => Ascii.EqualsIgnoreCase(text, "null"u8) || Ascii.EqualsIgnoreCase(text, "none"u8),
        7 => Ascii.EqualsIgnoreCase(text, "unknown"u8),
        9 => Ascii.EqualsIgnoreCase(text, "undefined"u8),
        _ => false,
    };

    /// <summary>An MMSI of up to nine digits, some files with <c>.0</c> behind; 0 where it is none.</summary>
    public static int Mmsi(ReadOnlySpan<byte> text)
    {
        if (text.EndsWith(".0"u8))
        {
            text = text[..^2];
        }

        if (text.Length is 0 or > 9)
        {
            return 0;
        }

        var value = 0;
        foreach (var b in text)
        {
            var digit = (uint)(b - '0');
            if (digit > 9)
            {
                return 0;
            }

            value = (value * 10) + (int)digit;
        }

        return value;
    }

    /// <summary>Both coordinates; no position where one is empty or says that it is not available.</summary>
    public static IntakeFault? Position(ReadOnlySpan<byte> latitude, ReadOnlySpan<byte> longitude, ref AisRow row)
    {
        if (!FieldText.TryScaled(latitude, 7, out var lat))
        {
            return IsNothing(latitude) && (IsNothing(longitude) || FieldText.TryScaled(longitude, 7, out _))
                ? null
                : IntakeFault.Malformed;
        }

        if (!FieldText.TryScaled(longitude, 7, out var lon))
        {
            return IsNothing(longitude) ? null : IntakeFault.Malformed;
        }

        if (lat == LatitudeNone || lon == LongitudeNone)
        {
            return null;
        }

        if (lat is < -900_000_000 or > 900_000_000 || lon is < -1_800_000_000 or > 1_800_000_000)
        {
            return IntakeFault.PositionInvalid;
        }

        row.Position = new Position((int)lat, (int)lon);
        row.HasPosition = true;
        return null;
    }

    /// <summary>Speed over ground; 102.3 and below zero are not available, faster than 102.2 is 102.2.</summary>
    public static bool TrySpeed(ReadOnlySpan<byte> text, bool inTenths, out short deciKnots)
    {
        deciKnots = -1;
        if (!FieldText.TryScaled(text, inTenths ? 0 : 1, out var value))
        {
            return IsNothing(text);
        }

        deciKnots = value is < 0 or 1023 ? (short)-1 : (short)Math.Min(value, 1022);
        return true;
    }

    /// <summary>Course over ground; 360 and more, and below zero, are not available.</summary>
    public static bool TryCourse(ReadOnlySpan<byte> text, bool inTenths, out short deciDegrees)
    {
        deciDegrees = -1;
        if (!FieldText.TryScaled(text, inTenths ? 0 : 1, out var value))
        {
            return IsNothing(text);
        }

        // 359.96 rounds to 360.0, which would read as not available: it is north.
        var isNorth = value == 3600 && text.StartsWith("359."u8);
        deciDegrees = isNorth ? (short)0 : value is >= 0 and < 3600 ? (short)value : (short)-1;
        return true;
    }

    /// <summary>Heading; 511 and all else outside the circle is not available.</summary>
    public static bool TryHeading(ReadOnlySpan<byte> text, out short degrees)
    {
        degrees = -1;
        if (!FieldText.TryScaled(text, 0, out var value))
        {
            return IsNothing(text);
        }

        degrees = value == 360 ? (short)0 : value is >= 0 and < 360 ? (short)value : (short)-1;
        return true;
    }

    /// <summary>Rate of turn as sent, or degrees a minute brought back to ROT_AIS = 4.733 * sqrt(rate).</summary>
    public static bool TryTurn(ReadOnlySpan<byte> text, bool asSent, out sbyte rateOfTurn)
    {
        rateOfTurn = -128;
        if (!FieldText.TryScaled(text, asSent ? 0 : 1, out var value))
        {
            return IsNothing(text);
        }

        if (!asSent)
        {
            var magnitude = Math.Min(127, (long)Math.Round(4.733 * Math.Sqrt(Math.Abs(value) / 10.0)));
            value = value < 0 ? -magnitude : magnitude;
        }

        rateOfTurn = value is >= -127 and <= 127 ? (sbyte)value : (sbyte)-128;
        return true;
    }

    /// <summary>A small whole number, some files with <c>.0</c> behind; false where it is none.</summary>
    public static bool TrySmall(ReadOnlySpan<byte> text, int largest, out int value)
    {
        value = 0;
        if (text.Length is 0 or > 8 || !FieldText.TryScaled(text, 0, out var number) || number < 0 || number > largest)
        {
            return false;
        }

        value = (int)number;
        return true;
    }

    /// <summary>The class of station from a letter or the words of the Danish files.</summary>
    public static ReportTraits TraitsOf(ReadOnlySpan<byte> stationClass, int messageType, VesselId vessel)
    {
        var traits = messageType switch
        {
            18 or 19 => ReportTraits.ClassB,
            9 => ReportTraits.Aircraft,
            4 or 11 or 21 => ReportTraits.Fixed,
            27 => ReportTraits.Satellite,
            _ => ReportTraits.None,
        };
        if (stationClass.Length == 1)
        {
            traits |= stationClass[0] is (byte)'B' or (byte)'b' ? ReportTraits.ClassB : ReportTraits.None;
        }
        else if (stationClass.Length > 1)
        {
            traits |= stationClass.StartsWith("Class B"u8) ? ReportTraits.ClassB
                : stationClass.StartsWith("Base"u8) || stationClass.StartsWith("AtoN"u8) ? ReportTraits.Fixed
                : stationClass.StartsWith("SAR Air"u8) ? ReportTraits.Aircraft
                : ReportTraits.None;
        }

        return traits | Terms.Mmsi.KindOf(vessel.Mmsi) switch
        {
            MmsiKind.Aircraft => ReportTraits.Aircraft,
            MmsiKind.AidToNavigation or MmsiKind.CoastStation => ReportTraits.Fixed,
            _ => ReportTraits.None,
        };
    }
}
