using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Statics;

/// <summary>
/// What a vessel says of itself and how that changes: identity, voyage, draught, two hulls on one number, numbers that
/// cannot be.
/// </summary>
internal sealed class StaticsWatch
{
    private readonly WatchState _state;
    private readonly FindingDesk _desk;

    public StaticsWatch(WatchState state, FindingDesk desk) => (_state, _desk) = (state, desk);

    /// <summary>Static data, before the vessel's card takes them.</summary>
    public void OnStatic(int slot, StaticReport report) => _ = (_state, _desk, slot, report);

    /// <summary>A report of a hull that is believed, before it replaces the hull's last.</summary>
    public void OnReport(int slot, in HullState hull, in StoredReport report) => _ = (slot, hull.Number, report.EventAtMs);

    /// <summary>A beat of event time for one vessel.</summary>
    public void OnBeat(int slot, long nowMs) => _ = (slot, nowMs);

    /// <summary>When an open finding of the vessel next needs a look; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDue(int slot)
    {
        _ = slot;
        return long.MaxValue;
    }
}
