namespace MaritimeWatch.Scenario;

/// <summary>Who sails: every fourth ship plays a part, the others are the traffic of these waters.</summary>
internal static class Fleet
{
    /// <summary>The parts, each as often as it is played, dealt out in this order from a place that the seed gives.</summary>
    private static readonly Act[] Parts =
    [
        Act.Gap, Act.ZoneEntry, Act.Jump, Act.GapShort, Act.BadFix, Act.ZoneNear, Act.MooredOff, Act.Twin, Act.PortSlow,
        Act.Gap, Act.ZoneEntry, Act.Glitch, Act.GapInHole, Act.BadFix, Act.PortOff, Act.ClassBQuiet, Act.ZoneUnheard,
        Act.Gap, Act.Jump, Act.ZoneEntry, Act.OverHorizon, Act.PortPass, Act.Gap, Act.GapShort, Act.ZoneNear, Act.Glitch, Act.MooredOff,
    ];

    private static readonly string[] ActorHomes = ["SEGOT-B", "DKSKA-B", "DKFDH-B", "SELYS-B"];

    private static readonly string[] FishingHomes = ["DKSKA-B", "DKSKA-B", "SELYS-B", "DKHIR-B", "SEVAG-B", "DKFDH-B"];

    private static readonly Water[][] Grounds =
    [
        [Geography.Bank, Geography.Deep], [Geography.Bank, Geography.Grove, Geography.FarWest], [Geography.Deep],
        [Geography.Bank, Geography.FarWest], [Geography.Fladen], [Geography.Grove, Geography.Fladen],
    ];

    private static readonly (string Home, string Other, double Knots, ShipClass Class)[] Ferries =
    [
        ("SEGOT-B", "DKFDH-B", 18, ShipClass.Passenger), ("SEGOT-B", "DKFDH-B", 37.5, ShipClass.FastFerry),
        ("DKHIR-B", "NOLAR-B", 21, ShipClass.Passenger), ("SEGOT-B", "SB", 19, ShipClass.Passenger),
        ("DKFDH-B", "N3", 19, ShipClass.Passenger), ("DKHIR-B", "NOLAR-B", 32, ShipClass.FastFerry),
    ];

    /// <summary>Ships and aircraft in order of number; a second hull follows its first.</summary>
    public static List<SimVessel> Of(World world, ScenarioOptions options)
    {
        var fleet = new List<SimVessel>(options.Vessels);
        var deal = (int)(options.Seed % (ulong)Parts.Length);
        for (var number = 0; number < options.Vessels; number++)
        {
            var random = new SimRandom(options.Seed, (ulong)number);
            var faults = new Faults();
            var before = world.StartAtMs - random.Hours(1, 40);
            if (number % 4 != 1)
            {
                var (identity, plan) = Traffic(number, world, faults, random, before);
                Add(fleet, (options.Seed, world.Storm), identity, plan, faults, false);
                continue;
            }

            var act = Parts[((number / 4) + deal) % Parts.Length];
            var home = act == Act.Twin ? "SEVAG-B" : ActorHomes[random.Below(ActorHomes.Length)];
            var actor = Identity.Of(number, ClassOf(act, random), act == Act.ClassBQuiet, random);
            Add(fleet, (options.Seed, world.Storm), actor, new ActorPlan(world, faults, random, act, home, before), faults, false);
            if (act == Act.Twin)
            {
                var twinFaults = new Faults();
                var twin = new TwinPlan(world, twinFaults, new SimRandom(options.Seed, 0x7717_0000UL + (ulong)number), world.StartAtMs);
                Add(fleet, (options.Seed, world.Storm), actor.Double(), twin, twinFaults, true);
            }
        }

        return fleet;
    }

    private static (Identity, Plan) Traffic(int number, World world, Faults faults, SimRandom random, long before)
    {
        switch (number % 12)
        {
            case 3:
                var (home, other, knots, shipClass) = Ferries[number / 12 % Ferries.Length];
                return (Identity.Of(number, shipClass, false, random),
                    new FerryPlan(world, faults, random, (home, other), before, knots * random.Between(0.95, 1.04)));
            case 4 or 7:
                var port = random.Below(FishingHomes.Length);
                return (Identity.Of(number, ShipClass.Fishing, random.Chance(0.15), random),
                    new FishingPlan(world, faults, random, FishingHomes[port], Grounds[port], before));
            case 8 or 10:
                return (Identity.Of(number, ShipClass.Yacht, true, random),
                    new YachtPlan(world, faults, random, number / 2, before));
            case 6 when number % 120 == 6:
                return (Identity.Of(number, ShipClass.Aircraft, false, random),
                    new FlightPlan(world, faults, random, number / 120, world.StartAtMs));
            default:
                var tanker = number % 12 == 6;
                var exit = Geography.Exits[random.Below(Geography.Exits.Length)];
                var speed = tanker ? random.Between(9, 13) : random.Between(10, 15);
                return (Identity.Of(number, tanker ? ShipClass.Tanker : ShipClass.Cargo, false, random),
                    new TransitPlan(world, faults, random, exit, before, speed));
        }
    }

    private static ShipClass ClassOf(Act act, SimRandom random) => act switch
    {
        Act.ClassBQuiet => ShipClass.Yacht,
        Act.Gap or Act.GapInHole or Act.OverHorizon => random.Chance(0.6) ? ShipClass.Fishing : ShipClass.Cargo,
        _ => random.Chance(0.3) ? ShipClass.Fishing : ShipClass.Cargo,
    };

    private static void Add(
        List<SimVessel> fleet, (ulong Seed, Storm? Storm) of, Identity identity, Plan plan, Faults faults, bool isTwin)
    {
        var noise = new SimRandom(of.Seed, 0x5000_0000UL + (ulong)fleet.Count);
        fleet.Add(new SimVessel(fleet.Count, identity, plan, faults, noise, isTwin) { HeldUpBy = of.Storm });
    }
}
