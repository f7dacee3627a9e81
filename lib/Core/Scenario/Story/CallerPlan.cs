namespace MaritimeWatch.Scenario;

/// <summary>
/// A ship that calls at the container berths of Gothenburg: it comes to the fairway, and goes in when a berth is free,
/// or waits for one at anchor. The berths are dealt out by <see cref="BerthQueue"/>.
/// </summary>
internal abstract class CallerPlan(World world, Faults faults, SimRandom random, string node, long startAtMs)
    : ScriptedPlan(world, faults, random, node, startAtMs)
{
    /// <summary>Where the fairway begins.</summary>
    protected const string Fairway = "VG";

    private const string Berth = "SEGOT-B";
    private const string Anchorage = "SEGOT-A";
    private const double FairwayKnots = 9;

    /// <summary>When it passes the beginning of the fairway.</summary>
    public long ArrivedAtMs { get; protected set; }

    /// <summary>When it dropped anchor; 0 where it went straight in.</summary>
    public long AnchoredAtMs { get; private set; }

    /// <summary>When it was made fast.</summary>
    public long BerthedAtMs { get; private set; }

    /// <summary>When it left the berth.</summary>
    public long LeftAtMs { get; private set; }

    /// <summary>Its stay at anchor, where there was one.</summary>
    public AnchorLeg? AtAnchor { get; private set; }

    /// <summary>How long its cargo takes.</summary>
    public long ServiceMs { get; init; }

    /// <summary>Takes a berth that becomes free at an instant.</summary>
    public void TakeBerth(long freeAtMs, GeoPoint place)
    {
        var straight = WayTo(Berth, place);
        if (freeAtMs <= Clock + TimeOver(straight, FairwayKnots, FairwayKnots, 0) + (20 * MinuteMs))
        {
            Make(straight, Berth, FairwayKnots);
        }
        else
        {
            Sail(Anchorage, FairwayKnots);
            AnchoredAtMs = Clock;
            var knots = Random.Between(7, 8.5);
            var in_ = TimeOver(WayTo(Berth, place), 0, knots, 0);
            AtAnchor = Anchor(Math.Max(30 * MinuteMs, freeAtMs - in_ - Clock));
            Make(WayTo(Berth, place), Berth, knots);
        }

        BerthedAtMs = Clock;
        Lie(ServiceMs);
        LeftAtMs = Clock;
        Leave();
    }

    /// <summary>Sails on after its cargo is worked.</summary>
    protected abstract void Leave();
}

/// <summary>A container ship that comes from the sea once in the week.</summary>
internal sealed class ContainerShipPlan : CallerPlan
{
    private readonly double knots;

    public ContainerShipPlan(World world, Faults faults, SimRandom random, string exit, long arrivesAtMs)
        : base(world, faults, random, exit, Math.Min(world.StartAtMs, arrivesAtMs) - (30 * HourMs))
    {
        Exit = exit;
        knots = random.Between(12.5, 16);
        ServiceMs = random.Hours(9, 13);
        var way = WayTo(Fairway);
        Away(Math.Max(0, arrivesAtMs - TimeOver(way, knots, knots, 9) - Clock), knots);
        Make(way, Fairway, knots, 9);
        ArrivedAtMs = Clock;
    }

    /// <summary>Where it came from and goes to.</summary>
    public string Exit { get; }

    protected override void Leave() => Sail(Exit, knots, knots);
}
