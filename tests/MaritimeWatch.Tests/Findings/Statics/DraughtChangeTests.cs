using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Statics;

internal sealed class DraughtChangeTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);
    private static readonly AnchoragePoint Aalborg = new("DKAAL", Sea, "DKAAL", "Aalborg", StoppingPlace.Port);

    [TestCase(80, 85, 0.5)]
    [TestCase(80, 140, 6.0)]
    [TestCase(140, 80, 6.0)]
    public void A_draught_that_changes_at_sea_is_told_and_is_no_alarm(short before, short now, decimal change)
    {
        using var run = FoldRun.Replay(Said(UnderWay(), before, now));
        var finding = run.Of("draught-change").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("severity"), Is.EqualTo("low"));
            Assert.That(finding.Number("measure", "change_m"), Is.EqualTo(change));
            Assert.That(finding.Text("start_at"), Is.EqualTo("2026-03-02T00:00:00Z"));
        });
    }

    [TestCase(80, 84, TestName = "Forty_centimetres_are_none")]
    [TestCase(180, 186, TestName = "Three_percent_are_none")]
    public void Near_misses_are_none(short before, short now)
    {
        using var run = FoldRun.Replay(Said(UnderWay(), before, now));
        Assert.That(run.Revisions, Is.Empty);
    }

    [Test]
    public void A_call_in_between_explains_it()
    {
        using var run = FoldRun.Replay(Said(Stopped(), 80, 120), new TestReference { Port = Aalborg });
        Assert.That(run.Of("draught-change"), Is.Empty);
    }

    [Test]
    public void Where_no_ports_are_known_every_stop_may_be_a_call()
    {
        using var run = FoldRun.Replay(Said(Stopped(), 80, 120));
        Assert.That(run.Of("draught-change"), Is.Empty);
    }

    [Test]
    public void A_stop_far_out_at_sea_before_another_draught_is_an_alarm()
    {
        using var run = FoldRun.Replay(Said(Stopped(), 80, 120), new TestReference { Offshore = 40 });
        var finding = run.Of("draught-change").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("severity"), Is.EqualTo("medium"));
            Assert.That(finding.Text("reason"), Does.Contain("it lay still at sea"));
        });
    }

    [Test]
    public void A_ship_that_was_silent_for_hours_may_have_called_anywhere_and_it_is_a_note()
    {
        var traffic = new Traffic();
        var at = traffic.Sail(Ship, Sea, 90, 12, Start, Hours(1));
        traffic.Sail(Ship, GreatCircle.Destination(at, 90, 30_000), 90, 12, Start + Hours(6), Hours(3));
        traffic.Says(Saying.Anna() with { DraughtDecimetres = 80 }, Start, Start + Hours(1));
        traffic.Says(Saying.Anna() with { DraughtDecimetres = 120 }, Start + Hours(6), Start + Hours(8));
        using var run = FoldRun.Replay(traffic);
        var finding = run.Of("draught-change").Single();
        Assert.That((finding.Text("severity"), finding.Text("reason")!.Contains("silent for hours", StringComparison.Ordinal)), Is.EqualTo(("info", true)));
    }

    private static Traffic UnderWay()
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 12, Start, Hours(6));
        return traffic;
    }

    private static Traffic Stopped()
    {
        var traffic = new Traffic();
        var from = GreatCircle.Destination(Sea, 270, 24 * 1852);
        var at = traffic.Sail(Ship, from, 90, 12, Start, Hours(2) - 60_000);
        traffic.Sail(Ship, at, 90, 0.1, Start + Hours(2), Hours(1.5));
        traffic.Sail(Ship, at, 90, 12, Start + Hours(3.5) + 60_000, Hours(3));
        return traffic;
    }

    // In the stopped case the earlier draught is last said before the stop.
    private static Traffic Said(Traffic traffic, short before, short now)
    {
        var isStopped = traffic.Reports.Exists(r => r.SpeedDeciKnots < 5);
        traffic.Says(Saying.Anna() with { DraughtDecimetres = before }, Start, Start + Hours(isStopped ? 1.5 : 4));
        traffic.Says(Saying.Anna() with { DraughtDecimetres = now }, Start + Hours(4), Start + Hours(5.5));
        return traffic;
    }
}
