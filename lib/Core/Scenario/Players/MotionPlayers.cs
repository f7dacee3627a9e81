namespace MaritimeWatch.Scenario;

/// <summary>
/// Ships on top of the traffic that play the behaviours of movement: loitering, drift, stops, false positions, distress; with
/// near misses and lawful look-alikes. Truth is watched on all ships, not taken from here. A scenario of 300 vessels has each
/// part as often as it is written here, a smaller one some of them, one shorter than a day none.
/// </summary>
internal static class MotionPlayers
{
    private const int UsualVessels = 300;
    private const int PartsMax = 2400;
    private const double LargestScale = 4;
    private const ulong Stream = 0x3071_0000;

    private static readonly (MotionAct Act, int Count)[] Parts =
    [
        (MotionAct.Loiter, 3), (MotionAct.LoiterStopped, 2), (MotionAct.LoiterShort, 1), (MotionAct.LoiterFaster, 1),
        (MotionAct.LoiterNearAnchorage, 1), (MotionAct.LoiterFishing, 1), (MotionAct.AnchoredOutside, 1),
        (MotionAct.Drift, 4), (MotionAct.DriftShort, 1), (MotionAct.DriftOblique, 1), (MotionAct.DriftHauling, 1),
        (MotionAct.AnchoredSheering, 1), (MotionAct.DriftUnknown, 1), (MotionAct.DriftWorking, 2),
        (MotionAct.Halt, 4), (MotionAct.HaltSlow, 1), (MotionAct.HaltLong, 1), (MotionAct.HaltBrief, 1), (MotionAct.BadSpeed, 1),
        (MotionAct.HaltThinned, 1),
        (MotionAct.Beacon, 3), (MotionAct.BeaconTest, 2), (MotionAct.ShipInDistress, 1), (MotionAct.StatusTypo, 1),
        (MotionAct.NotUnderCommand, 1),
        (MotionAct.Circles, 3), (MotionAct.CirclesStopped, 1), (MotionAct.OneTurn, 1), (MotionAct.TrueCircles, 3),
        (MotionAct.Frozen, 3), (MotionAct.DeadReckoning, 1), (MotionAct.FrozenShort, 1), (MotionAct.FrozenAtAnchor, 1), (MotionAct.Stale, 1),
        (MotionAct.OnLand, 4), (MotionAct.QuayNoise, 1), (MotionAct.RiverBerth, 1), (MotionAct.OneFixInland, 1),
        (MotionAct.Clock, 4), (MotionAct.ClockNear, 1), (MotionAct.ClockOnce, 1),
    ];

    private static readonly (MotionAct Act, int Count)[] StormParts = [(MotionAct.HoveTo, 3), (MotionAct.StormDrift, 2), (MotionAct.Shelter, 3)];

    private static readonly byte[] Workers = [52, 33, 31, 50];

    /// <summary>Adds the players to a fleet; their chance is apart from that of the traffic.</summary>
    public static void Join(List<SimVessel> fleet, World world, ScenarioOptions options)
    {
        if (options.Days < 1)
        {
            return;
        }

        var random = new SimRandom(options.Seed, Stream);
        var parts = Dealt(Parts, random, options.Vessels / (double)UsualVessels);
        if (options.Storm)
        {
            parts.AddRange(Dealt(StormParts, random, Math.Max(1, options.Vessels / (double)UsualVessels)));
        }

        for (var part = 0; part < Math.Min(parts.Count, PartsMax); part++)
        {
            Add(fleet, world, options.Seed, part, parts[part]);
        }
    }

    /// <summary>What watches for these behaviours.</summary>
    public static IEnumerable<ITruthWatch> Truths(World world, ScenarioOptions options, IReadOnlyList<SimVessel> fleet) =>
    [
        new LoiteringTruth(world, fleet), new DriftTruth(fleet), new SuddenStopTruth(fleet), new DistressTruth(fleet),
        new CircleTruth(fleet), new FrozenTruth(fleet), new OnLandTruth(fleet), new ClockTruth(fleet),
    ];

