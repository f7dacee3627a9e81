using System.Runtime.InteropServices;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>
/// What the detectors of movement remember of every hull: enough to see that something may be odd. What they then need is
/// kept apart, for suspects alone.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MotionState
{
    /// <summary>The window over which the way made good is set against what was said: where and when it began.</summary>
    public long WindowAtMs;
    public int WindowLatitudeE7;
    public int WindowLongitudeE7;
    public short WindowSpeedDeciKnots;
    public short WindowCourseDeciDegrees;

    /// <summary>Number of its suspect in the book of movement, + 1; 0 for none.</summary>
    public int Suspect;

    /// <summary>The last report above the speed of a sudden stop, where slower ones have followed.</summary>
    public long FastAtMs;
    public short FastDeciKnots;

    /// <summary>Windows in which the way made good did not fit: up for each, down for each that did.</summary>
    public byte Misfits;

    /// <summary>The same for a heading that does not fit the course at speed: such a heading tells no drift.</summary>
    public byte HeadingMisfits;
    public MotionFlags Flags;
    public byte Unused;

    /// <summary>Speed made good over the last whole window, 0.1 knot; -1 unknown.</summary>
    public short MadeDeciKnots;

    /// <summary>Around here, up to the radius, nothing changes about land or sea.</summary>
    public int SafeLatitudeE7;
    public int SafeLongitudeE7;
    public int SafeRadiusDecimetres;

    /// <summary>Reference generation for which the safe radius holds.</summary>
    public int ViewNumber;

    public readonly Position WindowPlace => new(WindowLatitudeE7, WindowLongitudeE7);

    public readonly Position SafeCentre => new(SafeLatitudeE7, SafeLongitudeE7);
}

/// <summary>Facts of a hull's movement that are said or learned once.</summary>
[Flags]
internal enum MotionFlags : byte
{
    None = 0,

    /// <summary>It was off the coast while this hull was heard.</summary>
    SeenAtSea = 1,

    /// <summary>It was said that a sudden stop cannot be seen.</summary>
    StopNotObservable = 2,

    /// <summary>It was said that a drift cannot be seen.</summary>
    DriftNotObservable = 4,

    /// <summary>Inland by the coastline, at the last look.</summary>
    Inland = 8,

    /// <summary>On land by the coastline, at the last look.</summary>
    Ashore = 16,

    /// <summary>It came ashore by a known stopping place: up a river or a canal, for all that is known.</summary>
    UpRiver = 32,
}
