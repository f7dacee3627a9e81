using MaritimeWatch.Findings.Arrival;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Arrival;

/// <summary>When a ship will be at a port, by what is known of it.</summary>
[TestFixture]
internal sealed class ArrivalEstimatorTests
{
    private static readonly Position Port = Position.FromDegrees(57, 10);

    [Test]
    public void A_ship_that_heads_for_its_port_is_there_after_distance_over_speed()
    {
        var estimate = ArrivalEstimator.Of(Asked())!;
        Assert.Multiple(() =>
        {
            Assert.That(estimate.By, Is.EqualTo(ArrivalBy.Distance));
            Assert.That(estimate.EtaAtMs - Start, Is.InRange(Hours(10), Hours(11.5)), "120 miles at 12 knots");
            Assert.That(estimate.LowAtMs - Start, Is.InRange(Hours(9), Hours(10)));
            Assert.That(estimate.HighAtMs, Is.GreaterThan(estimate.EtaAtMs + Hours(1)));
        });
    }

    [Test]
    public void A_lane_that_it_keeps_says_more_than_distance_and_announcement()
    {
        var estimate = ArrivalEstimator.Of(Asked() with
        {
            Lane = new LaneTimeLeft(Hours(11), Hours(12), Hours(14), "A-B", 40), Announced = (Start + Hours(20), Start),
        })!;
        Assert.That((estimate.By, estimate.EtaAtMs, estimate.LowAtMs, estimate.HighAtMs),
            Is.EqualTo((ArrivalBy.Lane, Start + Hours(12), Start + Hours(11), Start + Hours(14))));
        Assert.That(estimate.Why, Does.Contain("40 voyages"));
    }

    [Test]
    public void Along_its_own_earlier_voyages_it_goes_as_far_as_they_went()
    {
        var bent = Position.FromDegrees(56, 12);
        var straight = ArrivalEstimator.Of(Asked())!;
        var estimate = ArrivalEstimator.Of(Asked() with { OwnWays = [[Asked().Where, bent, Port]] })!;
        Assert.That(estimate.By, Is.EqualTo(ArrivalBy.OwnVoyages));
        Assert.That(estimate.DistanceDecimetres / 18_520.0, Is.EqualTo(
            (GreatCircle.DistanceMetres(Asked().Where, bent) + GreatCircle.DistanceMetres(bent, Port)) / 1852).Within(1));
        Assert.That(estimate.EtaAtMs, Is.GreaterThan(straight.EtaAtMs));
        Assert.That(estimate.HighAtMs - estimate.LowAtMs, Is.LessThan(straight.HighAtMs - straight.LowAtMs), "what is better known is narrower");
    }

    [Test]
    public void Off_its_own_earlier_voyages_they_say_nothing() =>
        Assert.That(
            ArrivalEstimator.Of(Asked() with { OwnWays = [[Position.FromDegrees(55, 5), Position.FromDegrees(56, 5), Port]] })!.By,
            Is.EqualTo(ArrivalBy.Distance));

    [Test]
    public void An_announced_time_that_distance_and_speed_bear_out_is_taken()
    {
        var estimate = ArrivalEstimator.Of(Asked() with { Announced = (Start + Hours(12), Start - Hours(1)) })!;
        Assert.That((estimate.By, estimate.EtaAtMs), Is.EqualTo((ArrivalBy.Announced, Start + Hours(12))));
        Assert.That(estimate.LowAtMs, Is.LessThan(estimate.EtaAtMs));
        Assert.That(estimate.HighAtMs, Is.GreaterThan(estimate.EtaAtMs));
    }

    [TestCase(4, "sooner")]
    [TestCase(100, "later")]
    public void An_announced_time_that_cannot_be_is_named_and_not_taken(double hours, string how)
    {
        var estimate = ArrivalEstimator.Of(Asked() with { Announced = (Start + Hours(hours), Start) })!;
        Assert.That(estimate.By, Is.EqualTo(ArrivalBy.Distance));
        Assert.That(estimate.Why, Does.Contain(how));
    }

