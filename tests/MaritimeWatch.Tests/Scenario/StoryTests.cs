using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>The story's ships, by their true movements.</summary>
public class StoryTests
{
    private const long Hour = 3_600_000;

    private static readonly ulong[] Seeds = [.. Enumerable.Range(1, 8).Select(seed => (ulong)seed)];

    [Test]
    public void The_story_keeps_its_order_in_every_seed_and_can_be_known_eight_hours_before_the_ship_berths()
    {
        var heard = 0;
        foreach (var seed in Seeds)
        {
            foreach (var days in new[] { 6.5, 7.0, 9.0 })
            {
                var options = new ScenarioOptions { Seed = seed, Days = days };
                var world = new World(options);
                var cast = Cast.Of(world, options)!;
                var times = cast.Times;
                TestContext.Out.WriteLine($"seed {seed} days {days}: {Told(world, cast)}");
                Assert.Multiple(() =>
                {
                    var order = new[]
                    {
                        world.StartAtMs, times.DepartedAtMs, times.LeftLaneAtMs, times.MetAtMs, times.PartedAtMs, times.SilentAtMs,
                        times.SceneAtMs, times.SceneReceivedAtMs, times.HeardAgainAtMs, times.AnchoredAtMs, times.BerthedAtMs,
                        world.EndAtMs - (8 * Hour),
                    };
                    Assert.That(order, Is.Ordered, $"seed {seed}, {days} days");
                    Assert.That(times.BerthedAtMs - times.LastEvidenceAtMs, Is.AtLeast(8 * Hour));
                    Assert.That(times.BerthedAtMs - times.AnchoredAtMs, Is.InRange(3 * Hour, 9 * Hour), "waits for a berth");
                    Assert.That(times.PartedAtMs - times.MetAtMs, Is.InRange(2.5 * Hour, 3 * Hour));
                    Assert.That(times.HeardAgainAtMs - times.SilentAtMs, Is.InRange(3.7 * Hour, 4.3 * Hour));
                    Assert.That(times.SceneReceivedAtMs - times.SceneAtMs, Is.InRange(1, 1.5 * Hour));
                    Assert.That(cast.Feeder.EarlierVoyages, Is.AtLeast(4));
                    Assert.That(StoryTruth.OffLaneNm(world, cast.Feeder.MetAt), Is.AtLeast(8));
                    Assert.That(World.NearestStop(cast.Feeder.MetAt, 15_000).Nearest, Is.Null, "far from any port");
                });
                heard += world.Sky.CoversThroughout(FeederPlan.Hiding, 3000, times.LeftLaneAtMs, times.HeardAgainAtMs) ? 1 : 0;
            }
        }

        Assert.That(heard, Is.AtLeast((Seeds.Length * 3) - 1), "nearly always in good reception");
    }

    private static string Told(World world, Cast cast)
    {
        string At(long atMs) => ((atMs - world.StartAtMs) / (double)Hour).ToString("F1", System.Globalization.CultureInfo.InvariantCulture);
        var times = cast.Times;
        var waits = cast.Containers.Where(one => one.Plan.BerthedAtMs < world.EndAtMs)
            .Select(one => one.Plan.AnchoredAtMs == 0 ? 0 : (one.Plan.BerthedAtMs - one.Plan.AnchoredAtMs) / (double)Hour).ToList();
        return $"left {At(times.DepartedAtMs)} lane {At(times.LeftLaneAtMs)} met {At(times.MetAtMs)} silent {At(times.SilentAtMs)} "
            + $"scene {At(times.SceneAtMs)} heard {At(times.HeardAgainAtMs)} anchored {At(times.AnchoredAtMs)} berthed {At(times.BerthedAtMs)}; "
            + $"{waits.Count} calls, waits {string.Join(' ', waits.Select(wait => Math.Round(wait)))}; bunker {cast.Bunker.Visits.Count}";
    }
}
