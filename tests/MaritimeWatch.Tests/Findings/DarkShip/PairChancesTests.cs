using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Tests.Findings.DarkShip;

/// <summary>Chances of pairs against all pairings by hand, and where a radar draws a moving ship.</summary>
[TestFixture]
public sealed class PairChancesTests
{
    [Test]
    public void Without_a_loop_they_are_exact()
    {
        var pairs = new List<(int Row, int Column, double Odds)> { (0, 0, 8), (0, 1, 2), (1, 1, 5), (2, 1, 0.5) };
        Assert.That(PairChances.Of(3, 2, pairs), Is.EqualTo(ByHand(3, pairs)).Within(1e-4));
    }

    [Test]
    public void With_loops_they_are_near_and_no_row_has_more_than_one([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var pairs = new List<(int Row, int Column, double Odds)>();
        for (var row = 0; row < 4; row++)
        {
            for (var column = 0; column < 4; column++)
            {
                if (random.NextDouble() < 0.7)
                {
                    pairs.Add((row, column, Math.Exp(random.NextDouble() * 6 - 2)));
                }
            }
        }

        var chances = PairChances.Of(4, 4, pairs);
        var byHand = ByHand(4, pairs);
        Assert.Multiple(() =>
        {
            for (var i = 0; i < pairs.Count; i++)
            {
                // Round loops the same news comes back as if it were new: it errs towards being sure.
                Assert.That(chances[i], Is.EqualTo(byHand[i]).Within(0.25), $"seed {seed}, pair {pairs[i]}");
            }

            Assert.That(chances.Zip(byHand, (a, b) => Math.Abs(a - b)).Average(), Is.LessThan(0.06), $"seed {seed}");

            Assert.That(pairs.Select((pair, i) => (pair.Row, chances[i])).GroupBy(one => one.Row).Max(row => row.Sum(one => one.Item2)), Is.LessThanOrEqualTo(1.0001));
        });
    }

    [TestCase(348, 90.0, 1)]
    [TestCase(348, 270.0, -1)]
    [TestCase(192, 90.0, 1)]
    public void A_ship_that_goes_east_is_drawn_to_the_south_by_a_satellite_that_looks_right(int heading, double course, int southward)
    {
        var known = AzimuthShift.Of(SceneSensor.Sar, new SceneRadar(heading, false, 38, 113), 6, course, 0, 0).Single();
        var usual = AzimuthShift.Of(SceneSensor.Sar, null, 6, course, 0, 0)[0];
        Assert.Multiple(() =>
        {
            // 6 m/s, the sine of 38 degrees, 113 s, and 12 degrees off the meridian.
            Assert.That(-known.North * southward, Is.EqualTo(6 * 0.616 * 113 * 0.957).Within(12));
            Assert.That(-usual.North * southward, Is.EqualTo(6 * 0.616 * 113).Within(5));
            Assert.That(usual.SigmaMetres, Is.GreaterThan(2 * known.SigmaMetres), "what is not known is less sure");
        });
    }

    [Test]
    public void Light_and_ships_that_lie_still_are_not_displaced() => Assert.Multiple(() =>
    {
        Assert.That(AzimuthShift.Of(SceneSensor.Optical, null, 6, 90, 0, 0).Single().North, Is.Zero);
        Assert.That(AzimuthShift.Of(SceneSensor.Sar, null, 0, 90, 0, 0).Single().North, Is.Zero);
    });

    // Every pairing, one to one, with its weight.
    private static double[] ByHand(int rows, IReadOnlyList<(int Row, int Column, double Odds)> pairs)
    {
        var sums = new double[pairs.Count];
        double all = 0;
        Go(0, 1, [], []);
        return [.. sums.Select(sum => sum / all)];

        void Go(int row, double weight, HashSet<int> columns, List<int> taken)
        {
            if (row == rows)
            {
                all += weight;
                taken.ForEach(index => sums[index] += weight);
                return;
            }

            Go(row + 1, weight, columns, taken);
            for (var i = 0; i < pairs.Count; i++)
            {
                if (pairs[i].Row == row && !columns.Contains(pairs[i].Column))
                {
                    Go(row + 1, weight * pairs[i].Odds, [.. columns, pairs[i].Column], [.. taken, i]);
                }
            }
        }
    }
}
