using MaritimeWatch.Findings.DarkShip;

namespace MaritimeWatch.Tests.Findings.DarkShip;

/// <summary>One to one, with the greatest sum: checked against trying everything.</summary>
[TestFixture]
public sealed class AssignmentTests
{
    [Test]
    public void The_sum_is_the_greatest_that_there_is([Range(1, 60)] int seed)
    {
        var random = new Random(seed);
        var (rows, columns) = (random.Next(1, 6), random.Next(1, 6));
        var pairs = new List<WorthyPair>();
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                if (random.Next(3) > 0)
                {
                    pairs.Add(new WorthyPair(row, column, random.Next(1, 50)));
                }
            }
        }

        var chosen = Assignment.Solve(rows, columns, pairs);
        var taken = chosen.Where(column => column >= 0).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(taken, Is.Unique, $"seed {seed}");
            Assert.That(Sum(chosen, pairs), Is.EqualTo(Best(0, rows, pairs, [])), $"seed {seed}");
        });
    }

    [Test]
    public void A_crowd_too_large_for_the_exact_way_is_still_one_to_one()
    {
        const int Many = Assignment.ExactMax;
        var random = new Random(4);
        var pairs = new List<WorthyPair>();
        for (var row = 0; row < Many; row++)
        {
            pairs.Add(new WorthyPair(row, row, 5));
            pairs.Add(new WorthyPair(row, (row + 1) % Many, random.Next(1, 9)));
        }

        var chosen = Assignment.Solve(Many, Many, pairs);
        Assert.That(chosen.Where(column => column >= 0), Is.Unique);
        Assert.That(chosen.Count(column => column >= 0), Is.GreaterThan(Many / 2));
    }

    private static long Sum(int[] chosen, List<WorthyPair> pairs) =>
        chosen.Select((column, row) => column < 0 ? 0 : pairs.Single(pair => pair.Row == row && pair.Column == column).Worth).Sum();

    private static long Best(int row, int rows, List<WorthyPair> pairs, HashSet<int> taken)
    {
        if (row == rows)
        {
            return 0;
        }

        var best = Best(row + 1, rows, pairs, taken);
        foreach (var pair in pairs.Where(pair => pair.Row == row && !taken.Contains(pair.Column)))
        {
            best = Math.Max(best, pair.Worth + Best(row + 1, rows, pairs, [.. taken, pair.Column]));
        }

        return best;
    }
}
