using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Motion;

internal sealed class LoiteringTests
{
    // 30 km west of the port of the test reference.
    private static readonly Position Sea = Position.FromDegrees(57.7, 11.4);

    [Test]
    public void A_ship_slow_at_sea_for_six_hours_loiters_from_its_first_slow_report_to_its_last()
    {
        using var run = Slow(6, 0.9);
        var finding = run.Of("loitering").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("start_at"), Is.EqualTo("2026-03-01T21:03:00Z"));
            Assert.That(finding.Text("end_at"), Is.EqualTo("2026-03-02T03:00:00Z"));
            Assert.That(finding.Text("state"), Is.EqualTo("closed"));
            Assert.That(finding.GetProperty("settled").GetBoolean());
            Assert.That(finding.Text("severity"), Is.EqualTo("low"));
            Assert.That(finding.Number("measure", "slow_h"), Is.EqualTo(5.9m));
            Assert.That(finding.Number("measure", "mean_knots"), Is.EqualTo(0.9m).Within(0.1m));
            Assert.That(finding.Text("reason"), Does.Contain("5 h 57 min"));
            Assert.That(run.Revisions[0].Text("state"), Is.EqualTo("open"), "it opens while it goes on");
            Assert.That(run.Revisions[0].Text("known_at"), Is.LessThan("2026-03-02T01:10:00Z"), "as soon as four hours are full");
        });
    }

    [TestCase(3.8, 0.9, TestName = "Less_than_four_hours_is_none")]
    [TestCase(8, 2.4, TestName = "Two_and_a_half_knots_is_none")]
    [TestCase(8, 6, TestName = "A_slow_steamer_is_none")]
    public void Near_misses_are_none(double hours, double knots)
    {
        using var run = Slow(hours, knots);
        Assert.That(run.Of("loitering"), Is.Empty);
    }

    [Test]
    public void A_quarter_of_an_hour_of_shifting_does_not_end_it()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start).Go(180, 10, Hours(1), Minutes(3)).Go(180, 0.5, Hours(3), Minutes(3))
            .Go(270, 6, Minutes(15), Minutes(3)).Go(180, 0.5, Hours(3), Minutes(3)).Go(90, 10, Hours(1), Minutes(3));
        using var run = FoldRun.Replay(traffic, new TestReference());
        Assert.That(run.Of("loitering").Single().Number("measure", "slow_h"), Is.GreaterThanOrEqualTo(6));
    }

    [Test]
    public void A_silence_of_hours_ends_it_because_nobody_knows_what_it_did()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start).Go(90, 0.5, Hours(3), Minutes(3)).Wait(Hours(3)).Go(90, 0.5, Hours(3), Minutes(3));
        using var run = FoldRun.Replay(traffic, new TestReference());
        Assert.That(run.Of("loitering"), Is.Empty);
    }

    [Test]
    public void Near_a_stopping_place_or_the_coast_it_is_none()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, GreatCircle.Destination(new TestReference().Port.Where, 270, 8000), Start).Go(0, 0.3, Hours(8), Minutes(3));
        using var near = FoldRun.Replay(traffic, new TestReference());
        using var coast = Slow(6, 0.9, new TestReference { Offshore = 1.5 });
        using var nowhere = Slow(6, 0.9, null, hasReference: false);
        Assert.Multiple(() =>
        {
            Assert.That(near.Of("loitering"), Is.Empty);
            Assert.That(coast.Of("loitering"), Is.Empty);
            Assert.That(nowhere.Of("loitering"), Is.Empty, "where no stopping places are known nobody is far from them");
        });
    }

    [Test]
    public void Global_Fishing_Watch_asks_for_twenty_miles_and_so_the_profiles_disagree()
    {
        using var near = Slow(6, 0.9, new TestReference { Offshore = 20 }, profiles: ["default", "gfw", "skylight"]);
        using var far = Slow(6, 0.9, new TestReference { Offshore = 38 }, profiles: ["default", "gfw", "skylight"]);
        Assert.Multiple(() =>
        {
            Assert.That(near.Of("loitering"), Has.Count.EqualTo(1));
            Assert.That(near.Of("loitering", "gfw"), Is.Empty);
            Assert.That(near.Of("loitering", "skylight"), Has.Count.EqualTo(1));
            Assert.That(far.Of("loitering", "gfw"), Has.Count.EqualTo(1));
        });
    }

    [TestCase((byte)30)]
    [TestCase((byte)50)]
    [TestCase((byte)33)]
    public void Fishing_pilots_and_dredgers_do_it_for_a_living(byte shipType)
    {
        var traffic = new Traffic();
        traffic.Statics.Add(new StaticReport { EventAtMs = Start, Vessel = VesselId.FromMmsi(Ship), ShipType = shipType, MessageType = 5 });
        new Course(traffic, Ship, Sea, Start).Go(90, 0.5, Hours(6), Minutes(3));
        using var run = FoldRun.Replay(traffic, new TestReference());
        Assert.That(run.Of("loitering").Single().Text("severity"), Is.EqualTo("info"));
    }

    [Test]
    public void A_late_report_at_speed_in_the_middle_retracts_it_with_a_reason()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start).Go(90, 0.5, Hours(5), Minutes(3));
        using var run = new FoldRun(new TestReference());
        run.Batch(traffic.Reports, Start + Hours(5), "a");
        Assert.That(run.Of("loitering"), Has.Count.EqualTo(1));
        var late = new Traffic();
        late.Report(Ship, Sea, Start + Hours(2.5) + 30_000, 9, 90);
        run.Batch(late.Reports, Start + Hours(5), "b");
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("loitering"), Is.Empty);
            Assert.That(run.Revisions[^1].Text("retracted_because"), Does.Contain("9.0 kn"));
        });
    }

    private static FoldRun Slow(double hours, double knots, TestReference? reference = null, bool hasReference = true, params string[] profiles)
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start).Go(90, 10, Hours(1), Minutes(3)).Go(200, knots, Hours(hours), Minutes(3)).Go(200, 10, Hours(2), Minutes(3));
        return FoldRun.Replay(traffic, hasReference ? reference ?? new TestReference() : null, profiles);
    }
}
