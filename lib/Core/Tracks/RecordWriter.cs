using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tracks;

/// <summary>Writes records in the form that <see cref="RecordReader"/> reads.</summary>
public static class RecordWriter
{
    private const int TextBytesMax = 255;

    /// <summary>Writes a position.</summary>
    public static void Write(IBufferWriter<byte> target, in PositionReport report)
    {
        var packed = new PackedPosition
        {
            Kind = (byte)RecordKind.Position,
            Traits = (byte)report.Traits,
            MessageType = report.MessageType,
            NavigationStatus = report.NavigationStatus,
            EventAtMs = report.EventAtMs,
            Vessel = report.Vessel.Value,
            LatitudeE7 = report.Position.LatitudeE7,
            LongitudeE7 = report.Position.LongitudeE7,
            SpeedDeciKnots = report.SpeedDeciKnots,
            CourseDeciDegrees = report.CourseDeciDegrees,
            HeadingDegrees = report.HeadingDegrees,
            RateOfTurn = report.RateOfTurn,
            UtcSecondNumber = (byte)(report.UtcSecond + 1),
            Evidence = Evidence(report.SourceIndex, report.LandingIndex, report.Length, report.Offset),
        };
        Put(target, in packed);
    }

    /// <summary>Writes a heard mark.</summary>
    public static void Write(IBufferWriter<byte> target, in HeardMark mark)
    {
        var packed = new PackedHeard
        {
            Kind = (byte)RecordKind.Heard,
            SourceIndex = mark.SourceIndex,
            Bucket = mark.Bucket,
            Cell = mark.Cell,
            Reports = mark.Reports,
            Vessels = mark.Vessels,
            LastInBucketMs = (int)(mark.LastAtMs - HeardMark.StartOf(mark.Bucket)),
            Squares = mark.Squares,
        };
        Put(target, in packed);
    }

    /// <summary>Writes static data; a text longer than 255 bytes of UTF-8 is cut at a whole character.</summary>
    public static void Write(IBufferWriter<byte> target, StaticReport report)
    {
        Span<byte> text = stackalloc byte[3 * (TextBytesMax + 1)];
        var length = PutText(text, report.Name);
        length += PutText(text[length..], report.CallSign);
        length += PutText(text[length..], report.Destination);
        var packed = new PackedStatic
        {
            Kind = (byte)RecordKind.Static,
            Traits = (byte)report.Traits,
            MessageType = report.MessageType,
            ShipType = report.ShipType ?? 0,
            EventAtMs = report.EventAtMs,
            Vessel = report.Vessel.Value,
            ImoNumber = report.ImoNumber ?? 0,
            ToBowM = report.ToBowM ?? -1,
            ToSternM = report.ToSternM ?? -1,
            ToPortM = report.ToPortM ?? -1,
            ToStarboardM = report.ToStarboardM ?? -1,
            DraughtDecimetres = report.DraughtDecimetres ?? 0,
            EtaMonth = report.EtaMonth ?? 0,
            EtaDay = report.EtaDay ?? 0,
            EtaHour = report.EtaHour ?? 255,
            EtaMinute = report.EtaMinute ?? 255,
            TextBytes = (ushort)length,
            Evidence = Evidence(report.SourceIndex, report.LandingIndex, report.Length, report.Offset),
        };
        Put(target, in packed);
        target.Write(text[..length]);
    }

    private static PackedEvidence Evidence(ushort source, ushort landing, ushort length, long at) =>
        new() { SourceIndex = source, LandingIndex = landing, Length = length, At = at };

    private static void Put<T>(IBufferWriter<byte> target, in T packed)
        where T : unmanaged
    {
        var size = Unsafe.SizeOf<T>();
        MemoryMarshal.Write(target.GetSpan(size), in packed);
        target.Advance(size);
    }

    // One byte of length (0 is null) and UTF-8.
    private static int PutText(Span<byte> target, string? text)
    {
        var room = target.Slice(1, Math.Min(TextBytesMax, target.Length - 1));
        var written = 0;
        foreach (var rune in (text ?? string.Empty).EnumerateRunes())
        {
            if (!rune.TryEncodeToUtf8(room[written..], out var bytes))
            {
                break;
            }

            written += bytes;
        }

        target[0] = (byte)written;
        return written + 1;
    }
}
