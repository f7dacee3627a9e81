using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.RouteDeviation;

/// <summary>
/// Compares a voyage with the lanes that other ships have made from the same port: off all of them, stopped where none of
/// them stops, far later than any of them, or in a port where none leads. Lanes judge only what happened after the last of
/// their voyages had ended, and only where few voyages from that port keep to no lane.
/// </summary>
internal sealed class TrafficLaneJudge(WatchState state, RouteDeviationThresholds thresholds, TrafficWriter writer)
{
    private const long StepMsMax = 600_000;
    private const int LostDecimetres = 740_800;
    private const int StopMovedDecimetres = 18_520;
    private const double AnchorageMetres = 7_408;

    private LaneLimits Limits => new(thresholds.OffDecimetresMin, thresholds.EndsDecimetres);

    /// <summary>A look at a voyage that is not in a port.</summary>
    /// <param name="slot">The vessel.</param>
    /// <param name="routes">Its earlier voyages: where it has gone before it is not off.</param>
    /// <param name="voyage">Its voyage, at the report's place already.</param>
    /// <param name="beforeMs">When it was looked at last.</param>
    /// <param name="before">Where it was then.</param>
    /// <param name="speedDeciKnots">Its speed.</param>
    /// <param name="ownJudge">Its own lanes say whether it is off.</param>
    /// <param name="report">The report.</param>
    public void Judge(
        int slot, VesselRoutes routes, VoyageInProgress voyage, long beforeMs, Position before, long speedDeciKnots, bool ownJudge,
        in StoredReport report)
    {
        var gapMs = report.EventAtMs - beforeMs;
        if (!voyage.IsLost && (gapMs >= thresholds.LostMs || Way.Decimetres(before, report.Position) > LostDecimetres))
        {
            voyage.IsLost = true;
            writer.CloseAll(slot, beforeMs, "last heard");
            StopBeingOff(voyage, ownJudge);
            voyage.StopSinceMs = 0;
        }

        var atlas = state.Reference.View.Lanes;
        if (voyage.IsLost || report.EventAtMs <= atlas.LearnedAtMs)
        {
            return;
        }

        var type = ShipClass.Of(state.Table.Cards[slot].ShipType);
        var from = PortOf(atlas, voyage);
        var lanes = atlas.From(from, type);
        var origin = atlas.OriginOf(from, type);
        if (lanes.IsEmpty || !SaysOf(origin, type))
        {
            return;
        }

        var standing = LaneStanding.Of(lanes, report.Position, Limits);
        if (!ownJudge)
        {
            Off(slot, routes, voyage, lanes, standing, origin, gapMs, speedDeciKnots, in report);
        }

        Stop(slot, voyage, lanes, standing, speedDeciKnots, in report);
        if (standing is { Stand: LaneStand.In, Lane: >= 0 })
        {
            voyage.FollowsLane = lanes[standing.Lane].Id;
            Late(slot, voyage, lanes[standing.Lane], standing.Place, before, origin, in report);
        }
    }

    /// <summary>It has come to a port.</summary>
    public void Arrive(int slot, VoyageInProgress voyage, Place place, Harbour to, long entryAtMs, in StoredReport report)
    {
        var destination = state.Table.Cards[slot].Destination;
        var hasNamed = DestinationText.Names(destination, to);
        writer.Arrive(slot, to, entryAtMs, hasNamed);
        var atlas = state.Reference.View.Lanes;
        var type = ShipClass.Of(state.Table.Cards[slot].ShipType);
        var from = PortOf(atlas, voyage);
        var origin = atlas.OriginOf(from, type);
        if (to.Id == from || to.Id == voyage.From.Id || hasNamed || voyage.IsLost || entryAtMs <= atlas.LearnedAtMs
            || !SaysOf(origin, type)
            || place.Locode is null // A stopping place that was learned has a port only where one is known.
            || LeadsTo(atlas.From(from, type), to.Id, report.Position)
            || LeadsTo(atlas.From(from, ShipClass.All), to.Id, report.Position))
        {
            return;
        }

        writer.CameElsewhere(slot, voyage, place, to, origin, entryAtMs, in report);
    }

    // Learned berths may bear no port's name: then the port whose lanes begin there is meant.
    private string PortOf(LaneAtlas atlas, VoyageInProgress voyage) =>
        atlas.From(voyage.From.Id, ShipClass.All).IsEmpty
            ? atlas.PortNear(voyage.Places[0], thresholds.EndsDecimetres) ?? voyage.From.Id
            : voyage.From.Id;

    private bool SaysOf(LaneOrigin origin, string type) =>
        origin.ChancePermille <= thresholds.ChancePermilleMax && (origin.Type == type || ShipClass.IsMerchant(type));

    private bool LeadsTo(ReadOnlySpan<TrafficLane> lanes, string port, Position at)
    {
        foreach (var lane in lanes)
        {
            if (lane.To == port || (lane.To != TrafficLane.Sea && Way.Decimetres(lane.Stations[^1].Place, at) < thresholds.EndsDecimetres))
            {
                return true;
            }
        }

        return false;
    }

    private static void StopBeingOff(VoyageInProgress voyage, bool ownJudge)
    {
        if (!ownJudge)
        {
            voyage.StopBeingOff();
        }
    }

