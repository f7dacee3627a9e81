using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MaritimeWatch.Tracks;

/// <summary>What was heard in one cell by one source (or all): a ring of buckets and totals.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HeardCell
{
    public const ushort AllSources = ushort.MaxValue;

    /// <summary>As <see cref="AllSources"/>, of class B stations alone.</summary>
    public const ushort AllOfClassB = ushort.MaxValue - 1;
    public const int HoursKept = 24;
    public const int WholeSource = -1;
    private const int SteadyBucketsMin = 6;
    private const int BucketsPerHour = 6;

    public long FirstAtMs;
    public long LastAtMs;
    public long Reports;
    public int Cell;

    /// <summary>The newest bucket of the ring.</summary>
    public int Newest;

    /// <summary>Reports of the current UTC day and of the one before, and which day is current.</summary>
    public int Day;
    public int ReportsToday;
    public int ReportsYesterday;
    public ushort Source;
    public short Unused;
    public Ring Heard;

    /// <summary>Squares that were heard in each of the last 24 hours, the hour at its number modulo 24.</summary>
    public HourSquares Squares;
    public int NewestHour;
    public int Unused2;

    /// <summary>
    /// Vessels heard, summed over the ten-minute buckets of each of these hours, and their reports; up to 65,535. Kept
    /// for <see cref="AllSources"/> and <see cref="AllOfClassB"/> only.
    /// </summary>
    public HourCounts Vessels;
    public HourCounts VesselReports;

    /// <summary>The greater of today's and yesterday's reports.</summary>
    public readonly int ReportsPerDay => Math.Max(ReportsToday, ReportsYesterday);

    public readonly bool IsHeard(int bucket)
    {
        if (bucket > Newest || bucket <= Newest - CoverageMap.BucketsKept)
        {
            return false;
        }

        var at = Place(bucket);
        return (Heard[at >> 3] & (1 << (at & 7))) != 0;
    }

    /// <summary>
    /// Is it heard all the time, like a station on the coast, and not in passes like a satellite: in half of the buckets
    /// of the last 24 hours, and for an hour at least?
    /// </summary>
    public readonly bool IsSteady
    {
        get
        {
            var span = Math.Min(CoverageMap.BucketsKept, Newest - HeardMark.BucketOf(FirstAtMs) + 1);
            var heard = 0;
            foreach (var bits in Heard)
            {
                heard += BitOperations.PopCount(bits);
            }

            return span >= SteadyBucketsMin && heard * 2 >= span;
        }
    }

    /// <summary>Were any of these squares heard in this hour (hours since 1970)?</summary>
    public readonly bool IsHeard(uint squares, int hour) =>
        hour <= NewestHour && hour > NewestHour - HoursKept && (Squares[hour % HoursKept] & squares) != 0;

    /// <summary>How many of these squares were heard in this hour?</summary>
    public readonly int SquaresHeard(uint squares, int hour) =>
        hour <= NewestHour && hour > NewestHour - HoursKept && hour >= 0 ? BitOperations.PopCount(Squares[hour % HoursKept] & squares) : 0;

    /// <summary>Vessels in this hour, and their reports; nothing where it is forgotten.</summary>
    public readonly (int Vessels, int Reports) TallyOf(int hour) =>
        hour <= NewestHour && hour > NewestHour - HoursKept && hour >= 0
            ? (Vessels[hour % HoursKept], VesselReports[hour % HoursKept])
            : default;

    /// <summary>Counts a mark's vessels; it was noted just before.</summary>
    public void CountVessels(in HeardMark mark)
    {
        var hour = HourOf(mark.Bucket);
        if (hour > NewestHour - HoursKept)
        {
            Vessels[hour % HoursKept] = (ushort)Math.Min(ushort.MaxValue, Vessels[hour % HoursKept] + mark.Vessels);
            VesselReports[hour % HoursKept] = (ushort)Math.Min(ushort.MaxValue, VesselReports[hour % HoursKept] + mark.Reports);
        }
    }

    public void Note(in HeardMark mark)
    {
        NoteSquares(in mark);
        Reports += mark.Reports;
        FirstAtMs = Math.Min(FirstAtMs, mark.LastAtMs);
        LastAtMs = Math.Max(LastAtMs, mark.LastAtMs);
        CountDay(in mark);
        if (mark.Bucket > Newest)
        {
            Forget(mark.Bucket);
            Newest = mark.Bucket;
        }

        if (mark.Bucket > Newest - CoverageMap.BucketsKept)
        {
            var at = Place(mark.Bucket);
            Heard[at >> 3] |= (byte)(1 << (at & 7));
        }
    }

    private void NoteSquares(in HeardMark mark)
    {
        var hour = HourOf(mark.Bucket);
        if (hour - (long)NewestHour >= HoursKept)
        {
            (Squares, Vessels, VesselReports) = (default, default, default);
        }

        for (var each = Math.Max(NewestHour + 1, hour - HoursKept + 1); each <= hour; each++)
        {
            Squares[each % HoursKept] = 0;
            Vessels[each % HoursKept] = 0;
            VesselReports[each % HoursKept] = 0;
        }

        NewestHour = Math.Max(NewestHour, hour);
        if (hour > NewestHour - HoursKept)
        {
            Squares[hour % HoursKept] |= mark.Squares;
        }
    }

    /// <summary>The hour of a bucket; before 1970 it is none, and 0.</summary>
    public static int HourOf(int bucket) => Math.Max(0, bucket / BucketsPerHour);

    private static int Place(int bucket)
    {
        var place = bucket % CoverageMap.BucketsKept;
        return place < 0 ? place + CoverageMap.BucketsKept : place;
    }

    // The buckets between the newest and the new one were not heard.
    private void Forget(int upTo)
    {
        if (upTo - (long)Newest >= CoverageMap.BucketsKept)
        {
            Heard = default;
            return;
        }

        for (var bucket = Newest + 1; bucket <= upTo; bucket++)
        {
            var at = Place(bucket);
            Heard[at >> 3] &= (byte)~(1 << (at & 7));
        }
    }

    private void CountDay(in HeardMark mark)
    {
        var day = (int)(mark.Bucket / (long)CoverageMap.BucketsKept);
        if (day > Day)
        {
            ReportsYesterday = day == Day + 1 ? ReportsToday : 0;
            ReportsToday = 0;
            Day = day;
        }

        if (day == Day)
        {
            ReportsToday += mark.Reports;
        }
    }

    [InlineArray(HoursKept)]
    internal struct HourSquares
    {
        private uint _first;
    }

    [InlineArray(HoursKept)]
    internal struct HourCounts
    {
        private ushort _first;
    }

    [InlineArray(CoverageMap.BucketsKept / 8)]
    internal struct Ring
    {
        private byte _first;
    }
}
