using System.Text;
using MaritimeWatch.Alerts;
using MaritimeWatch.Log;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Alerts.NewsLines;

namespace MaritimeWatch.Tests.Alerts;

/// <summary>What officers do with an alert, and what happens to it without them.</summary>
internal sealed class OfficerTests
{
    private static NewsLines Situation() => new NewsLines().Rounds(2)
        .Declared("last", Feeder, "SEGOT", 66, 46, "V9")
        .Finding("encounter", "enc", $"mmsi:{Feeder}+mmsi:{Coaster}", 50, 53, 53, "high")
        .Finding("route-deviation", "dev", $"mmsi:{Feeder}", 49, 54, 54);

    private static AlertRun Opened(out string id)
    {
        var run = new AlertRun().Hear(Situation());
        id = run.Alerts.Single().Id;
        return run;
    }

    [Test]
    public void After_acknowledgement_the_same_behaviour_does_not_call_again()
    {
        var run = Opened(out var id);
        run.Act(id, AlertActionKind.Acknowledge, 55);
        var pushes = run.Deliveries.Count;
        run.Hear(new NewsLines().Finding("route-deviation", "dev2", $"mmsi:{Feeder}", 56, 57, 57));
        Assert.Multiple(() =>
        {
            Assert.That(run.Deliveries, Has.Count.EqualTo(pushes));
            Assert.That(run.Alerts.Single().State, Is.EqualTo(AlertState.Acknowledged));
            Assert.That(run.Alerts.Single().FindingIds, Does.Contain("dev2"));
            Assert.That(run.Alerts.Single().AcknowledgedAtMs, Is.EqualTo(At(55)));
        });
    }

    [Test]
    public void Another_behaviour_opens_it_again_and_keeps_the_decision()
    {
        var run = Opened(out var id);
        run.Act(id, AlertActionKind.Decide, 55, "release", "papers are right");
        run.Hear(new NewsLines().Finding("shared-identity", "two", $"mmsi:{Feeder}", 56, 57, 57));
        var alert = run.Alerts.Single();
        Assert.Multiple(() =>
        {
            Assert.That(alert.State, Is.EqualTo(AlertState.Open));
            Assert.That(alert.Decision, Is.EqualTo(new AlertDecision("release", "papers are right", At(55))));
            Assert.That(run.Deliveries[^1].GetProperty("text").GetString(), Does.Contain("open again, for a new reason"));
        });
    }

    [Test]
    public void The_same_action_again_changes_nothing()
    {
        var run = Opened(out var id);
        run.Act(id, AlertActionKind.Acknowledge, 55).Act(id, AlertActionKind.Decide, 56, "inspect");
        var lines = run.Lines.Count;
        run.Act(id, AlertActionKind.Acknowledge, 55).Act(id, AlertActionKind.Decide, 56, "inspect").Act(id, AlertActionKind.Decide, 54, "release");
        Assert.Multiple(() =>
        {
            Assert.That(run.Lines, Has.Count.EqualTo(lines));
            Assert.That(run.Fold.Counts.ActionsRepeated, Is.EqualTo(3));
            Assert.That(run.Alerts.Single().State, Is.EqualTo(AlertState.Decided));
        });
    }

    [Test]
    public void An_action_on_no_alert_or_without_sense_is_counted()
    {
        var run = Opened(out _);
        var lines = run.Lines.Count;
        run.Act("ffff", AlertActionKind.Acknowledge, 55);
        run.Give(new InboxEntry(99, EntryKind.Action, Encoding.UTF8.GetBytes("""{"alert":"x","action":"eat"}""")));
        Assert.That((run.Fold.Counts.ActionsUnknown, run.Fold.Counts.ActionsRefused, run.Lines.Count), Is.EqualTo((1L, 1L, lines)));
    }

