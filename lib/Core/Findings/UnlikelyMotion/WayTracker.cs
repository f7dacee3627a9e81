using System.Runtime.CompilerServices;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.UnlikelyMotion;

/// <summary>
/// Where ships out of port are at whole ten minutes, so that a later stage can hold their ways to what a motion model expected.
/// Between two reports of at most half an hour a ship is taken to have gone straight and evenly; across a longer silence
/// nothing is said. Only the hull that spoke last goes on, so each vessel has one place at an instant.
/// </summary>
internal sealed class WayTracker(WatchState state) : IDisposable
{
    private const long BetweenMsMax = 1_800_000;
    private const long SaidMsMax = 300_000;
    private readonly WayLine _line = new();

    public void Dispose() => _line.Dispose();

    /// <summary>A report of a hull, before it replaces the hull's last and the vessel's last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnReport(int slot, in HullState hull, in StoredReport report)
    {
        if (GridTimes.LiesBetween(hull.Last.EventAtMs, report.EventAtMs) && hull.Port.EntryAtMs == 0)
        {
            Cross(slot, in hull, in report);
        }
    }

    private void Cross(int slot, in HullState hull, in StoredReport report)
    {
        ref readonly var from = ref hull.Last;
        ref var vessel = ref state.Table.Vessels[slot];
        var afterMs = report.EventAtMs - from.EventAtMs;
        if (afterMs is <= 0 or > BetweenMsMax || hull.Reports == 0 || report.Has(ReportTraits.Aircraft)
            || from.EventAtMs != vessel.Last.EventAtMs || !WatchState.IsShip(vessel.Vessel))
        {
            return;
        }

        for (var atMs = GridTimes.After(from.EventAtMs); atMs <= report.EventAtMs; atMs += GridTimes.StepMs)
        {
            // What it said itself is of use only where it was said about then.
            var sinceMs = atMs - from.EventAtMs;
            ref readonly var near = ref sinceMs < afterMs - sinceMs ? ref from : ref report;
            var isSaid = Math.Abs(near.EventAtMs - atMs) <= SaidMsMax && near.SpeedDeciKnots >= 0 && near.CourseDeciDegrees >= 0;
            _line.Write(state, slot, new WayPlace(
                GridTimes.Between(from.Position, report.Position, sinceMs, afterMs), atMs,
                isSaid ? near.SpeedDeciKnots : -1, isSaid ? near.CourseDeciDegrees : -1, hull.Number, report.Has(ReportTraits.Simulated)));
        }
    }
}

/// <summary>Where a ship is at an instant of the grid; speed in 0.1 knot and course in 0.1 degree are -1 where nobody said.</summary>
internal readonly record struct WayPlace(
    Terms.Position At, long AtMs, int SpeedDeciKnots, int CourseDeciDegrees, int Hull, bool IsSimulated);
