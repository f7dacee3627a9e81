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
        Lie(Random.Hours(2, 10));
        switch (act)
        {
            case Act.Gap: SilentAtSea(6.4, 30); break;
            case Act.GapShort: SilentAtSea(3, 5.2); break;
            case Act.ClassBQuiet: SilentAtSea(6.4, 11); break;
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

    // One or two silences in an outing, each only where it fits into the recording and the water stays well heard.
    private void SilentAtSea(double hoursFrom, double hoursTo)
    {
        var water = HeardWaters[Random.Below(HeardWaters.Length)];
        if (!CanBeSilent(water, Clock + (5 * HourMs), (long)(hoursFrom * HourMs)))
        {
            water = Geography.Grove; // two receivers hear it
        }

        var slow = Random.Between(3.5, 8);
        Sail(water.Node, knots, slow);
        for (var silences = Random.Below(2) + 1; silences > 0; silences--)
        {
            var off = Clock + Random.Minutes(50, 120);
            var lasts = (long)(Random.Skewed(hoursFrom, hoursTo) * HourMs);
            if (!CanBeSilent(water, off, lasts))
            {
                lasts = (long)((hoursFrom + 0.3) * HourMs);
            }

            if (CanBeSilent(water, off, lasts))
            {
                Faults.Silence(off, off + lasts);
                Wander(water, off + lasts + Random.Minutes(60, 150), slow);
            }
            else
            {
                Wander(water, Clock + (3 * HourMs), slow);
            }
        }
    }

    private bool CanBeSilent(Water water, long offAtMs, long forMs) =>
        offAtMs + forMs + (2 * HourMs) < World.EndAtMs
        && World.Sky.CoversThroughout(Geography.At(water.Node), water.RadiusM, offAtMs - HourMs, offAtMs + forMs + HourMs);

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
