using System.Text;
using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Log;
using static MaritimeWatch.Tests.Alerts.NewsLines;

namespace MaritimeWatch.Tests.Alerts;

/// <summary>A person says that a finding is false, or takes it back: what follows for the risk of a call.</summary>
internal sealed class JudgementTests
{
    private const string Why = "Her receiver was off by an hour: see the port's log.";

    [Test]
    public void A_finding_marked_false_counts_nothing_and_the_alert_says_so()
    {
        var run = Opened();
        var before = run.Alerts.Single();
        Judge(run, "enc", true, Why, 55);
        var after = run.Alerts.Single();
        var item = Item(after, "enc");
        Assert.Multiple(() =>
        {
            Assert.That(Item(before, "enc").LogOddsMilli, Is.Positive);
            Assert.That(item.LogOddsMilli, Is.Zero);
            Assert.That(item.Reason, Does.StartWith("Marked false: encounter, by an analyst").And.Contain(Why));
            Assert.That(after.Assessment.TotalMilli, Is.LessThan(before.Assessment.TotalMilli));
            Assert.That(after.State, Is.EqualTo(AlertState.Closed));
            Assert.That(after.ClosedBecause, Does.Contain("encounter, marked false by an analyst: " + Why));
            Assert.That(run.Deliveries[^1].GetProperty("state").GetString(), Is.EqualTo("closed"));
            Assert.That(AlertExplanation.FromLine(Encoding.UTF8.GetBytes(run.Of("alerts").Last())).IsSumRight());
            Assert.That(run.Assessments[before.Subject].GetProperty("log_odds").GetDouble(), Is.EqualTo(after.Assessment.TotalMilli / 1000.0).Within(1e-9));
        });
    }

    [Test]
    public void A_mark_that_is_withdrawn_brings_finding_and_alert_back()
    {
        var run = Opened();
        var before = run.Alerts.Single();
        Judge(run, "enc", true, Why, 55);
        Judge(run, "enc", false, "The log was of another ship.", 56);
        var after = run.Alerts.Single();
        Assert.Multiple(() =>
        {
            Assert.That(after.State, Is.EqualTo(AlertState.Open));
            Assert.That(after.Assessment.TotalMilli, Is.EqualTo(before.Assessment.TotalMilli));
            Assert.That(after.Reasons, Is.EqualTo(before.Reasons));
            Assert.That(Words(run.Of("judgements").Last()), Is.EqualTo((string[])["false", "stands"]), "nothing that was said is lost");
        });
    }

    [Test]
    public void A_line_names_role_and_reason_and_nobody()
    {
        var run = Opened();
        Judge(run, "enc", true, Why, 55, analyst: "token-of-anna");
        var line = run.Of("judgements").Single();
        var properties = JsonDocument.Parse(line).RootElement.GetProperty("properties");
        Assert.Multiple(() =>
        {
            Assert.That(Text(properties, "finding"), Is.EqualTo("enc"));
            Assert.That(Text(properties, "kind"), Is.EqualTo("encounter"));
            Assert.That(Text(properties, "verdict"), Is.EqualTo("false"));
            Assert.That(Text(properties, "reason"), Is.EqualTo(Why));
            Assert.That(Text(properties, "by_role"), Is.EqualTo("analyst"));
            Assert.That(properties.GetProperty("simulated").GetBoolean());
            Assert.That(string.Join('\n', run.Lines.Select(l => l.Line)), Does.Not.Contain("token-of-anna"));
        });
    }

    [Test]
    public void The_same_said_twice_or_by_two_analysts_counts_once()
    {
        var run = Opened();
        Judge(run, "enc", true, Why, 55, analyst: "a");
        var lines = run.Lines.Count;
        Judge(run, "enc", true, Why, 55, analyst: "a");
        Judge(run, "enc", true, "I think so too.", 56, analyst: "b");
        Assert.That((run.Lines.Count, run.Fold.Counts.ActionsRepeated), Is.EqualTo((lines, 2L)));

        // The other one may also withdraw it: a mark belongs to the finding, not to who made it.
        Judge(run, "enc", false, null, 57, analyst: "b");
        Judge(run, "enc", false, null, 58, analyst: "a");
        Assert.That(run.Of("judgements").Count(), Is.EqualTo(2));
        Assert.That(run.Alerts.Single().State, Is.EqualTo(AlertState.Open));
    }

    [Test]
    public void A_later_revision_of_the_finding_stays_marked()
    {
        var run = Opened();
        Judge(run, "enc", true, Why, 55);
        run.Hear(new NewsLines().Finding("encounter", "enc", $"mmsi:{Feeder}+mmsi:{Coaster}", 50, 58, 58, "high"));
        Assert.That(Item(run.Alerts.Single(), "enc").LogOddsMilli, Is.Zero);
    }

    [Test]
    public void A_finding_that_the_stage_does_not_weigh_is_marked_all_the_same()
    {
        var run = Opened();
        Judge(run, "not-here", true, Why, 55);
        Assert.That(run.Of("judgements").Count(), Is.EqualTo(1));
        Assert.That(run.Fold.Counts.ActionsTaken, Is.EqualTo(1));
    }

