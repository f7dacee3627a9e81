using System.Runtime.InteropServices;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tracks;

/// <summary>Counts what was heard, and gives it out as <see cref="HeardMark"/>s.</summary>
internal sealed class HeardCounter
{
    private readonly Dictionary<(int Bucket, int Cell, ushort Source, bool IsClassB), Tally> _tallies = [];
    private readonly HashSet<(int Tally, ulong Vessel)> _vessels = [];
    private int _next;

    /// <summary>Counts one report.</summary>
    /// <param name="eventAtMs">When.</param>
    /// <param name="vessel">Who.</param>
    /// <param name="position">Where.</param>
    /// <param name="source">By whom it was heard.</param>
    /// <param name="traits">An aircraft is heard from afar: it says nothing of reception on the water.</param>
    public void Add(long eventAtMs, VesselId vessel, Position position, ushort source, ReportTraits traits)
    {
        var key = (HeardMark.BucketOf(eventAtMs), GridCells.Of(position), source, (traits & ReportTraits.ClassB) != 0);
        ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(_tallies, key, out var known);
        if (!known)
        {
            tally.Number = _next++;
            tally.LastAtMs = eventAtMs;
        }

        tally.Reports++;
        tally.Squares |= (traits & (ReportTraits.Aircraft | ReportTraits.Satellite)) == 0 ? HeardSquares.BitOf(position) : 0;
        tally.LastAtMs = Math.Max(tally.LastAtMs, eventAtMs);
        if (_vessels.Add((tally.Number, vessel.Value)))
        {
            tally.Vessels++;
        }
    }

    /// <summary>Gives out all marks, by bucket, cell, source and class, and forgets them.</summary>
    /// <param name="target">Takes them at its end.</param>
    public void Drain(List<HeardMark> target)
    {
        var from = target.Count;
        foreach (var (key, tally) in _tallies)
        {
            var squares = tally.Squares | (key.IsClassB ? HeardMark.ClassB : 0);
            target.Add(new HeardMark(key.Bucket, key.Cell, key.Source, tally.Reports, tally.Vessels, tally.LastAtMs, squares));
        }

        CollectionsMarshal.AsSpan(target)[from..].Sort(static (a, b) =>
            a.Bucket != b.Bucket ? a.Bucket.CompareTo(b.Bucket)
            : a.Cell != b.Cell ? a.Cell.CompareTo(b.Cell)
            : a.SourceIndex != b.SourceIndex ? a.SourceIndex.CompareTo(b.SourceIndex)
            : (a.Squares & HeardMark.ClassB).CompareTo(b.Squares & HeardMark.ClassB));
        _tallies.Clear();
        _vessels.Clear();
        _next = 0;
    }

    private struct Tally
    {
        public int Number;
        public int Reports;
        public int Vessels;
        public long LastAtMs;
        public uint Squares;
    }
}
