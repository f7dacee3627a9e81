using System.Globalization;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Index;
using MaritimeWatch.Reference.Learning;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Reference;

/// <summary>
/// Places learned from real tracks, compared with a worldwide list of anchorage points that others learned from years of
/// traffic. Prints its numbers; it fails only when the learned places are no better than the vessels' own positions.
/// </summary>
public sealed class LearnedPlacesInRealTracksTests
{
    private const double NearMetres = 2_000;

    // Columns of subject, time, latitude, longitude, speed and navigation status (-1 where absent); knots of a unit of speed.
    [TestCase("singapore_tankers_2013.csv", 1, 3, 4, 5, 6, 9, 1.0)]
    [TestCase("kattegat_2025_1min.csv", 1, 2, 3, 4, 5, -1, 1.0)]
    [TestCase("hampton_roads_4h.csv", 1, 2, 3, 4, 5, -1, 0.1)]
    public void Learned_places_lie_near_known_anchorages(
        string file, int subject, int time, int latitude, int longitude, int knots, int status, double knotsPerUnit)
    {
        var path = SharedData.Require("ais/tracks/" + file);
        var known = new PlaceIndex([.. File.ReadLines(SharedData.Require("ports/anchorage_points.csv")).Skip(1).Select(line => line.Split(','))
            .Where(row => Math.Abs(Number(row[2])) <= 180) // one row has longitude 1001
            .Select(row => Position.FromDegrees(Number(row[1]), Number(row[2])))]);
        var reports = File.ReadLines(path).Skip(1).Select(line => line.Split(','))
            .Where(row => Math.Abs(Number(row[latitude])) <= 90 && Math.Abs(Number(row[longitude])) <= 180).Select(row => new Report(
            row[subject], AtMs(row[time]), Position.FromDegrees(Number(row[latitude]), Number(row[longitude])),
            row[knots].Length == 0 ? 99 : Number(row[knots]) * knotsPerUnit, status < 0 || row[status].Length == 0 ? null : (int)Number(row[status]))).ToList();
        var stays = reports.GroupBy(report => report.Subject).SelectMany(StaysOf).ToList();
        foreach (var vesselsMin in (int[])[3, 1])
        {
            var learned = StoppingPlaces.Learn(stays, [], options: new LearningOptions { VesselsMin = vesselsMin });
            var places = Places(ReferenceKinds.Anchorages, learned.Anchorages).Concat(Places(ReferenceKinds.Berths, learned.Berths)).ToList();
            var near = places.Count(place => known.Nearest(place, NearMetres, out _) >= 0);
            TestContext.Out.WriteLine(
                $"{file}, at least {vesselsMin} vessels: {stays.Count} stays, {learned.AnchoragesSeen} anchorages, {learned.BerthsSeen} berths; "
                + $"{near} of {places.Count} within 2 km of a known point");
        }

        var allNear = reports.Count(report => known.Nearest(report.Where, NearMetres, out _) >= 0) / (double)reports.Count;
        var stayNear = stays.Count(stay => known.Nearest(stay.Where, NearMetres, out _) >= 0) / (double)Math.Max(1, stays.Count);
        TestContext.Out.WriteLine($"{file}: {stayNear:P0} of stays and {allNear:P0} of all reports within 2 km of a known point");
        if (stays.Count > 0)
        {
            Assert.That(stayNear, Is.GreaterThanOrEqualTo(allNear));
        }
    }

    private static IEnumerable<Position> Places(string kind, ReadOnlyMemory<byte> geoJson) =>
        KnownPlace.Read(kind, geoJson).Select(place => place.Where);

    /// <summary>A stay: one hour or more, slower than a knot, within 1 km of where it began, no hole of more than 12 hours.</summary>
    private static IEnumerable<Stay> StaysOf(IGrouping<string, Report> vessel)
    {
        var open = new List<Report>();
        foreach (var report in vessel.OrderBy(report => report.AtMs).Append(new Report(vessel.Key, long.MaxValue / 2, default, 99, null)))
        {
            var goesOn = open.Count == 0 || (report.AtMs - open[^1].AtMs < 12 * 3_600_000
                && FlatDistance.Metres(open[0].Where, report.Where) < 1_000);
            if (report.Knots < 1 && goesOn)
            {
                open.Add(report);
                continue;
            }

            if (open.Count > 3 && open[^1].AtMs - open[0].AtMs >= 3_600_000)
            {
                yield return ToStay(vessel.Key, open);
            }

            open.Clear();
            if (report.Knots < 1)
            {
                open.Add(report);
            }
        }
    }

    private static Stay ToStay(string subject, List<Report> reports)
    {
        var north = (int)reports.Average(report => (double)report.Where.LatitudeE7);
        var east = (int)reports.Average(report => (double)report.Where.LongitudeE7);
        var middle = new Position(north, east);
        var swings = reports.Select(report => FlatDistance.Metres(middle, report.Where)).Order().ToList();
        return new Stay(
            subject, reports[0].AtMs, reports[^1].AtMs, middle, swings[(int)(swings.Count * 0.95)],
            reports.GroupBy(report => report.Status).MaxBy(group => group.Count())!.Key);
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static long AtMs(string text) => DateTimeOffset.Parse(
        text.Length <= 8 ? "2020-01-01T" + text + "Z" : text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();

    private sealed record Report(string Subject, long AtMs, Position Where, double Knots, int? Status);
}
