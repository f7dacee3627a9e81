namespace MaritimeWatch.Scenario;

/// <summary>
/// Drift: heard under way (not at anchor, moored, aground or fishing) at 1 to 5 knots with the course 45 degrees and more off
/// the heading, for 10 minutes and 500 m and more. One report between that says otherwise does not end it; two do, and so do
/// 10 minutes of silence. Without a heading nobody can tell. Lawful: fishing boats, tugs, dredgers and service vessels.
/// </summary>
internal sealed class DriftTruth(IReadOnlyList<SimVessel> fleet) : HeardTruth<DriftTruth.Run>(fleet)
{
    private const int SlowestDeciKnots = 10;
    private const int FastestDeciKnots = 50;
    private const double AcrossDegrees = 45;
    private const long LeastMs = 10 * 60_000;
    private const double LeastM = 500;
    private const long SilenceMs = 10 * 60_000;

    protected override void Look(SimVessel vessel, in Transmission sent, ref Run? run, List<TruthEntry> truth)
    {
        var report = sent.Reported;
        var across = report.SpeedDeciKnots is >= SlowestDeciKnots and <= FastestDeciKnots
            && report is { HeadingDegrees: >= 0, CourseDeciDegrees: >= 0, NavigationStatus: not (1 or 5 or 6 or 7) }
            && Between(report.CourseDeciDegrees / 10.0, report.HeadingDegrees) >= AcrossDegrees;
        if (run is null && !across)
        {
            return;
        }

        if (run is not null && (sent.AtMs - run.EndAtMs > SilenceMs || (!across && ++run.Otherwise > 1)))
        {
            Close(vessel, run, truth);
            run = null;
        }

        if (across)
        {
            var at = new GeoPoint(report.Position.LatitudeDegrees, report.Position.LongitudeDegrees);
            run ??= new Run { StartAtMs = sent.AtMs, From = at };
            run.EndAtMs = sent.AtMs;
            run.To = at;
            run.Otherwise = 0;
        }
    }

    protected override void Close(SimVessel vessel, Run run, List<TruthEntry> truth)
    {
        if (run.EndAtMs - run.StartAtMs >= LeastMs && SimMaths.Metres(run.From, run.To) >= LeastM)
        {
            truth.Add(Entry(
                "drift", vessel, (run.StartAtMs, run.EndAtMs), ((run.EndAtMs - run.StartAtMs) / 60_000.0, "minutes"), null,
                ShipWork.OddMovesBecause(vessel.Identity.About.ShipType)));
        }
    }

    /// <summary>A ship that moves across its heading.</summary>
    internal sealed class Run
    {
        public long StartAtMs { get; init; }

        public GeoPoint From { get; init; }

        public long EndAtMs { get; set; }

        public GeoPoint To { get; set; }

        public int Otherwise { get; set; }
    }
}