    [Test]
    public void A_silence_that_was_none_is_no_silent_ship_for_a_scene()
    {
        var place = MaritimeWatch.Terms.Position.FromDegrees(58.2, 10.6);
        var run = new AlertRun().Hear(new NewsLines().Rounds(2)
            .Declared("last", Feeder, "SEGOT", 66, 46, "V9")
            .Finding("gap", "gap", $"mmsi:{Feeder}", 48, 56, 56, first: place, last: place)
            .Finding("dark-ship", "dark", "detection:s:1", 51, 51, 57, first: place)
            .Detection("detection:s:1", 51, 57, place));
        var call = Call("SEGOT", Feeder, 66);
        Assert.That(Parts(run, call, "dark-ship").Single(), Is.Positive);
        Judge(run, "gap", true, Why, 58);
        Assert.That(Parts(run, call, "dark-ship").Concat(Parts(run, call, "gap")), Is.All.Zero);
        Judge(run, "gap", false, null, 59);
        Assert.That(Parts(run, call, "dark-ship").Single(), Is.Positive);
    }

    [Test]
    public void Kills_and_restores_between_judgements_give_the_same_bytes([Range(1, 4)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var straight = Judged(new AlertRun());
        var chaos = Judged(new AlertRun { Chaos = new Random(seed) });
        Assert.That(chaos.Bytes, Is.EqualTo(straight.Bytes));
        Assert.That(chaos.Snapshot(), Is.EqualTo(straight.Snapshot()));
    }

    [Test]
    public void Marks_are_bounded_and_those_that_nothing_stands_on_go_first()
    {
        var options = new AlertOptions { Correlation = new MaritimeWatch.Correlation.CorrelationThresholds { MarksMax = 20 } };
        var run = new AlertRun(options).Hear(Situation());
        Judge(run, "enc", true, Why, 54);
        for (var i = 0; i < 60; i++)
        {
            Judge(run, $"other-{i}", true, Why, 55 + (i / 10.0));
        }

        var marks = JsonDocument.Parse(run.Snapshot()).RootElement.GetProperty("state").GetProperty("Case").GetProperty("Marks");
        Assert.That(marks.GetArrayLength(), Is.LessThanOrEqualTo(20));
        Assert.That(run.Fold.Counts.Forgotten, Is.GreaterThanOrEqualTo(40));
        run.Hear(new NewsLines().Finding("encounter", "enc", $"mmsi:{Feeder}+mmsi:{Coaster}", 50, 58, 70, "high"));
        Assert.That(run.Alerts.Single().State, Is.EqualTo(AlertState.Closed), "the one that counts is still remembered");
    }

    [Test]
    public void A_state_of_a_build_without_marks_is_read()
    {
        var run = Opened();
        var text = Encoding.UTF8.GetString(run.Snapshot()).Replace("\"Marks\":[],", string.Empty, StringComparison.Ordinal);
        Assert.That(text, Does.Not.Contain("Marks"));
        var fold = new AlertFold(new AlertOptions());
        Assert.That(() => fold.RestoreSnapshot(Encoding.UTF8.GetBytes(text)), Throws.Nothing);
    }

    [TestCase("""{"action":"judge"}""")]
    [TestCase("""{"action":"judge","finding":"enc","verdict":"false","reason":null,"analyst":"a","by_role":"analyst","at":"2026-03-01T00:00:00Z","kind":"gap","subject":"mmsi:1","revision":1,"simulated":true}""")]
    [TestCase("""{"action":"judge","finding":"enc","verdict":"maybe","reason":"x","analyst":"a","by_role":"analyst","at":"2026-03-01T00:00:00Z","kind":"gap","subject":"mmsi:1","revision":1,"simulated":true}""")]
    public void A_judgement_that_cannot_be_is_counted_and_changes_nothing(string body)
    {
        var run = Opened();
        var lines = run.Lines.Count;
        run.Give(new InboxEntry(900, EntryKind.Action, Encoding.UTF8.GetBytes(body)));
        Assert.That((run.Lines.Count, run.Fold.Counts.ActionsRefused), Is.EqualTo((lines, 1L)));
    }

    private static NewsLines Situation() => new NewsLines().Rounds(2)
        .Declared("last", Feeder, "SEGOT", 66, 46, "V9")
        .Finding("encounter", "enc", $"mmsi:{Feeder}+mmsi:{Coaster}", 50, 53, 53, "high")
        .Finding("route-deviation", "dev", $"mmsi:{Feeder}", 49, 54, 54, "low");

    private static AlertRun Opened()
    {
        var run = new AlertRun().Hear(Situation());
        Assert.That(run.Alerts.Single().State, Is.EqualTo(AlertState.Open));
        return run;
    }

    private static AlertRun Judged(AlertRun run)
    {
        run.Hear(Situation(), 3);
        Judge(run, "enc", true, Why, 55);
        Judge(run, "dev", true, Why, 55.5);
        Judge(run, "enc", false, null, 56);
        run.Tick(57);
        Judge(run, "enc", true, "Once more.", 58);
        return run.Tick(24 * 9);
    }

    private static void Judge(AlertRun run, string finding, bool isFalse, string? reason, double hours, string analyst = "analyst-token") =>
        run.Judge(new FindingJudgement(
            finding, isFalse, reason, analyst, "analyst", At(hours), new JudgedFinding("encounter", "rule", "default", $"mmsi:{Feeder}", 1, true)));

    private static MaritimeWatch.Risk.AssessmentItem Item(Alert alert, string finding) =>
        alert.Assessment.Groups.SelectMany(group => group.Items).Single(item => item.FindingId == finding);

    private static List<double> Parts(AlertRun run, string call, string kind) =>
        [.. run.Assessments[call].GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("items").EnumerateArray())
            .Where(item => item.GetProperty("kind").GetString() == kind).Select(item => item.GetProperty("log_odds").GetDouble())];

    private static List<string> Words(string line) =>
        [.. JsonDocument.Parse(line).RootElement.GetProperty("properties").GetProperty("history").EnumerateArray().Select(word => Text(word, "verdict"))];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
