using System.Text;
using MaritimeWatch.Findings;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings;

internal sealed class KnownAtTests
{
    private static readonly TestReference Places = new();

    [Test]
    public void An_entry_is_known_with_the_report_that_shows_it()
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, GreatCircle.Destination(Places.ZoneCentre, 270, 20_000), 90, 6, Start, Hours(4));
        using var run = FoldRun.Replay(traffic, Places);
        var revisions = run.Revisions.Where(r => r.Text("kind") == "zone-entry").ToList();
        Assert.Multiple(() =>
        {
            Assert.That(revisions[0].Text("known_at"), Is.EqualTo(revisions[0].Text("start_at")));
            Assert.That(At(revisions[1]), Is.GreaterThan(At(revisions[0])), "it left");
        });
    }

    [Test]
    public void A_silence_is_known_when_the_watermark_has_passed_it()
    {
        using var run = FoldRun.Replay(GapTests.Silent(13));
        var gap = run.Revisions.First(r => r.Text("kind") == "gap");
        var startAtMs = gap.GetProperty("start_at").GetDateTimeOffset().ToUnixTimeMilliseconds();
        Assert.That(At(gap) - startAtMs, Is.InRange(Hours(6), Hours(6.2)));
    }

    [Test]
    public void No_revision_is_known_before_the_one_before_it()
    {
        using var run = FoldRun.Replay(GapTests.Silent(13), Places, "default", "gfw");
        foreach (var revisions in run.Revisions.GroupBy(r => r.Text("id")))
        {
            Assert.That(revisions.Select(At), Is.Ordered);
        }
    }

    [Test]
    public void A_port_call_says_when_it_was_known()
    {
        var traffic = new Traffic();
        var berth = traffic.Sail(Ship, GreatCircle.Destination(Places.Port.Where, 180, 18_520), 0, 10, Start, Hours(1));
        traffic.Sail(Ship, berth, 0, 0, Start + Hours(1) + 60_000, Hours(2), status: 5);
        using var run = FoldRun.Replay(traffic, Places);
        var call = run.Lines.First(l => l.Collection == "port-calls").Line;
        Assert.That(call, Does.Contain($"\"known_at\":\"{Instants.ToText(Start + Hours(1) + 60_000)}\""));
    }

    [Test]
    public void An_explanation_names_the_stage_and_takes_lines_that_name_none()
    {
        using var run = FoldRun.Replay(GapTests.Silent(13));
        var line = run.Lines.Last(l => l.Collection == "findings").Line;
        var other = line.Replace("\"stage\":\"watch\"", "\"stage\":\"gate\"", StringComparison.Ordinal)
            .Replace("\"ranges\":", "\"stands_on\":[\"journey-7\"],\"ranges\":", StringComparison.Ordinal);
        var none = line.Replace(",\"stage\":\"watch\"", string.Empty, StringComparison.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(Explained(line).Trigger.Stage, Is.EqualTo("watch"));
            Assert.That(Explained(other).Trigger.Stage, Is.EqualTo("gate"));
            Assert.That(Explained(other).ToWords(), Does.Contain("of the stage gate").And.Contain("It stands on journey-7."));
            Assert.That(none, Is.Not.EqualTo(line));
            Assert.That(Explained(none).Trigger, Is.EqualTo(Explained(line).Trigger));
        });
    }

    private static Explanation Explained(string line) => Explanation.FromLine(Encoding.UTF8.GetBytes(line));

    private static long At(System.Text.Json.JsonElement revision) =>
        revision.GetProperty("known_at").GetDateTimeOffset().ToUnixTimeMilliseconds();
}
