using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>
/// A ship leaves the lane that its own earlier voyages kept to; where it has none from its last port, the lanes that the
/// voyages of all ships have made from there. Learned from nothing but voyages that ended before; while at sea a ship is off
/// only when it is off every lane from its last port, and off the way of every single earlier voyage of its own from there.
/// Looks once a minute at most.
/// </summary>
internal sealed class RouteDeviationDetector(WatchState state, FindingDesk desk)
{
    private const long LookMs = 60_000;
    private const long StepMsMax = 600_000;
    private readonly RouteDeviationThresholds? _thresholds = AgreedIn(state.Profiles);
    private readonly DeviationWriter _writer = new(state, desk);
    private readonly TrafficWriter _others = new(state, desk);
    private readonly TrafficLaneJudge _traffic =
        new(state, AgreedIn(state.Profiles) ?? new RouteDeviationThresholds(), new TrafficWriter(state, desk));

    /// <summary>A hull has left a port that it had called at.</summary>
    public void OnDeparture(int slot, in HullState hull, in StoredReport report)
    {
        if (_thresholds is null)
        {
            return;
        }

        _writer.CloseAll(slot, report.EventAtMs, "it left another port");
        _others.CloseAll(slot, report.EventAtMs, "it left another port");
        var place = state.Places[hull.Port.Place - 1];
        var routes = state.Routes.OrNew(slot);
        routes.InProgress = new VoyageInProgress
        {
            From = Harbour.Of(place),
            Hull = hull.Number,
            LastPlace = hull.Last.Position,
            LastAtMs = hull.Last.EventAtMs,
            DepartedAtMs = report.EventAtMs,
            IsSimulated = report.Has(ReportTraits.Simulated) || hull.Last.Has(ReportTraits.Simulated),
        };
        routes.InProgress.Sail(hull.Last.Position, hull.Last.EventAtMs);
        routes.InProgress.Sail(report.Position, report.EventAtMs);
    }

    /// <summary>A hull has stopped or fallen silent in a port: its voyage has ended.</summary>
    public void OnArrival(int slot, in HullState hull, in StoredReport report)
    {
        if (state.Routes.Of(slot) is not { InProgress: { } voyage } routes || voyage.Hull != hull.Number)
        {
            return;
        }

        var place = state.Places[hull.Port.Place - 1];
        var to = Harbour.Of(place);
        voyage.IsSimulated |= report.Has(ReportTraits.Simulated);
        voyage.Sail(report.Position, report.EventAtMs);
        _writer.Arrive(slot, voyage.From, to, hull.Port.EntryAtMs);
        _traffic.Arrive(slot, voyage, place, to, hull.Port.EntryAtMs, in report);
        var sailed = voyage.End();
        if (to.Id != voyage.From.Id && Way.IsKnown(sailed.Places)
            && state.Routes.Add(routes, to, sailed) is { } pair && pair.LaneOf(_thresholds!) is { } lane)
        {
            LaneLine.Write(state, slot, pair, lane);
        }

        routes.InProgress = null;
    }

    /// <summary>A report of a hull that is believed.</summary>
    public void OnReport(int slot, in HullState hull, in StoredReport report)
    {
        if (state.Table.Vessels[slot].HasRoutes == 0 || state.Routes.Of(slot) is not { InProgress: { } voyage } routes
            || voyage.Hull != hull.Number || report.EventAtMs - voyage.LastAtMs < LookMs)
        {
            return;
        }

        var (before, beforeMs) = (voyage.LastPlace, voyage.LastAtMs);
        if (report.EventAtMs - beforeMs >= _thresholds!.SilenceMs)
        {
            _writer.CloseAll(slot, beforeMs, "last heard");
            _others.CloseAll(slot, beforeMs, "last heard");
            routes.InProgress = null;
            return;
        }

        voyage.IsSimulated |= report.Has(ReportTraits.Simulated);
        voyage.Sail(report.Position, report.EventAtMs);
        if (hull.Port.EntryAtMs == 0)
        {
            var speed = report.SpeedDeciKnots >= 0
                ? report.SpeedDeciKnots
                : Way.Decimetres(before, report.Position) * 3600L * 1000 / ((report.EventAtMs - beforeMs) * 1852);
            var hasOwn = HasOwnLane(routes, voyage);
            if (hasOwn)
            {
                Judge(slot, routes, voyage, in report, speed >= _thresholds.UnderWayDeciKnots ? report.EventAtMs - beforeMs : 0);
            }

            _traffic.Judge(slot, routes, voyage, beforeMs, before, speed, hasOwn, in report);
        }
    }

    /// <summary>A beat: a ship that is silent for long is no longer said to be off its lane.</summary>
    public void OnBeat(int slot, long nowMs)
    {
        if (_thresholds is not null && nowMs >= state.Table.Vessels[slot].Last.EventAtMs + _thresholds.SilenceMs)
        {
            _writer.CloseAll(slot, state.Table.Vessels[slot].Last.EventAtMs, "last heard");
            _others.CloseAll(slot, state.Table.Vessels[slot].Last.EventAtMs, "last heard");
        }
    }

