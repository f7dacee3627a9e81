using MaritimeWatch.Findings;
using MaritimeWatch.Findings.Encounter;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Encounter;

/// <summary>However many groups the stages have, and wherever the borders of cells lie, the same bytes are said.</summary>
internal sealed class SpreadTests
{
    private static readonly long End = Start + Hours(40);

    [Test]
    public async Task Any_number_of_groups_says_the_same_bytes(
        [Values(1, 2, 3)] int seed, [Values("57,10", "57.1,11.3", "0,180", "-60.05,-179.99", "86,40", "84.999,-0.001")] string middle)
    {
        await TestContext.Out.WriteLineAsync($"seed {seed} around {middle}");
        var slow = Drifters(seed, middle);
        var one = await SpreadRun.OfAsync(slow, 1, End);
        Assert.That(one.Revisions, Has.Count.GreaterThan(6), "a test of nothing proves nothing");
        foreach (var groups in (int[])[2, 4, 7])
        {
            var many = await SpreadRun.OfAsync(slow, groups, End);
            Assert.That(many.Revisions, Is.EqualTo(one.Revisions), $"{groups} groups");
        }
    }

    [Test]
    public async Task Profiles_judge_side_by_side_and_each_as_it_would_alone()
    {
        var slow = Drifters(5, "57,10");
        Profile[] all = [Profiles.Default, Profiles.Gfw, Profiles.Skylight];
        var together = await SpreadRun.OfAsync(slow, 4, End, all);
        var alone = new List<string>();
        foreach (var profile in all)
        {
            alone.AddRange((await SpreadRun.OfAsync(slow, 2, End, [profile])).Revisions);
        }

        Assert.That(together.Revisions, Is.EquivalentTo(alone));
        Assert.That(
            all.Select(profile => together.Lines.Count(line => line.Contains($"\"profile\":\"{profile.Name}\"", StringComparison.Ordinal))),
            Is.All.GreaterThan(0).And.Exactly(2).EqualTo(together.Lines.Count(line => line.Contains("\"profile\":\"gfw\"", StringComparison.Ordinal))));
    }

    [Test]
    public async Task A_group_hears_its_share_and_not_all()
    {
        var random = new Random(3);
        var slow = Enumerable.Range(0, 4000)
            .Select(i => new SlowShip((uint)(211_000_000 + i), Position.FromDegrees(50 + (random.NextDouble() * 10), random.NextDouble() * 10), Start))
            .Select(ship => (ship.Mmsi, ship.Line)).ToList();
        var run = await SpreadRun.OfAsync(slow, 4, End);
        await TestContext.Out.WriteLineAsync($"rows of the groups: {string.Join(", ", run.RowsOfGroups)}");
        Assert.That(run.RowsOfGroups.Sum(), Is.InRange(4000, 5600), "a halo of 600 m around cells of 11 km by 6 km");
        Assert.That(run.RowsOfGroups, Is.All.InRange(700, 1800));
    }

    [Test]
    public async Task A_pair_that_drifts_over_many_cells_has_one_meeting()
    {
        var ships = new List<SlowShip>();
        for (var i = 0; i < 300; i++)
        {
            var at = GreatCircle.Destination(Position.FromDegrees(57.05, 10.05), 70, i * 500);
            ships.Add(new SlowShip(211_000_001, at, Start + Minutes(10 * i)));
            ships.Add(new SlowShip(211_000_002, GreatCircle.Destination(at, 200, 450), Start + Minutes(10 * i)));
        }

        var run = await SpreadRun.OfAsync([.. ships.Select(ship => (ship.Mmsi, ship.Line))], 7, Start + Hours(60));
        Assert.That(run.RowsOfGroups.Count(rows => rows > 0), Is.GreaterThan(3), "it should cross cells of several groups");
        Assert.That(run.Lines.Select(line => line.Split('"')[5]).Distinct().Count(), Is.EqualTo(1));
        Assert.That(run.Lines[^1], Does.Contain($"\"start_at\":\"{Instants.ToText(Start)}\"").And.Contain($"\"end_at\":\"{Instants.ToText(Start + Minutes(2990))}\""));
    }

    [Test]
    public void Every_place_is_heard_by_the_group_of_every_place_within_reach()
    {
        const int Seed = 9;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var latitude = i % 3 == 0 ? Math.Round((random.NextDouble() * 178) - 89, 1) : (random.NextDouble() * 178) - 89;
            var longitude = i % 5 == 0 ? 180 - (random.NextDouble() * 0.001) : Math.Round((random.NextDouble() * 359.9) - 179.9, i % 7);
            var where = Position.FromDegrees(latitude, longitude);
            var other = GreatCircle.Destination(where, random.NextDouble() * 360, 551);
            var heard = new List<int>();
            SeaCells.GroupsAround(other, 200, heard);
            Assert.That(heard, Does.Contain(SeaCells.GroupOf(where, 200)), $"{where} {other}");
        }
    }

    // Clusters of ships that drift together over the borders of cells, places missing and late by up to an hour.
    private static List<(uint Mmsi, string Line)> Drifters(int seed, string middle)
    {
        var random = new Random(seed);
        var parts = middle.Split(',');
        var from = Position.FromDegrees(double.Parse(parts[0], Invariant), double.Parse(parts[1], Invariant));
        var ships = new List<SlowShip>();
        for (var cluster = 0; cluster < 5; cluster++)
        {
            var (course, at) = (random.Next(360), GreatCircle.Destination(from, random.Next(360), random.Next(9000)));
            var members = Enumerable.Range(0, 5).Select(_ => GreatCircle.Destination(at, random.Next(360), random.Next(400))).ToArray();
            for (var i = 0; i < 40; i++)
            {
                for (var member = 0; member < members.Length; member++)
                {
                    members[member] = GreatCircle.Destination(members[member], course + random.Next(-20, 20), random.Next(450));
                    if (random.Next(5) > 0)
                    {
                        ships.Add(new SlowShip(
                            (uint)(211_000_001 + (cluster * 10) + member), members[member], Start + Minutes(10 * i),
                            KnownAfterMs: random.Next(4) * 15 * 60_000));
                    }
                }
            }
        }

        return [.. ships.OrderBy(ship => ship.KnownAtMs).Select(ship => (ship.Mmsi, ship.Line))];
    }

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;
}
