namespace MaritimeWatch.Scenario;

/// <summary>The other ship of the encounter: comes in from the north, waits where no port is (also
/// for some hours after the other has gone), goes back to sea.</summary>
internal sealed class CoasterPlan : ScriptedPlan
{
    private const double OffM = 130;
    private const double Knots = 8.2;

    public CoasterPlan(World world, Faults faults, SimRandom random, FeederPlan feeder)
        : base(world, faults, random, "N3", world.StartAtMs - (2 * HourMs))
    {
        AccelerationMs2 = 0.02;
        var waits = random.Hours(1.2, 1.8);
        var off = feeder.MetAt.Moved(
            OffM * SimMaths.CosDegrees(FeederPlan.DriftDegrees), -OffM * SimMaths.SinDegrees(FeederPlan.DriftDegrees));
        var before = waits / 1000.0 * FeederPlan.DriftKnots * SimMaths.KnotMs;
        var place = off.Moved(
            -before * SimMaths.SinDegrees(FeederPlan.DriftDegrees), -before * SimMaths.CosDegrees(FeederPlan.DriftDegrees));
        var way = WayTo("N2");
        way.Add(place);
        var comes = feeder.Times.MetAtMs - waits - TimeOver(way, Knots, Knots, FeederPlan.DriftKnots);
        Away(comes - Clock, Knots);
        Make(way, "N2", Knots, FeederPlan.DriftKnots);
        Drift(feeder.Times.SceneAtMs + random.Minutes(20, 40) - Clock, FeederPlan.DriftKnots, FeederPlan.DriftDegrees);
        LeftAtMs = Clock;
        Follow([Here, Geography.At("N2"), Geography.At("N3")], Knots, Knots);
        ArriveAt("N3");
        Away(48 * HourMs, Knots);
    }

    /// <summary>When it went back to sea.</summary>
    public long LeftAtMs { get; }

    /// <summary>Home again: it does not come back.</summary>
    protected override void Extend() => Away(24 * HourMs, Knots);
}

/// <summary>
/// Look-alike: sails Larvik - Gothenburg every day like the feeder, and once leaves that lane for Frederikshavn, where it
/// calls as declared.
/// </summary>
internal sealed class LinerPlan : ScriptedPlan
{
    private const int DetourVoyage = 4;

    public LinerPlan(World world, Faults faults, SimRandom random, int voyages)
        : base(world, faults, random, "NOLAR-B", world.StartAtMs - (20 * HourMs))
    {
        var knots = random.Between(15, 16);
        for (var voyage = 0; voyage < voyages; voyage++)
        {
            LieUntil(Math.Max(Clock + HourMs, world.StartAtMs + (long)((10 + (24.5 * voyage)) * HourMs) + Random.Minutes(-25, 25)));
            if (voyage == DetourVoyage)
            {
                LeftLaneAtMs = Clock;
                Sail("DKFDH-B", knots);
                DetouredAtMs = Clock;
                Lie(Random.Hours(2.5, 3.5));
            }

            Sail("SEGOT-B", knots + Random.Between(-0.4, 0.4));
            Lie(Random.Hours(3.2, 4.2));
            Sail("NOLAR-B", knots + Random.Between(-0.4, 0.4));
        }
    }

    /// <summary>When it left Larvik for Frederikshavn; 0 where the week is too short.</summary>
    public long LeftLaneAtMs { get; }

    /// <summary>When it was made fast there.</summary>
    public long DetouredAtMs { get; }
}

/// <summary>Look-alike: two fishing boats lie side by side for some hours, not far from an anchorage.</summary>
internal sealed class PairPlan : ScriptedPlan
{
    private const double Knots = 8;
    private const double DriftKnots = 0.7;

    /// <param name="world">The world.</param>
    /// <param name="faults">None.</param>
    /// <param name="random">Its chance.</param>
    /// <param name="offM">How far beside the other it lies.</param>
    /// <param name="meetings">When they meet and for how long.</param>
    public PairPlan(World world, Faults faults, SimRandom random, double offM, IReadOnlyList<Stretch> meetings)
        : base(world, faults, random, "SEVAG-B", world.StartAtMs - (12 * HourMs))
    {
        AccelerationMs2 = 0.02;
        foreach (var meeting in meetings)
        {
            var way = WayTo("VG");
            way.Add(Place.Moved(offM, 0));
            LieUntil(meeting.FromAtMs - TimeOver(way, 0, Knots, DriftKnots));
            Make(way, "VG", Knots, DriftKnots);
            Drift(meeting.ToAtMs - Clock, DriftKnots, 350);
            Follow([Here, Geography.At("VG")], Knots, Knots);
            Make(WayTo("SEVAG-B", Geography.At("SEVAG-B").Moved(offM / 2, 0)), "SEVAG-B", Knots);
        }
    }

    /// <summary>Eight kilometres from the anchorage of Gothenburg, out of the lanes.</summary>
    public static GeoPoint Place { get; } = new(57.545, 11.44);
}

/// <summary>Look-alike: a bunker boat alongside a ship at anchor.</summary>
internal sealed class BunkerPlan : ScriptedPlan
{
    private const double Knots = 8;

    public BunkerPlan(World world, Faults faults, SimRandom random, IReadOnlyList<AnchorLeg> hosts)
        : base(world, faults, random, "SEGOT-M", world.StartAtMs - (12 * HourMs))
    {
        AccelerationMs2 = 0.03;
        var visits = new List<(Stretch, AnchorLeg)>();
        foreach (var host in hosts)
        {
            var comes = host.StartAtMs + (50 * MinuteMs);
            var goes = comes + random.Hours(2.2, 2.6);
            var way = World.Lanes.Way("SEGOT-M", "SEGOT-A", 0.4);
            way[0] = Here;
            way.Add(new AlongsideLeg(comes, goes, host).StateAt(comes).At);
            var departs = comes - TimeOver(way, 0, Knots, 0);
            if (departs < Clock + (20 * MinuteMs) || goes > host.EndAtMs - (15 * MinuteMs))
            {
                continue;
            }

            LieUntil(departs);
            Make(way, "SEGOT-A", Knots);
            LieAlongside(host, goes);
            visits.Add((new Stretch(comes, goes), host));
            Make(WayTo("SEGOT-M"), "SEGOT-M", Knots);
        }

        Visits = visits;
    }

    /// <summary>When it lay alongside whom.</summary>
    public IReadOnlyList<(Stretch When, AnchorLeg Host)> Visits { get; }
}
