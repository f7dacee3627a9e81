namespace MaritimeWatch.Intake.Ais;

/// <content>The layouts: bit numbers as in the tables of ITU-R M.1371-5 annex 8.</content>
public static partial class AisDecoder
{
    private const int LongitudeNone = 181 * 600_000;
    private const int LatitudeNone = 91 * 600_000;

    /// <summary>Position and movement of a message that passed <see cref="Check"/> and <see cref="HasMotion"/>.</summary>
    public static AisMotion Motion(AisBits bits) => bits.MessageType switch
    {
        4 or 11 => BaseStation(bits),
        9 => Aircraft(bits),
        18 or 19 => ClassB(bits),
        21 => Aid(bits),
        27 => LongRange(bits),
        _ => ClassA(bits),
    };

    /// <summary>Static data of a message that passed <see cref="Check"/> and <see cref="HasParticulars"/>.</summary>
    public static AisParticulars Particulars(AisBits bits) => bits.MessageType switch
    {
        5 => Voyage(bits),
        19 => ClassBExtended(bits),
        21 => AidParticulars(bits),
        _ => PartOf24(bits),
    };

    private static AisMotion ClassA(AisBits bits) => new()
    {
        NavigationStatus = NullIf((int)bits.Field(38, 4), 15),
        RateOfTurn = NullIf(bits.SignedField(42, 8), -128),
        SpeedDeciKnots = NullIf((int)bits.Field(50, 10), 1023),
        PositionAccuracyHigh = bits.Flag(60),
        LongitudeE7 = Longitude(bits, 61),
        LatitudeE7 = Latitude(bits, 89),
        CourseDeciDegrees = NullIf((int)bits.Field(116, 12), 3600),
        HeadingDegrees = NullIf((int)bits.Field(128, 9), 511),
        UtcSecond = NullIf((int)bits.Field(137, 6), 60),
        SpecialManoeuvre = NullIf((int)bits.Field(143, 2), 0),
        Raim = bits.Flag(148),
        RadioStatus = RadioStatus(bits, 149),
    };

    private static AisMotion BaseStation(AisBits bits) => new()
    {
        PositionAccuracyHigh = bits.Flag(78),
        LongitudeE7 = Longitude(bits, 79),
        LatitudeE7 = Latitude(bits, 107),
        Raim = bits.Flag(148),
        RadioStatus = RadioStatus(bits, 149),
    };

    private static AisMotion Aircraft(AisBits bits) => new()
    {
        AltitudeM = NullIf((int)bits.Field(38, 12), 4095),
        SpeedDeciKnots = bits.Field(50, 10) == 1023 ? null : (int)bits.Field(50, 10) * 10,
        PositionAccuracyHigh = bits.Flag(60),
        LongitudeE7 = Longitude(bits, 61),
        LatitudeE7 = Latitude(bits, 89),
        CourseDeciDegrees = NullIf((int)bits.Field(116, 12), 3600),
        UtcSecond = NullIf((int)bits.Field(128, 6), 60),
        Raim = bits.Flag(147),
        RadioStatus = RadioStatus(bits, 148),
    };

    private static AisMotion ClassB(AisBits bits) => new()
    {
        SpeedDeciKnots = NullIf((int)bits.Field(46, 10), 1023),
        PositionAccuracyHigh = bits.Flag(56),
        LongitudeE7 = Longitude(bits, 57),
        LatitudeE7 = Latitude(bits, 85),
        CourseDeciDegrees = NullIf((int)bits.Field(112, 12), 3600),
        HeadingDegrees = NullIf((int)bits.Field(124, 9), 511),
        UtcSecond = NullIf((int)bits.Field(133, 6), 60),
        Raim = bits.Flag(bits.MessageType == 19 ? 305 : 147),
        RadioStatus = bits.MessageType == 18 ? RadioStatus(bits, 148) : null,
    };

    private static AisMotion Aid(AisBits bits) => new()
    {
        PositionAccuracyHigh = bits.Flag(163),
        LongitudeE7 = Longitude(bits, 164),
        LatitudeE7 = Latitude(bits, 192),
        UtcSecond = NullIf((int)bits.Field(253, 6), 60),
        Raim = bits.Flag(268),
    };

    // Tenths of a minute: 181 degrees are 108,600 and 91 degrees are 54,600.
    private static AisMotion LongRange(AisBits bits)
    {
        int longitude = bits.SignedField(44, 18), latitude = bits.SignedField(62, 17);
        return new()
        {
            PositionAccuracyHigh = bits.Flag(38),
            Raim = bits.Flag(39),
            NavigationStatus = NullIf((int)bits.Field(40, 4), 15),
            LongitudeE7 = longitude == 108_600 ? null : Degrees(longitude * 1000),
            LatitudeE7 = latitude == 54_600 ? null : Degrees(latitude * 1000),
            SpeedDeciKnots = bits.Field(79, 6) == 63 ? null : (int)bits.Field(79, 6) * 10,
            CourseDeciDegrees = bits.Field(85, 9) is 511 or 360 ? null : (int)bits.Field(85, 9) * 10,
            Gnss = !bits.Flag(94),
        };
    }

