namespace MaritimeWatch.Reference.Lanes;

/// <summary>Makes a lane of voyages that took the same way.</summary>
internal static class LaneBuilder
{
    private const int MsPerSecond = 1000;
    private const double LogShiftSeconds = 300;

    /// <summary>The lane; null where the voyages are too short to have one.</summary>
    /// <param name="ways">At least two voyages between the same two ports.</param>
    /// <param name="weightOf">How much each counts.</param>
    /// <param name="type">Whose lane it is.</param>
    /// <param name="options">Thresholds.</param>
    public static TrafficLane? Build(
        IReadOnlyList<VoyageWay> ways, Func<SailedVoyage, double> weightOf, string type, LaneLearningOptions options)
    {
        List<(VoyageWay Way, double Weight)> members = [.. ways.Select(way => (way, weightOf(way.Voyage)))];
        var line = CentreLine.Of(members);
        if (line.Length < 3)
        {
            return null;
        }

        var bare = CentreLine.StationsOf(line);
        var sailed = members.ConvertAll(member => (Passages: Passages.Of(member.Way.Voyage, bare), member.Way.Voyage, member.Weight));
        var (pace, left) = PaceSense.Of(sailed, bare);
        var voyage = ways[0].Voyage;
        var stations = Stations(bare, sailed, options);
        return stations.Length < 3 ? null : new TrafficLane(stations)
        {
            From = voyage.From.Id,
            FromName = voyage.From.Name,
            To = voyage.To.Id,
            ToName = voyage.To.Name,
            Type = type,
            Number = 1,
            Voyages = ways.Count,
            Vessels = ways.Select(way => way.Voyage.Subject).Distinct(StringComparer.Ordinal).Count(),
            LastEndAtMs = ways.Max(way => way.Voyage.ArriveAtMs),
            IsSimulated = ways.Any(way => way.Voyage.IsSimulated),
            Stops = StopPlaces.Of([.. ways.Select(way => way.Voyage)], options, out var stopped),
            VoyagesWithStops = stopped,
            PaceLastsPermille = pace,
            SpreadLeftPermille = left,
        };
    }

    private static LaneStation[] Stations(
        TrafficLane bare, List<(Passages Passages, SailedVoyage Voyage, double Weight)> sailed, LaneLearningOptions options)
    {
        var stations = new LaneStation[bare.Stations.Count];
        for (var i = 0; i < stations.Length; i++)
        {
            stations[i] = Station(bare.Stations[i], i, sailed, options);
        }

        // Out at sea the lane ends where too few were heard.
        var (first, last) = (0, stations.Length - 1);
        var (from, to) = (sailed[0].Voyage.From.Id, sailed[0].Voyage.To.Id);
        while (from == TrafficLane.Sea && first < last && stations[first].Off999 < 0)
        {
            first++;
        }

        while (to == TrafficLane.Sea && last > first && stations[last].Off999 < 0)
        {
            last--;
        }

        var start = stations[first].AlongDecimetres;
        return [.. stations[first..(last + 1)].Select((station, i) => station with
        {
            AlongDecimetres = station.AlongDecimetres - start,
            Off99 = Widest(stations, first + i, one => one.Off99),
            Off999 = Widest(stations, first + i, one => one.Off999),
        })];
    }

    // What is seen at a mile holds for its neighbours: turns are not made at one place.
    private static int Widest(LaneStation[] stations, int i, Func<LaneStation, int> of) =>
        of(stations[i]) < 0 ? -1 : stations[Math.Max(0, i - 1)..Math.Min(stations.Length, i + 2)].Max(of);

    private static LaneStation Station(
        LaneStation bare, int i, List<(Passages Passages, SailedVoyage Voyage, double Weight)> sailed, LaneLearningOptions options)
    {
        var offs = new WeightedSpread(sailed.Where(one => one.Passages.IsPassed(i)).Select(one => (one.Passages.Offs[i], one.Weight)));
        var speeds = new WeightedSpread(
            sailed.Where(one => one.Passages.Speeds[i] >= 0).Select(one => (one.Passages.Speeds[i], one.Weight)));
        var timed = sailed.Where(one => one.Passages.HasTime(i)).ToList();
        var (fromSea, toSea) = (sailed[0].Voyage.From.Id == TrafficLane.Sea, sailed[0].Voyage.To.Id == TrafficLane.Sea);
        var since = Logs(timed.Select(one => (one.Passages.AtMs[i] - one.Voyage.DepartAtMs, one.Weight)));
        var until = Logs(timed.Select(one => (one.Voyage.ArriveAtMs - one.Passages.AtMs[i], one.Weight)));
        var isKnown = offs.Count >= options.VoyagesMin;
        var off50 = isKnown ? Whole(offs.Within(0.5)) : -1;
        var off90 = isKnown ? Math.Max(off50, Whole(offs.Within(0.9))) : -1;
        var off99 = isKnown ? Math.Max(off90, Whole(offs.Within(0.99))) : -1;
        return bare with
        {
            Voyages = offs.Count,
            Off50 = off50,
            Off90 = off90,
            Off99 = off99,
            Off999 = isKnown ? Math.Max(Math.Max(off99, options.Off999Min), Whole(offs.Within(0.999))) : -1,
            Speed10 = speeds.Count > 1 ? Math.Max(0, Whole(speeds.Below(0.1))) : -1,
            Speed50 = speeds.Count > 0 ? Whole(speeds.Quantile(0.5)) : -1,
            Speed90 = speeds.Count > 1 ? Whole(speeds.Below(0.9)) : -1,
            Elapsed50 = fromSea || timed.Count == 0 ? -1 : Seconds(since.Quantile(0.5)),
            Elapsed999 = fromSea || timed.Count < options.VoyagesMin ? -1 : Seconds(since.Below(0.999)),
            Remaining = toSea || timed.Count < 2
                ? [] : [.. TrafficLane.Chances.Select(chance => Seconds(until.Below(chance / 1000.0)))],
        };
    }

    // Times spread by shares, not by minutes: a slow voyage is late in proportion.
    private static WeightedSpread Logs(IEnumerable<(double Ms, double Weight)> times) =>
        new(times.Select(one => (Math.Log(Math.Max(0, one.Ms / MsPerSecond) + LogShiftSeconds), one.Weight)));

    private static int Seconds(double log) => Whole(Math.Max(0, Math.Exp(log) - LogShiftSeconds));

    private static int Whole(double value) => (int)Math.Clamp(Math.Round(value), int.MinValue, int.MaxValue);
}
