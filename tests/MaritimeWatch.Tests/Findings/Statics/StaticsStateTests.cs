using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Statics;

internal sealed class StaticsStateTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [Test]
    public void Random_budgets_kills_and_restores_give_the_same_bytes([Range(1, 6)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        using var straight = new FoldRun(new TestReference(), "default", "gfw");
        using var chaos = new FoldRun(new TestReference(), "default", "gfw") { Chaos = new Random(seed) };
        straight.Set(Day(seed, statics => statics));
        chaos.Set(Day(seed, statics => statics));
        Assert.Multiple(() =>
        {
            Assert.That(chaos.BytesBut("vessels", "coverage", "counts", "tracks"), Is.EqualTo(straight.BytesBut("vessels", "coverage", "counts", "tracks")));
            Assert.That(straight.Of("identity-change"), Is.Not.Empty, "a test of nothing proves nothing");
            Assert.That(straight.Of("voyage-change"), Is.Not.Empty);
            Assert.That(straight.Of("draught-change"), Is.Not.Empty);
            Assert.That(straight.Of("shared-identity"), Is.Not.Empty);
            Assert.That(straight.Of("spoofing"), Is.Not.Empty);
            Assert.That(straight.Lines.Count(l => l.Collection == "identities"), Is.GreaterThan(10));
        });
    }

    [Test]
    public void However_a_file_is_cut_the_same_is_said([Range(1, 6)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var whole = Said(Day(seed, statics => Read(statics, [])));
        var cuts = Enumerable.Range(0, 5).Select(_ => Start + (long)(random.NextDouble() * Hours(10))).ToArray();
        Assert.That(Said(Day(seed, statics => Read(statics, cuts))), Is.EqualTo(whole));
        Assert.That(whole, Does.Contain("identity-change").And.Contain("voyage-change").And.Contain("draught-change"));
    }

    [Test]
    public void A_value_passes_when_it_is_new_when_it_is_repeated_and_once_each_half_hour()
    {
        var memory = new StaticMemory();
        const long Minute = 60_000;
        var passed = new List<long>();
        foreach (var at in new long[] { 1, 1, 1, 7, 13, 19, 25, 31, 37, 61, 67, 200 })
        {
            if (memory.IsNews(5, at < 67 ? 8UL : 9UL, at * Minute))
            {
                passed.Add(at);
            }
        }

        Assert.That(passed, Is.EqualTo(new long[] { 1, 7, 31, 61, 67, 200 }));
    }

    private static IEnumerable<StaticReport> Read(IEnumerable<StaticReport> statics, long[] cuts)
    {
        var memories = new Dictionary<int, StaticMemory>();
        foreach (var said in statics.OrderBy(s => s.EventAtMs).ThenBy(s => s.Offset))
        {
            var file = cuts.Count(cut => said.EventAtMs >= cut);
            memories.TryAdd(file, new StaticMemory());
            var hash = (ulong)$"{said.Name}{said.CallSign}{said.ImoNumber}{said.Destination}{said.EtaHour}{said.DraughtDecimetres}".GetHashCode(StringComparison.Ordinal);
            if (memories[file].IsNews(said.Vessel.Value, hash, said.EventAtMs))
            {
                yield return said;
            }
        }
    }

    // What is told, but for where it stood in the inbox.
    private static string Said(Traffic traffic)
    {
        using var run = FoldRun.Replay(traffic);
        return string.Join('\n', run.Revisions.Select(r =>
            $"{r.Text("kind")} {r.Text("subject")} {r.GetProperty("revision")} {r.Text("state")} {r.Text("severity")} {r.Text("start_at")} {r.Text("end_at")} {r.Text("reason")}"));
    }

    // Ten hours: ships that change, one that is two.
    private static Traffic Day(int seed, Func<IEnumerable<StaticReport>, IEnumerable<StaticReport>> read)
    {
        var random = new Random(seed);
        var traffic = new Traffic();
        for (var ship = 0; ship < 8; ship++)
        {
            var mmsi = 230_000_001 + ship;
            var anna = Saying.Anna(mmsi);
            traffic.Sail(mmsi, GreatCircle.Destination(Sea, ship * 45, 40_000), random.Next(360), 12, Start, Hours(10));
            var at = Start + random.Next(360_000);
            var next = at + Hours(3) + random.Next(3_600_000);
            traffic.Says(anna, at, next);
            var changed = (ship % 4) switch
            {
                0 => anna with { Name = "BERTA", CallSign = "XYZ9" },
                1 => anna with { Destination = "NLRTM", EtaDay = 4 },
                2 => anna with { DraughtDecimetres = 120 },
                _ => anna with { ImoNumber = 9_074_728 },
            };
            traffic.Says(changed, next, next + Hours(4));
        }

        traffic.Sail(Ship, Sea, 90, 10, Start, Hours(5));
        traffic.Sail(Ship, GreatCircle.Destination(Sea, 0, 12 * 1852), 95, 14, Start + 30_000, Hours(5));
        traffic.Sail(217_000_001, Sea, 200, 10, Start, Hours(1));
        var statics = read(traffic.Statics).ToList();
        traffic.Statics.Clear();
        traffic.Statics.AddRange(statics);
        return traffic;
    }
}
