using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Alerts.NewsLines;

namespace MaritimeWatch.Tests.Alerts;

/// <summary>The story of the simulated week, in lines made by hand, and the lawful look-alikes around it.</summary>
internal sealed class StoryTests
{
    private const string Token = "f00dfeed";

    private static readonly Position Lost = Position.FromDegrees(58.3, 10.6);
    private static readonly Position Echo = GreatCircle.Destination(Lost, 200, 9_000);
    private static readonly string Coming = Call("SEGOT", Feeder, 138);

    /// <summary>Five lawful rounds, then the voyage of the story: ETA at hour 138.</summary>
    internal static NewsLines Story() => new NewsLines().Rounds(5)
        .Declared("last", Feeder, "SEGOT", 138, 118, "V5", "NOLAR", name: "SIM FEEDER", imo: 9_347_346, callSign: "LAAB7")
        .PortCall("p5", Feeder, "NOLAR", 117, 121)
        .Consignment("c1", null, "DEHAM", "SEGOT", 138, 119, ["MWCU6059784", "FCIU5956299"], "V5", 9_347_346)
        .Consignment("c2", Feeder, "DEHAM", "SEGOT", 138, 119, ["TCLU5546482"], "V5")
        .Consignment("c3", Feeder, "NOLAR", "SEGOT", 138, 119, ["MSCU1234566"], "V5", original: "CNSHA")
        .Finding("route-deviation", "dev", $"mmsi:{Feeder}", 123, null, 123.5, state: "open", reason: "SIM FEEDER is 6.2 NM off the lane that she keeps.", first: Lost)
        .Finding("encounter", "enc", $"mmsi:{Feeder}+mmsi:{Coaster}", 124, 126.5, 126.2, "high", reason: "SIM FEEDER and another ship lay 200 m apart for 2 h.", stage: "encounters", first: Lost)
        .Finding("gap", "gap", $"mmsi:{Feeder}", 127, null, 131, "low", "open", "SIM FEEDER was silent although others were heard.", first: Lost)
        .Detection("detection:S1:4", 129, 130, Echo)
        .Finding("dark-ship", "dark", "detection:S1:4", 129, 129, 130, reason: "A ship of 128 m without a report.", stage: "scenes", first: Echo)
        .Finding("gap", "gap", $"mmsi:{Feeder}", 127, 133, 133.1, "medium", "closed", "SIM FEEDER was silent for 6 h although others were heard.", first: Lost, last: GreatCircle.Destination(Lost, 150, 30_000))
        .PortCall("p6", Feeder, "SEGOT", 141, null, 141.5)
        .PortCall("p6", Feeder, "SEGOT", 141, 150, 150)
        .Pickup("pick", "MWCU6059784", Token, 149)
        .Journey("way", Token, 149, 152)
        .Finding("vehicle-deviation", "truck", $"plate:{Token}", 150, 151, 151.5, reason: $"plate:{Token} left its route ({Token}).", stage: "gate");

    [Test]
    public void The_story_is_one_alert_with_all_its_reasons_hours_before_berthing()
    {
        var run = new AlertRun().Hear(Story());
        var alert = run.Alerts.Single();
        var kinds = alert.Assessment.Groups.SelectMany(group => group.Items).Select(item => item.Kind).ToArray();
        TestContext.Out.WriteLine(alert.Assessment.ToWords());
        Assert.Multiple(() =>
        {
            Assert.That(alert.Subject, Is.EqualTo(Coming));
            Assert.That(kinds, Is.EquivalentTo((string[])["route-deviation", "encounter", "gap", "dark-ship", "declared-mismatch", "vehicle-deviation"]));
            Assert.That(alert.FindingIds, Has.Count.EqualTo(alert.Reasons.Count));
            Assert.That(alert.OpenedAtMs, Is.LessThanOrEqualTo(At(138 - 6)));
            Assert.That(alert.Severity, Is.EqualTo(Severity.High));
            Assert.That(alert.IsSimulated);
            Assert.That(run.Fold.Counts.AlertsOpened, Is.EqualTo(1));
            Assert.That(run.Fold.Counts.LinesRefused, Is.Zero);
        });
    }

    [Test]
    public void Every_new_reason_is_a_revision_and_the_truck_joins_the_same_alert()
    {
        var run = new AlertRun().Hear(Story());
        var revisions = run.AlertRevisions;
        Assert.Multiple(() =>
        {
            Assert.That(revisions.Select(alert => alert.Revision), Is.EqualTo(Enumerable.Range(1, revisions.Count)));
            Assert.That(revisions[0].FindingIds, Does.Contain("dev").And.Not.Contain("enc"));
            Assert.That(revisions[1].FindingIds, Does.Contain("dev").And.Contain("enc"));
            Assert.That(revisions[^1].FindingIds, Does.Contain("truck"));
            Assert.That(revisions.Count(alert => !alert.FindingIds.Contains("truck")), Is.GreaterThan(2));
            Assert.That(revisions.Select(alert => alert.UpdatedAtMs), Is.Ordered);
            Assert.That(revisions.Select(alert => alert.OpenedAtMs).Distinct().Count(), Is.EqualTo(1));
        });
    }

