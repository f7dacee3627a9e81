namespace MaritimeWatch.Scenario;

/// <summary>
/// Ships on top of the traffic that play the behaviours of identity and company: statics, draughts, shared numbers,
/// encounters, jammed areas, queues; with near misses and lawful look-alikes. Truth is watched on all ships, not taken from
/// here.
/// </summary>
internal static class IdentityPlayers
{
    /// <summary>Scenarios of fewer vessels have none.</summary>
    private const int VesselsLeast = 100;

    /// <summary>Shorter ones have none, in days.</summary>
    private const double DaysLeast = 1;

    /// <summary>One set of players for so many vessels of traffic.</summary>
    private const int VesselsPerSet = 300;

    private const int SetsMax = 12;
    private const int ShipsPerSet = 64;

    /// <summary>Adds the players to a fleet; their chance is apart from that of the traffic.</summary>
    public static void Join(List<SimVessel> fleet, World world, ScenarioOptions options)
    {
        if (options.Vessels < VesselsLeast || options.Days < DaysLeast)
        {
            return;
        }

        var crew = new IdentityCrew(fleet, world, options);
        QueueShips.Join(crew);
        var sets = Math.Clamp(options.Vessels / VesselsPerSet, 1, SetsMax);
        for (var set = 0; set < sets && crew.HasRoomFor(ShipsPerSet); set++)
        {
            ChangingShips.Join(crew);
            SteadyShips.Join(crew);
            PortShips.Join(crew);
            CrowdShips.Join(crew);
            SharedShips.Join(crew);
            MeetingShips.Join(crew);
        }
    }

    /// <summary>What watches for these behaviours.</summary>
    public static IEnumerable<ITruthWatch> Truths(World world, ScenarioOptions options, IReadOnlyList<SimVessel> fleet)
    {
        _ = (world, options);
        var stops = new HeardStops(fleet.Count);
        return
        [
            stops, new IdentityTruth(fleet.Count, stops), new VoyageTruth(fleet.Count, stops), new DraughtTruth(fleet.Count, stops),
            new NumberTruth(fleet.Count), new SharedTruth(fleet.Count), new MeetingTruth(fleet.Count), new DisturbanceTruth(fleet.Count),
            new QueueTruth(),
        ];
    }
}
