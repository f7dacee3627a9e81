using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>
/// Spoofing, rule frozen-noise: for 30 minutes and more every heard report has one position to the last digit (1e-4
/// minute), at a speed of 3 knots and more; or one speed and one course to the last digit, and positions within 4 m of where
/// these lead. A receiver of satellites has some metres of noise, so honest positions are never so good.
/// </summary>
internal sealed class FrozenTruth(IReadOnlyList<SimVessel> fleet) : HeardTruth<FrozenTruth.Run>(fleet)
{
    private const int MovesDeciKnots = 30;
    private const long LeastMs = 30 * 60_000;
    private const int ReportsMin = 5;
    private const double ExactM = 4;
    private const double DigitsPerUnit = 0.06; // 1e-7 degree in 1e-4 minute

    protected override void Look(SimVessel vessel, in Transmission sent, ref Run? run, List<TruthEntry> truth)
    {
        var report = sent.Reported;
        if (report.SpeedDeciKnots < MovesDeciKnots)
        {
            if (run is not null)
            {
                Close(vessel, run, truth);
                run = null;
            }

            return;
        }

        run ??= new Run();
        if (run.Reports > 0 && (IsSame(run.First, report.Position) || IsOnLine(run, sent)))
        {
            run.Reports++;
            run.EndAtMs = sent.AtMs;
            return;
        }

        Close(vessel, run, truth);
        run.First = report.Position;
        run.DeciKnots = report.SpeedDeciKnots;
        run.DeciDegrees = report.CourseDeciDegrees;
        run.StartAtMs = run.EndAtMs = sent.AtMs;
        run.Reports = 1;
    }

    protected override void Close(SimVessel vessel, Run run, List<TruthEntry> truth)
    {
        if (run.EndAtMs - run.StartAtMs >= LeastMs && run.Reports >= ReportsMin)
        {
            truth.Add(Entry(
                "spoofing", vessel, (run.StartAtMs, run.EndAtMs), ((run.EndAtMs - run.StartAtMs) / 60_000.0, "minutes"), "frozen-noise", null));
        }
    }

    private static bool IsSame(Position a, Position b) =>
        Math.Round(a.LatitudeE7 * DigitsPerUnit) == Math.Round(b.LatitudeE7 * DigitsPerUnit)
        && Math.Round(a.LongitudeE7 * DigitsPerUnit) == Math.Round(b.LongitudeE7 * DigitsPerUnit);

    private static bool IsOnLine(Run run, in Transmission sent)
    {
        if (sent.Reported.SpeedDeciKnots != run.DeciKnots || sent.Reported.CourseDeciDegrees != run.DeciDegrees)
        {
            return false;
        }

        var metres = (sent.AtMs - run.StartAtMs) / 1000.0 * run.DeciKnots / 10.0 * SimMaths.KnotMs;
        var course = run.DeciDegrees / 10.0;
        var leads = new GeoPoint(run.First.LatitudeDegrees, run.First.LongitudeDegrees)
            .Moved(metres * SimMaths.SinDegrees(course), metres * SimMaths.CosDegrees(course));
        return SimMaths.Metres(leads, new GeoPoint(sent.Reported.Position.LatitudeDegrees, sent.Reported.Position.LongitudeDegrees)) <= ExactM;
    }

    /// <summary>A ship whose reports have no noise.</summary>
    internal sealed class Run
    {
        public Position First { get; set; }

        public int DeciKnots { get; set; }

        public int DeciDegrees { get; set; }

        public long StartAtMs { get; set; }

        public long EndAtMs { get; set; }

        public int Reports { get; set; }
    }
}
