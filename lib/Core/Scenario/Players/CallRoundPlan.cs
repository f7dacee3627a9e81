namespace MaritimeWatch.Scenario;

/// <summary>Roams, calls at a port, and roams again; each call's times are known beforehand.</summary>
internal sealed class CallRoundPlan : RoamPlan
{
    private readonly List<Stretch> calls = [];

    /// <param name="world">The world.</param>
    /// <param name="faults">None.</param>
    /// <param name="random">Its chance.</param>
    /// <param name="patch">Where it roams.</param>
    /// <param name="port">The berth.</param>
    /// <param name="departures">When it makes for the port, in order, and how long it lies there.</param>
    public CallRoundPlan(
        World world, Faults faults, SimRandom random, Patch patch, string port, IReadOnlyList<(long AtMs, long StaysMs)> departures)
        : base(world, faults, random, patch, world.StartAtMs - (2 * HourMs))
    {
        foreach (var (atMs, staysMs) in departures)
        {
            Roam(atMs);
            Sail(port, 9);
            var arrived = Clock;
            Lie(staysMs);
            calls.Add(new Stretch(arrived, Clock));
            Sail(patch.Node, 9, Knots);
        }
    }

    /// <summary>When it was made fast, and when it left.</summary>
    public IReadOnlyList<Stretch> Calls => calls;
}
