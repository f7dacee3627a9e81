using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Motion;

internal sealed class DriftTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [Test]
    public void A_ship_carried_across_its_heading_for_twenty_minutes_drifts()
    {
        using var run = Drift(20, 2, 90);
        var finding = run.Of("drift").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("severity"), Is.EqualTo("low"));
            Assert.That(finding.Text("start_at"), Is.EqualTo("2026-03-01T20:31:00Z"));
            Assert.That(finding.Text("end_at"), Is.EqualTo("2026-03-01T20:50:00Z"));
            Assert.That(finding.Number("measure", "drift_minutes"), Is.EqualTo(19m));
            Assert.That(finding.Number("measure", "angle_degrees_most"), Is.EqualTo(90m).Within(1m));
            Assert.That(run.Revisions[0].Text("state"), Is.EqualTo("open"));
        });
    }

    [TestCase(9, 3, 90, TestName = "Nine_minutes_across_is_none")]
    [TestCase(30, 0.8, 90, TestName = "Less_than_a_knot_is_none")]
    [TestCase(30, 5.5, 90, TestName = "Faster_than_wind_and_current_is_none")]
    [TestCase(30, 2, 40, TestName = "Forty_degrees_is_set_and_is_none")]
    [TestCase(14, 1.0, 90, TestName = "Fewer_than_five_hundred_metres_is_none")]
    public void Near_misses_are_none(double minutes, double knots, int angle)
    {
        using var run = Drift(minutes, knots, angle);
        Assert.That(run.Of("drift"), Is.Empty);
    }

    [TestCase((byte)1)]
    [TestCase((byte)5)]
    [TestCase((byte)7)]
    public void At_anchor_moored_or_fishing_by_its_own_word_it_does_not_drift(byte status)
    {
        using var run = Drift(30, 2, 90, status);
        Assert.That(run.Of("drift"), Is.Empty);
    }

    [Test]
    public void Not_under_command_it_is_an_officers_matter()
    {
        using var run = Drift(20, 2, 90, 2);
        Assert.That(run.Of("drift").Single().Text("severity"), Is.EqualTo("medium"));
    }

    [Test]
    public void A_tug_that_works_sideways_is_for_information()
    {
        using var run = Drift(20, 2, 90, shipType: 52);
        Assert.That(run.Of("drift").Single().Text("severity"), Is.EqualTo("info"));
    }

    [Test]
    public void A_heading_that_never_fits_the_course_at_speed_tells_no_drift()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start) { Heading = 270 }.Go(90, 12, Minutes(30), 60_000).Go(90, 3, Minutes(30), 60_000);
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("drift"), Is.Empty, "a ferry with two bows");
    }

    [Test]
    public void Without_a_heading_a_large_ship_that_may_drift_is_said_to_be_not_observable_once()
    {
        var traffic = new Traffic();
        traffic.Statics.Add(new StaticReport
        {
            EventAtMs = Start, Vessel = VesselId.FromMmsi(Ship), ShipType = 70, ToBowM = 100, ToSternM = 30, ToPortM = 10, ToStarboardM = 10, MessageType = 5,
        });
        new Course(traffic, Ship, Sea, Start).Go(90, 12, Minutes(30), 60_000).Go(0, 2, Hours(2), 60_000).Go(90, 12, Minutes(30), 60_000).Go(0, 2, Hours(2), 60_000);
        using var run = FoldRun.Replay(traffic);
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("drift"), Is.Empty);
            Assert.That(run.Lines.Count(l => l.Collection == "not-observable" && l.Line.Contains("\"drift\"", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(run.Fold.Counts.DriftsNotObservable, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_late_report_that_goes_where_it_points_retracts_it()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start) { Heading = 90 }.Go(0, 2, Minutes(18), 60_000);
        using var run = new FoldRun();
        run.Batch(traffic.Reports, Start + Minutes(18), "a");
        Assert.That(run.Of("drift"), Has.Count.EqualTo(1));
        var late = new Traffic();
        var middle = traffic.Reports[9];
        late.Reports.Add(middle with { EventAtMs = middle.EventAtMs + 20_000, HeadingDegrees = 2 });
        run.Batch(late.Reports, Start + Minutes(18), "b");
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("drift"), Is.Empty);
            Assert.That(run.Revisions[^1].Text("retracted_because"), Does.Contain("went where its bow pointed"));
        });
    }

    private static FoldRun Drift(double minutes, double knots, int angle, byte status = 0, byte shipType = 70)
    {
        var traffic = new Traffic();
        traffic.Statics.Add(new StaticReport { EventAtMs = Start, Vessel = VesselId.FromMmsi(Ship), ShipType = shipType, MessageType = 5 });
        var ship = new Course(traffic, Ship, Sea, Start) { Heading = 90 };
        ship.Go(90, 11, Minutes(30), 60_000);
        ship.Status = status;
        ship.Go(90 + angle, knots, Minutes(minutes), 60_000);
        ship.Status = 0;
        ship.Go(90, 11, Minutes(40), 60_000);
        return FoldRun.Replay(traffic);
    }
}
