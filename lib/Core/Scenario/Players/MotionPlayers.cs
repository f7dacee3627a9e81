namespace MaritimeWatch.Scenario;

/// <summary>
/// Ships on top of the traffic that play the behaviours of movement: loitering, drift, stops, false positions, distress; with near misses
/// and lawful look-alikes. Truth is watched on all ships, not taken from here.
/// </summary>
internal static class MotionPlayers
{
    /// <summary>Adds the players to a fleet; their chance is apart from that of the traffic.</summary>
    public static void Join(List<SimVessel> fleet, World world, ScenarioOptions options) => _ = (fleet, world, options);

    /// <summary>What watches for these behaviours.</summary>
    public static IEnumerable<ITruthWatch> Truths(World world, ScenarioOptions options, IReadOnlyList<SimVessel> fleet)
    {
        _ = (world, options, fleet);
        return [];
    }
}