    private static AisParticulars Voyage(AisBits bits)
    {
        var dims = Dimensions(bits, 240);
        return new()
        {
            ImoNumber = NullIf((int)bits.Field(40, 30), 0),
            CallSign = bits.TextOrNull(70, 7),
            Name = bits.TextOrNull(112, 20),
            ShipType = NullIf((int)bits.Field(232, 8), 0),
            ToBowM = dims?.Bow,
            ToSternM = dims?.Stern,
            ToPortM = dims?.Port,
            ToStarboardM = dims?.Starboard,
            PositionFixType = NullIf((int)bits.Field(270, 4), 0),
            EtaMonth = NullIf((int)bits.Field(274, 4), 0),
            EtaDay = NullIf((int)bits.Field(278, 5), 0),
            EtaHour = NullIf((int)bits.Field(283, 5), 24),
            EtaMinute = NullIf((int)bits.Field(288, 6), 60),
            DraughtDecimetres = NullIf((int)bits.Field(294, 8), 0),
            Destination = bits.TextOrNull(302, 20),
            DteReady = bits.Has(422, 1) ? !bits.Flag(422) : null,
        };
    }

    private static AisParticulars ClassBExtended(AisBits bits)
    {
        var dims = Dimensions(bits, 271);
        return new()
        {
            Name = bits.TextOrNull(143, 20),
            ShipType = NullIf((int)bits.Field(263, 8), 0),
            ToBowM = dims?.Bow,
            ToSternM = dims?.Stern,
            ToPortM = dims?.Port,
            ToStarboardM = dims?.Starboard,
            PositionFixType = NullIf((int)bits.Field(301, 4), 0),
            DteReady = bits.Has(306, 1) ? !bits.Flag(306) : null,
        };
    }

    private static AisParticulars AidParticulars(AisBits bits)
    {
        var dims = Dimensions(bits, 219);
        return new()
        {
            AidType = NullIf((int)bits.Field(38, 5), 0),
            Name = bits.TextOrNull(43, 20),
            NameExtension = bits.TextOrNull(272, 14),
            ToBowM = dims?.Bow,
            ToSternM = dims?.Stern,
            ToPortM = dims?.Port,
            ToStarboardM = dims?.Starboard,
            PositionFixType = NullIf((int)bits.Field(249, 4), 0),
            OffPosition = bits.Flag(259),
            IsVirtual = bits.Flag(269),
        };
    }

    private static AisParticulars PartOf24(AisBits bits)
    {
        var part = (int)bits.Field(38, 2);
        if (part != 1)
        {
            return new() { Part = part, Name = part == 0 ? bits.TextOrNull(40, 20) : null };
        }

        // An auxiliary craft sends its parent's MMSI in the place of its dimensions.
        var hasParent = bits.Mmsi / 10_000_000 == 98;
        var dims = hasParent ? null : Dimensions(bits, 132);
        return new()
        {
            Part = part,
            ShipType = NullIf((int)bits.Field(40, 8), 0),
            VendorId = bits.TextOrNull(48, 7),
            CallSign = bits.TextOrNull(90, 7),
            ToBowM = dims?.Bow,
            ToSternM = dims?.Stern,
            ToPortM = dims?.Port,
            ToStarboardM = dims?.Starboard,
            MothershipMmsi = hasParent ? NullIf((int)bits.Field(132, 30), 0) : null,
        };
    }

    // It ends at bit 167. Of a message cut a few bits short it is the bits that came, as the reference decoders have it.
    private static int? RadioStatus(AisBits bits, int start)
    {
        var length = Math.Min(168, bits.Count) - start;
        return length > 0 ? (int)bits.Field(start, length) : null;
    }

    private static (int Bow, int Stern, int Port, int Starboard)? Dimensions(AisBits bits, int start)
    {
        var all = bits.Field(start, 30);
        return all == 0 || !bits.Has(start, 30)
            ? null
            : ((int)(all >> 21), (int)(all >> 12) & 511, (int)(all >> 6) & 63, (int)all & 63);
    }

    private static long? Longitude(AisBits bits, int start)
    {
        var raw = bits.SignedField(start, 28);
        return raw == LongitudeNone ? null : Degrees(raw);
    }

    private static long? Latitude(AisBits bits, int start)
    {
        var raw = bits.SignedField(start, 27);
        return raw == LatitudeNone ? null : Degrees(raw);
    }

    // 1/10,000 minute to 1e-7 degree is 50/3, rounded to the nearest; it never falls on a half.
    private static long Degrees(int tenThousandthMinutes)
    {
        var scaled = tenThousandthMinutes * 50L;
        return (scaled + (scaled >= 0 ? 1 : -1)) / 3;
    }
}
