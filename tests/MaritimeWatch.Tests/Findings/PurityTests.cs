using MaritimeWatch.Findings;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings;

internal sealed class PurityTests
{
    [Test]
    public void Random_budgets_kills_and_restores_give_the_same_bytes([Range(1, 12)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        using var straight = new FoldRun(new TestReference(), "default", "gfw");
        using var chaos = new FoldRun(new TestReference(), "default", "gfw") { Chaos = new Random(seed) };
        Assert.That(Fold(chaos, seed), Is.EqualTo(Fold(straight, seed)));
        Assert.Multiple(() =>
        {
            Assert.That(straight.Of("gap"), Is.Not.Empty, "a test of nothing proves nothing");
            Assert.That(straight.Of("port-visit"), Is.Not.Empty);
            Assert.That(chaos.Fold.Counts, Is.EqualTo(straight.Fold.Counts));
            Assert.That(chaos.HandOvers, Is.GreaterThan(5));
        });
    }

    [Test]
    public void The_order_of_rows_makes_no_difference_but_to_offsets()
    {
        var traffic = Week(7);
        using var sorted = FoldRun.Replay(traffic, new TestReference());
        var shuffled = new Traffic();
        var reports = traffic.Reports.ToArray();
        new Random(3).Shuffle(reports);
        shuffled.Reports.AddRange(reports);
        using var other = FoldRun.Replay(shuffled, new TestReference());
        Assert.That(other.FindingBytes, Is.EqualTo(sorted.FindingBytes));
    }

    [Test]
    public void A_batch_that_is_delivered_twice_is_folded_once()
    {
        using var run = new FoldRun();
        var traffic = new Traffic();
        traffic.Sail(Ship, Position.FromDegrees(57, 11), 90, 10, Start, Minutes(5));
        run.Batch(traffic.Reports, Start + Minutes(5), "a");
        run.Batch(traffic.Reports, Start + Minutes(5), "a");
        Assert.Multiple(() =>
        {
            Assert.That(run.Fold.Counts.Repeated, Is.EqualTo(1));
            Assert.That(run.Fold.Counts.Reports, Is.EqualTo(6));
        });
    }

    [Test]
    public void A_time_years_ahead_is_refused_and_moves_nothing()
    {
        var traffic = GapTests.Silent(1);
        traffic.Report(219_999_999, Position.FromDegrees(57.2, 11.3), Start + Hours(24 * 900), 5, 5);
        using var run = FoldRun.Replay(traffic);
        Assert.Multiple(() =>
        {
            Assert.That(run.Fold.Counts.TimeAhead, Is.EqualTo(1));
            Assert.That(run.Fold.WatermarkMs, Is.LessThanOrEqualTo(Start + Hours(4)));
            Assert.That(run.Lines.Single(l => l.Collection == "refused").Line, Does.Contain("time_ahead"));
            Assert.That(run.Revisions, Is.Empty);
        });
    }

    [Test]
    public void A_flood_of_invented_numbers_does_not_drive_out_established_vessels()
    {
        var run = new FoldRun(new WatchOptions { VesselsMax = 1000 }, null);
        using (run)
        {
            var traffic = new Traffic();
            traffic.Sail(Ship, Position.FromDegrees(57, 11), 90, 10, Start, Minutes(10));
            for (var i = 0; i < 5000; i++)
            {
                traffic.Report(300_000_000 + i, Position.FromDegrees(57, 11), Start + Minutes(10) + i, 10, 90);
            }

            traffic.Sail(Ship, GreatCircle.Destination(Position.FromDegrees(57, 11), 90, 3000), 90, 10, Start + Minutes(11), Minutes(10));
            run.Set(traffic);
            run.Publish();
            var line = run.Lines.Last(l => l.Collection == "vessels" && l.Line.Contains("\"mmsi:211000001\"", StringComparison.Ordinal)).Line;
            Assert.Multiple(() =>
            {
                Assert.That(run.Fold.VesselCount, Is.EqualTo(1000));
                Assert.That(line, Does.Contain("\"hull\":1"));
            });
        }
    }

    [Test]
    public void A_finding_is_explained_from_its_line()
    {
        using var run = FoldRun.Replay(GapTests.Silent(13));
        var line = run.Lines.Last(l => l.Collection == "findings").Line;
        var words = Explanation.FromLine(System.Text.Encoding.UTF8.GetBytes(line)).ToWords();
        Assert.Multiple(() =>
        {
            Assert.That(words, Does.Contain("silence h 13.0"));
            Assert.That(words, Does.Contain("It would clear with: one report before"));
            Assert.That(() => Explanation.FromLine("{}"u8), Throws.InstanceOf<InvalidDataException>());
        });
    }

    private static string Fold(FoldRun run, int seed)
    {
        run.Set(Week(seed));
        var more = new Traffic();
        var at = Position.FromDegrees(57.3, 11.2);
        more.Sail(Ship, at, 90, 10, Start + Hours(41), Hours(2));
        more.Sail(Other, GreatCircle.Destination(at, 0, 20_000), 90, 10, Start + Hours(41), Hours(2));
        var number = 0;
        foreach (var part in more.Reports.OrderBy(r => r.EventAtMs).Chunk(17))
        {
            run.Batch(part, part.Max(r => r.EventAtMs), $"b{number++}");
        }

        run.Tick(Start + Hours(60));
        return run.BytesBut("vessels", "coverage", "counts", "tracks");
    }

    // Neighbours, gaps, a displaced hull, a zone, port calls, within 40 hours.
    private static Traffic Week(int seed)
    {
        var random = new Random(seed);
        var places = new TestReference();
        var traffic = new Traffic();
        traffic.Neighbours(places.ZoneCentre, Start, Hours(40));
        for (var ship = 0; ship < 12; ship++)
        {
            var mmsi = 230_000_001 + ship;
            var at = GreatCircle.Destination(places.ZoneCentre, random.Next(360), random.Next(5_000, 25_000));
            var when = Start;
            for (var leg = 0; leg < 4; leg++)
            {
                var hours = 1 + (random.NextDouble() * 3);
                at = traffic.Sail(mmsi, at, random.Next(360), random.Next(1, 6), when, Hours(hours), 120_000);
                when += Hours(hours + (random.Next(3) == 0 ? 8 : 0.1));
                at = random.Next(5) == 0 ? GreatCircle.Destination(at, random.Next(360), 60_000) : at;
            }
        }

        for (var ship = 0; ship < 4; ship++)
        {
            var from = GreatCircle.Destination(places.Port.Where, 180, 12_000);
            var berth = traffic.Sail(240_000_001 + ship, from, 0, 8, Start + Hours(ship), Minutes(45));
            traffic.Sail(240_000_001 + ship, berth, 0, 0, Start + Hours(ship + 1), Hours(3), 180_000, status: 5);
            traffic.Sail(240_000_001 + ship, berth, 180, 8, Start + Hours(ship + 4.1), Hours(1));
        }

        // Offsets must not depend on the order in which the test wrote the reports down.
        for (var i = 0; i < traffic.Reports.Count; i++)
        {
            traffic.Reports[i] = traffic.Reports[i] with { Offset = i * 48 };
        }

        return traffic;
    }
}
