using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MaritimeWatch.Tracks;

/// <summary>What was heard in one cell by one source (or all): a ring of buckets and totals.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HeardCell
{
    public const ushort AllSources = ushort.MaxValue;

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

    public void Note(in HeardMark mark)
    {
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

    [InlineArray(CoverageMap.BucketsKept / 8)]
    internal struct Ring
    {
        private byte _first;
    }
}
