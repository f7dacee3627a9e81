using System.Runtime.InteropServices;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>A report as state keeps it: what it said and where its bytes lie. 48 bytes without padding.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StoredReport
{
    public long EventAtMs;
    public long Offset;
    public int LatitudeE7;
    public int LongitudeE7;

    /// <summary>Number of the landed blob in the <see cref="LandingTable"/>.</summary>
    public int Landing;
    public short SpeedDeciKnots;
    public short CourseDeciDegrees;
    public short HeadingDegrees;
    public ushort Length;

    /// <summary>Number of the source in the fold's own source table.</summary>
    public ushort Source;
    public sbyte RateOfTurn;
    public byte NavigationStatus;
    public byte MessageType;
    public byte TraitBits;

    /// <summary>Second of UTC and 1, 1 to 60; 62 to 64 where its clock does not say; 0 for none.</summary>
    public byte UtcSecondNumber;
    public byte Unused;

    public readonly Position Position => new(LatitudeE7, LongitudeE7);

    public readonly ReportTraits Traits => (ReportTraits)TraitBits;

    public readonly bool Has(ReportTraits trait) => (TraitBits & (byte)trait) != 0;

    /// <summary>Moored, at anchor or aground by its own status.</summary>
    public readonly bool SaysItLiesStill => NavigationStatus is 1 or 5 or 6;

    public static StoredReport From(in PositionReport report, int landing, ushort source) => new()
    {
        EventAtMs = report.EventAtMs,
        Offset = report.Offset,
        LatitudeE7 = report.Position.LatitudeE7,
        LongitudeE7 = report.Position.LongitudeE7,
        Landing = landing,
        SpeedDeciKnots = report.SpeedDeciKnots,
        CourseDeciDegrees = report.CourseDeciDegrees,
        HeadingDegrees = report.HeadingDegrees,
        Length = report.Length,
        Source = source,
        RateOfTurn = report.RateOfTurn,
        NavigationStatus = report.NavigationStatus,
        MessageType = report.MessageType,
        TraitBits = (byte)report.Traits,
        UtcSecondNumber = (byte)(report.UtcSecond + 1),
    };
}
