using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Arrival;

/// <summary>What the lanes of the traffic say of the time left to a port.</summary>
internal static class LaneTimes
{
    private const int AlongHundredths = 50;
    private const int NearDecimetres = 3 * 18_520;
    private const long SecondMs = 1000;

    /// <summary>
    /// Time left on the lane that a ship keeps: one that leads to the port from where it comes, or from the sea, within what
    /// 99.9 % of the lane's voyages keep. Null where there is none, or the lanes were learned from this ship's own time.
    /// </summary>
    public static LaneTimeLeft? Of(IReferenceView view, string? from, string to, int shipType, in StoredReport report)
    {
        if (report.EventAtMs <= view.Lanes.LearnedAtMs)
        {
            return null;
        }

        (TrafficLane? Lane, LanePlace Place) kept = default;
        foreach (var lane in view.Lanes.To(to, ShipClass.Of(shipType)))
        {
            var isFromThere = lane.From == from;
            if ((isFromThere || from is null || lane.From == TrafficLane.Sea)
                && Keeps(lane, in report, isFromThere) is { } place && (kept.Lane is null || IsBetter(lane, place, kept, from)))
            {
                kept = (lane, place);
            }
        }

        return kept.Lane is { } best
            && best.RemainingSeconds(kept.Place.AlongDecimetres, 100, report.SpeedDeciKnots) is { } low
            && best.RemainingSeconds(kept.Place.AlongDecimetres, 500, report.SpeedDeciKnots) is { } mid
            && best.RemainingSeconds(kept.Place.AlongDecimetres, 900, report.SpeedDeciKnots) is { } high
            ? new LaneTimeLeft(low * SecondMs, mid * SecondMs, high * SecondMs, best.Name, best.VoyagesAt(kept.Place.AlongDecimetres))
            : null;
    }

    /// <summary>Where on a lane a ship is, or null where it does not keep it: too far off, beyond an end, or not going along.</summary>
    public static LanePlace? Keeps(TrafficLane lane, in StoredReport report, bool isFromThere)
    {
        var place = lane.PlaceOf(report.Position);
        if (place.IsBeyond || place.Off > Math.Max(NearDecimetres, lane.Off999(place.AlongDecimetres)))
        {
            return null;
        }

        // Whoever left the lane's port goes along it, however it turns at the moment; another may only cross it.
        var next = lane.Stations[Math.Min(lane.StationBefore(place.AlongDecimetres) + 2, lane.Stations.Count - 1)].Place;
        return isFromThere || (report.CourseDeciDegrees is >= 0 and < 3600
            && SteadyArc.Towards(report.Position, report.CourseDeciDegrees, next) >= AlongHundredths) ? place : null;
    }

    private static bool IsBetter(TrafficLane lane, LanePlace place, (TrafficLane? Lane, LanePlace Place) kept, string? from) =>
        lane.From == from == (kept.Lane!.From == from) ? place.Off < kept.Place.Off : lane.From == from;
}
