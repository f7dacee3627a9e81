using System.Text.Json;
using MaritimeWatch.Findings;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Tests.Findings.Statics;

/// <summary>
/// Gives the reports of one number to hulls and compares with what the file expects. The file is one ship whose reports
/// came partly with a time that is hours off, so that they lie miles ahead on its own track.
/// </summary>
internal sealed class HullSegmentTests
{
    [Test]
    public void Reports_of_338013000_are_segmented_as_expected_or_better()
    {
        var segmented = Segmented(SharedData.Require("ais/identity/338013000.json"));
        var ship = segmented[0].Expected;
        var (ari, pairs) = Agreement([.. segmented.Select(s => s.Expected)], [.. segmented.Select(s => s.Hull.ToString())]);
        var others = segmented.Where(s => (s.Expected == ship) != (s.Hull == 1)).ToArray();
        var (ours, theirs) = (Impossible(segmented, s => s.Hull == 1), Impossible(segmented, s => s.Expected == ship));
        var same = (segmented.Length - others.Length) * 100.0 / segmented.Length;
        TestContext.Out.WriteLine(
            $"{segmented.Length} reports with a position: {same:F2} % on the ship's track in both, adjusted Rand index {ari:F3}, pairs {pairs:F4}; steps over 30 kn on the ship's track: ours {ours}, expected {theirs}");
        foreach (var each in others)
        {
            TestContext.Out.WriteLine($"hull {each.Hull} {Instants.ToText(each.Report.EventAtMs)} {each.Report.Position} expected {each.Expected[10..]}");
        }

        Assert.Multiple(() =>
        {
            Assert.That(segmented, Has.Length.EqualTo(1193));
            Assert.That(ours, Is.LessThan(theirs), "where we differ, the track that we keep is the one that a ship can sail");
            Assert.That(same, Is.GreaterThan(97));
            Assert.That(pairs, Is.GreaterThan(0.94));
        });
    }

    [Test]
    public void Agreement_is_one_for_the_same_groups_and_none_for_chance()
    {
        var groups = Enumerable.Range(0, 400).Select(i => $"{i % 4}").ToArray();
        var random = new Random(5);
        Assert.Multiple(() =>
        {
            Assert.That(Agreement(groups, [.. groups.Select(g => g + "x")]).Ari, Is.EqualTo(1).Within(1e-9));
            Assert.That(Agreement(groups, [.. groups.Select(_ => $"{random.Next(4)}")]).Ari, Is.EqualTo(0).Within(0.02));
        });
    }

    private static (string Expected, int Hull, StoredReport Report)[] Segmented(string path)
    {
        var state = new WatchState(new WatchOptions());
        using var lines = new ViewLines(state);
        var hulls = new HullTracker(state, lines, new StayTracker(state));
        var slot = state.Table.Add(VesselId.FromMmsi(338_013_000), -1, state.Changed);
        var segmented = new List<(string, int, StoredReport)>();
        foreach (var line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.GetProperty("lat").ValueKind == JsonValueKind.Null)
            {
                continue; // No position: given to the ship by the file, and no report to us.
            }

            var report = new StoredReport
            {
                EventAtMs = root.GetProperty("timestamp").GetDateTimeOffset().ToUnixTimeMilliseconds(),
                LatitudeE7 = (int)Math.Round(root.GetProperty("lat").GetDouble() * 1e7),
                LongitudeE7 = (int)Math.Round(root.GetProperty("lon").GetDouble() * 1e7),
                SpeedDeciKnots = (short)Math.Round(root.GetProperty("speed").GetDouble() * 10),
                CourseDeciDegrees = (short)Math.Round(root.GetProperty("course").GetDouble() * 10),
                HeadingDegrees = -1,
                NavigationStatus = 15,
            };
            var number = hulls.HullOf(slot, in report);
            hulls.Draw(slot, number, in report);
            ref var vessel = ref state.Table.Vessels[slot];
            vessel.Last = report;
            vessel.Reports++;
            segmented.Add((root.GetProperty("expected").GetString()!, state.Table.Hulls[number].Number, report));
        }

        return [.. segmented];
    }

    private static int Impossible(
        (string Expected, int Hull, StoredReport Report)[] segmented, Func<(string Expected, int Hull, StoredReport Report), bool> isShip)
    {
        var track = segmented.Where(isShip).Select(s => s.Report).ToArray();
        return track.Zip(track.Skip(1)).Count(step =>
            GreatCircle.DistanceMetres(step.First.Position, step.Second.Position) - 500
            > 30 * 1852 / 3_600_000.0 * Math.Max(1000, step.Second.EventAtMs - step.First.EventAtMs));
    }

    // Adjusted Rand index (Hubert and Arabie 1985), and the share of pairs on which both agree.
    private static (double Ari, double Pairs) Agreement(string[] a, string[] b)
    {
        static double Two(long n) => n * (n - 1) / 2.0;
        var both = a.Zip(b).GroupBy(p => p).Sum(g => Two(g.Count()));
        var inA = a.GroupBy(x => x).Sum(g => Two(g.Count()));
        var inB = b.GroupBy(x => x).Sum(g => Two(g.Count()));
        var all = Two(a.Length);
        var chance = inA * inB / all;
        return ((both - chance) / (((inA + inB) / 2) - chance), (all + (2 * both) - inA - inB) / all);
    }
}
