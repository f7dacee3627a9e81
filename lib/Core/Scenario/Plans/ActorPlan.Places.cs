namespace MaritimeWatch.Scenario;

/// <content>Parts played at zones and ports.</content>
internal sealed partial class ActorPlan
{
    private static readonly string[] OpenAnchorages = ["SEGOT-A", "SELYS-A"];

    private void VisitZone(int visits, bool inside, bool silent)
    {
        const int AttemptsMax = 60;
        var (zone, gate) = Geography.Zones[Random.Below(Geography.Zones.Length)];
        var pace = Random.Between(5, 9.5);
        Sail(gate, knots, pace);
        for (var visit = 0; visit < visits; visit++)
        {
            for (var attempt = 0; attempt < AttemptsMax; attempt++)
            {
                var depth = inside ? Random.Skewed(60, 1300) : -Random.Between(320, 1000);
                var (from, to) = zone.LineBeside(Random.Below(zone.Edges), depth, Random.Between(1600, 3000));
                if (Random.Chance(0.5))
                {
                    (from, to) = (to, from);
                }

                var way = new List<GeoPoint> { Here, from, to, Here };
                if (KeepsClear(zone, Here, from) && KeepsClear(zone, to, Here))
                {
                    var left = Clock;
                    Follow(way, pace, pace);
                    if (silent)
                    {
                        Faults.Silence(left + (5 * MinuteMs), Clock - (5 * MinuteMs));
                    }

                    break;
                }
            }

            Loiter(pace);
        }
    }

    // A turn of some kilometres before the zone, so that two visits lie well apart.
    private void Loiter(double pace)
    {
        var a = Here.Moved(-1500, -900);
        var b = Here.Moved(-300, -2200);
        Follow([Here, a, b, Here], pace, pace);
    }

    private static bool KeepsClear(ConvexZone zone, GeoPoint from, GeoPoint to)
    {
        const int Samples = 100;
        for (var sample = 0; sample <= Samples; sample++)
        {
            if (zone.DepthM(from.Toward(to, sample / (double)Samples)) > -320)
            {
                return false;
            }
        }

        return true;
    }

    private void PassAnchorage(double pace)
    {
        var anchorage = OpenAnchorages[Random.Below(OpenAnchorages.Length)];
        Sail(anchorage, knots, 4);
        var bearing = Random.Between(0, 360);
        var off = Random.Between(400, 2400);
        var (east, north) = (SimMaths.SinDegrees(bearing), SimMaths.CosDegrees(bearing));
        var middle = Geography.At(anchorage).Moved(-north * off, east * off);
        var back = Here;
        var start = middle.Moved(-east * 2500, -north * 2500);
        var end = middle.Moved(east * 2500, north * 2500);
        Follow([Here, start], Math.Max(4, pace), pace);
        Follow([Here, end], pace, pace);
        Follow([Here, back], Math.Max(4, pace), 4);
    }

    private void StopOff()
    {
        const int AttemptsMax = 40;
        var anchorage = OpenAnchorages[Random.Below(OpenAnchorages.Length)];
        Sail(anchorage, knots, 4);
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var metres = Random.Between(5600, 6600);
            var bearing = Random.Between(0, 360);
            var place = Here.Moved(metres * SimMaths.SinDegrees(bearing), metres * SimMaths.CosDegrees(bearing));
            if (World.NearestStop(place, 5500).Nearest is null)
            {
                var back = Here;
                Follow([Here, place], 6);
                Lie(Random.Hours(1, 5), status: 1);
                Follow([Here, back], 6, 4);
                return;
            }
        }
    }
}
