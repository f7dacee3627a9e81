using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Motion;

/// <summary>
/// What the movement of one hull tells: loitering, drift, sudden stops, distress, and positions that no ship can have. A
/// cheap look at each report decides whether any of the detectors has to see it.
/// </summary>
internal sealed class MotionWatch
{
    private readonly WatchState _state;
    private readonly FindingDesk _desk;

    public MotionWatch(WatchState state, FindingDesk desk) => (_state, _desk) = (state, desk);

    /// <summary>A report of a hull, before it replaces the hull's last.</summary>
    public void OnReport(int slot, ref HullState hull, in StoredReport report)
    {
        _ = (_state, _desk, slot, hull.Motion.Flags, report.EventAtMs);
    }

    /// <summary>A beat of event time for one vessel.</summary>
    public void OnBeat(int slot, long nowMs) => _ = (slot, nowMs);

    /// <summary>When an open finding of the vessel next needs a look; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDue(int slot)
    {
        _ = slot;
        return long.MaxValue;
    }
}
