namespace MaritimeWatch.Scenario;

/// <summary>
/// The feeder of the story: Larvik - Gothenburg and back, day after day on one lane; on its last voyage it leaves the
/// lane, lies beside another ship, falls silent, and comes back to the lane.
/// </summary>
internal sealed class FeederPlan : CallerPlan
{
    private const string Home = "NOLAR-B";
    private const string Away_ = "SEGOT-B";

    private readonly double knots;

    /// <param name="world">The world.</param>
    /// <param name="faults">Takes the silence.</param>
    /// <param name="random">Its chance.</param>
    /// <param name="departures">When it leaves Larvik; the last is the voyage of the story.</param>
    public FeederPlan(World world, Faults faults, SimRandom random, IReadOnlyList<long> departures)
        : base(world, faults, random, Home, Math.Min(world.StartAtMs, departures[0]) - (20 * HourMs))
    {
        ServiceMs = random.Hours(6, 7.5);
        knots = random.Between(14.4, 15.2);
        foreach (var departs in departures.SkipLast(1))
        {
            RoundTrip(departs);
        }

        EarlierVoyages = departures.Count - 1;
        LieUntil(departures[^1]);
        Times = LastVoyage();
        ArrivedAtMs = Clock;
    }

    /// <summary>The middle of the water where it meets the other.</summary>
    public static GeoPoint Meeting { get; } = new(58.46, 10.72);

    /// <summary>The middle of the water where it is silent.</summary>
    public static GeoPoint Hiding { get; } = new(58.405, 10.60);

    /// <summary>Knots of the drift of the two ships.</summary>
    public const double DriftKnots = 0.5;

    /// <summary>Degrees, where the drift goes.</summary>
    public const double DriftDegrees = 205;

    /// <summary>How often it has sailed from Larvik to Gothenburg before the last voyage.</summary>
    public int EarlierVoyages { get; }

    /// <summary>Its transmitter.</summary>
    public required Faults SilentWhen { get; init; }

    /// <summary>What it did when; without anchoring and berthing, which the queue decides.</summary>
    public StoryTimes Times { get; }

    /// <summary>Where it stopped beside the other.</summary>
    public GeoPoint MetAt { get; private set; }

    protected override void Leave() => Make(WayTo(Home), Home, knots);

    private void RoundTrip(long departsAtMs)
    {
        LieUntil(departsAtMs);
        Make(WayTo(Away_, BerthQueue.PlaceOf(Random.Below(2))), Away_, knots + Random.Between(-0.4, 0.4));
        Lie(Random.Hours(3.3, 4.4));
        Make(WayTo(Home), Home, knots + Random.Between(-0.4, 0.4));
    }

    private StoryTimes LastVoyage()
    {
        var departed = Clock;
        var lane = WayTo("N1"); // Larvik, LAR1, N1
        var turn = lane[1].Toward(lane[2], Random.Between(0.40, 0.48));
        Follow([Here, lane[1], turn], knots, knots);
        var left = Clock;
        MetAt = Meeting.Moved(Random.Between(-1200, 1200), Random.Between(-1200, 1200));
        Follow([turn, MetAt], knots, DriftKnots);
        var met = Clock;
        Drift(Random.Hours(2.55, 2.95), DriftKnots, DriftDegrees);
        var parted = Clock;

        var off = parted + Random.Minutes(22, 32);
        var on = off + Random.Hours(3.8, 4.2);
        Hide(on + (8 * MinuteMs));
        Faults.Silence(off, on);
        var scene = World.StartAtMs + ((off + Random.Minutes(100, 140) - World.StartAtMs) / LineQueue.SlotMs * LineQueue.SlotMs);
        var received = scene + Random.Minutes(55, 85);

        ArriveAt("N1");
        var back = Here;
        Follow([back, lane[2]], 12, 12);
        var rejoined = Clock;
        Make(WayTo(Fairway), Fairway, 13.8, 9);
        return new StoryTimes
        {
            DepartedAtMs = departed,
            LeftLaneAtMs = left,
            MetAtMs = met,
            PartedAtMs = parted,
            SilentAtMs = off,
            SceneAtMs = scene,
            SceneReceivedAtMs = received,
            HeardAgainAtMs = on,
            RejoinedAtMs = rejoined,
        };
    }

    // To and fro in a small piece of water, at the speed of a ship that waits.
    private void Hide(long untilAtMs)
    {
        const double HideKnots = 5.5;
        const double RadiusM = 2600;
        var way = new List<GeoPoint> { Here };
        var left = (untilAtMs - Clock) / 1000.0 * HideKnots * SimMaths.KnotMs;
        while (left > 0)
        {
            var next = Hiding.Moved(Random.Between(-RadiusM, RadiusM), Random.Between(-RadiusM, RadiusM));
            left -= SimMaths.Metres(way[^1], next) * 0.97;
            way.Add(next);
        }

        Follow(way, HideKnots, HideKnots);
    }
}
