using System.Text.Json;
using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Evaluate.Matching;

/// <summary>Puts simulated scenes through the fold that production uses, and counts what became of their ships.</summary>
internal static class MatchingBench
{
    // A sum of 300 points is smoothed over this share of their spread, metres at least.
    private const double SmoothShare = 0.35;
    private const double SmoothMetresMin = 20;
    private const double BaselineMetres = 1_500;

    /// <summary>As the pipeline judges it.</summary>
    public static async Task<MatchingCounts> JudgeAsync(SimulatedScene scene, bool isLater, bool isRadarKnown, CancellationToken cancel)
    {
        using var fold = new SceneFold();
        var said = new Said();
        await fold.FoldAsync(new InboxEntry(1, EntryKind.Batch, scene.Entry(isLater, isRadarKnown).ToBytes()), 0, 1, said, cancel);
        return Count(scene, index => said.Of(index + 1));
    }

    /// <summary>
    /// What could be known at best: each ship's law of motion, its last report, the share of dark ships and their density are
    /// known exactly; then the same one-to-one assignment. Lengths are weighed as the pipeline weighs them.
    /// </summary>
    public static MatchingCounts Bound(SimulatedScene scene)
    {
        var area = Area(scene.Box);
        var reporting = scene.Ships.Where(ship => ship.AgeS is not null).ToArray();
        var pairs = new List<WorthyPair>();
        for (var column = 0; column < reporting.Length; column++)
        {
            var ship = reporting[column];
            var (east, north) = (Spread(ship.Possible, one => one.East), Spread(ship.Possible, one => one.North));
            var smooth = Math.Max(SmoothMetresMin, SmoothShare * Math.Min(east.Sigma, north.Sigma));
            for (var row = 0; row < scene.Echoes.Count; row++)
            {
                var echo = scene.Echoes[row];
                var dy = (echo.Lat - ship.Last.LatitudeE7) * FlatDistance.MetresPerUnit;
                var dx = (echo.Lon - ship.Last.LongitudeE7) * FlatDistance.MetresPerUnit * FlatDistance.CosineOfLatitude(echo.Lat);
                if (Math.Abs(dx - east.Mean) > (6 * east.Sigma) + 300 || Math.Abs(dy - north.Mean) > (6 * north.Sigma) + 300)
                {
                    continue;
                }

                var density = ship.Possible.Average(one =>
                    Math.Exp(-(((dx - one.East) * (dx - one.East)) + ((dy - one.North) * (dy - one.North))) / (2 * smooth * smooth)))
                    / (2 * Math.PI * smooth * smooth);
                var dark = SimulatedScene.DarkShare * scene.Echoes.Count / area;
                var log = Math.Log(density + 1e-30) - Math.Log(dark) - Math.Log(SimulatedScene.NoEchoShare);
                if (ship.SaidLengthM is { } length)
                {
                    var sigma = Math.Sqrt((0.2 * length * 0.2 * length) + (12 * 12));
                    var off = (echo.LengthM - length) / sigma;
                    log += Math.Log((0.97 * Math.Exp(-off * off / 2) / (Math.Sqrt(2 * Math.PI) * sigma)) + (0.03 / 300)) + Math.Log(300);
                }

                if (log > 0)
                {
                    pairs.Add(new WorthyPair(row, column, (long)(log * 1000)));
                }
            }
        }

        var chosen = Assignment.Solve(scene.Echoes.Count, reporting.Length, pairs);
        return Count(scene, index => chosen[index] < 0 ? ("dark", null) : ("matched", reporting[chosen[index]].Subject));
    }

    /// <summary>The naive way: the nearest vessel by dead reckoning within 1,500 m, nearest pairs first.</summary>
    public static MatchingCounts Nearest(SimulatedScene scene)
    {
        var entry = scene.Entry(isLater: false, isRadarKnown: false);
        var near = new List<(double Metres, int Row, int Column)>();
        for (var column = 0; column < entry.Candidates.Count; column++)
        {
            for (var row = 0; row < entry.Detections.Count; row++)
            {
                if (FlatDistance.Metres(entry.Candidates[column].Where, entry.Detections[row].Where) is <= BaselineMetres and var metres)
                {
                    near.Add((metres, row, column));
                }
            }
        }

        var given = new string?[entry.Detections.Count];
        var taken = new HashSet<int>();
        foreach (var (_, row, column) in near.Order())
        {
            if (given[row] is null && taken.Add(column))
            {
                given[row] = entry.Candidates[column].Subject;
            }
        }

        return Count(scene, index => given[index] is null ? ("dark", null) : ("matched", given[index]));
    }

    private static MatchingCounts Count(SimulatedScene scene, Func<int, (string Status, string? Subject)> said)
    {
        var counts = new MatchingCounts();
        var matched = Enumerable.Range(0, scene.Echoes.Count).Select(said).Where(one => one.Status == "matched").Select(one => one.Subject).ToHashSet();
        foreach (var ship in scene.Ships)
        {
            if (ship.Echo < 0)
            {
                counts.NoEcho++;
                counts.NoEchoGiven += matched.Contains(ship.Subject) ? 1 : 0;
                continue;
            }

            var (status, subject) = said(ship.Echo);
            if (ship.AgeS is not { } age)
            {
                counts.Dark++;
                counts.ExplainedAway += status == "matched" ? 1 : 0;
                counts.DarkFound += status == "dark" ? 1 : 0;
                counts.DarkDoubtful += status is not "matched" and not "dark" ? 1 : 0;
                continue;
            }

            var isOwn = subject == ship.Subject;
            counts.WithAis++;
            counts.Right += isOwn && status == "matched" ? 1 : 0;
            counts.RightButSilent += isOwn && status == "dark" ? 1 : 0;
            counts.Wrong += !isOwn && status == "matched" ? 1 : 0;
            counts.CalledDark += status == "dark" ? 1 : 0;
            counts.ByAge[MatchingCounts.BandOf(age)]++;
            counts.RightByAge[MatchingCounts.BandOf(age)] += isOwn && status == "matched" ? 1 : 0;
        }

        return counts;
    }

    private static (double Mean, double Sigma) Spread(IReadOnlyList<(double East, double North)> points, Func<(double East, double North), double> part)
    {
        var mean = points.Average(part);
        return (mean, Math.Sqrt(points.Average(point => (part(point) - mean) * (part(point) - mean))));
    }

    private static double Area(GeoBox box) => Math.Max(
        1e6,
        (box.NorthE7 - (double)box.SouthE7) * box.WidthE7 * FlatDistance.MetresPerUnit * FlatDistance.MetresPerUnit * FlatDistance.CosineOfLatitude(box.SouthE7));

    private sealed class Said : IFoldOutput
    {
        private readonly Dictionary<int, (string Status, string? Subject)> ships = [];

        public (string Status, string? Subject) Of(int n) => ships.GetValueOrDefault(n, ("none", null));

        public void WriteLine(string collection, ReadOnlySpan<byte> line)
        {
            if (collection != "detections")
            {
                return;
            }

            var reader = new Utf8JsonReader(line);
            var of = JsonElement.ParseValue(ref reader).GetProperty("properties");
            var subject = of.GetProperty("subject").GetString()!;
            ships[int.Parse(subject.AsSpan(subject.LastIndexOf(':') + 1), System.Globalization.CultureInfo.InvariantCulture)] = (
                of.GetProperty("status").GetString()!,
                of.GetProperty("mmsi").ValueKind == JsonValueKind.Number ? $"mmsi:{of.GetProperty("mmsi").GetUInt32()}" : null);
        }
    }
}
