using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>Static reports from messages and rows; only what is legal goes in.</summary>
public static class StaticReports
{
    /// <summary>A hash of the static bits of a type 5, 19, 21 or 24.</summary>
    public static ulong HashOf(AisBits bits) => bits.MessageType switch
    {
        5 => Hash(bits, 40, 424, 0),
        19 => Hash(bits, 143, 305, 0),
        21 => Hash(bits, 272, bits.Count, Hash(bits, 219, 253, Hash(bits, 38, 163, bits.Flag(269) ? 1UL : 0))),
        _ => Hash(bits, 38, 168, 0),
    };

    /// <summary>From a message; null where it says nothing (a type 24 of an unknown part).</summary>
    public static StaticReport? Of(
        AisBits bits, in AisEnvelope envelope, long atMs, ReportTraits traits, ushort landingIndex)
    {
        var said = AisDecoder.Particulars(bits);
        if (said.Part > 1)
        {
            return null;
        }

        var name = said.NameExtension is null ? said.Name : said.Name + said.NameExtension;
        return new StaticReport
        {
            EventAtMs = atMs,
            Vessel = new VesselId((ulong)bits.Mmsi),
            Name = name,
            CallSign = said.CallSign,
            ImoNumber = said.ImoNumber,
            ShipType = (byte?)said.ShipType,
            ToBowM = (short?)said.ToBowM,
            ToSternM = (short?)said.ToSternM,
            ToPortM = (short?)said.ToPortM,
            ToStarboardM = (short?)said.ToStarboardM,
            DraughtDecimetres = (short?)said.DraughtDecimetres,
            Destination = said.Destination,
            EtaMonth = said.EtaMonth is <= 12 ? (byte?)said.EtaMonth : null,
            EtaDay = (byte?)said.EtaDay,
            EtaHour = said.EtaHour is <= 23 ? (byte?)said.EtaHour : null,
            EtaMinute = said.EtaMinute is <= 59 ? (byte?)said.EtaMinute : null,
            MessageType = (byte)bits.MessageType,
            Traits = traits,
            SourceIndex = envelope.SourceIndex,
            LandingIndex = landingIndex,
            Offset = envelope.Offset,
            Length = envelope.Length,
        };
    }

    /// <summary>
    /// From a row; null where every static column is empty. Where a file gives length and width but no reference
    /// point, the length goes to the bow and the width to port (and what does not fit there to starboard).
    /// </summary>
    public static StaticReport? Of(
        in AisRow row, in AisEnvelope envelope, long atMs, ReportTraits traits, ushort landingIndex)
    {
        var (bow, stern) = (Metres(row.ToBow, 511), Metres(row.ToStern, 511));
        var (port, starboard) = (Metres(row.ToPort, 63), Metres(row.ToStarboard, 63));
        var hasReference = (bow ?? 0) + (stern ?? 0) + (port ?? 0) + (starboard ?? 0) > 0;
        if (!hasReference)
        {
            bow = Metres(row.LengthText, 511) is > 0 and { } length ? length : null;
            stern = bow is null ? null : 0;
            var width = Metres(row.Width, 126) ?? 0;
            port = width > 0 ? Math.Min(width, (short)63) : null;
            starboard = width > 0 ? (short)Math.Max(0, width - 63) : null;
        }

        var (month, day, hour, minute) = Eta(row.Eta);
        var report = new StaticReport
        {
            EventAtMs = atMs,
            Vessel = row.Vessel,
            Name = RowWords.TextOrNull(row.Name, 34),
            CallSign = RowWords.TextOrNull(row.CallSign, 7),
            ImoNumber = RowWords.ImoNumber(row.Imo),
            ShipType = RowWords.ShipType(row.ShipType),
            ToBowM = bow,
            ToSternM = stern,
            ToPortM = port,
            ToStarboardM = starboard,
            DraughtDecimetres = FieldText.TryScaled(row.Draught, 1, out var draught) && draught is > 0 and <= 255
                ? (short)draught
                : null,
            Destination = RowWords.TextOrNull(row.Destination, 20),
            EtaMonth = month,
            EtaDay = day,
            EtaHour = hour,
            EtaMinute = minute,
            MessageType = row.MessageType,
            Traits = traits,
            SourceIndex = envelope.SourceIndex,
            LandingIndex = landingIndex,
            Offset = envelope.Offset,
            Length = envelope.Length,
        };
        return SaysNothing(report) ? null : report;
    }

    private static bool SaysNothing(StaticReport report) =>
        report is
        {
            Name: null, CallSign: null, ImoNumber: null, ShipType: null, ToBowM: null, ToPortM: null,
            DraughtDecimetres: null, Destination: null, EtaMonth: null,
        };

    private static short? Metres(ReadOnlySpan<byte> text, int largest) =>
        RowFields.TrySmall(text, largest, out var value) ? (short)value : null;

    private static (byte? Month, byte? Day, byte? Hour, byte? Minute) Eta(ReadOnlySpan<byte> text)
    {
        if (!FieldText.TryTime(text, monthFirst: false, out var atMs, out _) || atMs == Instants.None)
        {
            return default;
        }

        var at = DateTimeOffset.FromUnixTimeMilliseconds(atMs);
        return ((byte)at.Month, (byte)at.Day, (byte)at.Hour, (byte)at.Minute);
    }

    private static ulong Hash(AisBits bits, int from, int to, ulong seed)
    {
        var hash = seed ^ 0x9E3779B97F4A7C15UL;
        for (var at = from; at < to; at += 32)
        {
            hash = (hash ^ bits.Field(at, Math.Min(32, to - at))) * 0xFF51AFD7ED558CCDUL;
            hash ^= hash >> 29;
        }

        return hash;
    }
}
