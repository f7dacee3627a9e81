namespace MaritimeWatch.Scenario;

/// <summary>
/// The ships that tell the story of the week, beside the traffic and with chance of their own: the feeder and the ship
/// that it meets, those that queue for the berths, and look-alikes.
/// </summary>
internal sealed class Cast
{
    /// <summary>A shorter recording cannot hold the feeder's earlier voyages and the story.</summary>
    public const double DaysLeast = 6.5;

    private const long HourMs = 3_600_000;
    private const int EarlierVoyagesLeast = 4;
    private const double FirstDepartureHour = 2.5;
    private const double VoyageHours = 24;

    /// <summary>From casting off in Larvik to the end of the truck's way, at most.</summary>
    private const double StoryHours = 35;

    private readonly List<(Identity Identity, Plan Plan, Faults Faults)> players = [];

    private Cast(FeederPlan feeder, Identity feederIdentity, CoasterPlan coaster, Identity coasterIdentity, StoryTimes times)
    {
        Feeder = feeder;
        FeederIdentity = feederIdentity;
        Coaster = coaster;
        CoasterIdentity = coasterIdentity;
        Times = times;
        players.Add((feederIdentity, feeder, feeder.SilentWhen));
        players.Add((coasterIdentity, coaster, new Faults()));
    }

    /// <summary>How many hulls.</summary>
    public int Players => players.Count;

    public FeederPlan Feeder { get; }

    public Identity FeederIdentity { get; }

    public CoasterPlan Coaster { get; }

    public Identity CoasterIdentity { get; }

    public StoryTimes Times { get; }

    /// <summary>The lawful ship that leaves the feeder's lane for another port.</summary>
    public (Identity Identity, LinerPlan Plan) Liner { get; private set; }

    /// <summary>Two fishing boats that lie side by side, and when.</summary>
    public (Identity First, Identity Second, IReadOnlyList<Stretch> Meetings) Pair { get; private set; }

    /// <summary>A bunker boat, whom it lay alongside, and when.</summary>
    public (Identity Identity, IReadOnlyList<(Stretch When, Identity Host)> Visits) Bunker { get; private set; }

    /// <summary>The container ships of the week.</summary>
    public IReadOnlyList<(Identity Identity, ContainerShipPlan Plan)> Containers { get; private set; } = [];

    /// <summary>A container ship whose ETA is far off and is put right by a new notice.</summary>
    public (Identity Identity, ContainerShipPlan Plan)? Late { get; private set; }

    /// <summary>How many lie at anchor when the feeder comes.</summary>
    public int AheadOfFeeder => Containers.Count(one =>
        one.Plan.AnchoredAtMs > 0 && one.Plan.AnchoredAtMs < Times.AnchoredAtMs && one.Plan.BerthedAtMs > Times.AnchoredAtMs + HourMs);

    /// <summary>Makes the cast, or null where the recording is too short or no story is wanted.</summary>
    public static Cast? Of(World world, ScenarioOptions options)
    {
        const int AttemptsMax = 80;
        const int QueueLeast = 2;
        if (!options.HasStory)
        {
            return null;
        }

        Cast? best = null;
        var departures = Departures(world, options);
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var cast = Attempt(world, options, departures, attempt);
            best ??= cast;
            var waited = cast.Times.BerthedAtMs - cast.Times.AnchoredAtMs;
            if (cast.Times.AnchoredAtMs > 0 && waited > 4.2 * HourMs && waited < 8 * HourMs && cast.AheadOfFeeder >= QueueLeast)
            {
                best = cast;
                break;
            }
        }

