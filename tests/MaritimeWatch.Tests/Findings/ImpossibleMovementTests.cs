using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings;

internal sealed class ImpossibleMovementTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [Test]
    public void A_ship_displaced_by_thirty_miles_within_a_minute_is_an_alarm_once_it_stays_there()
    {
        var traffic = new Traffic();
        var at = traffic.Sail(Ship, Sea, 90, 10, Start, Minutes(30));
        traffic.Sail(Ship, GreatCircle.Destination(at, 0, 30 * 1852), 90, 10, Start + Minutes(31), Minutes(30));
        using var run = FoldRun.Replay(traffic);
        var finding = run.Of("impossible-movement").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("severity"), Is.EqualTo("medium"));
            Assert.That(finding.Number("measure", "implied_speed_knots"), Is.GreaterThan(1500m));
            Assert.That(finding.Number("measure", "distance_nm"), Is.EqualTo(30.0m).Within(0.3m));
            Assert.That(run.Revisions[0].Text("severity"), Is.EqualTo("low"), "it opens with the first report");
            Assert.That(run.Revisions[0].Text("state"), Is.EqualTo("open"));
        });
    }

    [Test]
    public void A_single_bad_fix_that_returns_at_once_stays_low()
    {
        var traffic = new Traffic();
        var at = traffic.Sail(Ship, Sea, 90, 10, Start, Minutes(30));
        traffic.Report(Ship, GreatCircle.Destination(at, 0, 30 * 1852), Start + Minutes(30.5), 10, 90);
        traffic.Sail(Ship, at, 90, 10, Start + Minutes(31), Hours(3));
        using var run = FoldRun.Replay(traffic);
        var finding = run.Of("impossible-movement").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("severity"), Is.EqualTo("low"));
            Assert.That(finding.Text("state"), Is.EqualTo("closed"));
            Assert.That(finding.GetProperty("settled").GetBoolean());
        });
    }

    [Test]
    public void Two_hulls_on_one_number_make_one_finding_and_not_thousands()
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 10, Start, Hours(4));
        traffic.Sail(Ship, GreatCircle.Destination(Sea, 0, 60 * 1852), 90, 10, Start + 30_000, Hours(4));
        using var run = FoldRun.Replay(traffic);
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("impossible-movement"), Has.Count.EqualTo(1));
            Assert.That(run.Revisions, Has.Count.LessThan(10));
            Assert.That(run.Of("impossible-movement")[0].Text("severity"), Is.EqualTo("medium"));
        });
    }

    [TestCase(1.5, 1, TestName = "A_jump_of_a_mile_and_a_half_is_noise")]
    [TestCase(15, 20, TestName = "Fifteen_miles_in_twenty_minutes_is_a_fast_ferry")]
    public void Near_misses_are_none(double miles, double minutes)
    {
        var traffic = new Traffic();
        var at = traffic.Sail(Ship, Sea, 90, 10, Start, Minutes(30));
        traffic.Sail(Ship, GreatCircle.Destination(at, 0, miles * 1852), 90, 10, Start + Minutes(30 + minutes), Minutes(30));
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("impossible-movement"), Is.Empty);
    }

    [Test]
    public void A_rescue_aircraft_may_fly()
    {
        var traffic = new Traffic();
        traffic.Sail(111_211_001, Sea, 90, 140, Start, Hours(1), traits: ReportTraits.Aircraft);
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Revisions, Is.Empty);
    }

    [Test]
    public void A_ship_that_crosses_the_antimeridian_and_midnight_moves_possibly()
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Position.FromDegrees(-17, 179.8), 90, 14, Start, Hours(6));
        using var run = FoldRun.Replay(traffic);
        Assert.Multiple(() =>
        {
            Assert.That(run.Revisions, Is.Empty);
            Assert.That(run.Lines.Count(l => l.Collection == "tracks"), Is.EqualTo(1), "one piece ends at midnight");
        });
    }

    [Test]
    public void A_jump_over_the_antimeridian_is_drawn_in_two_parts()
    {
        var traffic = new Traffic();
        var at = traffic.Sail(Ship, Position.FromDegrees(-17, 179.8), 90, 1, Start, Minutes(30));
        traffic.Sail(Ship, GreatCircle.Destination(at, 90, 40 * 1852), 90, 1, Start + Minutes(31), Minutes(30));
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Lines.Last(l => l.Collection == "findings").Line, Does.Contain("MultiLineString"));
    }

    [Test]
    public void Global_Fishing_Watch_defines_no_such_behaviour()
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 10, Start, Minutes(30));
        traffic.Sail(Ship, GreatCircle.Destination(Sea, 0, 90 * 1852), 90, 10, Start + Minutes(31), Minutes(30));
        using var run = FoldRun.Replay(traffic, null, "default", "gfw");
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("impossible-movement"), Has.Count.EqualTo(1));
            Assert.That(run.Of("impossible-movement", "gfw"), Is.Empty);
        });
    }
}