    [Test]
    public void Withdrawn_evidence_lowers_it_and_closes_it_with_the_reason()
    {
        var run = Opened(out var id);
        run.Hear(new NewsLines().Finding("encounter", "enc", $"mmsi:{Feeder}+mmsi:{Coaster}", 50, 53, 58, "high", "retracted", because: "late reports show a mile between them"));
        var alert = run.Alerts.Single();
        Assert.Multiple(() =>
        {
            Assert.That(alert.Id, Is.EqualTo(id));
            Assert.That(alert.State, Is.EqualTo(AlertState.Closed));
            Assert.That(alert.ClosedBecause, Does.Contain("late reports show a mile between them"));
            Assert.That(alert.FindingIds, Is.EqualTo((string[])["dev", "enc"]));
            Assert.That(alert.Reasons[1], Does.StartWith("Withdrawn"));
            Assert.That(alert.Assessment.IsOverLine, Is.False);
        });
    }

    [Test]
    public void What_was_withdrawn_and_holds_again_opens_the_same_alert_again()
    {
        var run = Opened(out var id);
        run.Hear(new NewsLines().Finding("encounter", "enc", $"mmsi:{Feeder}+mmsi:{Coaster}", 50, 53, 58, "high", "retracted", because: "late data"));
        run.Hear(new NewsLines().Finding("encounter", "enc", $"mmsi:{Feeder}+mmsi:{Coaster}", 50, 53, 59, "high"));
        Assert.That((run.Alerts.Single().Id, run.Alerts.Single().State, run.Alerts.Single().ClosedBecause), Is.EqualTo((id, AlertState.Open, (string?)null)));
    }

    [Test]
    public void It_closes_two_days_after_she_has_left()
    {
        var run = Opened(out _);
        run.Hear(new NewsLines().PortCall("pl", Feeder, "SEGOT", 66, 70)).Tick(117.9);
        Assert.That(run.Alerts.Single().State, Is.EqualTo(AlertState.Open));
        run.Tick(118.1);
        var alert = run.Alerts.Single();
        Assert.That((alert.State, alert.ClosedBecause, alert.UpdatedAtMs), Is.EqualTo((AlertState.Closed, $"she left on {Text(70)}", At(118))));
    }

    [Test]
    public void Berthing_is_expected_until_it_is_observed()
    {
        var run = Opened(out _);
        Assert.That((run.Alerts.Single().BerthingAtMs, run.Alerts.Single().BerthingBy, run.Alerts.Single().IsArrived), Is.EqualTo((At(66), BerthingBy.Announced, false)));
        run.Hear(new NewsLines().PortCall("pl", Feeder, "SEGOT", 67, null, 67.5));
        Assert.That((run.Alerts.Single().BerthingAtMs, run.Alerts.Single().BerthingBy, run.Alerts.Single().IsArrived), Is.EqualTo((At(67.4), BerthingBy.Observed, true)));
    }

    [Test]
    public void A_cancelled_call_closes_its_alert()
    {
        var run = Opened(out _);
        run.Hear(new NewsLines().Declared("last", Feeder, "SEGOT", 66, 60, "V9", status: "cancelled"));
        Assert.That(run.Alerts.Single().ClosedBecause, Is.EqualTo("the call was cancelled"));
    }

    [Test]
    public void An_alert_is_explained_from_its_line()
    {
        var run = Opened(out _);
        var explained = AlertExplanation.FromLine(Encoding.UTF8.GetBytes(run.Of("alerts").Last()));
        TestContext.Out.WriteLine(explained.ToWords());
        var json = new System.Buffers.ArrayBufferWriter<byte>();
        explained.WriteJson(json);
        Assert.Multiple(() =>
        {
            Assert.That(explained.ToWords(), Does.Contain("-4.595  base rate: 1.0 % of calls").And.Contain("+2.500  encounter enc").And.Contain("the sum agrees").And.Contain("Without encounter enc"));
            Assert.That(System.Text.Json.JsonDocument.Parse(json.WrittenMemory).RootElement.GetProperty("sum_agrees").GetBoolean());
            Assert.That(() => AlertExplanation.FromLine("{}"u8), Throws.InstanceOf<InvalidDataException>());
        });
    }

    [Test]
    public void A_sum_that_was_altered_shows()
    {
        var line = Opened(out _).Of("alerts").Last().Replace("\"log_odds\":2.500", "\"log_odds\":2.400", StringComparison.Ordinal);
        Assert.That(AlertExplanation.FromLine(Encoding.UTF8.GetBytes(line)).IsSumRight(), Is.False);
    }
}
