namespace MaritimeWatch.Scenario;

/// <summary>A plan that is written down from its first to its last leg before the run begins.</summary>
internal abstract class ScriptedPlan(World world, Faults faults, SimRandom random, string node, long startAtMs)
    : Plan(world, faults, random, node, startAtMs)
{
    protected const long HourMs = 3_600_000;
    protected const long MinuteMs = 60_000;

    /// <summary>After the last leg: made fast where it is in port, else out of this world.</summary>
    protected override void Extend()
    {
        if (Array.Exists(Geography.Stops, stop => stop.Id == Node))
        {
            Lie(24 * HourMs);
        }
        else
        {
            Away(24 * HourMs, 0);
        }
    }

    /// <summary>The way over the lanes from here to a node, which it ends at or at a place beside it.</summary>
    protected List<GeoPoint> WayTo(string node, GeoPoint? end = null)
    {
        var way = World.Lanes.Way(Node, node, Random.Between(0.3, 0.8));
        way[0] = Here;
        way[^1] = end ?? way[^1];
        return way;
    }

    /// <summary>Follows a way that ends at a node.</summary>
    protected void Make(List<GeoPoint> way, string node, double knots, double endKnots = 0)
    {
        Follow(way, knots, endKnots);
        ArriveAt(node);
    }
}
