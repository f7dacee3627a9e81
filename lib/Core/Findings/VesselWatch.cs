using MaritimeWatch.Findings.Arrival;
using MaritimeWatch.Findings.Disturbance;
using MaritimeWatch.Findings.Encounter;
using MaritimeWatch.Findings.Gap;
using MaritimeWatch.Findings.ImpossibleMovement;
using MaritimeWatch.Findings.Motion;
using MaritimeWatch.Findings.PortVisit;
using MaritimeWatch.Findings.Reach;
using MaritimeWatch.Findings.RouteDeviation;
using MaritimeWatch.Findings.Statics;
using MaritimeWatch.Findings.UnlikelyMotion;
using MaritimeWatch.Findings.ZoneEntry;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>What happens to a vessel with each of its reports, and at the beats of event time when it is silent.</summary>
internal sealed class VesselWatch : IDisposable
{
    /// <summary>Silence is looked at when the watermark passes multiples of this.</summary>
    public const long BeatMs = 5 * 60_000;

    private const uint DuplicateWithinSeconds = 30;
    private const int HullBelievedReports = 3;
    private readonly WatchState _state;
    private readonly FindingDesk _desk;
    private readonly ViewLines _lines;
    private readonly StayTracker _stays;
    private readonly HullTracker _hulls;
    private readonly GapDetector _gaps;
    private readonly ImpossibleMovementDetector _movements;
    private readonly ZoneEntryDetector _zones;
    private readonly PortVisitDetector _ports;
    private readonly RouteDeviationDetector _routes;
    private readonly ExpectedArrivalDesk _arrivals;
    private readonly SlowTracker _slow;
    private readonly WayTracker _ways;
    private readonly JumpTracker _jumps;
    private readonly MotionWatch _motions;
    private readonly StaticsWatch _statics;

    public VesselWatch(WatchState state)
    {
        _state = state;
        _desk = new FindingDesk(state);
        _lines = new ViewLines(state);
        _stays = new StayTracker(state);
        _hulls = new HullTracker(state, _lines, _stays);
        _gaps = new GapDetector(state, _desk);
        _movements = new ImpossibleMovementDetector(state, _desk);
        _zones = new ZoneEntryDetector(state, _desk);
        _routes = new RouteDeviationDetector(state, _desk);
        _arrivals = new ExpectedArrivalDesk(state);
        _ports = new PortVisitDetector(state, _desk, _routes, _arrivals);
        _slow = new SlowTracker(state);
        _ways = new WayTracker(state);
        _jumps = new JumpTracker(state);
        _motions = new MotionWatch(state, _desk);
        _statics = new StaticsWatch(state, _desk);
    }

    public ViewLines Lines => _lines;

    public void Dispose()
    {
        _desk.Dispose();
        _lines.Dispose();
        _slow.Dispose();
        _ways.Dispose();
        _jumps.Dispose();
    }

    /// <summary>A report whose time is believed and not late.</summary>
    public void OnReport(VesselId id, in StoredReport report)
    {
        _state.KnownAtMs = report.EventAtMs;
        var slot = SlotOf(id);
        ref var vessel = ref _state.Table.Vessels[slot];
        if (IsDuplicate(ref vessel, in report))
        {
            _state.Counts.Duplicates++;
            return;
        }

        if (vessel.Reports > 0)
        {
            if (report.EventAtMs < vessel.Last.EventAtMs)
            {
                _state.Counts.OutOfOrder++;
                _state.KnownAtMs = vessel.Last.EventAtMs;
                _gaps.OnLate(slot, in report);
                _motions.OnLate(slot, in report);
                return;
            }

            _gaps.OnHeard(slot, in report);
            _movements.OnReport(slot, in vessel.Last, in report);
            _jumps.OnReport(slot, in vessel.Last, in report);
        }
        else
        {
            vessel.FirstAtMs = report.EventAtMs;
        }

        OnHull(slot, in report);
        Remember(slot, ref vessel, in report);
    }

    /// <summary>A report that is older than the watermark.</summary>
    public void OnLate(VesselId id, in StoredReport report)
    {
        _state.Counts.Late++;
        _state.KnownAtMs = Math.Max(report.EventAtMs, _state.Clock.WatermarkMs);
        var slot = _state.Table.Find(id);
        if (slot >= 0 && _state.Table.Vessels[slot].Reports > 0
            && !IsDuplicate(ref _state.Table.Vessels[slot], in report))
        {
            _gaps.OnLate(slot, in report);
            _motions.OnLate(slot, in report);
        }
    }

