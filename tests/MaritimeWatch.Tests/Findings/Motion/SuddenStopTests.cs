using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Motion;

internal sealed class SuddenStopTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [Test]
    public void A_large_ship_that_stops_within_twenty_seconds_and_stays_stopped_is_an_alarm()
    {
        using var run = Stop(course => course.Go(90, 12, Minutes(20), 10_000).Go(90, 5, 10_000, 10_000).Go(90, 0.1, Minutes(20), 10_000));
        var finding = run.Of("sudden-stop").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("severity"), Is.EqualTo("medium"));
            Assert.That(finding.Number("measure", "knots_before"), Is.EqualTo(12.0m));
            Assert.That(finding.Number("measure", "within_s"), Is.EqualTo(20m));
            Assert.That(finding.Text("start_at"), Is.EqualTo("2026-03-01T20:20:20Z"));
            Assert.That(run.Revisions[0].Text("known_at"), Is.EqualTo("2026-03-01T20:21:20Z"), "as soon as it was held");
            Assert.That(finding.GetProperty("settled").GetBoolean());
        });
    }

    [Test]
    public void A_stop_in_forty_seconds_is_a_manoeuvre()
    {
        using var run = Stop(course => course.Go(90, 12, Minutes(20), 10_000).Go(90, 5, 30_000, 10_000).Go(90, 0.1, Minutes(20), 10_000));
        Assert.That(run.Of("sudden-stop"), Is.Empty);
    }

    [Test]
    public void From_six_knots_it_is_none()
    {
        using var run = Stop(course => course.Go(90, 6.9, Minutes(20), 10_000).Go(90, 0.1, Minutes(20), 10_000));
        Assert.That(run.Of("sudden-stop"), Is.Empty);
    }

    [Test]
    public void A_false_speed_for_half_a_minute_is_none()
    {
        using var run = Stop(course => course.Go(90, 12, Minutes(20), 10_000).Go(90, 0.1, 40_000, 10_000).Go(90, 12, Minutes(20), 10_000));
        Assert.That(run.Of("sudden-stop"), Is.Empty);
    }

    [Test]
    public void A_single_false_speed_of_a_ship_that_lies_still_is_none()
    {
        using var run = Stop(course => course.Go(90, 0, Minutes(20), 10_000).Go(90, 0, 10_000, 10_000, saysKnots: 23.4).Go(90, 0, Minutes(20), 10_000));
        Assert.That(run.Of("sudden-stop"), Is.Empty);
    }

    [Test]
    public void A_ship_that_says_that_it_stopped_and_sails_on_has_a_false_speed()
    {
        using var run = Stop(course => course.Go(90, 12, Minutes(20), 10_000).Go(90, 12, Minutes(20), 10_000, saysKnots: 0));
        Assert.That(run.Of("sudden-stop"), Is.Empty);
    }

    [Test]
    public void In_one_minute_data_it_is_not_observable_and_said_once()
    {
        using var run = Stop(course =>
        {
            for (var i = 0; i < 3; i++)
            {
                course.Go(90, 12, Minutes(20), 60_000).Go(90, 0.1, Minutes(20), 60_000);
            }
        });
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("sudden-stop"), Is.Empty);
            Assert.That(run.Lines.Count(l => l.Collection == "not-observable" && l.Line.Contains("sudden-stop", StringComparison.Ordinal)), Is.EqualTo(1));
            Assert.That(run.Fold.Counts.StopsNotObservable, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_slowing_ship_in_one_minute_data_is_not_worth_a_word()
    {
        using var run = Stop(course => course.Go(90, 12, Minutes(20), 60_000).Go(90, 6, Minutes(2), 60_000).Go(90, 0.1, Minutes(20), 60_000));
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("sudden-stop"), Is.Empty);
            Assert.That(run.Fold.Counts.StopsNotObservable, Is.Zero);
        });
    }

    [Test]
    public void A_pilot_boat_stops_at_will()
    {
        using var run = Stop(course => course.Go(90, 22, Minutes(20), 10_000).Go(90, 0.1, Minutes(20), 10_000), shipType: 50, lengthM: 15);
        Assert.That(run.Of("sudden-stop").Single().Text("severity"), Is.EqualTo("info"));
    }

    [Test]
    public void A_late_report_of_movement_retracts_it()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start).Go(90, 12, Minutes(5), 10_000).Go(90, 0.1, Minutes(2), 20_000);
        using var run = new FoldRun();
        run.Batch(traffic.Reports, Start + Minutes(7), "a");
        Assert.That(run.Of("sudden-stop"), Has.Count.EqualTo(1));
        var late = new Traffic();
        var held = traffic.Reports[^4];
        late.Reports.Add(held with { EventAtMs = held.EventAtMs + 5_000, SpeedDeciKnots = 80 });
        run.Batch(late.Reports, Start + Minutes(7), "b");
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("sudden-stop"), Is.Empty);
            Assert.That(run.Revisions[^1].Text("retracted_because"), Does.Contain("8.0 kn"));
        });
    }

    private static FoldRun Stop(Action<Course> sail, byte shipType = 70, short lengthM = 120)
    {
        var traffic = new Traffic();
        traffic.Statics.Add(new StaticReport
        {
            EventAtMs = Start, Vessel = VesselId.FromMmsi(Ship), ShipType = shipType, ToBowM = lengthM, ToSternM = 0, ToPortM = 5, ToStarboardM = 5, MessageType = 5,
        });
        sail(new Course(traffic, Ship, Sea, Start));
        return FoldRun.Replay(traffic);
    }
}
