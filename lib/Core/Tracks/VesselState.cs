using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>What is known of one vessel id, whatever hulls send it. Numbers in it are 0 for none, else index + 1.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VesselState
{
    public const int HullsMax = 4;
    public const int HoursKept = 12;

    public ulong Id;
    public long FirstAtMs;

    /// <summary>The latest report of any hull.</summary>
    public StoredReport Last;
    public RecentContents Recent;
    public HullNumbers Hulls;

    /// <summary>Reports that were kept (no duplicates), any hull.</summary>
    public int Reports;

    /// <summary>Reports in each of the last 12 hours, the hour of <see cref="LastHour"/> at its number modulo 12.</summary>
    public HourCounts Hourly;
    public int LastHour;

    /// <summary>First of its findings that are open or not settled.</summary>
    public int FirstFinding;

    /// <summary>Chain of newcomers, oldest first.</summary>
    public int NewcomerBefore;
    public int NewcomerAfter;
    public ushort NextHull;
    public byte HullCount;
    public byte RecentNext;

    /// <summary>See <see cref="SilenceState"/>.</summary>
    public SilenceState Silence;

    /// <summary>1 where the book of routes knows it.</summary>
    public byte HasRoutes;

    /// <summary>The greatest speed that it was seen to make, 0.1 knot; see <c>ReachSpeed</c>.</summary>
    public short GreatestDeciKnots;

    /// <summary>Its usual speed while moving, 0.1 knot times 64.</summary>
    public int UsualDeciKnotsTimes64;

    /// <summary>The radius last said of where it can be, metres; 0 while nothing is said.</summary>
    public int ReachMetresSaid;

    /// <summary>The silence in progress: ten-minute buckets looked at, and those in which others were heard near by.</summary>
    public int SilenceBuckets;
    public int SilenceHeard;
    public int SilenceNextBucket;

    /// <summary>The same by whole hours and within ten miles.</summary>
    public int SilenceHours;
    public int SilenceHoursHeard;
    public int SilenceNextHour;

    /// <summary>The time between two of its reports, milliseconds, at least a minute: a slow mean and a quick one.</summary>
    public int UsualIntervalMs;
    public int RecentIntervalMs;

    public readonly VesselId Vessel => new(Id);

    public readonly bool IsNewcomer => Reports <= VesselTable.NewcomerReportsMax;
}

/// <summary>Where the watch for silence stands with a vessel.</summary>
internal enum SilenceState : byte
{
    /// <summary>It is heard, or not silent for long enough.</summary>
    None,

    /// <summary>It is silent, and a finding or a decision waits for more reception around it.</summary>
    Watching,

    /// <summary>It is silent, and whether it sends cannot be known: said once.</summary>
    NotObservable,

    /// <summary>It is silent, and that is of no interest: lying in port, no ship, hardly known.</summary>
    Exempt,
}

[InlineArray(VesselState.HullsMax)]
internal struct HullNumbers
{
    private int _first;
}

[InlineArray(VesselState.HoursKept)]
internal struct HourCounts
{
    private byte _first;
}

/// <summary>Content of the latest reports, to know duplicates by.</summary>
[InlineArray(Count)]
internal struct RecentContents
{
    public const int Count = 4;
    private RecentContent _first;
}

/// <summary>Content hash and second of one report.</summary>
internal struct RecentContent
{
    public uint Hash;
    public uint AtSecond;
}
