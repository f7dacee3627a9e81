namespace MaritimeWatch.Reference.Lanes;

/// <summary>
/// How much of being faster or slower than usual lasts to the end of a lane: a line through zero from the pace at a
/// station (usual speed over this voyage's, less 1) to the time left (over the usual, less 1).
/// </summary>
internal static class PaceSense
{
    private const int VoyagesMin = 5;
    private const int Step = 4;

    /// <summary>The slope, and the part of the spread that remains beside the line; thousandths.</summary>
    public static (int LastsPermille, int SpreadLeftPermille) Of(
        List<(Passages Passages, SailedVoyage Voyage, double Weight)> sailed, TrafficLane bare)
    {
        double xx = 0, xy = 0, yy = 0;
        if (sailed[0].Voyage.To.Id == TrafficLane.Sea)
        {
            return (0, 1000);
        }

        for (var i = bare.Stations.Count / 10; i < bare.Stations.Count * 8 / 10; i += Step)
        {
            var here = sailed.Where(one => one.Passages.HasTime(i) && one.Passages.Speeds[i] >= 30).ToList();
            if (here.Count < VoyagesMin)
            {
                continue;
            }

            var speed = new WeightedSpread(here.Select(one => (one.Passages.Speeds[i], one.Weight))).Quantile(0.5);
            var left = new WeightedSpread(here.Select(one => (LeftMs(one, i), one.Weight))).Quantile(0.5);
            foreach (var one in left > 0 ? here : [])
            {
                var x = Math.Clamp((speed / one.Passages.Speeds[i]) - 1, -0.5, 1);
                var y = Math.Clamp((LeftMs(one, i) / left) - 1, -1, 2);
                (xx, xy, yy) = (xx + (one.Weight * x * x), xy + (one.Weight * x * y), yy + (one.Weight * y * y));
            }
        }

        if (xx <= 0 || yy <= 0)
        {
            return (0, 1000);
        }

        var slope = Math.Clamp(xy / xx, 0, 1);
        var rest = Math.Clamp((yy - (2 * slope * xy) + (slope * slope * xx)) / yy, 0.04, 1);
        return ((int)Math.Round(slope * 1000), (int)Math.Round(Math.Sqrt(rest) * 1000));
    }

    private static double LeftMs((Passages Passages, SailedVoyage Voyage, double Weight) one, int station) =>
        one.Voyage.ArriveAtMs - one.Passages.AtMs[station];
}
