using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>Walks over records without allocating (only <see cref="Static"/> makes an object).</summary>
public ref struct RecordReader
{
    private readonly ReadOnlySpan<byte> _records;
    private int _at;
    private int _next;

    /// <summary>Reads from the first byte of a record on.</summary>
    public RecordReader(ReadOnlySpan<byte> records)
    {
        _records = records;
        _at = 0;
        _next = 0;
    }

    /// <summary>How many bytes have been walked over, the current record included.</summary>
    public readonly int Consumed => _next;

    /// <summary>What the current record is.</summary>
    public readonly RecordKind Kind => (RecordKind)_records[_at];

    /// <summary>Goes to the next whole record; false at the end, or where only a part of a record is left.</summary>
    /// <exception cref="InvalidDataException">The bytes are no record.</exception>
    public bool MoveNext()
    {
        if (_next >= _records.Length)
        {
            return false;
        }

        var length = LengthAt(_records[_next..]);
        if (length == 0 || length > _records.Length - _next)
        {
            return false;
        }

        _at = _next;
        _next += length;
        return true;
    }

    /// <summary>The bytes of the current record.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _records[_at.._next];

    /// <summary>The current record as a position; valid only for that kind.</summary>
    public readonly void Position(out PositionReport report)
    {
        ref readonly var packed = ref Packed<PackedPosition>();
        report = new PositionReport
        {
            EventAtMs = packed.EventAtMs,
            Vessel = new VesselId(packed.Vessel),
            Position = new Position(packed.LatitudeE7, packed.LongitudeE7),
            SpeedDeciKnots = packed.SpeedDeciKnots,
            CourseDeciDegrees = packed.CourseDeciDegrees,
            HeadingDegrees = packed.HeadingDegrees,
            RateOfTurn = packed.RateOfTurn,
            NavigationStatus = packed.NavigationStatus,
            UtcSecond = (sbyte)(packed.UtcSecondNumber - 1),
            MessageType = packed.MessageType,
            Traits = (ReportTraits)packed.Traits,
            SourceIndex = packed.Evidence.SourceIndex,
            LandingIndex = packed.Evidence.LandingIndex,
            Offset = packed.Evidence.At,
            Length = packed.Evidence.Length,
        };
    }

    /// <summary>The current record as a heard mark; valid only for that kind.</summary>
    public readonly HeardMark Heard()
    {
        ref readonly var packed = ref Packed<PackedHeard>();
        return new HeardMark(
            packed.Bucket,
            packed.Cell,
            packed.SourceIndex,
            packed.Reports,
            packed.Vessels,
            HeardMark.StartOf(packed.Bucket) + packed.LastInBucketMs,
            packed.Squares);
    }

    /// <summary>The current record as static data; valid only for that kind.</summary>
    public readonly StaticReport Static()
    {
        ref readonly var packed = ref Packed<PackedStatic>();
        var text = Bytes[Unsafe.SizeOf<PackedStatic>()..];
        var name = TakeText(ref text);
        var callSign = TakeText(ref text);
        var destination = TakeText(ref text);
        return new StaticReport
        {
            EventAtMs = packed.EventAtMs,
            Vessel = new VesselId(packed.Vessel),
            Name = name,
            CallSign = callSign,
            Destination = destination,
            ImoNumber = packed.ImoNumber == 0 ? null : packed.ImoNumber,
            ShipType = packed.ShipType == 0 ? null : packed.ShipType,
            ToBowM = Metres(packed.ToBowM),
            ToSternM = Metres(packed.ToSternM),
            ToPortM = Metres(packed.ToPortM),
            ToStarboardM = Metres(packed.ToStarboardM),
            DraughtDecimetres = packed.DraughtDecimetres == 0 ? null : packed.DraughtDecimetres,
            EtaMonth = packed.EtaMonth == 0 ? null : packed.EtaMonth,
            EtaDay = packed.EtaDay == 0 ? null : packed.EtaDay,
            EtaHour = packed.EtaHour == 255 ? null : packed.EtaHour,
            EtaMinute = packed.EtaMinute == 255 ? null : packed.EtaMinute,
            MessageType = packed.MessageType,
            Traits = (ReportTraits)packed.Traits,
            SourceIndex = packed.Evidence.SourceIndex,
            LandingIndex = packed.Evidence.LandingIndex,
            Offset = packed.Evidence.At,
            Length = packed.Evidence.Length,
        };
    }

    /// <summary>Length of the record that begins here; 0 where too little of it is left to say.</summary>
    internal static int LengthAt(ReadOnlySpan<byte> record)
    {
        switch ((RecordKind)record[0])
        {
            case RecordKind.Position:
                return PackedPosition.Bytes;
            case RecordKind.Heard:
                return Unsafe.SizeOf<PackedHeard>();
            case RecordKind.Static:
                var size = Unsafe.SizeOf<PackedStatic>();
                return record.Length < size ? 0 : size + MemoryMarshal.AsRef<PackedStatic>(record).TextBytes;
            default:
                throw new InvalidDataException($"a record begins with the unknown kind {record[0]}");
        }
    }

    private static short? Metres(short value) => value < 0 ? null : value;

    private static string? TakeText(ref ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] >= text.Length)
        {
            throw new InvalidDataException("a text of static data runs past its record");
        }

        var own = text.Slice(1, text[0]);
        text = text[(own.Length + 1)..];
        return own.IsEmpty ? null : Encoding.UTF8.GetString(own);
    }

    private readonly ref readonly T Packed<T>()
        where T : struct => ref MemoryMarshal.AsRef<T>(_records[_at.._next]);
}