    [Test]
    public void An_alert_names_no_party_and_no_plate_and_a_push_no_ship()
    {
        var run = new AlertRun().Hear(Story());
        Assert.Multiple(() =>
        {
            Assert.That(string.Join('\n', run.Of("alerts")), Does.Not.Contain(Token).And.Not.Contain("party"));
            Assert.That(string.Join('\n', run.Of("deliveries")), Does.Not.Contain("SIM FEEDER").And.Not.Contain(Token).And.Contain("SIMULATED"));
            Assert.That(run.Deliveries.Select(line => line.GetProperty("id").GetString()), Is.Unique);
        });
    }

    [Test]
    public void The_manifest_is_said_to_name_a_port_where_she_did_not_call_once_and_in_words()
    {
        var run = new AlertRun().Hear(Story());
        var first = run.Findings[0];
        Assert.Multiple(() =>
        {
            Assert.That(run.Findings.Select(line => line.GetProperty("id").GetString()).Distinct().Count(), Is.EqualTo(1));
            Assert.That(first.GetProperty("object").GetString(), Is.EqualTo("DEHAM"));
            Assert.That(first.GetProperty("subject").GetString(), Is.EqualTo(Coming));
            Assert.That(first.GetProperty("reason").GetString(), Does.Contain("3 boxes were loaded at DEHAM, but it called only at NOLAR and SEGOT since 2026-03-01T03:00:00Z"));
            Assert.That(run.Findings[^1].GetProperty("settled").GetBoolean());
            Assert.That(DateTimeOffset.Parse(first.GetProperty("known_at").GetString()!, null), Is.LessThanOrEqualTo(DateTimeOffset.FromUnixTimeMilliseconds(At(132))));
        });
    }

    [Test]
    public void Every_declared_call_is_assessed_and_most_are_green()
    {
        var run = new AlertRun().Hear(Story());
        Assert.Multiple(() =>
        {
            Assert.That(run.Assessments, Has.Count.EqualTo(6));
            Assert.That(run.Assessments.Values.Count(line => line.GetProperty("lane").GetString() == "green"), Is.EqualTo(5));
            Assert.That(run.Assessments[Coming].GetProperty("lane").GetString(), Is.EqualTo("red"));
        });
    }

    [Test]
    public void The_sum_can_be_made_again_by_hand()
    {
        var alert = new AlertRun().Hear(Story()).Alerts.Single();
        var sum = alert.Assessment.PriorMilli;
        foreach (var group in alert.Assessment.Groups)
        {
            Assert.That(group.Items.Sum(item => item.LogOddsMilli), Is.EqualTo(group.SumMilli));
            sum += Math.Min(group.SumMilli, group.CapMilli);
        }

        var numbers = alert.Assessment.ToWords().Split('\n').Where(line => line.Length > 0 && (line[0] is '+' or '-'))
            .Select(line => decimal.Parse(line.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(alert.Assessment.TotalMilli, Is.EqualTo(sum));
            Assert.That(numbers[..^1].Sum(), Is.EqualTo(numbers[^1]), alert.Assessment.ToWords());
        });
    }

    [Test]
    public void Findings_known_before_the_call_is_declared_attach_when_it_is()
    {
        var run = new AlertRun().Hear(new NewsLines().Rounds(2)
            .Finding("encounter", "enc", $"mmsi:{Feeder}+mmsi:{Coaster}", 50, 53, 53, "high")
            .Finding("route-deviation", "dev", $"mmsi:{Feeder}", 49, 54, 54)
            .Declared("late", Feeder, "SEGOT", 66, 58, "V9"));
        var alert = run.Alerts.Single();
        Assert.That((alert.OpenedAtMs, alert.Subject), Is.EqualTo((At(58), Call("SEGOT", Feeder, 66))));
    }

    [Test]
    public void Without_a_declared_call_there_is_no_alert()
    {
        var run = new AlertRun().Hear(new NewsLines()
            .Finding("encounter", "enc", $"mmsi:{Feeder}+mmsi:{Coaster}", 50, 53, 53, "high")
            .Finding("shared-identity", "two", $"mmsi:{Feeder}", 49, 54, 54, "high"));
        Assert.That(run.Lines, Is.Empty);
    }

    [Test]
    public void Evidence_older_than_a_week_does_not_attach()
    {
        var run = new AlertRun().Hear(new NewsLines()
            .Finding("encounter", "enc", $"mmsi:{Feeder}+mmsi:{Coaster}", 1, 3, 3, "high")
            .Finding("shared-identity", "two", $"mmsi:{Feeder}", 1, 4, 4, "high")
            .Declared("late", Feeder, "SEGOT", 200, 190, "V9"));
        Assert.Multiple(() =>
        {
            Assert.That(run.Alerts, Is.Empty);
            Assert.That(run.Assessments.Single().Value.GetProperty("groups").GetArrayLength(), Is.Zero);
        });
    }
}
