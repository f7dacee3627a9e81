using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>The rules of truth, each on its own, with events made by hand.</summary>
public class NearMissTests
{
    private const long Hour = 3_600_000;

    private static readonly GeoPoint Grove = Geography.At("GROVE");

    private static readonly Act[] PortNearMisses = [Act.PortSlow, Act.PortOff, Act.PortPass];

    private static readonly Act[] NearMisses =
        [Act.GapShort, Act.OverHorizon, Act.Glitch, Act.ZoneNear, Act.ZoneUnheard, .. PortNearMisses];

    private static readonly (Act, string)[] Planted =
    [
        (Act.Gap, "gap"), (Act.Jump, "impossible-movement"), (Act.BadFix, "impossible-movement"), (Act.ZoneEntry, "zone-entry"),
    ];

    [TestCase(6.5, true)]
    [TestCase(5.9, false)]
    public void Only_a_silence_of_six_hours_with_the_transmitter_off_is_a_gap(double hours, bool isGap)
    {
        var truth = Silence(hours, offPart: 1, Grove, classB: false, knots: 5);

        Assert.That(truth, Has.Count.EqualTo(isGap ? 1 : 0));
        Assert.That(truth.All(entry => !entry.Lawful));
    }

    [Test]
    public void A_silence_with_the_transmitter_on_is_no_gap() =>
        Assert.That(Silence(9, offPart: 0, Grove, classB: false, knots: 5), Is.Empty);

    [Test]
    public void A_silence_beyond_every_receiver_is_no_gap_even_with_the_transmitter_off() =>
        Assert.That(Silence(9, offPart: 1, Geography.At("W1"), classB: false, knots: 5), Is.Empty);

    [Test]
    public void A_silence_where_nobody_else_is_heard_is_no_gap() =>
        Assert.That(Silence(9, offPart: 1, Grove, classB: false, knots: 5, others: false), Is.Empty);

