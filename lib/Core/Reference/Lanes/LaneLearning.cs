namespace MaritimeWatch.Reference.Lanes;

/// <summary>
/// Learns the lanes of the traffic from voyages of all ships, in the manner of Pallotta, Vespe and Bryan (TREAD, Entropy
/// 15, 2013): ports are known from calls, the ways between them are clustered, and each cluster is described by its centre
/// line and the spread about it. A pure function of the voyages and of the lanes in force, which only lend their numbers.
/// </summary>
public static class LaneLearning
{
    private const int HalfLivesMax = 6;

    /// <summary>Learns an atlas.</summary>
    /// <param name="voyages">Voyages that have ended; their order does not matter.</param>
    /// <param name="inForce">The lanes in force: a lane that is still there keeps its number. Null for none.</param>
    /// <param name="options">Thresholds, or null for the defaults.</param>
    /// <param name="cancel">Stops between two pairs of ports.</param>
    public static LaneAtlas Learn(
        IEnumerable<SailedVoyage> voyages, LaneAtlas? inForce = null, LaneLearningOptions? options = null, CancellationToken cancel = default)
    {
        options ??= LaneLearningOptions.Default;
        var all = voyages.OrderBy(voyage => voyage.ArriveAtMs).ThenBy(voyage => voyage.Subject, StringComparer.Ordinal).ToList();
        if (all.Count == 0)
        {
            return LaneAtlas.Empty;
        }

        var nowMs = all[^1].ArriveAtMs;
        var halfLifeMs = options.HalfLife.TotalMilliseconds;
        all.RemoveAll(voyage => nowMs - voyage.ArriveAtMs > HalfLivesMax * halfLifeMs);
        double Weight(SailedVoyage voyage) => Math.Pow(0.5, (nowMs - voyage.ArriveAtMs) / halfLifeMs);
        var (lanes, kept) = (new List<TrafficLane>(), new HashSet<SailedVoyage>());
        foreach (var pair in all.Where(voyage => voyage.From.Id != voyage.To.Id).GroupBy(voyage => (From: voyage.From.Id, To: voyage.To.Id))
            .OrderBy(pair => pair.Key.From, StringComparer.Ordinal).ThenBy(pair => pair.Key.To, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            List<VoyageWay> ways = [.. pair.TakeLast(options.VoyagesMax).Select(voyage => new VoyageWay(voyage, options))];
            kept.UnionWith(pair.SkipLast(options.VoyagesMax));
            LearnPair(ways, Weight, inForce ?? LaneAtlas.Empty, options, lanes, kept);
        }

        var origins = Origins(all, kept);
        Keep(lanes, origins, inForce ?? LaneAtlas.Empty, nowMs - (long)(HalfLivesMax * halfLifeMs));
        return new LaneAtlas(lanes, origins, nowMs);
    }

    // Lanes between ports of which nothing was heard this time stay until they have faded.
    private static void Keep(List<TrafficLane> lanes, List<LaneOrigin> origins, LaneAtlas inForce, long fadedMs)
    {
        var pairs = lanes.Select(lane => (lane.From, lane.To)).ToHashSet();
        var ports = origins.Select(origin => origin.Port).ToHashSet(StringComparer.Ordinal);
        lanes.AddRange(inForce.All.Where(lane =>
            !pairs.Contains((lane.From, lane.To)) && !ports.Contains(lane.From) && lane.LastEndAtMs > fadedMs));
        origins.AddRange(inForce.Origins.Where(origin =>
            !ports.Contains(origin.Port) && lanes.Exists(lane => lane.From == origin.Port)));
    }

    private static void LearnPair(
        List<VoyageWay> ways,
        Func<SailedVoyage, double> weightOf,
        LaneAtlas inForce,
        LaneLearningOptions options,
        List<TrafficLane> lanes,
        HashSet<SailedVoyage> kept)
    {
        var clusters = WayClusters.Find(ways, options).Where(cluster => cluster.Count >= options.VoyagesMin).ToList();
        var types = ways.GroupBy(way => way.Voyage.Type, StringComparer.Ordinal)
            .Where(type => type.Count() >= options.TypeVoyagesMin && type.Count() < ways.Count)
            .Select(type => type.Key).Order(StringComparer.Ordinal).ToList();
        foreach (var type in types.Prepend(ShipClass.All))
        {
            var made = new List<(TrafficLane Lane, List<VoyageWay> Ways)>();
            foreach (var cluster in clusters)
            {
                var members = type == ShipClass.All ? cluster : cluster.FindAll(way => way.Voyage.Type == type);
                if (members.Count >= options.VoyagesMin && LaneBuilder.Build(members, weightOf, type, options) is { } lane)
                {
                    made.Add((lane, members));
                }
            }

            kept.UnionWith(made.SelectMany(one => one.Ways)
                .Where(way => type != ShipClass.All || !types.Contains(way.Voyage.Type)).Select(way => way.Voyage));
            lanes.AddRange(LaneNumbers.Give([.. made.Select(one => one.Lane)], inForce, options.LinkDecimetres));
        }
    }

    private static List<LaneOrigin> Origins(List<SailedVoyage> all, HashSet<SailedVoyage> kept) =>
    [
        .. all.Where(voyage => voyage.From.Id != TrafficLane.Sea)
            .SelectMany(voyage => new[] { (Voyage: voyage, voyage.Type), (Voyage: voyage, Type: ShipClass.All) })
            .GroupBy(one => (Port: one.Voyage.From.Id, one.Type))
            .OrderBy(origin => origin.Key.Port, StringComparer.Ordinal).ThenBy(origin => origin.Key.Type, StringComparer.Ordinal)
            .Select(origin => new LaneOrigin(
                origin.Key.Port, origin.Key.Type, origin.Count(), origin.Count(one => !kept.Contains(one.Voyage)))),
    ];
}

/// <summary>Gives lanes their numbers: one that was there before keeps its own.</summary>
internal static class LaneNumbers
{
    public static IEnumerable<TrafficLane> Give(IReadOnlyList<TrafficLane> lanes, LaneAtlas inForce, int withinDecimetres)
    {
        var known = lanes.Count == 0
            ? []
            : inForce.All.Where(lane => lane.From == lanes[0].From && lane.To == lanes[0].To && lane.Type == lanes[0].Type).ToList();
        var pairs = from lane in lanes
                    from before in known
                    let off = MeanOff(before, lane)
                    where off <= withinDecimetres
                    orderby off, before.Number, lane.Voyages descending
                    select (lane, before);
        var numbers = new Dictionary<TrafficLane, int>();
        foreach (var (lane, before) in pairs)
        {
            if (!numbers.ContainsKey(lane) && !numbers.ContainsValue(before.Number))
            {
                numbers.Add(lane, before.Number);
            }
        }

        // A number that was another lane's once is not used again while that lane is in force.
        var next = known.Select(lane => lane.Number).DefaultIfEmpty(0).Max() + 1;
        foreach (var lane in lanes)
        {
            yield return lane.Numbered(numbers.TryGetValue(lane, out var number) ? number : next++);
        }
    }

    private static double MeanOff(TrafficLane before, TrafficLane lane) =>
        lane.Stations.Average(station => (double)before.PlaceOf(station.Place).Off);
}
