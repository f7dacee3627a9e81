using MaritimeWatch.Risk;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Risk;

internal sealed class LaneTests
{
    [Test]
    public void Of_a_hundred_calls_with_evidence_two_are_red_and_eight_orange()
    {
        var lanes = new LaneBook(20, 80, 500);
        for (var i = 0; i < 100; i++)
        {
            lanes.Put(new RankedCall($"c{i:D3}", -4000 + (i * 7 % 100), true));
        }

        var counts = lanes.Calls.GroupBy(call => lanes.LaneOf(call.Subject).Lane).ToDictionary(group => group.Key, group => group.Count());
        Assert.Multiple(() =>
        {
            Assert.That(counts, Is.EqualTo(new Dictionary<RiskLane, int> { [RiskLane.Green] = 90, [RiskLane.Orange] = 8, [RiskLane.Red] = 2 }));
            Assert.That(lanes.Calls.MaxBy(call => call.TotalMilli)!.Subject, Is.EqualTo(lanes.Calls.Single(call => lanes.LaneOf(call.Subject).Rank == 1).Subject));
        });
    }

    [Test]
    public void A_call_without_evidence_stays_green_however_large_the_budget()
    {
        var lanes = new LaneBook(500, 500, 10);
        lanes.Put(new RankedCall("a", -4595, false));
        Assert.That(lanes.LaneOf("a"), Is.EqualTo((RiskLane.Green, 1, 1)));
    }

    [Test]
    public void Equal_sums_rank_by_who_was_assessed_first_and_the_oldest_is_pushed_out()
    {
        var lanes = new LaneBook(20, 80, 3);
        foreach (var call in (string[])["d", "c", "b", "a"])
        {
            lanes.Put(new RankedCall(call, -1000, true));
        }

        Assert.That(((string[])["d", "c", "b", "a"]).Select(call => lanes.LaneOf(call)), Is.EqualTo(((RiskLane, int, int)[])
            [(RiskLane.Green, 0, 3), (RiskLane.Red, 1, 3), (RiskLane.Green, 2, 3), (RiskLane.Green, 3, 3)]));
    }

    [Test]
    public void A_group_counts_no_more_than_its_cap()
    {
        var sum = Sum(("encounter", Severity.High), ("gap", Severity.High), ("route-deviation", Severity.High), ("dark-ship", Severity.High));
        Assert.Multiple(() =>
        {
            Assert.That(sum.Groups.Single().SumMilli, Is.EqualTo(2500 + 2000 + 2000 + 2200));
            Assert.That(sum.Groups.Single().CountedMilli, Is.EqualTo(4000));
            Assert.That(sum.TotalMilli, Is.EqualTo(-4595 + 4000));
            Assert.That(sum.SmallestChange, Does.StartWith("No single finding carries it"));
        });
    }

    [Test]
    public void One_medium_finding_of_any_kind_is_no_alert_and_two_of_different_groups_are()
    {
        var weights = new RiskWeights();
        Assert.Multiple(() =>
        {
            foreach (var kind in weights.Kinds)
            {
                Assert.That(Sum((kind.Kind, Severity.Medium)).IsOverLine, Is.False, kind.Kind);
                Assert.That(Sum((kind.Kind, Severity.Medium)).SmallestChange, Does.StartWith("It is under the line"));
            }

            Assert.That(Sum(("encounter", Severity.Medium), ("declared-mismatch", Severity.Medium)).IsOverLine);
            Assert.That(Sum(("encounter", Severity.Medium), ("declared-mismatch", Severity.Medium)).SmallestChange, Does.StartWith("Without encounter"));
        });
    }

    [Test]
    public void Evidence_that_is_half_sure_counts_half_and_withdrawn_evidence_nothing()
    {
        var sum = Assessor.Assess(
            new RiskWeights(), "call:X", "SEGOT", null,
            [
                new RiskEvidence("a", "dark-ship", Severity.Medium, 500, false, "Half."),
                new RiskEvidence("b", "gap", Severity.High, 1000, true, "Withdrawn."),
                new RiskEvidence("c", "port-visit", Severity.High, 1000, false, "No weight."),
            ], 0, false);
        Assert.That(sum.Groups.Single().Items.Select(item => (item.FindingId, item.LogOddsMilli)), Is.EqualTo(((string, int)[])[("a", 750), ("b", 0)]));
    }

    [Test]
    public void The_same_behaviour_again_counts_a_tenth()
    {
        var sum = Sum(("zone-entry", Severity.Medium), ("zone-entry", Severity.High), ("zone-entry", Severity.Medium), ("gap", Severity.Medium));
        Assert.That(sum.Groups.Single().Items.Select(item => item.LogOddsMilli), Is.EqualTo((int[])[1500, 1200, 80, 80]));
    }

    private static Assessment Sum(params (string Kind, Severity Severity)[] findings) => Assessor.Assess(
        new RiskWeights(), "call:SEGOT:1:x", "SEGOT", 1,
        [.. findings.Select((finding, i) => new RiskEvidence($"f{i}", finding.Kind, finding.Severity, 1000, false, "Why."))], 0, false);
}
