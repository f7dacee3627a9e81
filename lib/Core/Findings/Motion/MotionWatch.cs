using System.Runtime.CompilerServices;
using MaritimeWatch.Findings.Distress;
using MaritimeWatch.Findings.Drift;
using MaritimeWatch.Findings.Loitering;
using MaritimeWatch.Findings.Spoofing;
using MaritimeWatch.Findings.SuddenStop;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Motion;

/// <summary>
/// What the movement of one hull tells: loitering, drift, sudden stops, distress, and positions that no ship can have. A
/// cheap look at each report decides whether any of the detectors has to see it.
/// </summary>
internal sealed class MotionWatch
{
    private const byte MisfitsSuspect = 2;
    private const byte MisfitsMax = 15;
    private const int HeadingAtDeciKnots = 70;
    private const int HeadingOffDeciDegrees = 450;
    private readonly WatchState _state;
    private readonly LoiteringDetector _loitering;
    private readonly DriftDetector _drift;
    private readonly SuddenStopDetector _stops;
    private readonly DistressDetector _distress;
    private readonly DistressDetector _distressTests;
    private readonly FrozenDetector _frozen;
    private readonly OnLandDetector _inland;
    private readonly ClockDetector _clocks;
    private readonly CircleDetector _circles;
    private readonly StretchDetector[] _all;
    private readonly DriftThresholds? _driftThresholds;
    private readonly int _slowDeciKnots;

    public MotionWatch(WatchState state, FindingDesk desk)
    {
        _state = state;
        _loitering = new LoiteringDetector(state, desk);
        _drift = new DriftDetector(state, desk);
        _stops = new SuddenStopDetector(state, desk);
        _distress = new DistressDetector(state, desk, isTest: false);
        _distressTests = new DistressDetector(state, desk, isTest: true);
        _frozen = new FrozenDetector(state, desk);
        _inland = new OnLandDetector(state, desk);
        _clocks = new ClockDetector(state, desk);
        _circles = new CircleDetector(state, desk);
        _all = [_loitering, _drift, _stops, _distress, _distressTests, _frozen, _inland, _clocks, _circles];
        _driftThresholds = Array.Find(state.Profiles, profile => profile.Drift is not null)?.Drift;
        _slowDeciKnots = Math.Max(_loitering.SlowDeciKnots, Math.Max(_driftThresholds?.FastDeciKnots + 1 ?? 0, _stops.FromDeciKnots + 1));
    }

    /// <summary>A report of a hull, before it replaces the hull's last.</summary>
    public void OnReport(int slot, ref HullState hull, in StoredReport report)
    {
        var secondsOff = _clocks.SecondsOff(slot, in report);
        var isWindow = report.EventAtMs - hull.Motion.WindowAtMs >= WayMadeGood.WindowMs;
        if (hull.Motion.Suspect != 0 || isWindow || report.SpeedDeciKnots < _slowDeciKnots
            || report.NavigationStatus == DistressDetector.Active || _clocks.IsOff(secondsOff)
            || (report.SpeedDeciKnots >= _frozen.FastDeciKnots && FrozenDetector.MayBegin(in hull.Last, in report)))
        {
            Look(slot, ref hull, in report, secondsOff, isWindow);
        }
    }

    /// <summary>A report came late: it may contradict what was told.</summary>
    public void OnLate(int slot, in StoredReport late)
    {
        ref var vessel = ref _state.Table.Vessels[slot];
        foreach (var finding in _state.Book.Of(slot))
        {
            foreach (var detector in _all)
            {
                detector.OnLate(slot, finding, in late);
            }
        }

        for (var i = 0; i < vessel.HullCount; i++)
        {
            ref var hull = ref _state.Table.Hulls[vessel.Hulls[i] - 1];
            if (hull.Motion.Suspect != 0)
            {
                ref var suspect = ref _state.Motions.Of(in hull);
                foreach (var detector in _all)
                {
                    detector.OnLate(ref suspect, in late);
                }

                _state.Changed.Add(slot);
            }
        }
    }

    /// <summary>A beat of event time for one vessel.</summary>
    public void OnBeat(int slot, long nowMs)
    {
        foreach (var finding in _state.Book.Of(slot))
        {
            foreach (var detector in _all)
            {
                detector.OnBeat(slot, finding, nowMs);
            }
        }
    }

