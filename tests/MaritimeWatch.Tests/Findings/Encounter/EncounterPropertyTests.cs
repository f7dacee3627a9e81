using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Encounter;

internal sealed class EncounterPropertyTests
{
    [Test]
    public void Every_pair_that_comparing_all_with_all_finds_is_found_and_no_other([Range(1, 6)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var ships = Crowd(seed);
        var news = SlowNews.Of(ships);
        news.Tick(Start + Hours(30));
        var found = news.Latest.Select(r => $"{r.Text("subject")} {r.Text("start_at")} {r.Number("measure", "instants_together")}").Order().ToList();
        var expected = BruteForce(ships).Order().ToList();
        TestContext.Out.WriteLine($"{expected.Count} encounters of {ships.Count} rows");
        Assert.That(expected, Has.Count.GreaterThan(3), "a test of nothing proves nothing");
        Assert.That(found, Is.EqualTo(expected));
    }

    [Test]
    public void Kills_and_restores_give_the_same_bytes([Range(1, 5)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var straight = SlowNews.Of(Crowd(seed), 5);
        var chaos = SlowNews.Of(Crowd(seed), 5, new Random(seed));
        Assert.That(straight.Lines, Is.Not.Empty);
        Assert.That(chaos.Lines, Is.EqualTo(straight.Lines));
        Assert.That(chaos.Save(), Is.EqualTo(straight.Save()));
    }

    [Test]
    public void How_the_rows_are_cut_into_entries_changes_only_the_positions([Range(1, 3)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        string[] Said(int rows) => [.. SlowNews.Of(Crowd(seed), rows).Lines.Select(l => l[..l.IndexOf("\"position\"", StringComparison.Ordinal)])];
        Assert.That(Said(1), Is.EqualTo(Said(1000)));
    }

    [TestCase(70.0, 179.999)]
    [TestCase(-55.0, -180.0)]
    [TestCase(0.0, 0.0)]
    [TestCase(85.0, 12.3)]
    public void The_grid_finds_everybody_near_anywhere(double latitude, double longitude)
    {
        var random = new Random(11);
        var middle = Position.FromDegrees(latitude, longitude);
        var grid = new MaritimeWatch.Findings.Encounter.SlowGrid();
        var rows = Enumerable.Range(0, 200).Select(i => Row((uint)(201_000_000 + i), GreatCircle.Destination(middle, random.Next(360), random.Next(2500)))).ToList();
        rows.ForEach(row => Assert.That(grid.Add(row)));
        Assert.Multiple(() =>
        {
            foreach (var row in rows)
            {
                var expected = rows.Where(o => o != row && Math.Round(FlatDistance.Metres(row.Where, o.Where) * 10) <= 5000).Select(o => o.Subject).Order(StringComparer.Ordinal);
                Assert.That(grid.Near(row, 500).Select(n => n.Other.Subject), Is.EqualTo(expected));
            }
        });
    }

    private static MaritimeWatch.Findings.Encounter.SlowRow Row(uint mmsi, Position where) =>
        new($"mmsi:{mmsi}", $"mmsi:{mmsi}", mmsi, null, 70, where, Start, 5, true);

    // A crowd that drifts about, with rows missing, late by up to an hour, and out of order.
    private static List<SlowShip> Crowd(int seed)
    {
        var random = new Random(seed);
        var middle = Position.FromDegrees(57, 10);
        var ships = new List<SlowShip>();
        for (var ship = 0; ship < 25; ship++)
        {
            var at = GreatCircle.Destination(middle, random.Next(360), random.Next(1500));
            for (var i = 0; i < 60; i++)
            {
                at = GreatCircle.Destination(at, random.Next(360), random.Next(120));
                if (random.Next(4) > 0)
                {
                    ships.Add(new SlowShip((uint)(211_000_001 + ship), at, Start + Minutes(10 * i), KnownAfterMs: random.Next(3_600_000)));
                }
            }
        }

        return ships;
    }

    private static IEnumerable<string> BruteForce(List<SlowShip> ships)
    {
        var byShip = ships.GroupBy(s => s.Mmsi).OrderBy(g => g.Key).Select(g => g.ToDictionary(s => s.AtMs)).ToList();
        for (var i = 0; i < byShip.Count; i++)
        {
            for (var j = i + 1; j < byShip.Count; j++)
            {
                var together = byShip[i].Values
                    .Where(s => byShip[j].TryGetValue(s.AtMs, out var o) && Math.Round(FlatDistance.Metres(s.Where, o.Where) * 10) <= 5000)
                    .Select(s => s.AtMs).Order().ToList();
                var subject = $"{byShip[i].Values.First().Subject}+{byShip[j].Values.First().Subject}";
                for (var from = 0; from < together.Count;)
                {
                    var to = from;
                    while (to + 1 < together.Count && together[to + 1] - together[to] <= Hours(1))
                    {
                        to++;
                    }

                    if (together[to] - together[from] >= Hours(2))
                    {
                        yield return $"{subject} {Instants.ToText(together[from])} {to - from + 1}";
                    }

                    from = to + 1;
                }
            }
        }
    }
}
