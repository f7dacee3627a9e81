using MaritimeWatch.Alerts;
using MaritimeWatch.Correlation;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Alerts;

internal sealed class PurityTests
{
    [Test]
    public void Kills_and_restores_give_the_same_bytes([Range(1, 6)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var straight = Run(new AlertRun(), seed, 5);
        var chaos = Run(new AlertRun { Chaos = new Random(seed) }, seed, 5);
        Assert.Multiple(() =>
        {
            Assert.That(chaos.Bytes, Is.EqualTo(straight.Bytes));
            Assert.That(chaos.Snapshot(), Is.EqualTo(straight.Snapshot()));
            Assert.That(straight.Fold.Counts.LinesRefused, Is.Zero);
        });
    }

    [Test]
    public void How_lines_are_cut_into_entries_changes_nothing([Range(1, 6)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var whole = new AlertRun().Hear(HistoryMaker.Make(seed));
        var cut = new AlertRun().Hear(HistoryMaker.Make(seed).Sorted, () => random.Next(1, 30));
        Assert.That(cut.Bytes, Is.EqualTo(whole.Bytes));
    }

    [Test]
    public void The_histories_have_alerts_mismatches_lanes_and_withdrawals()
    {
        var runs = Enumerable.Range(1, 5).Select(seed => Run(new AlertRun(), seed, 1000)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(runs.Sum(run => run.Alerts.Count), Is.GreaterThan(8));
            Assert.That(runs.Sum(run => run.Findings.Count), Is.GreaterThan(4));
            Assert.That(runs.SelectMany(run => run.Findings).Count(line => line.GetProperty("state").GetString() == "retracted"), Is.GreaterThan(0));
            Assert.That(runs.SelectMany(run => run.Alerts).Count(alert => alert.State == AlertState.Closed), Is.GreaterThan(0));
            Assert.That(runs.SelectMany(run => run.AlertRevisions).Count(alert => alert.Assessment.Groups.Any(group => group.Items.Any(item => item.Kind == "dark-ship" && item.LogOddsMilli > 0))), Is.GreaterThan(0));
            Assert.That(runs.SelectMany(run => run.Assessments.Values).Select(line => line.GetProperty("lane").GetString()).Distinct().Count(), Is.EqualTo(3));
        });
    }

    [Test]
    public void In_every_history_revisions_count_up_sums_are_right_and_nothing_vanishes([Range(1, 6)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var run = Run(new AlertRun(), seed, 7);
        foreach (var revisions in run.AlertRevisions.GroupBy(alert => alert.Id))
        {
            Assert.That(revisions.Select(alert => alert.Revision), Is.EqualTo(Enumerable.Range(1, revisions.Count())));
            Assert.That(revisions.Select(alert => alert.UpdatedAtMs), Is.Ordered);
            Assert.That(revisions.First().Assessment.IsOverLine);
        }

        foreach (var line in run.Of("alerts"))
        {
            var explained = AlertExplanation.FromLine(System.Text.Encoding.UTF8.GetBytes(line));
            Assert.That(explained.IsSumRight(), line);
            Assert.That(explained.Alert.FindingIds, Has.Count.EqualTo(explained.Alert.Reasons.Count));
            Assert.That(explained.Alert.State == AlertState.Closed || explained.Alert.Assessment.IsOverLine, line);
        }
    }

    [Test]
    public void News_that_was_heard_is_skipped()
    {
        var run = new AlertRun();
        var entry = NewsLines.Entries(StoryTests.Story().Sorted, () => int.MaxValue).Single();
        run.Give(entry);
        var lines = run.Lines.Count;
        run.Give(entry with { Number = 2 });
        Assert.That((run.Lines.Count, run.Fold.Counts.NewsRepeated), Is.EqualTo((lines, 1L)));
    }

    [Test]
    public void The_state_stays_within_its_bounds_and_is_cut_in_the_same_way_twice()
    {
        var options = new AlertOptions
        {
            Correlation = new CorrelationThresholds { VesselsMax = 40, CallsMax = 10, ConsignmentsMax = 20, EvidenceMax = 30, PickupsMax = 10 },
            RankedCallsMax = 15,
        };
        var first = new AlertRun(options).Hear(HistoryMaker.Make(3, 50, 1), 10);
        var second = new AlertRun(options) { Chaos = new Random(1) }.Hear(HistoryMaker.Make(3, 50, 1), 10);
        var state = System.Text.Json.JsonDocument.Parse(first.Snapshot()).RootElement.GetProperty("state");
        Assert.Multiple(() =>
        {
            Assert.That(second.Bytes, Is.EqualTo(first.Bytes));
            Assert.That(state.GetProperty("Case").GetProperty("Consignments").GetArrayLength(), Is.LessThanOrEqualTo(20));
            Assert.That(state.GetProperty("Case").GetProperty("Evidence").GetArrayLength(), Is.LessThanOrEqualTo(50));
            Assert.That(state.GetProperty("Case").GetProperty("Pickups").GetArrayLength(), Is.LessThanOrEqualTo(10));
            Assert.That(state.GetProperty("Ranked").GetArrayLength(), Is.EqualTo(15));
        });
    }

    [Test]
    public void A_clock_years_ahead_closes_nothing()
    {
        var run = new AlertRun().Hear(StoryTests.Story());
        run.Hear(new NewsLines().Finding("gap", "ahead", "mmsi:219000000", 24 * 400, null, 24 * 400));
        Assert.That(run.Alerts.Single().State, Is.EqualTo(AlertState.Open));
    }

    [TestCase("""{"type":"Feature"}""")]
    [TestCase("""[]""")]
    [TestCase("""not json""")]
    [TestCase("""{"type":"Feature","geometry":null,"properties":{"id":"a","known_at":"2026-03-01T00:00:00Z"}}""")]
    [TestCase("""{"type":"Feature","geometry":{"type":"Point","coordinates":["x",1]},"properties":{"id":1,"known_at":"soon"}}""")]
    public void A_line_that_cannot_be_read_is_counted_and_stops_nothing(string line)
    {
        string[] collections = ["findings", "port-calls", "declared-calls", "consignments", "pickups", "journeys", "detections", "not-observable"];
        var run = new AlertRun().Hear([.. collections.Select(collection => new NewsRow(collection, System.Text.Encoding.UTF8.GetBytes(line)))], () => 100);
        Assert.That((run.Lines.Count, run.Fold.Counts.LinesRefused), Is.EqualTo((0, 8L)).Or.EqualTo((0, 7L)));
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("""{"version":2,"state":{},"findings":{}}""")]
    [TestCase("""{"version":1,"state":{},"findings":{}}""")]
    public void A_damaged_state_is_refused(string state) =>
        Assert.That(() => new AlertFold(new AlertOptions()).RestoreSnapshot(System.Text.Encoding.UTF8.GetBytes(state)), Throws.InstanceOf<InvalidDataException>());

    // Two rounds of news, ticks and actions between.
    private static AlertRun Run(AlertRun run, int seed, int rowsPerEntry)
    {
        var rows = HistoryMaker.Make(seed).Sorted;
        run.Hear([.. rows.Take(rows.Count / 2)], () => rowsPerEntry);
        run.Tick(80);
        var some = run.Alerts.Select(alert => alert.Id).ToArray();
        for (var i = 0; i < some.Length; i++)
        {
            run.Act(some[i], AlertActionKind.Acknowledge, 80 + i);
            if (i % 2 == 0)
            {
                run.Act(some[i], AlertActionKind.Decide, 81 + i, "inspect", "open two boxes");
                run.Act(some[i], AlertActionKind.Acknowledge, 80 + i);
            }
        }

        run.Hear([.. rows.Skip(rows.Count / 2)], () => rowsPerEntry);
        return run.Tick(24 * 9);
    }
}
