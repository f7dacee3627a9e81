using MaritimeWatch.Findings.Arrival;
using MaritimeWatch.Findings.RouteDeviation;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.PortVisit;

/// <summary>
/// Calls at ports, by Global Fishing Watch's definition ("Anchorages, Ports and Voyages Data", anchorages-pipeline): in
/// within 3 km of a stopping place, out beyond 4 km, a stop or a gap in between. Confidence: 1 only an entry or an
/// exit, 2 only a stop or gap, 3 with an entry or an exit, 4 with both.
/// </summary>
internal sealed class PortVisitDetector
{
    private const int SearchMetres = 20_000;
    private const int LookAgainDecimetres = 500;
    private readonly WatchState _state;
    private readonly VisitWriter _visits;
    private readonly RouteDeviationDetector _routes;
    private readonly ExpectedArrivalDesk _arrivals;
    private readonly PortVisitThresholds? _machine;

    public PortVisitDetector(WatchState state, FindingDesk desk, RouteDeviationDetector routes, ExpectedArrivalDesk arrivals)
    {
        _arrivals = arrivals;
        _state = state;
        _routes = routes;
        _visits = new VisitWriter(state, desk);
        var all = state.Profiles.Where(profile => profile.PortVisit is not null).Select(profile => profile.PortVisit!).ToArray();
        _machine = all.FirstOrDefault();
        if (Array.Exists(all, other => !_machine!.IsSameMachine(other)))
        {
            throw new ArgumentException("the profiles of one fold must agree in the distances and speeds of port visits");
        }
    }

    /// <summary>A report of a hull that is believed, before it replaces the hull's last.</summary>
    public void OnReport(int slot, ref HullState hull, in StoredReport report)
    {
        if (_machine is null || !WatchState.IsShip(_state.Table.Vessels[slot].Vessel))
        {
            return;
        }

        ref var port = ref hull.Port;
        if (port.EntryAtMs != 0 && report.EventAtMs - hull.Last.EventAtMs >= _machine.GapMs)
        {
            NoteGap(slot, ref hull);
        }

        if (port.ViewNumber != _state.Reference.Number || IsBeyondSafe(in port, in report))
        {
            Locate(slot, ref hull, in report);
        }

        if (port.EntryAtMs != 0)
        {
            NoteSpeed(slot, ref hull, in report);
        }
    }

    /// <summary>A beat: a hull that is silent in port for long enough has stopped there.</summary>
    public void OnBeat(int slot, ref HullState hull, long nowMs)
    {
        if (_machine is not null && hull.Port.EntryAtMs != 0 && nowMs - hull.Last.EventAtMs >= _machine.GapMs)
        {
            NoteGap(slot, ref hull);
        }
    }

    /// <summary>When silence in port needs the next look.</summary>
    public long NextDue(in HullState hull) =>
        _machine is null || hull.Port.EntryAtMs == 0 || (hull.Port.Flags & PortFlags.Gap) != 0
            ? long.MaxValue
            : hull.Last.EventAtMs + _machine.GapMs;

    private static bool IsBeyondSafe(in PortState port, in StoredReport report)
    {
        var units = FlatDistance.UnitsOf(port.SafeRadiusDecimetres / 10.0);
        return FlatDistance.SquaredUnits(port.SafeCentre, report.Position) >= units * units;
    }

    // Where is the next stopping place, and how far can the hull go before the answer may change?
    private void Locate(int slot, ref HullState hull, in StoredReport report)
    {
        ref var port = ref hull.Port;
        var view = _state.Reference.View;
        var index = view.NearestAnchorage(report.Position, SearchMetres, out var metres);
        var decimetres = index < 0 ? SearchMetres * 10L : (long)Math.Round(metres * 10);
        port.ViewNumber = _state.Reference.Number;
        port.SafeLatitudeE7 = report.LatitudeE7;
        port.SafeLongitudeE7 = report.LongitudeE7;
        if (port.EntryAtMs == 0 && index >= 0 && decimetres < _machine!.InMetres * 10L)
        {
            port.EntryAtMs = report.EventAtMs;
            port.Place = _state.Places.NumberOf(view.AnchorageAt(index)) + 1;
            port.Flags = (port.Flags & PortFlags.SeenOutside) != 0 ? PortFlags.EntrySeen : PortFlags.None;
        }
        else if (port.EntryAtMs != 0 && decimetres > _machine!.OutMetres * 10L)
        {
            if ((port.Flags & PortFlags.Reported) != 0)
            {
                _routes.OnDeparture(slot, in hull, in report);
            }

            _visits.Leave(slot, ref hull, in report);
        }

        if (port.EntryAtMs == 0)
        {
            port.Flags |= PortFlags.SeenOutside;
        }

        var threshold = (port.EntryAtMs == 0 ? _machine!.InMetres : _machine!.OutMetres) * 10L;
        port.SafeRadiusDecimetres = (int)Math.Max(LookAgainDecimetres, Math.Abs(decimetres - threshold) - LookAgainDecimetres);
    }

    private void NoteSpeed(int slot, ref HullState hull, in StoredReport report)
    {
        ref var port = ref hull.Port;
        var speed = SpeedDeciKnots(in hull, in report);
        if ((port.Flags & PortFlags.Stopped) == 0 && speed >= 0 && speed < _machine!.StopDeciKnots)
        {
            port.Flags |= PortFlags.Stopped;
            port.RestartAtMs = 0;
            if (port.StopAtMs == 0)
            {
                port.StopAtMs = report.EventAtMs;
                var index = _state.Reference.View.NearestAnchorage(report.Position, SearchMetres, out _);
                port.Place = index < 0 ? port.Place : _state.Places.NumberOf(_state.Reference.View.AnchorageAt(index)) + 1;
                _visits.Arrive(slot, ref hull, in report, "stopped");
                _routes.OnArrival(slot, in hull, in report);
                _arrivals.OnArrival(slot, ref hull, in report);
            }
        }
        else if ((port.Flags & PortFlags.Stopped) != 0 && speed > _machine!.RestartDeciKnots)
        {
            port.Flags &= ~PortFlags.Stopped;
            port.RestartAtMs = report.EventAtMs;
        }
    }

    private void NoteGap(int slot, ref HullState hull)
    {
        if ((hull.Port.Flags & PortFlags.Gap) == 0)
        {
            hull.Port.Flags |= PortFlags.Gap;
            _visits.Arrive(slot, ref hull, in hull.Last, "fell silent");
            _routes.OnArrival(slot, in hull, in hull.Last);
            _arrivals.OnArrival(slot, ref hull, in hull.Last);
            _state.Changed.Add(slot);
        }
    }

    // Where the report does not say: implied by the way from the last one, at least a minute before.
    private static int SpeedDeciKnots(in HullState hull, in StoredReport report)
    {
        if (report.SpeedDeciKnots >= 0)
        {
            return report.SpeedDeciKnots;
        }

        var afterMs = report.EventAtMs - hull.Last.EventAtMs;
        return hull.Reports == 0 || afterMs < 60_000
            ? -1
            : (int)Math.Min(1022, Math.Round(FlatDistance.Metres(hull.Last.Position, report.Position) * 36_000_000 / (afterMs * 1852.0)));
    }
}
