using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

public class MovementTests
{
    private static readonly double[] Table = [2, 6, 10, 30, 180];

    [Test]
    public void No_ship_moves_faster_than_its_engine_or_leaps_between_two_looks()
    {
        var (world, fleet) = Fleet(seed: 21, days: 3, vessels: 120);
        const int StepMs = 30_000;
        var worst = 0.0;
        foreach (var vessel in fleet.Where(vessel => !vessel.Identity.IsAircraft))
        {
            Motion? before = null;
            for (var at = world.StartAtMs; at < world.EndAtMs; at += StepMs)
            {
                var now = vessel.StateAt(at);
                if (before is { Present: true } last && now.Present)
                {
                    worst = Math.Max(worst, SimMaths.Metres(last.At, now.At) / (StepMs / 1000) / SimMaths.KnotMs);
                }

                before = now;
            }
        }

        Assert.That(worst, Is.InRange(35, 42), "the fastest is a ferry of 37 knots");
    }

    [Test]
    public void Reports_come_as_often_as_class_and_speed_ask_and_the_network_lets_through()
    {
        var (world, fleet) = Fleet(seed: 22, days: 1, vessels: 60);
        var seen = new HashSet<double>();
        foreach (var vessel in fleet)
        {
            for (var at = world.StartAtMs; at < world.EndAtMs; at += 60_000)
            {
                var now = vessel.StateAt(at);
                var seconds = vessel.WireSeconds(now);
                seen.Add(Math.Round(seconds, 1));
                Assert.That(vessel.IntervalMs(now, 60), Is.InRange(0.94 * Math.Max(60, seconds) * 1000, 1.06 * Math.Max(60, seconds) * 1000));
                if (now is { Status: 5, Present: true } && !vessel.Identity.IsClassB)
                {
                    Assert.That(seconds, Is.EqualTo(180), "made fast");
                }
            }
        }

        Assert.That(seen, Is.SupersetOf(Table));
    }

    [Test]
    public void A_ship_at_anchor_swings_slower_than_a_fifth_of_a_knot()
    {
        var leg = new AnchorLeg(0, 48 * 3_600_000, new GeoPoint(57.6, 11.5), 123);
        var speeds = Enumerable.Range(0, 2880).Select(minute => leg.StateAt(minute * 60_000L).SpeedKnots).ToList();
        var reach = Enumerable.Range(0, 2880).Max(minute => SimMaths.Metres(leg.StateAt(minute * 60_000L).At, new GeoPoint(57.6, 11.5)));

        Assert.Multiple(() =>
        {
            Assert.That(speeds.Max(), Is.InRange(0.02, 0.15));
            Assert.That(reach, Is.InRange(50, 200));
        });
    }

    [Test]
    public void A_leg_ends_where_and_when_its_profile_says()
    {
        var profile = new SpeedProfile(10_000, 0, 6, 2, 0.01);
        var half = profile.At(profile.Seconds / 2);

        Assert.Multiple(() =>
        {
            Assert.That(profile.At(profile.Seconds).DistanceM, Is.EqualTo(10_000).Within(1e-6));
            Assert.That(profile.At(profile.Seconds).SpeedMs, Is.EqualTo(2).Within(1e-9));
            Assert.That(profile.At(0), Is.EqualTo((0.0, 0.0)));
            Assert.That(half.SpeedMs, Is.EqualTo(6));
        });
    }

    [Test]
    public void Our_trigonometry_agrees_with_the_library()
    {
        for (var degrees = -720.0; degrees <= 720; degrees += 0.37)
        {
            Assert.That(SimMaths.SinDegrees(degrees), Is.EqualTo(Math.Sin(degrees * Math.PI / 180)).Within(1e-7));
            Assert.That(SimMaths.CosDegrees(degrees), Is.EqualTo(Math.Cos(degrees * Math.PI / 180)).Within(1e-7));
            var course = SimMaths.CourseDegrees(Math.Sin(degrees * Math.PI / 180), Math.Cos(degrees * Math.PI / 180));
            var off = Math.Abs(course - ((degrees % 360) + 360) % 360);
            Assert.That(Math.Min(off, 360 - off), Is.LessThan(1e-4), $"course {degrees}");
        }
    }

    internal static (World World, List<SimVessel> Vessels) Fleet(ulong seed, double days, int vessels)
    {
        var options = new ScenarioOptions { Seed = seed, Days = days, Vessels = vessels };
        var world = new World(options);
        return (world, MaritimeWatch.Scenario.Fleet.Of(world, options));
    }
}
