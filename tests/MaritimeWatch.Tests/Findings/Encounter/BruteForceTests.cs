using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Findings;
using MaritimeWatch.Findings.Encounter;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Reference;
using MaritimeWatch.Scenario;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Encounter;

/// <summary>
/// Encounters from reports to findings, through watch, contacts and encounters in several groups, beside comparing all ships with
/// all: the same pairs with the same start and end, with and without the rule of the distance to stopping places.
/// </summary>
internal sealed class BruteForceTests
{
    [TestCase("kattegat_2025_1min.csv", 1, 2, 3, 4, 5, 1.0, true, 0)]
    [TestCase("kattegat_2025_1min.csv", 1, 2, 3, 4, 5, 1.0, false, 0)]
    [TestCase("hampton_roads_4h.csv", 1, 2, 3, 4, 5, 0.1, true, 0)]
    [TestCase("hampton_roads_4h.csv", 1, 2, 3, 4, 5, 0.1, false, 20)]
    public async Task Real_tracks(
        string file, int subject, int time, int latitude, int longitude, int knots, double knotsPerUnit, bool hasRule, int least)
    {
        var traffic = new Traffic();
        foreach (var row in File.ReadLines(SharedData.Require("ais/tracks/" + file)).Skip(1).Select(line => line.Split(',')))
        {
            if (Math.Abs(Number(row[latitude])) <= 90 && Math.Abs(Number(row[longitude])) <= 180)
            {
                Add(traffic, uint.Parse(row[subject], CultureInfo.InvariantCulture), AtMs(row[time]),
                    Position.FromDegrees(Number(row[latitude]), Number(row[longitude])),
                    row[knots].Length == 0 ? null : Number(row[knots]) * knotsPerUnit);
            }
        }

        var box = traffic.Reports.Aggregate(GeoBox.Of(traffic.Reports[0].Position), (all, report) => all.With(report.Position));
        IReadOnlyList<Position> places = !hasRule ? [] :
        [
            .. File.ReadLines(SharedData.Require("ports/anchorage_points.csv")).Skip(1).Select(line => line.Split(','))
                .Where(row => Math.Abs(Number(row[2])) <= 180).Select(row => Position.FromDegrees(Number(row[1]), Number(row[2])))
                .Where(place => box.Intersects(GeoBox.Around(place, 11_000))),
        ];
        await CompareAsync(traffic, places, hasRule, least);
    }

