namespace MaritimeWatch.Scenario;

/// <summary>
/// Ships that call at the two cargo berths of Lysekil, which can just take them: now and then one waits, and once four
/// come together to wait for an hour or two. In a congested scenario the berths work at half their pace from the fourth day
/// on, so that the queue grows from day to day.
/// </summary>
internal static class QueueShips
{
    /// <summary>What is usual must be known first: shorter scenarios have none of these, in days.</summary>
    private const double DaysLeast = 5;

    private const double SlowFromHours = 78;
    private const int Berths = 2;
    private const double ArriveEveryHours = 5.7;
    private const double ServiceHours = 9.8;
    private const long ClearMs = 35 * IdentityCrew.MinuteMs;

    private static readonly string[] Exits = ["W1", "N3", "SB"];

    /// <summary>Adds them.</summary>
    public static void Join(IdentityCrew crew)
    {
        if (crew.Options.Days < DaysLeast)
        {
            return;
        }

        const int ShipsMax = 1000;
        var times = new SimRandom(crew.Options.Seed, 0x1DE7_90E0_0000UL);
        var free = new long[Berths];
        var slowFrom = crew.World.StartAtMs + (long)(SlowFromHours * IdentityCrew.HourMs);
        var ships = 0;
        for (var at = crew.World.StartAtMs + times.Hours(2, 5); at < crew.World.EndAtMs && ships < ShipsMax; ships++)
        {
            var random = crew.Chance();
            var faults = new Faults();
            var plan = new QueuePlan(crew.World, faults, random, Exits[random.Below(Exits.Length)], "SELYS-A", "SELYS-B", at);
            var berth = Array.IndexOf(free, free.Min());
            var pace = crew.Options.Congested && Math.Max(at, free[berth]) > slowFrom ? 2 : 1;
            free[berth] = plan.TakeBerth(free[berth], pace * random.Hours(ServiceHours - 1, ServiceHours + 1)) + ClearMs;
            crew.Add(new Script(crew.Ship(90 + random.Below(60), 70, random) with { Destination = "SELYS" }), ShipClass.Cargo, plan, faults);
            at += times.Hours(ArriveEveryHours * 0.7, ArriveEveryHours * 1.3);
        }

        if (!crew.Options.Congested)
        {
            JoinPeak(crew, crew.World.StartAtMs + times.Hours(88, 100));
        }
    }

    // Four at once for an hour and a half: more than usual, and not for long.
    private static void JoinPeak(IdentityCrew crew, long atMs)
    {
        const int AtOnce = 4;
        for (var ship = 0; ship < AtOnce; ship++)
        {
            var random = crew.Chance();
            var faults = new Faults();
            var plan = new QueuePlan(
                crew.World, faults, random, Exits[ship % Exits.Length], "SELYS-A", "SELYS-B", atMs + random.Minutes(0, 20));
            plan.WaitOnly(random.Minutes(70, 100));
            crew.Add(new Script(crew.Ship(90 + random.Below(60), 80, random)), ShipClass.Tanker, plan, faults);
        }
    }
}