    [Test]
    public void Class_B_and_ships_made_fast_in_port_are_lawful_look_alikes()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Silence(9, 1, Grove, classB: true, knots: 5).Single().Lawful);
            Assert.That(Silence(9, 1, Geography.At("SEGOT-B"), classB: false, knots: 0).Single().Lawful);
        });
    }

    [TestCase(2.1, 60, true)]
    [TestCase(1.9, 60, false)]
    [TestCase(2.1, 100, false)] // 56 knots, half a mile of noise and two seconds of rounding allowed for
    [TestCase(5.1, 400, false)]
    [TestCase(0.43, 10, false)] // a GPS error of 800 m
    public void Only_a_jump_of_two_miles_at_more_than_sixty_knots_is_impossible(double nm, int seconds, bool isImpossible)
    {
        var truth = new List<TruthEntry>();
        var jumps = new JumpTruth("mmsi:1", aircraft: false);
        jumps.OnHeard(Grove, 0, truth);
        jumps.OnHeard(Grove.Moved(nm * 1852, 0), seconds * 1000L, truth);
        jumps.Close(truth);

        Assert.That(truth, Has.Count.EqualTo(isImpossible ? 1 : 0));
    }

    [Test]
    public void Jumps_within_an_hour_are_one_episode_and_later_ones_another()
    {
        var truth = new List<TruthEntry>();
        var jumps = new JumpTruth("mmsi:1", aircraft: false);
        var far = Grove.Moved(40_000, 0);
        foreach (var (place, minute) in new[] { (Grove, 0), (far, 1), (far, 50), (Grove, 51), (Grove, 120), (far, 121) })
        {
            jumps.OnHeard(place, minute * 60_000L, truth);
        }

        jumps.Close(truth);

        Assert.That(
            string.Join(", ", truth.Select(entry => $"{entry.StartAtMs / 60_000}-{entry.EndAtMs / 60_000}")), Is.EqualTo("0-51, 120-121"));
    }

    [Test]
    public void A_pass_outside_a_zone_a_pass_that_nobody_heard_and_a_visit_are_told_apart()
    {
        var (zone, _) = Geography.Zones[0];

        Assert.Multiple(() =>
        {
            Assert.That(Pass(zone, -300, heard: true), Is.Empty);
            Assert.That(Pass(zone, 500, heard: false), Is.Empty);
            Assert.That(string.Join(",", Pass(zone, 500, heard: true).Select(entry => entry.Kind + " " + entry.Place)), Is.EqualTo("zone-entry " + zone.Id));
            Assert.That(Pass(zone, 500, heard: true)[0].Magnitude, Is.InRange(450, 501));
        });
    }

    [TestCase(0.0, 0.0, true)]
    [TestCase(0.0, 1.0, false)] // steams slowly
    [TestCase(5600.0, 0.0, false)] // stops too far off
    [TestCase(2500.0, 8.0, false)] // passes
    public void Only_a_stop_within_three_kilometres_is_a_port_visit(double metresOff, double slowestKnots, bool isVisit)
    {
        var truth = new List<TruthEntry>();
        var places = new PlaceTruth("mmsi:1");
        var anchorage = Geography.At("SEGOT-A").Moved(0, -metresOff);
        for (var step = -150; step <= 150; step++)
        {
            var now = new Motion
            {
                At = anchorage.Moved(Math.Abs(step) < 50 ? 0 : (step - (50 * Math.Sign(step))) * 120, 0),
                SpeedKnots = Math.Abs(step) < 50 ? slowestKnots : 8,
                Present = true,
            };
            places.OnHeard(now, (step + 1000) * 30_000L);
            places.OnTick(now, (step + 1000) * 30_000L, truth);
        }

        places.OnEnd(2000 * 30_000L, truth);

        Assert.That(string.Join(",", truth.Select(entry => entry.Place)), Is.EqualTo(isVisit ? "SEGOT" : ""));
    }

    [Test]
    public void What_the_parts_are_planned_to_do_is_what_truth_says_happened()
    {
        var truth = Play([.. NearMisses, .. Planted.Select(one => one.Item1)]);

        Assert.Multiple(() =>
        {
            foreach (var act in NearMisses)
            {
                Assert.That(truth[act].Where(entry => entry.Kind != "port-visit" && !entry.Lawful), Is.Empty, $"{act}");
            }

            foreach (var act in PortNearMisses)
            {
                Assert.That(truth[act].Where(entry => entry.Place != "DKFDH"), Is.Empty, $"{act}");
            }

            foreach (var (act, kind) in Planted)
            {
                Assert.That(truth[act].Any(entry => entry.Kind == kind && !entry.Lawful), $"{act}");
            }
        });
    }

    private static List<TruthEntry> Silence(double hours, int offPart, GeoPoint at, bool classB, double knots, bool others = true)
    {
        var world = new World(new ScenarioOptions { Seed = 1, Days = 1 }); // nothing is down in its first hours
        var heard = new HeardGrid();
        var truth = new List<TruthEntry>();
        var gap = new GapTruth("mmsi:1", classB);
        gap.OnHeard(world.StartAtMs, truth);
        var now = new Motion { At = at, SpeedKnots = knots, Present = true };
        var last = world.StartAtMs + (long)(hours * Hour);
        for (var tick = world.StartAtMs + LineQueue.SlotMs; tick < last; tick += LineQueue.SlotMs)
        {
            if (others)
            {
                heard.Mark(at, tick);
            }

            for (var part = 0; part < offPart; part++)
            {
                gap.OnOff(world, heard, now, tick);
            }
        }

        gap.OnHeard(last, truth);
        return truth;
    }

    private static List<TruthEntry> Pass(ConvexZone zone, double depthM, bool heard)
    {
        var truth = new List<TruthEntry>();
        var places = new PlaceTruth("mmsi:1");
        var (from, to) = zone.LineBeside(0, depthM, 5000);
        for (var step = 0; step <= 100; step++)
        {
            var now = new Motion { At = from.Toward(to, step / 100.0), SpeedKnots = 8, Present = true };
            if (heard)
            {
                places.OnHeard(now, step * 30_000L);
            }

            places.OnTick(now, step * 30_000L, truth);
        }

        places.OnEnd(200 * 30_000L, truth);
        return truth;
    }

    // One actor for each part, and traffic to be heard beside them; whole plans against the rules.
    private static Dictionary<Act, List<TruthEntry>> Play(Act[] acts)
    {
        var options = new ScenarioOptions { Seed = 77, Days = 5, Vessels = 60 };
        var world = new World(options);
        var fleet = Fleet.Of(world, options);
        var subjects = new Dictionary<Act, string>();
        foreach (var act in acts)
        {
            var random = new SimRandom(999, (ulong)act);
            var faults = new Faults();
            var identity = Identity.Of(700 + (int)act, ShipClass.Cargo, false, random);
            var plan = new ActorPlan(world, faults, random, act, "DKFDH-B", world.StartAtMs);
            fleet.Add(new SimVessel(fleet.Count, identity, plan, faults, random, false));
            subjects[act] = identity.About.Vessel.Subject;
        }

        var run = new SimulationRun(options, world, fleet, new LineQueue(Stream.Null, world.StartAtMs));
        for (var at = world.StartAtMs; at < world.EndAtMs; at += LineQueue.SlotMs)
        {
            run.Step(at);
        }

        var truth = run.Finish(fleet.Count).Truth;
        return subjects.ToDictionary(one => one.Key, one => truth.Where(entry => entry.Subject == one.Value).ToList());
    }
}