    // Copies of one part spread over its sizes; a small scenario draws from all parts without favour.
    private static List<(MotionAct Act, double Size)> Dealt((MotionAct Act, int Count)[] parts, SimRandom random, double scale)
    {
        var all = new List<(MotionAct Act, double Size)>();
        var copies = Math.Max(1, (int)Math.Min(LargestScale, scale));
        foreach (var (act, count) in parts)
        {
            var total = count * copies;
            for (var copy = 0; copy < total; copy++)
            {
                all.Add((act, (copy + random.Unit()) / total));
            }
        }

        for (var left = all.Count - 1; left > 0; left--)
        {
            var other = random.Below(left + 1);
            (all[left], all[other]) = (all[other], all[left]);
        }

        var wanted = scale >= 1 ? all.Count : (int)(all.Count * scale);
        all.RemoveRange(wanted, all.Count - wanted);
        return all;
    }

    private static void Add(List<SimVessel> fleet, World world, ulong seed, int part, (MotionAct Act, double Size) role)
    {
        var random = new SimRandom(seed, Stream + 0x1000 + (ulong)part);
        var faults = new Faults();
        var identity = IdentityOf(role.Act, part, random);
        Plan plan = role.Act == MotionAct.QuayNoise
            ? new QuayPlan(world, faults, random)
            : new MotionPlan(world, faults, random, role.Act, role.Size);
        var noise = new SimRandom(seed, Stream + 0x10_0000 + (ulong)part);
        fleet.Add(new SimVessel(fleet.Count, identity, plan, faults, noise, isTwin: false) 
        {
            Troop = Troop.Motion,
            Plays = role.Act.ToString(),
        });
    }

    private static Identity IdentityOf(MotionAct act, int part, SimRandom random)
    {
        int[] prefixes = [970, 972, 974];
        return act switch
        {
            MotionAct.Beacon or MotionAct.BeaconTest => Identity.Beacon(prefixes[random.Below(prefixes.Length)], 990_000 + part),
            MotionAct.DriftWorking => Identity.Player(part, ShipClass.Cargo, Workers[random.Below(Workers.Length)], random),
            MotionAct.TrueCircles => RoundGoer(part, random),
            MotionAct.LoiterFishing or MotionAct.DriftHauling => Identity.Player(part, ShipClass.Fishing, 30, random),
            MotionAct.DriftUnknown => Identity.Player(part, ShipClass.Cargo, 70, random, lacksHeading: true),
            _ => random.Chance(0.3) ? Identity.Player(part, ShipClass.Tanker, 80, random) : Identity.Player(part, ShipClass.Cargo, 70, random),
        };
    }

    private static Identity RoundGoer(int part, SimRandom random) => random.Below(3) switch
    {
        0 => Identity.Player(part, ShipClass.Cargo, 52, random),
        1 => Identity.Player(part, ShipClass.Passenger, 60, random),
        _ => Identity.Player(part, ShipClass.Fishing, 30, random),
    };
}

/// <summary>Near miss: lies at a quay, and its positions are for hours as far as a kilometre inland.</summary>
internal sealed class QuayPlan : Plan
{
    private const long HourMs = 3_600_000;

    public QuayPlan(World world, Faults faults, SimRandom random)
        : base(world, faults, random, random.Chance(0.5) ? "SEVAG-B" : "DKFDH-B", world.StartAtMs - HourMs)
    {
    }

    protected override void Extend()
    {
        var (east, north) = SeaRoom.Inland(Random, Here, 0, 300, 1100) ?? (0, 0);
        var off = Clock + Random.Hours(4, 30);
        Faults.Move(off, off + Random.Hours(1, 4), east, north);
        Lie(Random.Hours(40, 60));
    }
}
