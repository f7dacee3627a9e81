using MaritimeWatch.Findings.Spoofing;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Motion;

internal sealed class FalsePositionTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [TestCase(400, 10, 30_000, TestName = "A_small_circle_at_half_a_minute_while_the_course_says_straight_on")]
    [TestCase(2000, 20, 60_000, TestName = "A_wide_circle_at_a_minute_while_the_course_says_straight_on")]
    public void Circles_that_the_course_does_not_fit_are_an_alarm(double radius, double knots, long everyMs)
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start).Go(90, knots, Minutes(20), everyMs).Circle(radius, knots, 4.5, everyMs, _ => (knots, 90));
        using var run = FoldRun.Replay(traffic);
        var finding = run.Of("spoofing").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("object"), Is.EqualTo("circles"));
            Assert.That(finding.Text("severity"), Is.EqualTo("medium"));
            Assert.That(finding.Number("measure", "turns"), Is.GreaterThanOrEqualTo(2m));
            Assert.That(finding.Number("measure", "radius_m"), Is.EqualTo((decimal)radius).Within((decimal)radius / 10));
        });
    }

    [Test]
    public void A_ship_that_says_it_lies_still_and_goes_round_is_one()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start).Go(90, 0, Minutes(20), 60_000).Circle(500, 12, 4, 30_000, _ => (0, 0));
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("spoofing").Single().Text("object"), Is.EqualTo("circles"));
    }

    [Test]
    public void A_tug_a_trawler_and_a_rescue_boat_that_really_turn_are_none()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start).Circle(400, 8, 6, 20_000, bearing => (8, bearing));
        new Course(traffic, Other, Sea, Start).Circle(1500, 4, 4, 60_000, bearing => (4, bearing));
        new Course(traffic, 211_000_003, Sea, Start).Circle(250, 10, 8, 10_000, bearing => (10, bearing));
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("spoofing"), Is.Empty);
    }

    [Test]
    public void A_circle_and_a_half_is_a_near_miss()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start).Go(90, 10, Minutes(20), 30_000).Circle(500, 10, 1.5, 30_000, _ => (10, 90)).Go(90, 10, Hours(1), 30_000);
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("spoofing"), Is.Empty);
    }

    [Test]
    public void Two_turns_of_a_spiral_have_no_radius()
    {
        var traffic = new Traffic();
        var ship = new Course(traffic, Ship, Sea, Start);
        for (var i = 0; i < 12; i++)
        {
            ship.Circle(300 * Math.Pow(1.35, i), 10, 0.5, 30_000, _ => (10, 90));
        }

        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("spoofing").Where(each => each.Text("object") == "circles"), Is.Empty);
    }

    [Test]
    public void The_circle_fit_finds_centreless_radius_and_spread()
    {
        var places = Enumerable.Range(0, 24).Select(i => GreatCircle.Destination(Sea, i * 30, 1000 + (i % 2 == 0 ? 20 : -20))).ToArray();
        var fit = CircleFit.Of(places);
        var line = CircleFit.Of([.. Enumerable.Range(0, 24).Select(i => GreatCircle.Destination(Sea, 90, i * 100))]);
        Assert.Multiple(() =>
        {
            Assert.That(fit.RadiusDecimetres, Is.EqualTo(10_000).Within(50));
            Assert.That(fit.SpreadPerMille, Is.EqualTo(20).Within(3));
            Assert.That(line.RadiusDecimetres, Is.Zero.Or.GreaterThan(20_000));
        });
    }

    [Test]
    public void A_position_frozen_to_the_last_digit_while_it_says_eight_knots_is_frozen_noise()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start).Go(90, 8, Minutes(20), 60_000);
        new Course(traffic, Ship, GreatCircle.Destination(Sea, 90, 5000), Start + Minutes(20)) { NoiseMetres = 0 }.Go(90, 0, Minutes(50), 60_000, saysKnots: 8);
        using var run = FoldRun.Replay(traffic);
        var finding = run.Of("spoofing").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("object"), Is.EqualTo("frozen-noise"));
            Assert.That(finding.Text("severity"), Is.EqualTo("low"));
            Assert.That(finding.Number("measure", "frozen_minutes"), Is.EqualTo(48m).Within(1m));
        });
    }

    [TestCase(25, 8, 0, TestName = "Frozen_for_twenty_five_minutes_is_none")]
    [TestCase(60, 0, 0, TestName = "A_moored_ship_without_noise_is_none")]
    [TestCase(60, 2.5, 0, TestName = "A_stuck_position_at_two_and_a_half_knots_is_none")]
    [TestCase(60, 8, 15, TestName = "A_ship_that_holds_against_the_current_has_noise_and_is_none")]
    public void Near_misses_of_frozen_are_none(double minutes, double knots, double noise)
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start).Go(90, 8, Minutes(20), 60_000);
        new Course(traffic, Ship, GreatCircle.Destination(Sea, 90, 5000), Start + Minutes(20)) { NoiseMetres = noise }.Go(90, 0, Minutes(minutes), 60_000, saysKnots: knots);
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("spoofing"), Is.Empty);
    }

    [Test]
    public void A_ship_that_goes_on_exactly_as_one_speed_and_course_lead_has_no_noise()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start) { NoiseMetres = 0, IsExact = true }.Go(90, 8, Minutes(45), 60_000);
        using var run = FoldRun.Replay(traffic);
        var finding = run.Of("spoofing").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("object"), Is.EqualTo("frozen-noise"));
            Assert.That(finding.Text("reason"), Does.Contain("exactly as 8.0 kn on one course lead"));
        });
    }

    [TestCase(25, 0, true, TestName = "Exact_for_twenty_five_minutes_is_none")]
    [TestCase(45, 12, true, TestName = "One_speed_and_course_with_the_noise_of_a_receiver_is_none")]
    [TestCase(45, 0, false, TestName = "A_course_that_wanders_by_a_tenth_of_a_degree_is_none")]
    public void Near_misses_of_exact_are_none(double minutes, double noise, bool isExact)
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start) { NoiseMetres = noise, IsExact = isExact }.Go(90, 8, Minutes(minutes), 60_000);
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("spoofing"), Is.Empty);
    }

    [Test]
    public void A_ship_that_jumps_from_sea_to_twenty_kilometres_inland_is_on_land()
    {
        using var run = Land(25, ship => ship.Go(90, 10, Minutes(30), 60_000));
        var finding = run.Of("spoofing").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("object"), Is.EqualTo("on-land"));
            Assert.That(finding.Text("severity"), Is.EqualTo("medium"));
            Assert.That(finding.Number("measure", "inland_km"), Is.GreaterThan(15m));
        });
    }

    [Test]
    public void A_yacht_on_a_trailer_is_low()
    {
        using var run = Land(25, ship => ship.Go(90, 30, Minutes(30), 60_000), lengthM: 12);
        Assert.That(run.Of("spoofing").Single().Text("severity"), Is.EqualTo("low"));
    }

    [Test]
    public void A_ship_that_goes_ashore_by_a_port_is_on_a_river()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, GreatCircle.Destination(EastCoast.Shore, 270, 10_000), Start).Go(90, 12, Hours(3), 60_000);
        using var run = FoldRun.Replay(traffic, new EastCoast(GreatCircle.Destination(EastCoast.Shore, 0, 8000)).Reference);
        Assert.That(run.Of("spoofing"), Is.Empty);
    }

    [Test]
    public void A_ship_that_comes_inland_step_by_step_may_be_on_a_river_and_stays_low()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, GreatCircle.Destination(EastCoast.Shore, 270, 10_000), Start).Go(90, 12, Hours(1.5), 60_000);
        using var run = FoldRun.Replay(traffic, new EastCoast().Reference);
        Assert.That(run.Of("spoofing").Single().Text("severity"), Is.EqualTo("low"));
    }

    [TestCase(1.5, 30, 10, TestName = "Less_than_two_kilometres_inland_is_the_coastlines_error")]
    [TestCase(20, 6, 10, TestName = "Six_minutes_inland_are_none")]
    [TestCase(20, 30, 0, TestName = "A_ship_that_lies_still_inland_is_none")]
    public void Near_misses_of_land_are_none(double kilometres, double minutes, double knots)
    {
        using var run = Land(kilometres, ship => ship.Go(0, knots, Minutes(minutes), 60_000));
        Assert.That(run.Of("spoofing"), Is.Empty);
    }

    [Test]
    public void A_barge_that_was_only_ever_heard_inland_is_left_alone()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, GreatCircle.Destination(EastCoast.Shore, 90, 40_000), Start).Go(0, 6, Hours(3), 60_000);
        using var run = FoldRun.Replay(traffic, new EastCoast().Reference);
        Assert.That(run.Of("spoofing"), Is.Empty);
    }

    [Test]
    public void Up_a_river_near_a_port_it_is_none_and_without_a_coastline_it_is_not_judged()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, GreatCircle.Destination(EastCoast.Shore, 270, 10_000), Start).Go(90, 12, Hours(1), 60_000).Go(90, 5, Hours(1), 60_000);
        using var port = FoldRun.Replay(traffic, new EastCoast(GreatCircle.Destination(EastCoast.Shore, 90, 12_000)).Reference);
        using var bare = FoldRun.Replay(traffic, new TestReference());
        Assert.Multiple(() =>
        {
            Assert.That(port.Of("spoofing").Where(f => f.Number("measure", "inland_km") < 15), Is.Empty);
            Assert.That(bare.Of("spoofing"), Is.Empty);
        });
    }

    private static FoldRun Land(double kilometres, Func<Course, Course> inland, short lengthM = 120)
    {
        var traffic = new Traffic();
        traffic.Statics.Add(new StaticReport
        {
            EventAtMs = Start, Vessel = VesselId.FromMmsi(Ship), ShipType = 70, ToBowM = lengthM, ToSternM = 0, ToPortM = 5, ToStarboardM = 5, MessageType = 5,
        });
        new Course(traffic, Ship, GreatCircle.Destination(EastCoast.Shore, 270, 20_000), Start).Go(0, 10, Minutes(30), 60_000);
        inland(new Course(traffic, Ship, GreatCircle.Destination(EastCoast.Shore, 90, kilometres * 1000), Start + Minutes(30)));
        new Course(traffic, Ship, GreatCircle.Destination(GreatCircle.Destination(EastCoast.Shore, 270, 20_000), 0, 15_000), Start + Hours(1.2)).Go(0, 10, Minutes(30), 60_000);
        return FoldRun.Replay(traffic, new EastCoast().Reference);
    }
}
