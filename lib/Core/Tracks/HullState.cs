using System.Runtime.InteropServices;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>One hull of a vessel id: a chain of reports that one ship can have sent.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HullState
{
    public StoredReport Last;
    public long FirstAtMs;
    public int Reports;

    /// <summary>Counts the hulls of a vessel id from 1.</summary>
    public int Number;
    public TrackPiece Piece;
    public StopState Stop;
    public PortState Port;
    public MotionState Motion;
    public LyingState Lying;
}

/// <summary>When and where a hull last lay still, and when it was last away from all ears.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LyingState
{
    /// <summary>The latest stretch of lying still: from and to; 0 for never.</summary>
    public long SinceMs;
    public long UntilMs;

    /// <summary>The latest report that lay still in a port; 0 for never.</summary>
    public long PortUntilMs;

    /// <summary>The end of the latest long silence; 0 for none.</summary>
    public long AwayUntilMs;
    public int LatitudeE7;
    public int LongitudeE7;
}

/// <summary>The open piece of track: thinned points in a <see cref="PointPool"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TrackPiece
{
    public long StartAtMs;

    /// <summary>First and last block of points, index + 1; 0 for none.</summary>
    public int FirstBlock;
    public int LastBlock;
    public int Points;

    /// <summary>Course, speed and time of the last kept point.</summary>
    public short KeptCourseDeciDegrees;
    public short KeptSpeedDeciKnots;
    public long KeptAtMs;
}

/// <summary>A stop in progress, for learning where ships lie.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StopState
{
    /// <summary>When it began; 0 for none.</summary>
    public long StartAtMs;
    public long LatitudeSumE7;
    public long LongitudeSumE7;
    public int OriginLatitudeE7;
    public int OriginLongitudeE7;
    public int Reports;
    public int RadiusDecimetres;
    public int SaidAnchored;
    public int SaidMoored;
}

/// <summary>Where a hull stands with the port next to it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PortState
{
    /// <summary>When it came in; 0 while outside.</summary>
    public long EntryAtMs;
    public long StopAtMs;
    public long RestartAtMs;

    /// <summary>Around here, up to the radius, nothing changes about in or out.</summary>
    public int SafeLatitudeE7;
    public int SafeLongitudeE7;
    public int SafeRadiusDecimetres;

    /// <summary>Place in the table of places, index + 1; 0 for none.</summary>
    public int Place;
    public PortFlags Flags;

    /// <summary>1 while a line says when it is expected at a port.</summary>
    public byte IsExpected;
    public short Unused;

    /// <summary>Reference generation for which the safe radius holds.</summary>
    public int ViewNumber;

    public readonly Position SafeCentre => new(SafeLatitudeE7, SafeLongitudeE7);
}

/// <summary>Facts of a port visit in progress.</summary>
[Flags]
internal enum PortFlags : byte
{
    None = 0,

    /// <summary>It was heard outside before.</summary>
    SeenOutside = 1,

    /// <summary>It came in under our eyes.</summary>
    EntrySeen = 2,

    /// <summary>It lies still now.</summary>
    Stopped = 4,

    /// <summary>It was silent for the visit's gap.</summary>
    Gap = 8,

    /// <summary>A finding was opened for this visit.</summary>
    Reported = 16,
}