    /// <summary>Static data.</summary>
    public void OnStatic(StaticReport report, LandingName landing, ushort source)
    {
        _state.KnownAtMs = _state.Clock.WatermarkMs;
        var slot = SlotOf(report.Vessel);
        _statics.OnStatic(slot, report, landing, source);
        if (_state.Table.Cards[slot].Take(report))
        {
            _state.Changed.Add(slot);
        }
    }

    /// <summary>A beat: looks at every vessel that is due, in the order of slots.</summary>
    public void OnBeat(long nowMs)
    {
        _state.KnownAtMs = nowMs;
        var first = long.MaxValue;
        for (var slot = 0; slot < _state.Table.Count; slot++)
        {
            ref var due = ref _state.Table.DueAtMs[slot];
            if (due <= nowMs)
            {
                Look(slot, nowMs);
                due = NextDue(slot, nowMs);
                _state.Changed.Add(slot);
            }

            first = Math.Min(first, due);
        }

        _state.FirstDueMs = first;
    }

    /// <summary>The end of a replay: nothing more will come for now.</summary>
    public void SettleAll()
    {
        _state.KnownAtMs = _state.Clock.WatermarkMs;
        for (var slot = 0; slot < _state.Table.Count; slot++)
        {
            if (_state.Table.Vessels[slot].FirstFinding != 0)
            {
                _desk.SettleAll(slot);
            }
        }
    }

    private static uint HashOf(in StoredReport report)
    {
        var a = ((ulong)(uint)report.LatitudeE7 << 32) | (uint)report.LongitudeE7;
        var b = ((ulong)(ushort)report.SpeedDeciKnots << 48) | ((ulong)(ushort)report.CourseDeciDegrees << 32)
            | ((ulong)(ushort)report.HeadingDegrees << 16) | report.NavigationStatus;
        var mixed = ((a ^ (a >> 29)) * 0xBF58476D1CE4E5B9UL) ^ ((b ^ (b >> 31)) * 0x94D049BB133111EBUL);
        return (uint)(mixed >> 32) | 1;
    }

    // The same content within half a minute is one message heard twice. A ship that lies still sends the same again
    // too: dropping that loses nothing, and every half minute one is kept.
    private static bool IsDuplicate(ref VesselState vessel, in StoredReport report)
    {
        var hash = HashOf(in report);
        var second = (uint)(report.EventAtMs / 1000);
        foreach (ref readonly var recent in vessel.Recent)
        {
            if (recent.Hash == hash && Math.Abs((long)recent.AtSecond - second) < DuplicateWithinSeconds)
            {
                return true;
            }
        }

        vessel.Recent[vessel.RecentNext] = new RecentContent { Hash = hash, AtSecond = second };
        vessel.RecentNext = (byte)((vessel.RecentNext + 1) % RecentContents.Count);
        return false;
    }

    private int SlotOf(VesselId id)
    {
        var slot = _state.Table.Find(id);
        if (slot >= 0)
        {
            return slot;
        }

        var victim = _state.Table.Victim();
        if (victim >= 0)
        {
            Evict(victim);
        }

        return _state.Table.Add(id, victim, _state.Changed);
    }

    private void Evict(int slot)
    {
        ref var vessel = ref _state.Table.Vessels[slot];
        for (var i = 0; i < vessel.HullCount; i++)
        {
            _stays.End(slot, ref _state.Table.Hulls[vessel.Hulls[i] - 1]);
            _hulls.EndPiece(slot, vessel.Hulls[i] - 1);
        }

        _gaps.OnForgotten(slot);
        _desk.SettleAll(slot);
        _state.Book.Forget(slot);
        _state.Routes.Forget(slot);
        _state.Statics.Forget(slot);
        _state.Jumps.Forget(slot);
        _state.Motions.Forget(slot);
    }

    private void OnHull(int slot, in StoredReport report)
    {
        var number = _hulls.HullOf(slot, in report);
        ref var hull = ref _state.Table.Hulls[number];
        _stays.OnReport(slot, ref hull, in report);

        // A second hull must show itself a few times: a single bad fix enters no zone and no port.
        if (hull.Number == 1 || hull.Reports + 1 >= HullBelievedReports)
        {
            _zones.OnReport(slot, hull.Number, in report);
            _ports.OnReport(slot, ref hull, in report);
            _routes.OnReport(slot, in hull, in report);
            _arrivals.OnReport(slot, ref hull, in report);
            _motions.OnReport(slot, ref hull, in report);
            _statics.OnReport(slot, ref hull, in report);
        }

        _slow.OnReport(slot, in hull, in report);
        _ways.OnReport(slot, in hull, in report);
        _hulls.Draw(slot, number, in report);
    }