    private void Off(
        int slot, VesselRoutes routes, VoyageInProgress voyage, ReadOnlySpan<TrafficLane> lanes, LaneStanding standing,
        LaneOrigin origin, long gapMs, long speedDeciKnots, in StoredReport report)
    {
        if (standing.Stand == LaneStand.In
            || (standing.Stand == LaneStand.Off
                && routes.HasGoneThisWay(voyage.From.Id, report.Position, thresholds.OffDecimetresMin)))
        {
            if (voyage.OffSinceMs != 0)
            {
                writer.Close(slot, RouteRule.TrafficLane, report.EventAtMs, "it came back", in report);
                voyage.StopBeingOff();
            }

            return;
        }

        if (standing.Stand == LaneStand.Between)
        {
            if (voyage.OffSinceMs != 0 && !writer.HasOpen(slot, RouteRule.TrafficLane))
            {
                voyage.StopBeingOff();
            }

            return;
        }

        var isUnderWay = speedDeciKnots >= thresholds.UnderWayDeciKnots;
        if (voyage.OffSinceMs == 0)
        {
            if (!isUnderWay)
            {
                return;
            }

            (voyage.OffSinceMs, voyage.OffPlace) = (report.EventAtMs, report.Position);
        }
        else if (isUnderWay)
        {
            voyage.OffUnderWayMs += Math.Min(gapMs, StepMsMax);
        }

        var meant = Meant(slot, voyage, lanes, standing.Lane);
        var place = meant == standing.Lane ? standing.Place : lanes[meant].PlaceOf(report.Position);
        voyage.OffMostDecimetres = Math.Max(voyage.OffMostDecimetres, place.Off);
        if (voyage.OffUnderWayMs >= thresholds.OffMs)
        {
            writer.GoOnOff(slot, voyage, lanes[meant], place, origin, in report);
        }
    }

    // Which lane it has left: the one that it was in last, else one to where it says it goes, else the nearest.
    private int Meant(int slot, VoyageInProgress voyage, ReadOnlySpan<TrafficLane> lanes, int nearest)
    {
        var named = -1;
        for (var i = 0; i < lanes.Length; i++)
        {
            if (lanes[i].Id == voyage.FollowsLane)
            {
                return i;
            }

            if (named < 0 && DestinationText.Names(state.Table.Cards[slot].Destination, new Harbour(lanes[i].To, lanes[i].ToName)))
            {
                named = i;
            }
        }

        return named >= 0 ? named : nearest;
    }

    private void Stop(
        int slot, VoyageInProgress voyage, ReadOnlySpan<TrafficLane> lanes, LaneStanding standing, long speedDeciKnots,
        in StoredReport report)
    {
        if (speedDeciKnots >= thresholds.StopDeciKnots)
        {
            if (voyage.StopSinceMs != 0 && speedDeciKnots >= thresholds.UnderWayDeciKnots)
            {
                writer.Close(slot, RouteRule.UnusualStop, report.EventAtMs, "it went on", in report);
                voyage.StopSinceMs = 0;
            }

            return;
        }

        if (voyage.StopSinceMs == 0 || Way.Decimetres(voyage.StopPlace, report.Position) > StopMovedDecimetres)
        {
            if (voyage.StopSinceMs == 0 || !writer.HasOpen(slot, RouteRule.UnusualStop))
            {
                (voyage.StopSinceMs, voyage.StopPlace) = (report.EventAtMs, report.Position);
            }

            return;
        }

        if (report.EventAtMs - voyage.StopSinceMs >= thresholds.StopMs
            && !(standing is { Stand: LaneStand.In, Lane: < 0 })
            && OddStop(lanes, voyage.StopPlace) is { } stops)
        {
            writer.GoOnStopped(slot, voyage, lanes[Meant(slot, voyage, lanes, Math.Max(0, standing.Lane))], stops, in report);
        }
    }

    // How many voyages stopped anywhere, of how many; null where a stop is usual here, or too often anywhere.
    private LaneOrigin? OddStop(ReadOnlySpan<TrafficLane> lanes, Position at)
    {
        if (state.Reference.View.NearestAnchorage(at, AnchorageMetres, out _) >= 0)
        {
            return null;
        }

        var (voyages, stopped) = (0, 0);
        foreach (var lane in lanes)
        {
            (voyages, stopped) = (voyages + lane.Voyages, stopped + lane.VoyagesWithStops);
            foreach (var stop in lane.Stops)
            {
                if (Way.Decimetres(stop.Where, at) <= thresholds.StopReachDecimetres)
                {
                    return null;
                }
            }
        }

        var stops = new LaneOrigin(lanes[0].From, lanes[0].Type, voyages, stopped);
        return stops.ChancePermille <= thresholds.ChancePermilleMax ? stops : null;
    }

    private void Late(
        int slot, VoyageInProgress voyage, TrafficLane lane, LanePlace place, Position before, LaneOrigin origin, in StoredReport report)
    {
        var usual = lane.Elapsed999(place.AlongDecimetres);
        if (voyage.DepartedAtMs == 0 || usual < 0 || lane.To == TrafficLane.Sea // Who comes back along a lane is not late.
            || place.AlongDecimetres < lane.LengthDecimetres / 4
            || 1000L > (lane.VoyagesAt(place.AlongDecimetres) + 1L) * thresholds.ChancePermilleMax
            || (voyage.IsSaid && !writer.HasOpen(slot, RouteRule.LongUnderWay)))
        {
            return;
        }

        var lateMs = report.EventAtMs - voyage.DepartedAtMs - (usual * 1000L);
        if (lateMs >= thresholds.LateMs && lane.PlaceOf(before).AlongDecimetres < place.AlongDecimetres)
        {
            writer.GoOnLate(slot, voyage, lane, place, origin, in report);
        }
    }
}
