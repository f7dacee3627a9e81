namespace MaritimeWatch.Reference.Lanes;

/// <summary>How one voyage passes the stations of a lane: when, how far off and how fast.</summary>
internal sealed class Passages
{
    private const int NearEndDecimetres = 111_120;
    private const long NeverMs = long.MinValue;

    private Passages(int stations)
    {
        Offs = new double[stations];
        AtMs = new double[stations];
        Speeds = new double[stations];
        Array.Fill(Offs, double.NaN);
        Array.Fill(AtMs, NeverMs);
        Array.Fill(Speeds, -1);
    }

    /// <summary>To starboard, 0.1 m: the farthest where it passes twice; NaN where it was not heard.</summary>
    public double[] Offs { get; }

    /// <summary>When it passes last, milliseconds since 1970; see <see cref="HasTime"/>.</summary>
    public double[] AtMs { get; }

    /// <summary>How fast, 0.1 knot; -1 not known.</summary>
    public double[] Speeds { get; }

    public bool IsPassed(int station) => !double.IsNaN(Offs[station]);

    /// <summary>True where it passed, and within 6 miles of its own ends, which lie before or past the stations.</summary>
    public bool HasTime(int station) => AtMs[station] > NeverMs;

    /// <summary>Follows a voyage along a lane.</summary>
    public static Passages Of(SailedVoyage voyage, TrafficLane lane)
    {
        var passages = new Passages(lane.Stations.Count);
        var from = lane.PlaceOf(voyage.Points[0].Where);
        for (var i = 1; i < voyage.Points.Count; i++)
        {
            var to = lane.PlaceOf(voyage.Points[i].Where);
            passages.Go(lane, voyage.Points[i - 1], from, voyage.Points[i], to);
            from = to;
        }

        passages.FillEnds(voyage, lane);
        return passages;
    }

    private void Go(TrafficLane lane, VoyagePoint before, LanePlace from, VoyagePoint after, LanePlace to)
    {
        var sailed = VoyageWay.Decimetres(before.Where, after.Where);
        var gone = Math.Abs(to.AlongDecimetres - from.AlongDecimetres);
        if (sailed > VoyageWay.HoleDecimetres || gone > (2 * sailed) + 18_520 || (from.IsBeyond && to.IsBeyond))
        {
            return;
        }

        var speed = SpeedOf(before, after, sailed);
        var (low, high) = (Math.Min(from.AlongDecimetres, to.AlongDecimetres), Math.Max(from.AlongDecimetres, to.AlongDecimetres));
        for (var i = lane.StationBefore(low); i < lane.Stations.Count && lane.Stations[i].AlongDecimetres <= high; i++)
        {
            var station = lane.Stations[i].AlongDecimetres;
            if (station < low || (from.IsBeyond && station == from.AlongDecimetres) || (to.IsBeyond && station == to.AlongDecimetres))
            {
                continue;
            }

            var part = gone == 0 ? 0 : Math.Abs(station - from.AlongDecimetres) / (double)gone;
            var off = from.OffDecimetres + (part * (to.OffDecimetres - from.OffDecimetres));
            Offs[i] = double.IsNaN(Offs[i]) || Math.Abs(off) > Math.Abs(Offs[i]) ? off : Offs[i];
            AtMs[i] = before.AtMs + (part * (after.AtMs - before.AtMs));
            Speeds[i] = speed;
        }
    }

    // Voyages begin and end at berths and anchorages that lie some miles apart.
    private void FillEnds(SailedVoyage voyage, TrafficLane lane)
    {
        var first = Array.FindIndex(AtMs, at => at > NeverMs);
        var last = Array.FindLastIndex(AtMs, at => at > NeverMs);
        if (first < 0)
        {
            return;
        }

        for (var i = 0; i < first && lane.Stations[first].AlongDecimetres <= NearEndDecimetres; i++)
        {
            AtMs[i] = voyage.DepartAtMs;
        }

        var end = lane.LengthDecimetres - lane.Stations[last].AlongDecimetres;
        for (var i = last + 1; i < AtMs.Length && end <= NearEndDecimetres; i++)
        {
            AtMs[i] = voyage.ArriveAtMs;
        }
    }

    private static double SpeedOf(VoyagePoint before, VoyagePoint after, int sailedDecimetres)
    {
        var hours = (after.AtMs - before.AtMs) / 3_600_000.0;
        return hours > 0 ? sailedDecimetres / 1852.0 / hours
            : after.SpeedDeciKnots >= 0 ? after.SpeedDeciKnots : before.SpeedDeciKnots;
    }
}
