namespace MaritimeWatch.Scenario;

/// <summary>Cargo ships and tankers: through the waters, or in to a port, perhaps by way of its anchorage.</summary>
internal sealed class TransitPlan(World world, Faults faults, SimRandom random, string exit, long startAtMs, double knots)
    : Plan(world, faults, random, exit, startAtMs)
{
    private static readonly (string Berth, string? Anchorage)[] Ports =
    [
        ("SEGOT-B", "SEGOT-A"), ("SEGOT-B", "SEGOT-A"), ("SELYS-B", "SELYS-A"), ("DKSKA-B", "DKSKA-A"), ("SEVAG-B", null),
        ("DKFDH-B", null), ("DKHIR-B", null), ("NOLAR-B", null),
    ];

    protected override void Extend()
    {
        if (Random.Chance(0.65))
        {
            var (berth, anchorage) = Ports[Random.Below(Ports.Length)];
            if (anchorage is not null && Random.Chance(0.45))
            {
                Sail(anchorage, knots);
                Anchor(Random.Hours(3, 20));
            }

            Sail(berth, knots);
            Lie(Random.Hours(6, 36));
        }

        var exit = Geography.Exits[Random.Below(Geography.Exits.Length)];
        if (exit == Node)
        {
            exit = Geography.Exits[(Array.IndexOf(Geography.Exits, exit) + 1) % Geography.Exits.Length];
        }

        Sail(exit, knots, knots);
        Away(Random.Hours(3, 40), knots);
    }
}

/// <summary>Ferries keep a timetable between two nodes; one that is no berth is the way to a port beyond.</summary>
internal sealed class FerryPlan : Plan
{
    private readonly string home;
    private readonly string other;
    private readonly double knots;
    private readonly long slotMs;

    public FerryPlan(World world, Faults faults, SimRandom random, (string Home, string Other) line, long startAtMs, double knots)
        : base(world, faults, random, line.Home, startAtMs)
    {
        (home, other) = line;
        this.knots = knots;
        slotMs = random.Minutes(40, 75) * 2;
        AccelerationMs2 = 0.02;
    }

    protected override void Extend()
    {
        Turn();
        Sail(Node == home ? other : home, knots, Array.Exists(Geography.Stops, stop => stop.Id == (Node == home ? other : home)) ? 0 : knots);
    }

    private void Turn()
    {
        if (!Array.Exists(Geography.Stops, stop => stop.Id == Node))
        {
            Away(Random.Hours(6, 12), knots);
            return;
        }

        var ready = Clock + Random.Minutes(35, 50);
        var departs = ((ready / slotMs) + 1) * slotMs;
        var hour = departs / 3_600_000 % 24;
        LieUntil(hour < 5 ? departs + ((5 - hour) * 3_600_000) : departs); // nobody sails in the small hours
    }
}

/// <summary>Fishing vessels: out to a ground, to and fro with the trawl, home.</summary>
internal sealed class FishingPlan : Plan
{
    private readonly string home;
    private readonly Water[] grounds;
    private readonly double knots;

    public FishingPlan(World world, Faults faults, SimRandom random, string home, Water[] grounds, long startAtMs)
        : base(world, faults, random, home, startAtMs)
    {
        this.home = home;
        this.grounds = grounds;
        knots = random.Between(8, 10);
        AccelerationMs2 = 0.02;
    }

    protected override void Extend()
    {
        Lie(Random.Hours(5, 18));
        var trawl = Random.Between(2.8, 4.4);
        var ground = grounds[Random.Below(grounds.Length)];
        Sail(ground.Node, knots, trawl);
        Wander(ground, Clock + Random.Hours(7, 30), trawl, 7);
        Sail(home, knots);
    }
}

/// <summary>Yachts with class B: out by day; many switch everything off for the night.</summary>
internal sealed class YachtPlan : Plan
{
    private static readonly (string Marina, Water Water)[] Trips =
    [
        ("SEGOT-M", Geography.Grove), ("DKSKA-B", Geography.Grove), ("DKFDH-B", Geography.Grove), ("SEVAG-B", Geography.Fladen),
    ];

    private readonly bool switchesOff;
    private readonly Water water;
    private readonly string marina;

    public YachtPlan(World world, Faults faults, SimRandom random, int home, long startAtMs)
        : base(world, faults, random, Trips[home % Trips.Length].Marina, startAtMs)
    {
        (marina, water) = Trips[home % Trips.Length];
        switchesOff = random.Chance(0.75);
        AccelerationMs2 = 0.05;
    }

    protected override void Extend()
    {
        var day = (Clock / 86_400_000) + 1;
        var departs = (day * 86_400_000) + Random.Hours(5.5, 10);
        var off = Clock + Random.Minutes(25, 60);
        if (switchesOff && departs - off > 2 * 3_600_000)
        {
            Faults.Silence(off, departs - Random.Minutes(12, 30));
        }

        LieUntil(departs);
        var knots = Random.Between(4.5, 7);
        Sail(water.Node, knots, knots, 8);
        Wander(water, Clock + Random.Hours(1, 4), knots, 8);
        Sail(marina, knots, 0, 8);
    }
}

/// <summary>Search and rescue aircraft over open water, 115 to 140 knots.</summary>
internal sealed class FlightPlan : Plan
{
    private static readonly Water[] Areas = [Geography.Bank, Geography.Deep];

    private readonly Water area;

    public FlightPlan(World world, Faults faults, SimRandom random, int number, long startAtMs)
        : base(world, faults, random, Areas[number % Areas.Length].Node, startAtMs)
    {
        area = Areas[number % Areas.Length];
        AccelerationMs2 = 1;
    }

    protected override void Extend()
    {
        var knots = Random.Between(115, 140);
        Away(Random.Hours(5, 26), knots);
        Wander(area, Clock + Random.Minutes(35, 100), knots, 15);
    }
}
