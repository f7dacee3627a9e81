using System.Text.Json;
using MaritimeWatch.Functions.Evaluate.Matching;

namespace MaritimeWatch.Tests.Evaluate;

/// <summary>The bench of the matching: floors on marked scenes, and that it can fail.</summary>
[TestFixture]
public sealed class MatchingBenchTests
{
    private const string Labels = "/work/shared/data/imagery/sar_scene_labels_35.csv";

    [Test]
    public async Task On_real_scenes_most_ships_get_their_own_echo_and_few_dark_ones_are_explained_away()
    {
        if (!File.Exists(Labels))
        {
            Assert.Ignore($"{Labels} is not there");
        }

        const int Seed = 501;
        var scenes = SceneLabels.Read(Labels).Where((_, index) => index % 9 == 0).ToList();
        var json = await EvaluateMatchingVerb.MeasureAsync(scenes, Seed, 1, isWithBound: false, default);
        TestContext.Out.WriteLine($"seed {Seed}: {json}");
        using var read = JsonDocument.Parse(json);
        var settled = read.RootElement.GetProperty("settled");
        var prompt = read.RootElement.GetProperty("prompt");
        Assert.Multiple(() =>
        {
            Assert.That(settled.GetProperty("right_share").GetDouble(), Is.GreaterThan(0.93));
            Assert.That(settled.GetProperty("explained_away_share").GetDouble(), Is.LessThan(0.09));
            Assert.That(prompt.GetProperty("right_share").GetDouble(), Is.GreaterThan(0.86));
            Assert.That(
                settled.GetProperty("right_share").GetDouble(),
                Is.GreaterThan(read.RootElement.GetProperty("nearest_1500m").GetProperty("right_share").GetDouble() + 0.05));
        });
    }

    [Test]
    public async Task On_an_open_sea_nearly_all_are_right_once_later_reports_are_in([Values(1, 2)] int seed)
    {
        var counts = await SettledAsync(OpenSea(seed, 150, degrees: 4), seed, true);
        TestContext.Out.WriteLine($"seed {seed}: {counts}");
        Assert.Multiple(() =>
        {
            Assert.That(counts.WithAis, Is.GreaterThan(110));
            Assert.That(counts.Right / (double)counts.WithAis, Is.GreaterThan(0.93));
            Assert.That(counts.ExplainedAway, Is.LessThanOrEqualTo(2));
        });
    }

    [Test]
    public async Task Old_reports_find_their_ships_far_less_often_than_new_ones()
    {
        // If the numbers stayed, they would not be those of the matching.
        var counts = new List<MatchingCounts>();
        for (var seed = 1; seed <= 4; seed++)
        {
            counts.Add(await MatchingBench.JudgeAsync(Scene(OpenSea(seed, 300, degrees: 2), seed), isLater: false, isRadarKnown: true, default));
        }

        var all = MatchingCounts.Sum(counts);
        TestContext.Out.WriteLine($"seeds 1 to 4: {string.Join(", ", all.RightByAge.Zip(all.ByAge))}");
        Assert.That(
            (all.RightByAge[3] + all.RightByAge[4]) / (double)(all.ByAge[3] + all.ByAge[4]),
            Is.LessThan((all.RightByAge[0] / (double)all.ByAge[0]) - 0.15));
    }

    [Test]
    public async Task A_scene_is_the_same_for_the_same_seed_and_not_for_another()
    {
        var marks = OpenSea(1, 60, degrees: 1);
        var (one, same, other) = (await SettledAsync(marks, 7, false), await SettledAsync(marks, 7, false), Scene(marks, 8));
        Assert.Multiple(() =>
        {
            Assert.That((same.WithAis, same.Right, same.Dark), Is.EqualTo((one.WithAis, one.Right, one.Dark)));
            Assert.That(other.Ships.Select(ship => ship.AgeS), Is.Not.EqualTo(Scene(marks, 7).Ships.Select(ship => ship.AgeS)));
        });
    }

    [Test]
    public void Ages_dark_ships_and_drop_outs_are_as_asked()
    {
        var ships = Enumerable.Range(0, 12).SelectMany(seed => Scene(OpenSea(seed, 200, degrees: 3), seed).Ships).ToList();
        var echoes = ships.Where(ship => ship.Echo >= 0).ToList();
        var ages = ships.Where(ship => ship.AgeS is not null).Select(ship => ship.AgeS!.Value).Order().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(echoes.Count(ship => ship.AgeS is null) / (double)echoes.Count, Is.EqualTo(0.1).Within(0.02));

            // Without drop-outs the median is 5 minutes and 90 % are under 60; with them both are longer.
            Assert.That(ages[ages.Count / 2] / 60, Is.EqualTo(7.5).Within(2));
            Assert.That(ages[ages.Count * 9 / 10] / 60, Is.EqualTo(85).Within(25));
        });
    }

    private static SimulatedScene Scene(IReadOnlyList<MarkedShip> marks, int seed) =>
        new("aaaaaaaaaaaaaaaa", marks, 1_740_800_000_000, seed, isBoundWanted: false);

    private static async Task<MatchingCounts> SettledAsync(IReadOnlyList<MarkedShip> marks, int seed, bool isRadarKnown) =>
        await MatchingBench.JudgeAsync(Scene(marks, seed), isLater: true, isRadarKnown, default);

    private static List<MarkedShip> OpenSea(int seed, int ships, double degrees)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, ships).Select(_ => new MarkedShip(
            55 + (degrees / 2 * random.NextDouble()), 5 + (degrees * random.NextDouble()), 20 + (200 * random.NextDouble()), 100))];
    }
}
