using System.Runtime.InteropServices;

namespace MaritimeWatch.Tracks;

// The fixed part of a record as it lies in a batch: little-endian, no padding, content first and evidence after it, so
// that a comparison of the first ContentBytes compares what was said and not where it was found.

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct PackedPosition
{
    public const int ContentBytes = 36;
    public const int Bytes = 56;

    public byte Kind;
    public byte Traits;
    public byte MessageType;
    public byte NavigationStatus;
    public long EventAtMs;
    public ulong Vessel;
    public int LatitudeE7;
    public int LongitudeE7;
    public short SpeedDeciKnots;
    public short CourseDeciDegrees;
    public short HeadingDegrees;
    public sbyte RateOfTurn;

    /// <summary>Second of UTC and 1; 0 for none, as in records written before it was kept.</summary>
    public byte UtcSecondNumber;
    public int Unused2;
    public PackedEvidence Evidence;
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct PackedStatic
{
    public const int ContentBytes = 40;

    public byte Kind;
    public byte Traits;
    public byte MessageType;
    public byte ShipType;
    public long EventAtMs;
    public ulong Vessel;
    public int ImoNumber;
    public short ToBowM;
    public short ToSternM;
    public short ToPortM;
    public short ToStarboardM;
    public short DraughtDecimetres;
    public byte EtaMonth;
    public byte EtaDay;
    public byte EtaHour;
    public byte EtaMinute;
    public ushort TextBytes;
    public PackedEvidence Evidence;
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct PackedEvidence
{
    public const int Offset = 40;

    public ushort SourceIndex;
    public ushort LandingIndex;
    public ushort Length;
    public ushort Unused;
    public long At;
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct PackedHeard
{
    public byte Kind;
    public byte Unused;
    public ushort SourceIndex;
    public int Bucket;
    public int Cell;
    public int Reports;
    public int Vessels;
    public int LastInBucketMs;
    public uint Squares;
}