    [Test]
    public async Task The_simulator([Values] bool hasRule)
    {
        var folder = Directory.CreateTempSubdirectory("cross-brute-").FullName;
        try
        {
            var options = new ScenarioOptions { Seed = 4101, Days = 1.3, Vessels = 70, Story = false };
            await TestContext.Out.WriteLineAsync($"seed {options.Seed}");
            ScenarioFolder.Write(folder, options);
            var traffic = new Traffic();
            var sink = new Collected(traffic);
            var sources = new SourceTable();
            foreach (var path in Directory.EnumerateFiles(folder, "*.nmea").Order(StringComparer.Ordinal))
            {
                await using var stream = File.OpenRead(path);
                AisReader.Read(stream, new AisReadOptions { Sources = sources }, ref sink, CancellationToken.None);
            }

            Assert.That(traffic.Reports, Is.Not.Empty);
            IReadOnlyList<Position> places = hasRule ? [Position.FromDegrees(57.7, 11.9), Position.FromDegrees(56.15, 10.22), Position.FromDegrees(57.05, 9.92)] : [];
            await CompareAsync(Once(traffic), places, hasRule, hasRule ? 1 : 3);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Invented fleets, over midnight, over borders of cells and over the antimeridian.</summary>
    [Test]
    public async Task Invented_fleets(
        [Values(1, 2)] int seed, [Values("57.1,10.1", "-17,179.98", "70.05,-179.9", "0,0")] string middle, [Values] bool hasRule)
    {
        await TestContext.Out.WriteLineAsync($"seed {seed} around {middle}");
        var parts = middle.Split(',');
        var from = Position.FromDegrees(Number(parts[0]), Number(parts[1]));
        var found = await CompareAsync(Fleet(new Random(seed), from), hasRule ? [GreatCircle.Destination(from, 90, 10_500)] : [], hasRule, 3);
        Assert.That(found.Any(pair => pair.StartAtMs / 86_400_000 != pair.EndAtMs / 86_400_000), "one should lie over midnight UTC");
    }

    private static async Task<IReadOnlyList<BrutePair>> CompareAsync(Traffic traffic, IReadOnlyList<Position> places, bool hasRule, int least)
    {
        var expected = new BruteForce { StoppingPlaces = places }.Find(traffic.Reports);
        var profile = hasRule ? Profiles.Default : Profiles.Default with { Encounter = new EncounterThresholds { AnchorageKm = 0 } };
        var away = GreatCircle.Destination(traffic.Reports[0].Position, 0, 9_000_000);
        var reference = new TestReference
        {
            Port = new AnchoragePoint("far", places.Count > 0 ? places[0] : away, null, "far", StoppingPlace.Anchorage),
            MorePorts = [.. places.Skip(1).Select(place => new AnchoragePoint("more", place, null, "more", StoppingPlace.Anchorage))],
        };
        using var watch = new FoldRun(new WatchOptions { SlowInPort = !hasRule }, reference);
        watch.Set(traffic);
        var slow = watch.Lines.Where(line => line.Collection == "slow").Select((line, i) => ((uint)i, line.Line)).ToList();
        var end = traffic.Reports.Max(report => report.EventAtMs) + Hours(6);
        var run = await SpreadRun.OfAsync(slow, 3, end, [profile]);
        var found = run.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("properties"))
            .GroupBy(one => one.Text("id")).Select(one => one.Last()).Where(one => one.Text("state") != "retracted")
            .Select(one => $"{one.Text("subject")} {one.Text("start_at")} {one.Text("end_at")}").ToList();
        await TestContext.Out.WriteLineAsync(
            $"{traffic.Reports.Count} reports, {places.Count} stopping places, {slow.Count} slow places: {expected.Count} encounters");
        var wanted = expected.Select(pair => pair.ToString()).ToList();

        // At the very limit a centimetre decides, which two ways of reckoning may see otherwise.
        var limit = Around(places, 499.9).Except(Around(places, 500.1)).Concat(Around(places, 500.1).Except(Around(places, 499.9)))
            .Select(pair => pair.Split(' ')[0]).ToHashSet(StringComparer.Ordinal);
        Assert.That(limit, Has.Count.LessThan(3));
        wanted.RemoveAll(pair => limit.Contains(pair.Split(' ')[0]));
        found.RemoveAll(pair => limit.Contains(pair.Split(' ')[0]));
        Assert.That(
            found.Except(wanted).Select(one => $"found, not wanted: {one}").Concat(wanted.Except(found).Select(one => $"wanted, not found: {one}")),
            Is.Empty);
        Assert.That(found, Has.Count.EqualTo(wanted.Count));
        Assert.That(expected, Has.Count.GreaterThanOrEqualTo(least), "a comparison of nothing proves nothing");
        return expected;

        List<string> Around(IReadOnlyList<Position> stops, double metres) =>
            [.. new BruteForce { StoppingPlaces = stops, TogetherMetres = metres }.Find(traffic.Reports).Select(pair => pair.ToString())];
    }

    // Fifteen hours from nine in the evening: groups that lie together, drift apart and pass each other; some reports are missing.
    private static Traffic Fleet(Random random, Position middle)
    {
        var traffic = new Traffic();
        for (var ship = 0; ship < 24; ship++)
        {
            var at = GreatCircle.Destination(middle, random.Next(360), random.Next(2500));
            var (course, every) = (random.Next(360), 60_000 * random.Next(1, 25));
            for (var t = (long)random.Next(600_000); t < Hours(15); t += every + random.Next(60_000))
            {
                var knots = random.Next(10) == 0 ? 2.4 : random.Next(16) / 10.0;
                course += random.Next(-60, 60);
                at = GreatCircle.Destination(at, course, knots * 0.15 * 1852 * every / 3_600_000);
                if (random.Next(6) > 0)
                {
                    Add(traffic, (uint)(211_000_001 + ship), Start + Hours(1) + t, at, random.Next(12) == 0 ? null : knots);
                }
            }
        }

        return traffic;
    }

    private static void Add(Traffic traffic, uint number, long atMs, Position at, double? knots)
    {
        traffic.Report(Traffic.Ship, at, atMs, knots ?? 0, 0);
        traffic.Reports[^1] = traffic.Reports[^1] with
        {
            Vessel = number < 1_000_000 ? VesselId.Local(7, number) : VesselId.FromMmsi((int)number),
            SpeedDeciKnots = knots is null ? (short)-1 : (short)Math.Round(knots.Value * 10),
        };
    }

    // The same content within half a minute is one message heard twice.
    private static Traffic Once(Traffic traffic)
    {
        var once = new Traffic();
        foreach (var ship in traffic.Reports.GroupBy(report => report.Vessel))
        {
            var kept = new List<PositionReport>();
            foreach (var report in ship.OrderBy(report => report.EventAtMs))
            {
                if (!kept.TakeLast(8).Any(other => report.EventAtMs - other.EventAtMs < 30_000 && other.Position == report.Position
                    && other.SpeedDeciKnots == report.SpeedDeciKnots && other.CourseDeciDegrees == report.CourseDeciDegrees))
                {
                    kept.Add(report);
                }
            }

            once.Reports.AddRange(kept);
        }

        return once;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static long AtMs(string text) => DateTimeOffset.Parse(
        text.Contains('-', StringComparison.Ordinal) ? text : $"2024-05-01T{text}Z", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();

    private readonly struct Collected(Traffic traffic) : IAisSink
    {
        public void OnPosition(in PositionReport report)
        {
            // Ships alone: what flies and what stands does not meet.
            if (report.Vessel.IsMmsi && MaritimeWatch.Terms.Mmsi.KindOf(report.Vessel.Mmsi) == MmsiKind.Ship && (report.Traits & ReportTraits.Fixed) == 0)
            {
                traffic.Reports.Add(report with { LandingIndex = 0, SourceIndex = 0 });
            }
        }

        public void OnStatic(StaticReport report)
        {
        }

        public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
        {
        }
    }
}
