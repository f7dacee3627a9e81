using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Lanes;

/// <summary>Where the voyages of a lane stop under way.</summary>
internal static class StopPlaces
{
    /// <summary>Slower is a stop, 0.1 knot.</summary>
    public const int StoppedDeciKnots = 10;

    private const long StopMsMin = 30 * 60_000;
    private const int ReachDecimetres = 37_040;
    private const int MovedDecimetres = 18_520;

    /// <summary>Places, those of most voyages first, and how many voyages stopped at all.</summary>
    public static IReadOnlyList<UsualStop> Of(IReadOnlyList<SailedVoyage> voyages, LaneLearningOptions options, out int stopped)
    {
        var stops = voyages.SelectMany(voyage => StopsOf(voyage, options).Select(stop => (voyage, stop.Where, stop.LengthMs))).ToList();
        stopped = stops.Select(stop => stop.voyage).Distinct().Count();
        var places = new List<(Position Where, List<(SailedVoyage Voyage, long Ms)> Stops)>();
        foreach (var (voyage, where, ms) in stops)
        {
            var place = places.FirstOrDefault(one => VoyageWay.Decimetres(one.Where, where) <= ReachDecimetres);
            if (place.Stops is null)
            {
                places.Add(place = (where, []));
            }

            place.Stops.Add((voyage, ms));
        }

        return
        [
            .. places.Select(place => new UsualStop(
                    place.Where,
                    place.Stops.Select(stop => stop.Voyage).Distinct().Count(),
                    (int)(place.Stops.Select(stop => stop.Ms).Order().ElementAt(place.Stops.Count / 2) / 60_000)))
                .OrderByDescending(stop => stop.Voyages).ThenBy(stop => stop.Where.LatitudeE7).Take(64),
        ];
    }

    private static IEnumerable<(Position Where, long LengthMs)> StopsOf(SailedVoyage voyage, LaneLearningOptions options)
    {
        var points = voyage.Points;
        var since = -1;
        for (var i = 0; i < points.Count; i++)
        {
            var isStopped = IsStopped(points, i)
                && (since < 0 || VoyageWay.Decimetres(points[since].Where, points[i].Where) <= MovedDecimetres);
            if (isStopped && since < 0)
            {
                since = i;
            }

            if (since >= 0 && (!isStopped || i == points.Count - 1))
            {
                var ms = points[i].AtMs - points[since].AtMs;
                if (ms >= StopMsMin && !IsNearAPort(voyage, points[since].Where, options))
                {
                    yield return (points[since].Where, ms);
                }

                since = -1;
            }
        }
    }

    private static bool IsStopped(IReadOnlyList<VoyagePoint> points, int i) =>
        points[i].SpeedDeciKnots is >= 0 and < StoppedDeciKnots
        || (points[i].SpeedDeciKnots < 0 && i > 0 && points[i].AtMs > points[i - 1].AtMs
            && VoyageWay.Decimetres(points[i - 1].Where, points[i].Where) * 3600L * 1000 / ((points[i].AtMs - points[i - 1].AtMs) * 1852) < StoppedDeciKnots);

    private static bool IsNearAPort(SailedVoyage voyage, Position where, LaneLearningOptions options) =>
        (voyage.From.Id != TrafficLane.Sea && VoyageWay.Decimetres(voyage.Points[0].Where, where) < options.EndsDecimetres)
        || (voyage.To.Id != TrafficLane.Sea && VoyageWay.Decimetres(voyage.Points[^1].Where, where) < options.EndsDecimetres);
}
