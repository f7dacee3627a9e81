namespace MaritimeWatch.Scenario;

/// <summary>
/// Comes in from the sea, plays its part in open water, goes out again, and does so once in a cycle of up to three days.
/// </summary>
internal sealed partial class MotionPlan : Plan
{
    private const long HourMs = 3_600_000;
    private const long MinuteMs = 60_000;
    private const long CycleMs = 72 * HourMs;
    private const double OpenM = 3200;

    private readonly MotionAct act;
    private readonly double knots;
    private readonly double size;
    private readonly long cycleMs;
    private long cycleAtMs;
    private (double EastM, double NorthM) inland;

    /// <param name="world">The world.</param>
    /// <param name="faults">Its transmitter.</param>
    /// <param name="random">Its chance.</param>
    /// <param name="act">Its part.</param>
    /// <param name="size">0 to 1: how large what it does is, within the range of the part.</param>
    public MotionPlan(World world, Faults faults, SimRandom random, MotionAct act, double size)
        : base(world, faults, random, Geography.Exits[random.Below(Geography.Exits.Length)], world.StartAtMs - (10 * HourMs))
    {
        this.act = act;
        this.size = size;
        knots = random.Between(9, 13);
        AccelerationMs2 = 0.05;
        cycleMs = Math.Min(CycleMs, world.EndAtMs - world.StartAtMs);
        cycleAtMs = world.StartAtMs;
    }

    protected override void Extend()
    {
        if (act == MotionAct.RiverBerth)
        {
            LieInRiver();
            return;
        }

        var lasts = Lasts();
        var latest = cycleAtMs + cycleMs - lasts - (3 * HourMs);
        var begins = World.Storm is { } storm && act is MotionAct.HoveTo or MotionAct.StormDrift or MotionAct.Shelter
            ? World.Storm!.FromAtMs + Random.Hours(2, 5)
            : TrafficTide.Pick(Random, cycleAtMs + HourMs, Math.Max(cycleAtMs + (2 * HourMs), latest));
        cycleAtMs += cycleMs;
        if (act is MotionAct.Beacon or MotionAct.BeaconTest)
        {
            Float(begins, lasts);
            return;
        }

        var when = new Stretch(begins - (2 * HourMs), begins + lasts + HourMs);
        var (place, gate) = Choose(when);
        ComeTo(place, gate, begins);
        Play(lasts, place);
        GoHome(gate);
        if (begins > World.EndAtMs || World.Storm is not null && act is MotionAct.HoveTo or MotionAct.StormDrift or MotionAct.Shelter)
        {
            Away(Math.Max(HourMs, World.EndAtMs - Clock + (24 * HourMs)), knots);
        }
    }

    private (GeoPoint Place, string Gate) Choose(Stretch when) => act switch
    {
        MotionAct.LoiterNearAnchorage => SeaRoom.Beside(Random, 6000, 8500),
        MotionAct.Shelter => SeaRoom.Beside(Random, 1500, 5000),
        MotionAct.OnLand or MotionAct.OneFixInland => BesideLand(when),
        MotionAct.Loiter or MotionAct.LoiterStopped or MotionAct.LoiterFishing or MotionAct.AnchoredOutside or MotionAct.HoveTo
            or MotionAct.StormDrift => SeaRoom.Find(World, Random, 2500, 11_000, (3500, 40_000), when),
        _ => SeaRoom.Find(World, Random, OpenM, 7000, (2500, 40_000), when),
    };

    // A place from which an offset too small for a jump leads as far inland as it should.
    private (GeoPoint Place, string Gate) BesideLand(Stretch when)
    {
        const int AttemptsMax = 30;
        const double RoomM = 450;
        var least = 2500 + (1500 * size);
        var found = SeaRoom.Find(World, Random, 500, 6000, (1200, 3000), when);
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            if (SeaRoom.Inland(Random, found.Place, RoomM, least, least + RoomM + 800) is { } offset)
            {
                inland = offset;
                break;
            }

            found = SeaRoom.Find(World, Random, 500, 6000, (1200, 3000), when);
        }

        return found;
    }

    private void ComeTo(GeoPoint place, string gate, long beginsAtMs)
    {
        var way = World.Lanes.Way(Node, gate, Random.Between(0.2, 1));
        way[0] = Here;
        way.Add(place);
        var end = SpeedOnArrival();
        var departs = beginsAtMs - TimeOver(way, knots, knots, end);
        Away(Math.Max(MinuteMs, departs - Clock), knots);
        Follow(way, knots, end);
    }

    private double SpeedOnArrival() => act switch
    {
        MotionAct.AnchoredOutside or MotionAct.AnchoredSheering or MotionAct.FrozenAtAnchor or MotionAct.Shelter => 0,
        MotionAct.HaltSlow => 5 + (1.6 * size),
        MotionAct.Halt or MotionAct.HaltLong or MotionAct.HaltBrief or MotionAct.BadSpeed or MotionAct.HaltThinned => 8 + (10 * size),
        _ => 2.2,
    };

    private void GoHome(string gate)
    {
        var exit = Node;
        var way = World.Lanes.Way(gate, exit, Random.Between(0.2, 1));
        way.Insert(0, Here);
        Follow(way, knots, knots);
        Away(Math.Max(2 * HourMs, cycleAtMs - Clock - (6 * HourMs)), knots);
    }

    private void LieInRiver()
    {
        GeoPoint[] berths = [new(57.92, 12.07), new(57.99, 12.12), new(57.86, 12.03)];
        var berth = berths[(int)(size * 2.99)];
        Add(new LieLeg(Clock, World.EndAtMs + (90 * HourMs), berth, 20, 5), berth, 0);
    }

    private void Float(long beginsAtMs, long lastsMs)
    {
        var (place, _) = SeaRoom.Find(World, Random, 3000, 5000, (2500, 40_000), new Stretch(beginsAtMs, beginsAtMs + lastsMs));
        Add(new AwayLeg(Clock, Math.Max(Clock + MinuteMs, beginsAtMs), place), place, 0);
        var way = (Random.Between(0.5, 1.6), Random.Between(0, 360), 0.0);
        var leg = new CarriedLeg(Clock, Clock + lastsMs, Here, way, act == MotionAct.Beacon ? (byte)14 : (byte)15);
        Add(leg, leg.StateAt(leg.EndAtMs).At, 0);
        Away(Math.Max(HourMs, cycleAtMs - Clock), 0);
    }
}
