using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>What happened to whom, from when to when, worked out a second time.</summary>
internal sealed record Again(string Kind, string Subject, long StartAtMs, long EndAtMs);

/// <summary>
/// The definitions of movement worked out from the lines of a scenario alone, by brute force over whole tracks, with no code
/// of the simulator's truth.
/// </summary>
internal static class HeardAgain
{
    private const long Minute = 60_000;

    /// <summary>Tracks by subject, in order of time, one report for each that was sent; without copies of clocks that are off.</summary>
    public static Dictionary<string, List<PositionReport>> Tracks(byte[] nmea)
    {
        var sources = new SourceTable();
        var sink = new Collector(sources);
        AisReader.Read(new MemoryStream(nmea), new AisReadOptions { Sources = sources }, ref sink);
        var tracks = new Dictionary<string, List<PositionReport>>(StringComparer.Ordinal);
        foreach (var group in sink.Reports.GroupBy(report => report.Vessel))
        {
            var track = tracks[group.Key.Subject] = [];
            foreach (var report in group.OrderBy(report => report.EventAtMs))
            {
                if (track.Count == 0 || report.EventAtMs - track[^1].EventAtMs > 1500)
                {
                    track.Add(report);
                }
            }
        }

        return tracks;
    }

    /// <summary>Runs of reports of one kind: <paramref name="joins"/> says whether two that follow one another (by number in the track) are one run.</summary>
    public static IEnumerable<List<PositionReport>> Runs(
        List<PositionReport> track, Func<PositionReport, bool> is_, Func<int, int, bool> joins)
    {
        var run = new List<PositionReport>();
        var last = -1;
        for (var index = 0; index < track.Count; index++)
        {
            if (!is_(track[index]))
            {
                continue;
            }

            if (run.Count > 0 && !joins(last, index))
            {
                yield return run;
                run = [];
            }

            run.Add(track[index]);
            last = index;
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    public static IEnumerable<Again> Drifts(string subject, List<PositionReport> track) =>
        Runs(track, IsAcross, (from, to) => to - from <= 2 && track[to].EventAtMs - track[from].EventAtMs <= 10 * Minute + 2000)
            .Where(run => run[^1].EventAtMs - run[0].EventAtMs >= 10 * Minute && Metres(run[0], run[^1]) >= 500)
            .Select(run => Of("drift", subject, run));

    public static IEnumerable<Again> Loiterings(string subject, List<PositionReport> track, Func<PositionReport, bool> isAtSea) =>
        Runs(
            track, report => report.SpeedDeciKnots < 20 && isAtSea(report),
            (from, to) => track[to].EventAtMs - track[from].EventAtMs <= (to - from > 1 ? 20 : 120) * Minute)
            .Where(run => run[^1].EventAtMs - run[0].EventAtMs >= 240 * Minute)
            .Select(run => Of("loitering", subject, run));

    public static IEnumerable<Again> Calls(string subject, List<PositionReport> track) =>
        Runs(track, report => report.NavigationStatus == 14, (from, to) => track[to].EventAtMs - track[from].EventAtMs <= 120 * Minute)
            .Select(run => Of("distress", subject, run));

    public static IEnumerable<Again> Frozen(string subject, List<PositionReport> track) =>
        Runs(track, report => report.SpeedDeciKnots >= 30, (from, to) => to - from == 1 && track[from].Position == track[to].Position)
            .Where(run => run.Count >= 5 && run[^1].EventAtMs - run[0].EventAtMs >= 30 * Minute)
            .Select(run => Of("spoofing", subject, run));

    public static IEnumerable<Again> Stops(string subject, List<PositionReport> track)
    {
        for (var stop = 1; stop < track.Count; stop++)
        {
            if (track[stop].SpeedDeciKnots >= 10 || track[stop - 1].SpeedDeciKnots < 10)
            {
                continue;
            }

            var at = track[stop].EventAtMs;
            var near = track.Where(report => report.EventAtMs >= at - 31_000 && report.EventAtMs <= at + 95_000).ToList();
            var before = near.FindLast(report => report.EventAtMs < at && report.SpeedDeciKnots > 70);
            var after = near.Where(report => report.EventAtMs >= at).TakeWhile(report => report.SpeedDeciKnots < 10).ToList();
            var dense = near.Zip(near.Skip(1)).All(pair => pair.First.EventAtMs > at + 60_000 || pair.Second.EventAtMs - pair.First.EventAtMs <= 31_000);
            if (before.EventAtMs > 0 && dense && after[^1].EventAtMs - at >= 59_000)
            {
                yield return new Again("sudden-stop", subject, before.EventAtMs, at + 60_000);
            }
        }
    }

    /// <summary>Three reports and ten minutes that lie so far inland.</summary>
    public static IEnumerable<Again> Inland(string subject, List<PositionReport> track, Func<PositionReport, bool> isInland) =>
        Runs(track, isInland, (from, to) => to - from == 1)
            .Where(run => run.Count >= 3 && run[^1].EventAtMs - run[0].EventAtMs >= 10 * Minute)
            .Select(run => Of("spoofing", subject, run));

    private static bool IsAcross(PositionReport report)
    {
        var off = Math.Abs((report.CourseDeciDegrees / 10.0) - report.HeadingDegrees);
        return report is { HeadingDegrees: >= 0, CourseDeciDegrees: >= 0, SpeedDeciKnots: >= 10 and <= 50 }
            && report.NavigationStatus is 0 or 2 or 3 or 8 or 15 && Math.Min(off, 360 - off) >= 45;
    }

    private static double Metres(PositionReport a, PositionReport b) => SimMaths.Metres(PlaceOf(a), PlaceOf(b));

    private static GeoPoint PlaceOf(PositionReport report) => new(report.Position.LatitudeDegrees, report.Position.LongitudeDegrees);

    private static Again Of(string kind, string subject, List<PositionReport> run) => new(kind, subject, run[0].EventAtMs, run[^1].EventAtMs);

    private readonly struct Collector(SourceTable sources) : IAisSink
    {
        public List<PositionReport> Reports { get; } = [];

        public void OnPosition(in PositionReport report)
        {
            // Type 27 rounds to 185 m and whole knots; the island's clock and a relay's are not the ships'.
            if ((report.Traits & ReportTraits.Fixed) == 0 && report.MessageType != 27
                && sources.Names[report.SourceIndex] is not ("SIM-LAESO" or "SIM-RELAY"))
            {
                Reports.Add(report);
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
