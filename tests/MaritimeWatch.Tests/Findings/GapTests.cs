using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings;

internal sealed class GapTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [Test]
    public void A_vessel_silent_for_thirteen_hours_has_a_gap()
    {
        using var run = FoldRun.Replay(Silent(13));
        var gap = run.Of("gap").Single();
        Assert.Multiple(() =>
        {
            Assert.That(gap.Text("subject"), Is.EqualTo("mmsi:211000001"));
            Assert.That(gap.Text("severity"), Is.EqualTo("medium"));
            Assert.That(gap.Text("state"), Is.EqualTo("closed"));
            Assert.That(gap.GetProperty("settled").GetBoolean());
            Assert.That(gap.Number("measure", "silence_h"), Is.EqualTo(13.0m));
            Assert.That(gap.Text("start_at"), Is.EqualTo(Instants.ToText(Start + Hours(1))));
            Assert.That(gap.Text("end_at"), Is.EqualTo(Instants.ToText(Start + Hours(14))));
            Assert.That(gap.GetProperty("evidence").GetProperty("reports").GetInt32(), Is.EqualTo(2));
        });
    }

    [Test]
    public void The_gap_opens_when_six_hours_have_passed_and_not_when_the_vessel_returns()
    {
        using var run = FoldRun.Replay(Silent(13));
        var first = run.Revisions.First(r => r.Text("kind") == "gap");
        Assert.Multiple(() =>
        {
            Assert.That(first.Text("state"), Is.EqualTo("open"));
            Assert.That(first.GetProperty("settled").GetBoolean(), Is.False);
            Assert.That(first.Number("measure", "silence_h"), Is.InRange(6.0m, 6.2m));
        });
    }

    [Test]
    public void A_vessel_silent_for_less_than_six_hours_has_none()
    {
        using var run = FoldRun.Replay(Silent(5.9));
        Assert.That(run.Of("gap"), Is.Empty);
    }

    [Test]
    public void A_silence_where_nobody_else_is_heard_is_not_observable()
    {
        var traffic = new Traffic();
        var at = traffic.Sail(Ship, Sea, 10, 12, Start, Hours(1));
        traffic.Sail(Ship, at, 10, 12, Start + Hours(14), Hours(1));
        using var run = FoldRun.Replay(traffic);
        Assert.Multiple(() =>
        {
            Assert.That(run.Revisions, Is.Empty);
            Assert.That(run.Fold.Counts.NotObservable, Is.EqualTo(1));
            Assert.That(run.Lines.Count(l => l.Collection == "not-observable"), Is.EqualTo(1));
        });
    }

    [Test]
    public void A_silence_while_reception_fails_for_all_is_not_observable()
    {
        var traffic = new Traffic();
        traffic.Neighbours(Sea, Start, Hours(1.5));
        traffic.Neighbours(Sea, Start + Hours(12), Hours(2));
        var at = traffic.Sail(Ship, Sea, 10, 12, Start, Hours(1));
        traffic.Sail(Ship, at, 10, 12, Start + Hours(13), Hours(1));
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("gap"), Is.Empty);
    }

    [Test]
    public void A_ship_that_sails_out_of_reception_has_no_gap()
    {
        var traffic = new Traffic();
        traffic.Neighbours(Sea, Start, Hours(15));
        traffic.Sail(Ship, MaritimeWatch.Geodesy.GreatCircle.Destination(Sea, 270, 10_000), 270, 12, Start, Hours(1));
        using var run = FoldRun.Replay(traffic);
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("gap"), Is.Empty);
            Assert.That(run.Fold.Counts.NotObservable, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_ship_laid_up_in_port_may_switch_off()
    {
        var reference = new TestReference();
        var traffic = new Traffic();
        traffic.Neighbours(reference.Port.Where, Start, Hours(15));
        traffic.Sail(Ship, reference.Port.Where, 0, 0, Start, Hours(1), status: 5);
        traffic.Sail(Ship, reference.Port.Where, 0, 0, Start + Hours(14), Hours(1), status: 5);
        using var run = FoldRun.Replay(traffic, reference);
        Assert.That(run.Of("gap"), Is.Empty);
    }

    [Test]
    public void A_class_b_vessel_raises_no_alarm()
    {
        var traffic = Silent(13, ReportTraits.ClassB);
        traffic.Neighbours(Sea, Start, Hours(15), firstMmsi: 219_000_101, traits: ReportTraits.ClassB);
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("gap").Single(g => g.Text("subject") == "mmsi:211000001").Text("severity"), Is.EqualTo("low"));
    }

    [Test]
    public void A_class_b_vessel_is_not_judged_by_the_stronger_stations_of_class_a()
    {
        using var run = FoldRun.Replay(Silent(13, ReportTraits.ClassB));
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("gap"), Is.Empty);
            Assert.That(run.Lines.Single(l => l.Collection == "not-observable").Line, Does.Contain("\"deliberate_probability\":0."));
        });
    }

    [Test]
    public void The_chance_can_be_added_up_by_hand_from_the_finding()
    {
        using var run = FoldRun.Replay(Silent(13));
        var measure = run.Of("gap").Single().GetProperty("measure");
        var terms = measure.EnumerateObject()
            .Where(f => f.Name == "odds_before" || f.Name.EndsWith("_odds", StringComparison.Ordinal)).Sum(f => f.Value.GetDecimal());
        var sum = measure.GetProperty("odds_sum").GetDecimal();
        Assert.Multiple(() =>
        {
            Assert.That(terms, Is.EqualTo(sum));
            Assert.That((double)measure.GetProperty("deliberate_probability").GetDecimal(), Is.EqualTo(1 / (1 + Math.Exp(-(double)sum))).Within(0.001));
        });
    }

    [Test]
    public void A_vessel_still_silent_at_the_end_of_a_replay_has_an_open_settled_gap()
    {
        var traffic = new Traffic();
        traffic.Neighbours(Sea, Start, Hours(15));
        traffic.Sail(Ship, Sea, 10, 2, Start, Hours(1));
        using var run = FoldRun.Replay(traffic);
        var gap = run.Of("gap").Single();
        Assert.Multiple(() =>
        {
            Assert.That(gap.Text("state"), Is.EqualTo("open"));
            Assert.That(gap.GetProperty("settled").GetBoolean());
            Assert.That(gap.Text("end_at"), Is.Null);
        });
    }

    [Test]
    public void A_late_report_in_the_middle_retracts_the_gap_with_a_reason()
    {
        using var run = Live(late: 4);
        var last = run.Revisions.Last(r => r.Text("kind") == "gap");
        Assert.Multiple(() =>
        {
            Assert.That(last.Text("state"), Is.EqualTo("retracted"));
            Assert.That(last.Text("retracted_because"), Does.Contain("came late"));
        });
    }

    [Test]
    public void A_late_report_near_the_start_amends_the_gap()
    {
        using var run = Live(late: 0.2);
        var gap = run.Of("gap").Single();
        Assert.Multiple(() =>
        {
            Assert.That(gap.Text("start_at"), Is.EqualTo(Instants.ToText(Start + Hours(1.2))));
            Assert.That(gap.Text("amended_because"), Does.Contain("came late"));
            Assert.That(gap.GetProperty("revision").GetInt32(), Is.GreaterThan(1));
        });
    }

    [Test]
    public void Global_Fishing_Watch_takes_it_for_disabling_only_far_offshore()
    {
        using var near = FoldRun.Replay(Silent(13), new TestReference { Offshore = 20 }, "default", "gfw");
        using var far = FoldRun.Replay(Silent(13), new TestReference { Offshore = 120 }, "default", "gfw");
        Assert.Multiple(() =>
        {
            Assert.That(near.Of("gap").Single().Text("severity"), Is.EqualTo("medium"));
            Assert.That(near.Of("gap", "gfw").Single().Text("severity"), Is.EqualTo("info"));
            Assert.That(far.Of("gap", "gfw").Single().Text("severity"), Is.EqualTo("medium"));
        });
    }

    [Test]
    public void Simulated_evidence_makes_the_finding_simulated()
    {
        using var run = FoldRun.Replay(Silent(13, ReportTraits.Simulated));
        Assert.That(run.Of("gap").Single().GetProperty("simulated").GetBoolean());
    }

    internal static Traffic Silent(double hours, ReportTraits traits = ReportTraits.None)
    {
        var traffic = new Traffic();
        traffic.Neighbours(Sea, Start, Hours(hours + 2));
        var at = traffic.Sail(Ship, Sea, 10, 2, Start, Hours(1), traits: traits);
        traffic.Sail(Ship, at, 10, 2, Start + Hours(1 + hours), Hours(1), traits: traits);
        return traffic;
    }

    // The vessel is silent for nine hours, and then a report from within the silence comes in.
    private static FoldRun Live(double late)
    {
        var traffic = new Traffic();
        traffic.Neighbours(Sea, Start, Hours(9));
        var at = traffic.Sail(Ship, Sea, 10, 2, Start, Hours(1));
        var run = new FoldRun();
        var number = 0;
        foreach (var hour in traffic.Reports.OrderBy(r => r.EventAtMs).GroupBy(r => r.EventAtMs / 600_000))
        {
            run.Batch(hour, hour.Max(r => r.EventAtMs) + 1000, $"h{number++}");
        }

        Assert.That(run.Of("gap"), Has.Count.EqualTo(1), "the gap is open before the late report");
        var more = new Traffic();
        more.Report(Ship, at, Start + Hours(1 + late), 2, 10);
        run.Batch(more.Reports, Start + Hours(9), "late");
        return run;
    }
}