    /// <summary>When silence may end a deviation.</summary>
    public long NextDue(int slot) =>
        _thresholds is not null && (_writer.HasOpen(slot) || _others.HasOpenAny(slot))
            ? state.Table.Vessels[slot].Last.EventAtMs + _thresholds.SilenceMs
            : long.MaxValue;

    private bool HasOwnLane(VesselRoutes routes, VoyageInProgress voyage)
    {
        foreach (var pair in routes.Pairs)
        {
            if (pair.From.Id == voyage.From.Id && pair.LaneOf(_thresholds!) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static RouteDeviationThresholds? AgreedIn(Profile[] profiles)
    {
        var all = profiles.Where(profile => profile.RouteDeviation is not null).Select(profile => profile.RouteDeviation!).ToArray();
        return Array.TrueForAll(all, one => one == all[0])
            ? all.FirstOrDefault()
            : throw new ArgumentException("the profiles of one fold must agree in what a route deviation is");
    }

    private void Judge(int slot, VesselRoutes routes, VoyageInProgress voyage, in StoredReport report, long underWayMs)
    {
        var (standing, pair, off) = Compare(slot, routes, voyage, report.Position);
        if (standing == Standing.Off && pair is not null)
        {
            GoOnOff(slot, voyage, pair, off, in report, underWayMs);
        }
        else if (standing == Standing.In)
        {
            voyage.Follows = pair?.To.Id ?? voyage.Follows;
            if (voyage.OffSinceMs != 0)
            {
                _writer.CloseAll(slot, report.EventAtMs, "it came back", in report);
                voyage.StopBeingOff();
            }
        }
        else if (voyage.OffSinceMs != 0 && !_writer.HasOpen(slot))
        {
            voyage.StopBeingOff();
        }
    }

    // In: within a lane or near the end of one, or on the way of an earlier voyage. Off: beyond all of that.
    private (Standing Standing, RoutePair? Pair, int Off) Compare(
        int slot, VesselRoutes routes, VoyageInProgress voyage, Position at)
    {
        (RoutePair? Pair, int Off, int Rank) inLane = (null, 0, int.MaxValue);
        (RoutePair? Pair, int Off, int Rank) offLane = (null, 0, int.MaxValue);
        var isBetween = false;
        foreach (var pair in routes.Pairs)
        {
            if (pair.From.Id != voyage.From.Id || pair.LaneOf(_thresholds!) is not { } lane)
            {
                continue;
            }

            if (Lane.IsNearAnEnd(lane.Middle, at, _thresholds!))
            {
                return (Standing.In, null, 0);
            }

            var off = Way.DecimetresOff(lane.Middle, at);
            var rank = RankOf(slot, pair, voyage);
            isBetween |= off <= _thresholds!.LimitDecimetres(lane.HalfWidthDecimetres);
            if (off <= _thresholds.BackDecimetres(lane.HalfWidthDecimetres))
            {
                inLane = rank < inLane.Rank ? (pair, off, rank) : inLane;
            }

            offLane = rank < offLane.Rank ? (pair, off, rank) : offLane;
        }

        return inLane.Pair is not null ? (Standing.In, inLane.Pair, inLane.Off)
            : isBetween || offLane.Pair is null ? (Standing.Between, null, 0)
            : routes.HasGoneThisWay(voyage.From.Id, at, _thresholds!.OffDecimetresMin) ? (Standing.In, null, 0)
            : (Standing.Off, offLane.Pair, offLane.Off);
    }

    // Which of several lanes is meant: the one that it kept to last, else the one to where it says it goes, else the commonest.
    private int RankOf(int slot, RoutePair pair, VoyageInProgress voyage)
    {
        var rank = RoutePair.VoyagesMax - pair.Voyages.Count;
        rank += voyage.Follows == pair.To.Id ? 0 : 100;
        return rank + (DestinationText.Names(state.Table.Cards[slot].Destination, pair.To) ? 0 : 20);
    }

    private void GoOnOff(
        int slot, VoyageInProgress voyage, RoutePair pair, int off, in StoredReport report, long underWayMs)
    {
        if (voyage.OffSinceMs == 0)
        {
            if (underWayMs == 0)
            {
                return;
            }

            (voyage.OffSinceMs, voyage.OffPlace) = (report.EventAtMs, report.Position);
        }
        else
        {
            voyage.OffUnderWayMs += Math.Min(underWayMs, StepMsMax);
        }

        voyage.OffMostDecimetres = Math.Max(voyage.OffMostDecimetres, off);
        if (voyage.OffUnderWayMs >= _thresholds!.OffMs)
        {
            _writer.GoOn(slot, voyage, pair, pair.LaneOf(_thresholds)!, off, in report);
        }
    }

    private enum Standing
    {
        In,
        Between,
        Off,
    }
}
