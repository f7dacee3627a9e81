namespace MaritimeWatch.Scenario;

/// <summary>
/// Steams to and fro in a patch of open water, as ships do that wait for orders or work there, and does what is asked of it
/// in between.
/// </summary>
internal class RoamPlan : Plan
{
    protected const long MinuteMs = 60_000;
    protected const long HourMs = 3_600_000;

    private const double LegM = 5_000;

    public RoamPlan(World world, Faults faults, SimRandom random, Patch patch, long startAtMs)
        : base(world, faults, random, patch.Node, startAtMs)
    {
        Patch = patch;
        Knots = random.Between(5.5, 8);
        AccelerationMs2 = 0.02;
    }

    protected Patch Patch { get; }

    /// <summary>Speed when nothing special is on.</summary>
    protected double Knots { get; }

    protected override void Extend() => Roam(Clock + (6 * HourMs));

    /// <summary>Roams until an instant or a leg's time later.</summary>
    protected void Roam(long untilAtMs)
    {
        const int LegsMax = 100_000;
        var way = new List<GeoPoint> { Here };
        var leftM = (untilAtMs - Clock) / 1000.0 * Knots * SimMaths.KnotMs;
        for (var leg = 0; leftM > 0 && leg < LegsMax; leg++)
        {
            var next = NextPlace(way[^1]);
            leftM -= SimMaths.Metres(way[^1], next) * 0.97;
            way.Add(next);
        }

        if (way.Count > 1)
        {
            Follow(way, Knots, Knots);
        }
    }

    private GeoPoint NextPlace(GeoPoint from)
    {
        const int AttemptsMax = 30;
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var bearing = Random.Between(0, 360);
            var metres = Random.Between(0.5, 1) * LegM;
            var next = from.Moved(metres * SimMaths.SinDegrees(bearing), metres * SimMaths.CosDegrees(bearing));
            if (SimMaths.Metres(next, Patch.Centre) < Patch.RadiusM)
            {
                return next;
            }
        }

        // Outside: a leg toward the middle.
        var away = SimMaths.Metres(from, Patch.Centre);
        return from.Toward(Patch.Centre, Math.Min(1, LegM / Math.Max(1, away)));
    }
}

/// <summary>As <see cref="RoamPlan"/>, but somewhere else: the other hull of an MMSI, which does the same beside it.</summary>
internal sealed class BesidePlan(Plan like, double eastM, double northM, World world, Faults faults, SimRandom random, long startAtMs)
    : Plan(world, faults, random, "FLADEN", startAtMs)
{
    public override Leg Next() => new BesideLeg(like.Next(), eastM, northM);

    protected override void Extend()
    {
    }

    private sealed class BesideLeg(Leg leg, double eastM, double northM) : Leg(leg.StartAtMs, leg.EndAtMs)
    {
        public override Motion StateAt(long atMs)
        {
            var now = leg.StateAt(atMs);
            now.At = now.At.Moved(eastM, northM);
            return now;
        }
    }
}