    /// <summary>When an open finding of the vessel next needs a look; <see cref="long.MaxValue"/> for never.</summary>
    public long NextDue(int slot)
    {
        var due = long.MaxValue;
        foreach (var finding in _state.Book.Of(slot))
        {
            foreach (var detector in _all)
            {
                due = Math.Min(due, detector.NextDue(finding));
            }
        }

        return due;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Look(int slot, ref HullState hull, in StoredReport report, int secondsOff, bool isWindow)
    {
        var madeDeciKnots = hull.Motion.MadeDeciKnots;
        var isMisfit = isWindow && EndWindow(ref hull, in report);
        var isInland = isWindow && _inland.IsOn && _inland.IsInland(slot, ref hull, in report);
        RememberFast(ref hull, in report);
        if (hull.Motion.Suspect == 0 && !Begins(slot, ref hull, in report, secondsOff, isInland, madeDeciKnots)
            && !(isMisfit && hull.Motion.Misfits >= MisfitsSuspect && _circles.IsOn))
        {
            return;
        }

        ref var suspect = ref _state.Motions.OrNew(ref hull);
        if (isWindow && _circles.IsOn && (suspect.Circle.IsOn || hull.Motion.Misfits >= MisfitsSuspect))
        {
            _circles.OnWindow(slot, in hull, ref suspect, in report, isMisfit);
        }

        if (isWindow && _inland.IsOn)
        {
            _inland.OnReport(slot, in hull, ref suspect, in report, isInland);
        }

        OnSuspect(slot, ref hull, ref suspect, in report, secondsOff, madeDeciKnots);
        if (suspect.IsIdle)
        {
            _state.Motions.Release(ref hull);
        }
    }

    private void OnSuspect(
        int slot, ref HullState hull, ref Suspect suspect, in StoredReport report, int secondsOff, int madeDeciKnots)
    {
        var isShip = IsShip(slot, in report);
        if (isShip && _loitering.SlowDeciKnots > 0)
        {
            _loitering.OnReport(slot, in hull, ref suspect, in report);
        }

        if (isShip && _drift.IsOn)
        {
            _drift.OnReport(slot, in hull, ref suspect, in report);
            if (suspect.BlindDrift.IsOn || DriftDetector.MayDrift(in hull, in report))
            {
                _drift.OnBlind(slot, ref hull, ref suspect, in report);
            }
        }

        if (_stops.IsOn && (suspect.Stop.IsOn || (isShip && BeginsStop(slot, ref hull, in report, madeDeciKnots))))
        {
            _stops.OnReport(slot, in hull, ref suspect, in report);
        }

        if (_distress.IsOn)
        {
            _distressTests.OnReport(slot, in hull, ref suspect, in report);
            _distress.OnReport(slot, in hull, ref suspect, in report);
        }

        // A distress device is never said to be false.
        if (_circles.IsOn && WatchState.IsShip(_state.Table.Vessels[slot].Vessel))
        {
            _frozen.OnReport(slot, in hull, ref suspect, in report);
            _clocks.OnReport(slot, in hull, ref suspect, in report, secondsOff);
        }
    }

    private bool Begins(int slot, ref HullState hull, in StoredReport report, int secondsOff, bool isInland, int madeDeciKnots)
    {
        if (report.NavigationStatus == DistressDetector.Active
            || (report.NavigationStatus == DistressDetector.Test && DistressDetector.IsDevice(_state.Table.Vessels[slot].Vessel)))
        {
            return true;
        }

        if (!IsShip(slot, in report))
        {
            return false;
        }

        return isInland || _clocks.IsOff(secondsOff)
            || (report.SpeedDeciKnots >= 0 && report.SpeedDeciKnots < _loitering.SlowDeciKnots && _loitering.Begins(in hull))
            || (report.SpeedDeciKnots >= _frozen.FastDeciKnots && hull.Reports > 0
                && (FrozenDetector.IsSamePlace(in hull.Last, in report) || FrozenDetector.IsOnLine(in hull.Last, in report)))
            || (_driftThresholds is { } drift && (DriftDetector.Drifts(in report, drift) || DriftDetector.MayDrift(in hull, in report)))
            || BeginsStop(slot, ref hull, in report, madeDeciKnots);
    }

    private bool BeginsStop(int slot, ref HullState hull, in StoredReport report, int madeDeciKnots) =>
        report.SpeedDeciKnots >= 0 && report.SpeedDeciKnots < _stops.ToDeciKnots && hull.Last.SpeedDeciKnots >= _stops.ToDeciKnots
        && hull.Reports > 0 && _stops.Begins(slot, ref hull, in report, madeDeciKnots);

    private bool IsShip(int slot, in StoredReport report) =>
        !report.Has(ReportTraits.Aircraft) && WatchState.IsShip(_state.Table.Vessels[slot].Vessel);

    // A report between fast and stopped: the fast one is what a stop is counted from.
    private void RememberFast(ref HullState hull, in StoredReport report)
    {
        if (hull.Last.SpeedDeciKnots > _stops.FromDeciKnots && report.SpeedDeciKnots <= _stops.FromDeciKnots)
        {
            hull.Motion.FastAtMs = hull.Last.EventAtMs;
            hull.Motion.FastDeciKnots = hull.Last.SpeedDeciKnots;
        }
    }

    private static bool EndWindow(ref HullState hull, in StoredReport report)
    {
        ref var motion = ref hull.Motion;
        var isMisfit = false;
        motion.MadeDeciKnots = -1;
        if (hull.Reports > 0 && report.EventAtMs - motion.WindowAtMs <= WayMadeGood.WindowMsMax)
        {
            isMisfit = WayMadeGood.IsMisfit(ref motion, in report);
            motion.Misfits = Step(motion.Misfits, isMisfit);
        }

        if (report.SpeedDeciKnots >= HeadingAtDeciKnots && Craft.DeciDegreesOff(in report) is >= 0 and var off)
        {
            motion.HeadingMisfits = Step(motion.HeadingMisfits, off >= HeadingOffDeciDegrees);
        }

        WayMadeGood.Begin(ref motion, in report);
        return isMisfit;
    }

    private static byte Step(byte count, bool isMore) =>
        isMore ? (byte)Math.Min(count + 1, MisfitsMax) : (byte)Math.Max(count - 1, 0);
}
