using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Statics;

internal sealed class SharedIdentityTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [TestCase(2.5)]
    [TestCase(12)]
    [TestCase(60)]
    public void Two_ships_with_one_number_are_told_with_their_distance(double miles)
    {
        using var run = FoldRun.Replay(Two(miles));
        var finding = run.Of("shared-identity").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("severity"), Is.EqualTo("medium"));
            Assert.That(finding.Number("measure", "apart_nm"), Is.GreaterThanOrEqualTo((decimal)miles - 0.5m));
            Assert.That(finding.Text("start_at"), Does.StartWith("2026-03-01T20:"));
            Assert.That(run.Revisions.Count(r => r.Text("kind") == "shared-identity"), Is.LessThan(6));
        });
    }

    [Test]
    public void Their_statements_alternate_and_are_no_change_of_identity()
    {
        var traffic = Two(12);
        for (var at = Start; at < Start + Hours(4); at += Minutes(12))
        {
            traffic.Says(Saying.Anna(), at, at + Minutes(10), Minutes(3));
            traffic.Says(Saying.Anna() with { Name = "BERTA" }, at + Minutes(6), at + Minutes(12), Minutes(3));
        }

        using var run = FoldRun.Replay(traffic);
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("shared-identity"), Has.Count.EqualTo(1));
            Assert.That(run.Of("identity-change"), Is.Empty);
        });
    }

    [Test]
    public void It_ends_when_one_of_both_is_heard_no_more()
    {
        var traffic = Two(12);
        traffic.Sail(Ship, GreatCircle.Destination(Sea, 90, 4 * 10 * 1852), 90, 10, Start + Hours(4) + 60_000, Hours(8));
        using var run = FoldRun.Replay(traffic);
        var finding = run.Of("shared-identity").Single();
        Assert.That((finding.Text("state"), finding.Text("end_at")![..14]), Is.EqualTo(("closed", "2026-03-01T23:")).Or.EqualTo(("closed", "2026-03-02T00:")));
    }

    [Test]
    public void A_displaced_fix_now_and_then_is_no_second_ship()
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 10, Start, Hours(6));
        for (var i = 1; i < 6; i++)
        {
            var at = GreatCircle.Destination(Sea, 90, i * 10 * 1852);
            traffic.Report(Ship, GreatCircle.Destination(at, i * 70, 30 * 1852), Start + Hours(i) + 5000, 10, 90);
        }

        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("shared-identity"), Is.Empty);
    }

    [Test]
    public void A_ship_that_is_displaced_for_half_an_hour_and_comes_back_is_no_second_ship()
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 10, Start, Hours(2));
        var away = GreatCircle.Destination(Sea, 40, 30 * 1852);
        for (var i = 0; i < 3; i++)
        {
            var at = Start + Hours(2 + i) + 60_000;
            traffic.Sail(Ship, away, 90, 10, at, Minutes(25));
            traffic.Sail(Ship, GreatCircle.Destination(Sea, 90, (2.45 + i) * 10 * 1852), 90, 10, at + Minutes(26), Minutes(33));
        }

        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("shared-identity"), Is.Empty);
    }

    [Test]
    public void The_same_ship_heard_half_an_hour_late_is_no_second_ship()
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 14, Start, Hours(4));
        traffic.Sail(Ship, Sea, 90, 14, Start + Hours(0.5) + 20_000, Hours(3), everyMs: 120_000);
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Of("shared-identity"), Is.Empty);
    }

    [Test]
    public void A_ship_that_sails_by_itself_has_one_hull()
    {
        var traffic = new Traffic();
        var at = traffic.Sail(Ship, Sea, 90, 22, Start, Hours(2), 10_000);
        traffic.Sail(Ship, at, 200, 22, Start + Hours(2.5), Hours(2), 10_000);
        using var run = FoldRun.Replay(traffic);
        run.Publish();
        Assert.That(run.Lines.Where(l => l.Collection == "tracks").Select(l => l.Line), Has.All.Contains("\"hull\":1,"));
    }

    private static Traffic Two(double miles)
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 10, Start, Hours(4));
        traffic.Sail(Ship, GreatCircle.Destination(Sea, 0, miles * 1852), 95, 14, Start + 30_000, Hours(4));
        return traffic;
    }
}