    [Test]
    public void An_announced_time_that_has_passed_or_was_said_days_ago_is_no_news()
    {
        var plain = ArrivalEstimator.Of(Asked());
        Assert.That(ArrivalEstimator.Of(Asked() with { Announced = (Start - Hours(1), Start - Hours(9)) }), Is.EqualTo(plain));
        Assert.That(ArrivalEstimator.Of(Asked() with { Announced = (Start + Hours(12), Start - Hours(30)) }), Is.EqualTo(plain));
    }

    [Test]
    public void A_ship_without_speed_goes_by_its_usual_one_and_may_stay_a_day()
    {
        var still = ArrivalEstimator.Of(Asked() with { SpeedDeciKnots = 0, UsualDeciKnots = 120 })!;
        var moving = ArrivalEstimator.Of(Asked() with { UsualDeciKnots = 120 })!;
        Assert.That(still.HighAtMs - moving.HighAtMs, Is.GreaterThanOrEqualTo(Hours(23)));
        Assert.That(still.Why, Does.Contain("does not move"));
    }

    [TestCase(0)]
    [TestCase(-1)]
    public void Without_any_speed_only_what_it_announces_is_left(int speed)
    {
        var asked = Asked() with { SpeedDeciKnots = speed, UsualDeciKnots = 0 };
        Assert.That(ArrivalEstimator.Of(asked), Is.Null);
        Assert.That(ArrivalEstimator.Of(asked with { Announced = (Start + Hours(12), Start) })!.By, Is.EqualTo(ArrivalBy.Announced));
    }

    [Test]
    public void A_ship_that_has_passed_its_port_by_is_not_expected_there()
    {
        var past = Asked() with { Where = Position.FromDegrees(57.3, 10), CourseDeciDegrees = 0 };
        Assert.That(ArrivalEstimator.Of(past), Is.Null);
        Assert.That(ArrivalEstimator.Of(past with { CourseDeciDegrees = 1800 }), Is.Not.Null, "going back it is");
        Assert.That(ArrivalEstimator.Of(past with { Announced = (Start + Hours(2), Start) }), Is.Null);
    }

    [Test]
    public void Every_place_speed_and_announcement_gives_times_in_order_or_none()
    {
        const int Seed = 5;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var given = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var asked = new ArrivalQuestion
            {
                AtMs = Start,
                Where = i % 50 == 0 ? Position.FromDegrees(90, 0) : Position.FromDegrees((random.NextDouble() * 180) - 90, (random.NextDouble() * 360) - 180),
                Port = i % 70 == 0 ? Position.FromDegrees(-90, 0) : Position.FromDegrees((random.NextDouble() * 180) - 90, (random.NextDouble() * 360) - 180),
                SpeedDeciKnots = random.Next(-1, 1023),
                UsualDeciKnots = random.Next(0, 600),
                CourseDeciDegrees = random.Next(-1, 3600),
                LiesStill = random.Next(4) == 0,
                OwnWays = [],
                Announced = random.Next(2) == 0 ? (Start + Hours(random.Next(-100, 3000)), Start - Hours(random.Next(50))) : null,
            };
            if (ArrivalEstimator.Of(asked) is { } estimate)
            {
                given++;
                Assert.That(estimate.LowAtMs, Is.GreaterThanOrEqualTo(Start).And.LessThanOrEqualTo(estimate.EtaAtMs));
                Assert.That(estimate.EtaAtMs, Is.LessThanOrEqualTo(estimate.HighAtMs));
            }
        }

        Assert.That(given, Is.GreaterThan(10_000));
    }

    [Test]
    public void The_way_over_the_antimeridian_is_the_short_one()
    {
        var estimate = ArrivalEstimator.Of(Asked() with
        {
            Where = Position.FromDegrees(-17, 179), Port = Position.FromDegrees(-17, -179), CourseDeciDegrees = 900,
        })!;
        Assert.That(estimate.DistanceDecimetres / 18_520.0, Is.EqualTo(114.8).Within(0.5));
    }

    private static ArrivalQuestion Asked() => new()
    {
        AtMs = Start, Where = Position.FromDegrees(55, 10), Port = Port, SpeedDeciKnots = 120, UsualDeciKnots = 120, CourseDeciDegrees = 0, OwnWays = [],
    };
}