    private void Remember(int slot, ref VesselState vessel, in StoredReport report)
    {
        CountInterval(ref vessel, report.EventAtMs);
        ReachSpeed.Learn(ref vessel, report.SpeedDeciKnots);
        vessel.Last = report;
        vessel.Reports++;
        if (vessel.Reports == VesselTable.NewcomerReportsMax + 1)
        {
            _state.Table.Establish(slot, _state.Changed);
        }

        CountHour(ref vessel, report.EventAtMs);
        var due = Math.Min(_gaps.DueAfter(report.EventAtMs), report.EventAtMs + Math.Min(TrackPieces.SilenceMs, 4 * 3_600_000));
        if (vessel.FirstFinding == 0)
        {
            _state.Table.DueAtMs[slot] = due;
        }

        _state.Due(slot, due);
        _state.Changed.Add(slot);
    }

    // Means over about 64 and 8 reports. More than a report a minute is no better heard: the rate of class A follows its
    // speed. A silence counts as half an hour at most.
    private static void CountInterval(ref VesselState vessel, long atMs)
    {
        if (vessel.Reports > 0)
        {
            var interval = (int)Math.Clamp(atMs - vessel.Last.EventAtMs, 60_000, 30 * 60_000);
            vessel.UsualIntervalMs += vessel.Reports == 1 ? interval : (interval - vessel.UsualIntervalMs) / 64;
            vessel.RecentIntervalMs += vessel.Reports == 1 ? interval : (interval - vessel.RecentIntervalMs) / 8;
        }
    }

    private static void CountHour(ref VesselState vessel, long atMs)
    {
        var hour = (int)(atMs / 3_600_000);
        if (hour - (long)vessel.LastHour >= VesselState.HoursKept)
        {
            vessel.Hourly = default;
        }
        else
        {
            for (var each = vessel.LastHour + 1; each <= hour; each++)
            {
                vessel.Hourly[Place(each)] = 0;
            }
        }

        vessel.LastHour = hour;
        ref var count = ref vessel.Hourly[Place(hour)];
        count = count == byte.MaxValue ? count : (byte)(count + 1);

        static int Place(int hour) => ((hour % VesselState.HoursKept) + VesselState.HoursKept) % VesselState.HoursKept;
    }

    private void Look(int slot, long nowMs)
    {
        _gaps.OnBeat(slot, nowMs);
        _movements.OnBeat(slot, nowMs);
        _zones.OnBeat(slot, nowMs);
        _routes.OnBeat(slot, nowMs);
        _motions.OnBeat(slot, nowMs);
        _statics.OnBeat(slot, nowMs);
        ref var vessel = ref _state.Table.Vessels[slot];
        for (var i = 0; i < vessel.HullCount; i++)
        {
            var number = vessel.Hulls[i] - 1;
            ref var hull = ref _state.Table.Hulls[number];
            _ports.OnBeat(slot, ref hull, nowMs);
            if (nowMs - hull.Last.EventAtMs > TrackPieces.SilenceMs && (hull.Piece.Points > 0 || hull.Stop.StartAtMs != 0))
            {
                _stays.End(slot, ref hull);
                _hulls.EndPiece(slot, number);
            }
        }

        _desk.Settle(slot, nowMs);
    }

    private long NextDue(int slot, long nowMs)
    {
        ref var vessel = ref _state.Table.Vessels[slot];
        var due = Math.Min(_gaps.NextDue(slot, nowMs), _desk.NextDue(slot, nowMs));
        if (vessel.FirstFinding != 0)
        {
            due = Math.Min(due, Math.Min(Math.Min(_movements.NextDue(slot), _zones.NextDue(slot)), _routes.NextDue(slot)));
            due = Math.Min(due, Math.Min(_motions.NextDue(slot), _statics.NextDue(slot)));
        }

        for (var i = 0; i < vessel.HullCount; i++)
        {
            ref var hull = ref _state.Table.Hulls[vessel.Hulls[i] - 1];
            due = Math.Min(due, _ports.NextDue(in hull));
            if (hull.Piece.Points > 0 || hull.Stop.StartAtMs != 0)
            {
                due = Math.Min(due, hull.Last.EventAtMs + TrackPieces.SilenceMs + 1);
            }
        }

        return Math.Max(due, nowMs + 1);
    }
}
