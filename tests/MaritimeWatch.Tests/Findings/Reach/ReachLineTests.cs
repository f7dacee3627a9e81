using System.Text.Json;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Reach;

internal sealed class ReachLineTests
{
    [Test]
    public void It_is_drawn_when_the_gap_opens_grows_with_the_silence_and_closes_when_it_is_heard()
    {
        using var run = FoldRun.Replay(GapTests.Silent(13));
        var lines = Lines(run);
        var radii = lines.Select(l => l.GetProperty("radius_nm").GetDecimal()).ToArray();
        var opened = run.Revisions.First(r => r.Text("kind") == "gap");
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.InRange(3, 8));
            Assert.That(lines[..^1].All(l => l.Text("state") == "open"));
            Assert.That(lines[^1].Text("state"), Is.EqualTo("closed"));
            Assert.That(lines[0].Text("known_at"), Is.EqualTo(opened.Text("known_at")));
            Assert.That(radii, Is.Ordered);
            Assert.That(radii[1], Is.GreaterThanOrEqualTo(radii[0] * 1.25m - 0.1m));
            Assert.That(lines[0].GetProperty("area_if_sending_nm2").GetDecimal(), Is.LessThan(lines[0].GetProperty("area_nm2").GetDecimal()));
            Assert.That(lines[0].GetProperty("deliberate_probability").GetDecimal(), Is.GreaterThan(0.6m));
        });
    }

    [Test]
    public void A_report_that_comes_late_makes_it_smaller()
    {
        var traffic = new Traffic();
        var sea = Position.FromDegrees(57.2, 11.3);
        traffic.Neighbours(sea, Start, Hours(9));
        var at = traffic.Sail(Ship, sea, 10, 2, Start, Hours(1));
        using var run = new FoldRun();
        var number = 0;
        foreach (var part in traffic.Reports.OrderBy(r => r.EventAtMs).GroupBy(r => r.EventAtMs / 600_000))
        {
            run.Batch(part, part.Max(r => r.EventAtMs) + 1000, $"h{number++}");
        }

        var late = new Traffic();
        late.Report(Ship, at, Start + Hours(1.8), 2, 10);
        run.Batch(late.Reports, Start + Hours(9), "late");
        var after = Lines(run)[^1];
        Assert.Multiple(() =>
        {
            Assert.That(after.Text("state"), Is.EqualTo("open"));
            Assert.That(after.Text("silent_since"), Is.EqualTo(Instants.ToText(Start + Hours(1.8))));
            Assert.That(
                after.GetProperty("radius_nm").GetDecimal(),
                Is.EqualTo(after.GetProperty("speed_knots").GetDecimal() * 7.2m).Within(2.6m),
                "since the late report, nine hours after the start, not since the one before it");
        });
    }

    private static JsonElement[] Lines(FoldRun run) =>
        [.. run.Lines.Where(l => l.Collection == "reach").Select(l => JsonDocument.Parse(l.Line).RootElement.GetProperty("properties"))];
}
