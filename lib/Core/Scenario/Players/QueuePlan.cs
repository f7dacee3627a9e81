namespace MaritimeWatch.Scenario;

/// <summary>
/// A ship that calls once at a port of few berths: it goes in when one is free, or waits for one at anchor, and goes back to
/// sea.
/// </summary>
internal sealed class QueuePlan : ScriptedPlan
{
    private readonly string exit;
    private readonly string berth;
    private readonly double knots;

    /// <param name="world">The world.</param>
    /// <param name="faults">None.</param>
    /// <param name="random">Its chance.</param>
    /// <param name="exit">Where it comes from and goes to.</param>
    /// <param name="anchorage">Where it waits.</param>
    /// <param name="berth">Where its cargo is worked.</param>
    /// <param name="arrivesAtMs">When it is before the port.</param>
    public QueuePlan(
        World world, Faults faults, SimRandom random, string exit, string anchorage, string berth, long arrivesAtMs)
        : base(world, faults, random, exit, Math.Min(world.StartAtMs, arrivesAtMs) - (40 * HourMs))
    {
        this.exit = exit;
        this.berth = berth;
        Anchorage = anchorage;
        knots = random.Between(11, 14);
        ArrivesAtMs = arrivesAtMs;
    }

    /// <summary>Where it waits.</summary>
    public string Anchorage { get; }

    /// <summary>When it is before the port.</summary>
    public long ArrivesAtMs { get; }

    /// <summary>Waits at anchor for a while and goes back to sea: it had come for orders only.</summary>
    public void WaitOnly(long forMs)
    {
        Away(Math.Max(0, ArrivesAtMs - TimeOver(WayTo(Anchorage), knots, knots, 0) - Clock), knots);
        Sail(Anchorage, knots);
        Anchor(forMs);
        Sail(exit, knots, knots);
    }

    /// <summary>Takes a berth that becomes free at an instant; says when the ship has left it.</summary>
    public long TakeBerth(long freeAtMs, long serviceMs)
    {
        const double InKnots = 7;
        var inMs = TimeOver(World.Lanes.Way(Anchorage, berth, 0.4), 0, InKnots, 0);
        var waits = freeAtMs - inMs > ArrivesAtMs;
        var to = waits ? Anchorage : berth;
        var way = WayTo(to);
        Away(Math.Max(0, ArrivesAtMs - TimeOver(way, knots, knots, 0) - Clock), knots);
        Sail(to, knots);
        if (waits)
        {
            Anchor(Math.Max(20 * MinuteMs, freeAtMs - inMs - Clock));
            Sail(berth, InKnots);
        }

        Lie(serviceMs);
        var left = Clock;
        Sail(exit, knots, knots);
        return left;
    }
}
