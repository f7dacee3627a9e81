namespace MaritimeWatch.Scenario;

/// <summary>
/// What a vessel is going to do: legs that follow one another without a hole, planned a voyage at a time, so that a
/// long scenario holds only the current voyage of each vessel.
/// </summary>
internal abstract class Plan
{
    private readonly Queue<Leg> legs = new();

    protected Plan(World world, Faults faults, SimRandom random, string node, long startAtMs)
    {
        World = world;
        Faults = faults;
        Random = random;
        Node = node;
        Here = Geography.At(node);
        Clock = startAtMs;
    }

    protected World World { get; }

    protected Faults Faults { get; }

    protected SimRandom Random { get; }

    /// <summary>The instant at which what is planned ends.</summary>
    protected long Clock { get; private set; }

    /// <summary>The lane node where what is planned ends.</summary>
    protected string Node { get; private set; }

    /// <summary>The place where what is planned ends.</summary>
    protected GeoPoint Here { get; private set; }

    /// <summary>Metres per second squared: large ships are slow to start and stop.</summary>
    protected double AccelerationMs2 { get; init; } = 0.008;

    /// <summary>Knots at the end of what is planned.</summary>
    protected double SpeedNow { get; private set; }

    /// <summary>The next leg.</summary>
    public virtual Leg Next()
    {
        while (legs.Count == 0)
        {
            Extend();
        }

        return legs.Dequeue();
    }

    /// <summary>Plans the next voyage; adds at least one leg.</summary>
    protected abstract void Extend();

    /// <summary>Sails the lanes to a node; <paramref name="endKnots"/> 0 stops there.</summary>
    protected void Sail(string to, double knots, double endKnots = 0, byte status = 0)
    {
        if (to == Node)
        {
            return;
        }

        var way = World.Lanes.Way(Node, to, Random.Between(0.2, 1));
        way[0] = Here;
        var stop = Array.Find(Geography.Stops, one => one.Id == to);
        if (stop is not null && endKnots == 0)
        {
            var spread = stop.Kind == Reference.StoppingPlace.Anchorage ? 1100 : 110;
            way[^1] = way[^1].Moved(Random.Between(-spread, spread), Random.Between(-spread, spread));
        }

        Follow(way, knots, endKnots, status);
        Node = to;
    }

    /// <summary>Says at which node a line has ended.</summary>
    protected void ArriveAt(string node) => Node = node;

    /// <summary>Follows a line that begins here; the node stays what it was.</summary>
    protected void Follow(List<GeoPoint> way, double knots, double endKnots = 0, byte status = 0)
    {
        Add(PathLeg.Plan(Clock, way, (SpeedNow, knots, endKnots), AccelerationMs2, status));
        Here = way[^1];
        SpeedNow = endKnots;
    }

    /// <summary>Made fast until an instant.</summary>
    protected void LieUntil(long atMs, byte status = 5)
    {
        if (atMs > Clock)
        {
            Add(new LieLeg(Clock, atMs, Here, Math.Floor(Random.Between(0, 360)), status));
            SpeedNow = 0;
        }
    }

    /// <summary>Made fast for a while.</summary>
    protected void Lie(long forMs, byte status = 5) => LieUntil(Clock + forMs, status);

    /// <summary>At anchor for a while.</summary>
    protected AnchorLeg Anchor(long forMs)
    {
        var leg = new AnchorLeg(Clock, Clock + forMs, Here, Random.Between(0, 360));
        Add(leg);
        Here = leg.StateAt(leg.EndAtMs).At;
        SpeedNow = 0;
        return leg;
    }

    /// <summary>Drifts together with others until an instant: a straight line, slower than a knot, with a little sway.</summary>
    protected void Drift(long forMs, double knots, double bearingDegrees)
    {
        var leg = new DriftLeg(Clock, Clock + forMs, Here, knots, bearingDegrees, Random.Between(0, 360));
        Add(leg);
        Here = leg.StateAt(leg.EndAtMs).At;
        SpeedNow = knots;
    }

    /// <summary>Lies alongside a ship at anchor until an instant, and is left where it then is.</summary>
    protected void LieAlongside(AnchorLeg host, long untilAtMs)
    {
        var leg = new AlongsideLeg(Clock, untilAtMs, host);
        Add(leg);
        Here = leg.StateAt(leg.EndAtMs).At;
        SpeedNow = 0;
    }

    /// <summary>How long <see cref="Follow"/> would take over a line, milliseconds.</summary>
    protected long TimeOver(List<GeoPoint> way, double startKnots, double knots, double endKnots) =>
        PathLeg.Plan(0, way, (startKnots, knots, endKnots), AccelerationMs2, 0).EndAtMs;

    /// <summary>Out of this world for a while; comes back at the same node.</summary>
    protected void Away(long forMs, double comesBackKnots)
    {
        Add(new AwayLeg(Clock, Clock + forMs, Here));
        SpeedNow = comesBackKnots;
    }

    /// <summary>Wanders about in a piece of water, until an instant or a little later, and ends in its middle.</summary>
    protected void Wander(Water water, long untilAtMs, double knots, byte status = 0)
    {
        const int LegsMax = 2000;
        var middle = Geography.At(water.Node);
        var way = new List<GeoPoint> { Here };
        var seconds = Math.Max(600, (untilAtMs - Clock) / 1000.0);
        var left = seconds * knots * SimMaths.KnotMs;
        for (var leg = 0; left > 0 && leg < LegsMax; leg++)
        {
            var next = PlaceIn(middle, water.RadiusM);
            left -= SimMaths.Metres(way[^1], next) * 0.97; // rounding the corners saves some way
            way.Add(next);
        }

        way.Add(middle);
        Follow(way, knots, knots, status);
        Node = water.Node;
    }

    private GeoPoint PlaceIn(GeoPoint middle, double radiusM)
    {
        while (true)
        {
            var x = Random.Between(-1, 1);
            var y = Random.Between(-1, 1);
            if ((x * x) + (y * y) < 1)
            {
                return middle.Moved(x * radiusM, y * radiusM);
            }
        }
    }

    /// <summary>Adds a leg of any kind, which ends at a place and a speed.</summary>
    protected void Add(Leg leg, GeoPoint endsAt, double endKnots)
    {
        Add(leg);
        Here = endsAt;
        SpeedNow = endKnots;
    }

    private void Add(Leg leg)
    {
        legs.Enqueue(leg);
        Clock = leg.EndAtMs;
    }
}
