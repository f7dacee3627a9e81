using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Motion;

internal sealed class MotionPurityTests
{
    private static readonly string[] All =
    [
        "loitering", "drift", "sudden-stop", "distress", "spoofing circles", "spoofing frozen-noise", "spoofing on-land",
        "spoofing wrong-clock",
    ];

    private static readonly Position Sea = Position.FromDegrees(57.7, 11.3);

    [Test]
    public void Deaths_and_restores_change_no_byte_of_what_is_said_of_movement([Range(1, 6)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        using var straight = new FoldRun(new EastCoast().Reference, "default", "gfw");
        using var chaos = new FoldRun(new EastCoast().Reference, "default", "gfw") { Chaos = new Random(seed) };
        straight.Set(Everything());
        chaos.Set(Everything());
        Assert.Multiple(() =>
        {
            Assert.That(chaos.FindingBytes, Is.EqualTo(straight.FindingBytes));
            Assert.That(chaos.Fold.Counts, Is.EqualTo(straight.Fold.Counts));
            Assert.That(straight.Fold.Counts.StopsNotObservable, Is.Positive);
            Assert.That(
                straight.Revisions.Select(r => $"{r.Text("kind")} {r.Text("object")}".Trim()).Distinct(),
                Is.SupersetOf(All));
        });
    }

    private static Traffic Everything()
    {
        var traffic = new Traffic();
        new Course(traffic, Ship, Sea, Start).Go(180, 10, Hours(1), Minutes(2)).Go(180, 0.8, Hours(5), Minutes(3)).Go(180, 10, Hours(1), Minutes(2));
        new Course(traffic, Other, Sea, Start) { Heading = 90 }.Go(90, 10, Minutes(20), 60_000).Go(0, 2, Minutes(30), 60_000).Go(90, 10, Hours(1), 60_000);
        new Course(traffic, 211_000_003, Sea, Start).Go(0, 12, Minutes(10), 10_000).Go(0, 0, Minutes(10), 10_000);
        new Course(traffic, 211_000_004, Sea, Start).Go(0, 12, Minutes(10), 60_000).Go(0, 0, Minutes(10), 60_000);
        new Course(traffic, 970_000_001, Sea, Start) { Status = 14 }.Go(0, 1, Minutes(10), 60_000);
        new Course(traffic, 211_000_005, Sea, Start).Circle(400, 10, 5, 30_000, _ => (10, 90));
        new Course(traffic, 211_000_006, Sea, Start) { NoiseMetres = 0 }.Go(0, 0, Hours(1), 60_000, saysKnots: 8);
        new Course(traffic, 211_000_007, GreatCircle.Destination(EastCoast.Shore, 270, 9000), Start).Go(90, 12, Hours(1.5), 60_000);
        for (var i = 0; i < 5; i++)
        {
            new Course(traffic, 219_000_001 + i, GreatCircle.Destination(Sea, i * 60, 9000), Start + (i * 1000)) { ClockAheadSeconds = i == 0 ? 20 : 0 }
                .Go(200, 10, Minutes(40), 30_000);
        }

        return traffic;
    }
}
