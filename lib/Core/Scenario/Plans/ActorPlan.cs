namespace MaritimeWatch.Scenario;

/// <summary>Lies in its home port, goes out, plays its part, comes home, and begins again.</summary>
internal sealed partial class ActorPlan : Plan
{
    private const long HourMs = 3_600_000;
    private const long MinuteMs = 60_000;

    private static readonly Water[] HeardWaters = [Geography.Bank, Geography.Fladen, Geography.Grove];

    private readonly Act act;
    private readonly string home;
    private readonly double knots;

    public ActorPlan(World world, Faults faults, SimRandom random, Act act, string home, long startAtMs)
        : base(world, faults, random, home, startAtMs)
    {
        this.act = act;
        this.home = home;
        knots = random.Between(7.5, 11);
        AccelerationMs2 = 0.02;
    }

    protected override void Extend()
    {
        Lie(Random.Hours(4, 12));
        switch (act)
        {
            case Act.Gap: SilentAtSea(Random.Skewed(6.4, 30)); break;
            case Act.GapShort: SilentAtSea(Random.Between(3, 5.5)); break;
            case Act.ClassBQuiet: SilentAtSea(Random.Skewed(6.4, 11)); break;
            case Act.GapInHole: WorkInHole(); break;
            case Act.OverHorizon: Work(Geography.FarWest, Random.Hours(9, 30)); break;
            case Act.MooredOff: SilentAtBerth(); break;
            case Act.Jump: Jump(); break;
            case Act.BadFix: BadFix(); break;
            case Act.Glitch: Glitch(); break;
            case Act.Twin: Work(Geography.Fladen, Random.Hours(10, 30)); break;
            case Act.ZoneEntry: VisitZone(Random.Below(3) + 1, inside: true, silent: false); break;
            case Act.ZoneNear: VisitZone(Random.Below(2) + 1, inside: false, silent: false); break;
            case Act.ZoneUnheard: VisitZone(1, inside: true, silent: true); break;
            case Act.PortSlow: PassAnchorage(Random.Between(1.0, 1.4)); break;
            case Act.PortPass: PassAnchorage(Random.Between(5, 10)); break;
            case Act.PortOff: StopOff(); break;
        }

        Sail(home, knots);
    }

    private void Work(Water water, long forMs)
    {
        var slow = Random.Between(3.5, 7);
        Sail(water.Node, knots, slow);
        Wander(water, Clock + forMs, slow);
    }

    private void SilentAtSea(double hours)
    {
        var first = Random.Below(HeardWaters.Length);
        for (var attempt = 0; attempt < HeardWaters.Length; attempt++)
        {
            var water = HeardWaters[(first + attempt) % HeardWaters.Length];
            var off = Clock + Random.Hours(7, 9); // enough to get there from any home
            var on = off + (long)(hours * HourMs);
            if (on + (2 * HourMs) < World.EndAtMs
                && World.Sky.CoversThroughout(Geography.At(water.Node), water.RadiusM, off - HourMs, on + HourMs))
            {
                var slow = Random.Between(3.5, 8);
                Sail(water.Node, knots, slow);
                if (Clock < off)
                {
                    Faults.Silence(off, on);
                }

                Wander(water, on + Random.Minutes(60, 150), slow);
                return;
            }
        }

        Work(Geography.Grove, 6 * HourMs);
    }

    private void WorkInHole()
    {
        foreach (var hole in World.Sky.Holes)
        {
            var leaves = hole.FromAtMs - (10 * HourMs);
            if (hole.Receiver < 0 && leaves > Clock)
            {
                LieUntil(leaves);
                foreach (var water in new[] { Geography.Bank, Geography.Fladen, Geography.Deep })
                {
                    if (Geography.At(water.Node) == hole.Centre)
                    {
                        Sail(water.Node, knots, 4);
                        Wander(water, Math.Max(Clock, hole.ToAtMs) + (2 * HourMs), 4);
                        return;
                    }
                }
            }
        }

        Work(Geography.Grove, 8 * HourMs);
    }

    private void SilentAtBerth()
    {
        Work(Geography.Grove, Random.Hours(1, 3));
        Sail(home == "SEGOT-B" ? "DKFDH-B" : "SEGOT-B", knots);
        var off = Clock + Random.Minutes(40, 90);
        var on = off + Random.Hours(6.5, 20);
        Faults.Silence(off, on);
        LieUntil(on + Random.Minutes(40, 90));
    }
}