        best!.AddLookAlikes(world, options);
        return best;
    }

    /// <summary>Puts the cast behind the traffic.</summary>
    public void Join(List<SimVessel> fleet, ulong seed)
    {
        foreach (var (identity, plan, faults) in players)
        {
            var noise = new SimRandom(seed, 0x5707_1000UL + (ulong)fleet.Count);
            fleet.Add(new SimVessel(fleet.Count, identity, plan, faults, noise, isTwin: false) { Troop = Troop.Cast });
        }
    }

    // The last departure is as late as the story allows, in a stretch of time in which the place stays well heard.
    private static List<long> Departures(World world, ScenarioOptions options)
    {
        const long StepMs = HourMs / 4;
        var random = new SimRandom(options.Seed, 0x5707_0001);
        var first = world.StartAtMs + (long)(FirstDepartureHour * HourMs);
        var earliest = first + (long)(((EarlierVoyagesLeast * VoyageHours) + 1) * HourMs);
        var latest = world.EndAtMs - (long)(StoryHours * HourMs) - random.Minutes(0, 40);
        var last = latest;
        while (last > earliest && !IsHeard(world, last))
        {
            last -= StepMs;
        }

        last = last > earliest ? last : latest;
        var departures = new List<long> { last };
        for (var at = last - (long)(VoyageHours * HourMs); at >= first; at -= (long)(VoyageHours * HourMs))
        {
            departures.Insert(0, at + random.Minutes(-28, 28));
        }

        return departures;
    }

    private static bool IsHeard(World world, long departsAtMs) =>
        world.Sky.CoversThroughout(FeederPlan.Meeting, 5000, departsAtMs + HourMs, departsAtMs + (12 * HourMs));

    private static Cast Attempt(World world, ScenarioOptions options, List<long> departures, int attempt)
    {
        var faults = new Faults();
        var feeder = new FeederPlan(world, faults, new SimRandom(options.Seed, 0x5707_0002), departures) { SilentWhen = faults };
        var coaster = new CoasterPlan(world, new Faults(), new SimRandom(options.Seed, 0x5707_0003), feeder);
        var containers = ContainerShips(world, options, departures[^1], attempt);
        BerthQueue.Deal([.. containers.Select(one => one.Plan), feeder]);
        var times = feeder.Times with
        {
            AnchoredAtMs = feeder.AnchoredAtMs,
            BerthedAtMs = feeder.BerthedAtMs,
            QuietSceneAtMs = QuietScene(world, feeder.Times),
        };
        var cast = new Cast(
            feeder, Identity.Named(0, 257, ShipClass.Cargo, "SIM LARVIK FEEDER", 134, 71),
            coaster, Identity.Named(1, 304, ShipClass.Cargo, "SIM GREY COASTER", 88, 70), times);
        cast.Containers = containers;
        foreach (var (identity, plan) in containers)
        {
            cast.players.Add((identity, plan, new Faults()));
        }

        return cast;
    }

    // Fewer arrivals than the berths can take until the last two days, then more.
    private static List<(Identity Identity, ContainerShipPlan Plan)> ContainerShips(
        World world, ScenarioOptions options, long storyAtMs, int attempt)
    {
        const double UsualPerDay = 7.5;
        string[] exits = ["W1", "W1", "SB", "SS", "N3"];
        int[] flags = [219, 211, 244, 248, 636, 538, 256, 305];
        string[] names = ["TRADER", "EXPRESS", "CARRIER", "PIONEER", "SPIRIT", "BRIDGE", "HORIZON", "COURIER"];
        var random = new SimRandom(options.Seed, 0x5707_4000UL + (ulong)attempt);
        var surge = random.Between(13.5, 19);
        var from = storyAtMs - random.Hours(26, 32);
        var until = storyAtMs + (28 * HourMs);
        var ships = new List<(Identity, ContainerShipPlan)>();
        var last = world.EndAtMs + (72 * HourMs);
        for (var at = world.StartAtMs + random.Hours(-8, 2); at < last;)
        {
            var part = 10 + ships.Count;
            var name = FormattableString.Invariant($"SIM BALTIC {names[part % names.Length]} {part}");
            var identity = Identity.Named(part % 4900, flags[random.Below(flags.Length)], ShipClass.Cargo, name, 118 + random.Below(130), 71);
            ships.Add((identity, new ContainerShipPlan(
                world, new Faults(), new SimRandom(options.Seed, 0x5708_0000UL + (ulong)((attempt * 8192) + part)),
                exits[random.Below(exits.Length)], at)));
            var perDay = at > from && at < until ? surge : UsualPerDay;
            at += random.Hours(24 / perDay * 0.35, 24 / perDay * 1.65);
        }

        return ships;
    }

    private static long QuietScene(World world, StoryTimes times)
    {
        for (var hours = 47.5; hours < 75; hours += 0.5)
        {
            var at = times.SceneAtMs - (long)(hours * HourMs);
            if (at > world.StartAtMs + (6 * HourMs) && world.Sky.CoversThroughout(FeederPlan.Hiding, 9000, at - HourMs, at + HourMs))
            {
                return at / LineQueue.SlotMs * LineQueue.SlotMs;
            }
        }

        return times.SceneAtMs - (48 * HourMs);
    }

    private void AddLookAlikes(World world, ScenarioOptions options)
    {
        var liner = new LinerPlan(world, new Faults(), new SimRandom(options.Seed, 0x5707_0004), (int)(options.Days * 24 / 24.5));
        Liner = (Identity.Named(2, 220, ShipClass.Cargo, "SIM VIKEN LINER", 142, 79), liner);
        players.Add((Liner.Identity, liner, new Faults()));

        var random = new SimRandom(options.Seed, 0x5707_0005);
        var meetings = new List<Stretch>();
        foreach (var day in new[] { 1.6, 3.5, 5.3 })
        {
            var at = world.StartAtMs + (long)(day * 24 * HourMs) + random.Hours(-2, 2);
            meetings.Add(new Stretch(at, at + random.Hours(2.4, 3.2)));
        }

        var first = Identity.Named(3, 265, ShipClass.Fishing, "SIM TISTLARNA", 24, 30);
        var second = Identity.Named(4, 265, ShipClass.Fishing, "SIM NIDINGEN", 22, 30);
        players.Add((first, new PairPlan(world, new Faults(), new SimRandom(options.Seed, 0x5707_0006), 0, meetings), new Faults()));
        players.Add((second, new PairPlan(world, new Faults(), new SimRandom(options.Seed, 0x5707_0007), 160, meetings), new Faults()));
        Pair = (first, second, meetings);

        Late = Containers.FirstOrDefault(one => one.Plan.ArrivedAtMs > world.StartAtMs + (60 * HourMs));
        var hosts = Containers.Where(one => one.Plan.AtAnchor is { } stay && stay.EndAtMs - stay.StartAtMs > 4 * HourMs)
            .ToDictionary(one => one.Plan.AtAnchor!, one => one.Identity);
        var bunker = new BunkerPlan(
            world, new Faults(), new SimRandom(options.Seed, 0x5707_0008), [.. hosts.Keys.OrderBy(stay => stay.StartAtMs)]);
        var boat = Identity.Named(5, 265, ShipClass.Tanker, "SIM BUNKER BOAT", 62, 80);
        players.Add((boat, bunker, new Faults()));
        Bunker = (boat, [.. bunker.Visits.Select(visit => (visit.When, hosts[visit.Host]))]);
    }
}
