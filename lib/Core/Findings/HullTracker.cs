using System.Runtime.CompilerServices;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>Gives each report to the hull that it continues, and draws the hull's track.</summary>
internal sealed class HullTracker(WatchState state, ViewLines lines, StayTracker stays)
{
    private const long ForgetMs = 24 * 3_600_000;
    private const long GoneMs = 6 * 3_600_000;
    private const int EstablishedReports = 10;
    private const int BelievedReports = 3;

    /// <summary>The hull, by its number in the pool, that a report belongs to; a new one where none fits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int HullOf(int slot, in StoredReport report)
    {
        ref var vessel = ref state.Table.Vessels[slot];
        if (vessel.HullCount == 1)
        {
            var only = vessel.Hulls[0] - 1;
            if (HullMatcher.IsPlain(in state.Table.Hulls[only].Last, in report))
            {
                return only;
            }
        }
        else if (TightOne(in vessel, in report) is >= 0 and var tight)
        {
            return tight;
        }

        return Choose(slot, ref vessel, in report);
    }

    /// <summary>Adds a report to its hull's track and makes it the hull's last.</summary>
    public void Draw(int slot, int number, in StoredReport report)
    {
        ref var hull = ref state.Table.Hulls[number];
        if (TrackPieces.EndsBefore(in hull.Piece, in hull.Last, report.EventAtMs))
        {
            EndPiece(slot, number);
        }

        if (TrackPieces.IsKept(in hull.Piece, in report))
        {
            TrackPieces.Keep(state.Table.Points, ref hull.Piece, in report);
        }

        hull.Last = report;
        hull.Reports++;
    }

    /// <summary>The piece ends: its line is final.</summary>
    public void EndPiece(int slot, int number)
    {
        ref var hull = ref state.Table.Hulls[number];
        if (hull.Piece.Points > 0)
        {
            // The last report closes the line although it was not worth keeping by itself.
            if (hull.Piece.KeptAtMs < hull.Last.EventAtMs && hull.Piece.Points < TrackPieces.PointsMax)
            {
                TrackPieces.Keep(state.Table.Points, ref hull.Piece, in hull.Last);
            }

            lines.WriteTrack(state.Output, slot, in hull);
        }

        state.Table.Points.Release(ref hull.Piece);
        state.Codec.PieceRestarted(number);
    }

    // The one well-known hull that was just here; -1 for none or several. Without it a single displaced report ahead of a
    // ship takes the ship's own reports when it comes there.
    private int TightOne(in VesselState vessel, in StoredReport report)
    {
        var found = -1;
        for (var i = 0; i < vessel.HullCount; i++)
        {
            ref var hull = ref state.Table.Hulls[vessel.Hulls[i] - 1];
            if (hull.Reports >= EstablishedReports && HullMatcher.IsTight(in hull.Last, in report))
            {
                if (found >= 0)
                {
                    return -1;
                }

                found = vessel.Hulls[i] - 1;
            }
        }

        return found;
    }

    private int Choose(int slot, ref VesselState vessel, in StoredReport report)
    {
        var best = -1;
        var bestMatch = HullMatcher.WorstMatch + 1L;
        for (var i = 0; i < vessel.HullCount; i++)
        {
            ref var hull = ref state.Table.Hulls[vessel.Hulls[i] - 1];
            if (IsGone(in vessel, in hull, in report))
            {
                continue;
            }

            var match = (long)HullMatcher.Match(in hull.Last, in report);

            // A chain of a few reports is easily chance: half as good until it has ten.
            match += hull.Reports < EstablishedReports && vessel.HullCount > 1 ? match + 100 : 0;
            if (match <= HullMatcher.WorstMatch && (best < 0 || match < bestMatch))
            {
                best = vessel.Hulls[i] - 1;
                bestMatch = match;
            }
        }

        return best >= 0 ? best : Begin(slot, ref vessel, in report);
    }

    // A hull that was not heard for hours while another was may be anywhere: whatever comes is no continuation of it.
    private static bool IsGone(in VesselState vessel, in HullState hull, in StoredReport report) =>
        report.EventAtMs - hull.Last.EventAtMs > GoneMs && report.EventAtMs - vessel.Last.EventAtMs < GoneMs;

    private int Begin(int slot, ref VesselState vessel, in StoredReport report)
    {
        // A vessel that was away for more than a day may be anywhere: the same hull goes on.
        if (vessel.HullCount == 1 && report.EventAtMs - vessel.Last.EventAtMs > ForgetMs)
        {
            return vessel.Hulls[0] - 1;
        }

        int number;
        if (vessel.HullCount < VesselState.HullsMax)
        {
            number = state.Table.Hulls.Take();
            vessel.Hulls[vessel.HullCount++] = number + 1;
        }
        else
        {
            number = LeastBelieved(in vessel);
            stays.End(slot, ref state.Table.Hulls[number]);
            EndPiece(slot, number);
        }

        vessel.NextHull++;
        state.Codec.PieceRestarted(number);
        state.Motions.Release(ref state.Table.Hulls[number]);
        state.Table.Hulls[number] = new HullState
        {
            Number = vessel.NextHull,
            FirstAtMs = report.EventAtMs,
            Last = report,
        };
        return number;
    }

    // A displaced report or two go before a ship that is silent.
    private int LeastBelieved(in VesselState vessel)
    {
        var least = vessel.Hulls[0] - 1;
        for (var i = 1; i < vessel.HullCount; i++)
        {
            var number = vessel.Hulls[i] - 1;
            ref var hull = ref state.Table.Hulls[number];
            ref var other = ref state.Table.Hulls[least];
            var isDoubted = hull.Reports < BelievedReports;
            var isOtherDoubted = other.Reports < BelievedReports;
            if (isDoubted == isOtherDoubted ? hull.Last.EventAtMs < other.Last.EventAtMs : isDoubted)
            {
                least = number;
            }
        }

        return least;
    }
}
