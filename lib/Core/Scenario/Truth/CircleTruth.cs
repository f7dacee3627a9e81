namespace MaritimeWatch.Scenario;

/// <summary>
/// Spoofing, rule circles: heard positions go round twice and more at one distance (within a fifth) from one middle, while
/// half of the reports tell a speed 3 knots off the way made good or a course 45 degrees off it. Where they fit, somebody
/// truly goes round: a lawful look-alike. Reports less than 45 seconds after the last that counted say nothing new.
/// </summary>
internal sealed class CircleTruth(IReadOnlyList<SimVessel> fleet) : HeardTruth<CircleTruth.Run>(fleet)
{
    private const long ApartMsMin = 45_000;
    private const long ApartMsMax = 10 * 60_000;
    private const double StepMMin = 50;
    private const double TurnsMin = 2;
    private const double RoundPart = 0.2;
    private const double OffKnots = 3;
    private const double OffDegrees = 45;

    protected override void Look(SimVessel vessel, in Transmission sent, ref Run? run, List<TruthEntry> truth)
    {
        var at = sent.AtMs;
        if (run is null)
        {
            run = new Run { LastAtMs = at, Last = PlaceOf(sent) };
            return;
        }

        var apart = at - run.LastAtMs;
        if (apart < ApartMsMin)
        {
            return;
        }

        var place = PlaceOf(sent);
        var (east, north) = SimMaths.Offset(run.Last, place);
        var metres = Math.Sqrt((east * east) + (north * north));
        (run.Last, run.LastAtMs) = (place, at);
        if (apart > ApartMsMax || metres < StepMMin || vessel.Identity.IsAircraft)
        {
            End(vessel, run, truth);
            run.Course = -1;
            return;
        }

        var course = SimMaths.CourseDegrees(east, north);
        var turn = run.Course < 0 ? 0 : course - run.Course;
        turn = turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
        run.Course = course;
        var isTurning = Math.Abs(turn) is > 1 and < 150;
        if (!isTurning || (run.Turned != 0 && turn > 0 != run.Turned > 0))
        {
            End(vessel, run, truth);
        }

        if (isTurning)
        {
            run.Turned += turn;
            run.Points.Add((place, run.Turned));
            run.StartAtMs = run.Points.Count == 1 ? at : run.StartAtMs;
            run.EndAtMs = at;
            var knots = metres / (apart / 1000.0) / SimMaths.KnotMs;
            var said = sent.Reported.SpeedDeciKnots / 10.0;
            var fits = Math.Abs(said - knots) < OffKnots && (said < 1 || Between(sent.Reported.CourseDeciDegrees / 10.0, course) < OffDegrees);
            run.Odd += fits ? 0 : 1;
        }
    }

    protected override void Close(SimVessel vessel, Run run, List<TruthEntry> truth) => End(vessel, run, truth);

    private static GeoPoint PlaceOf(in Transmission sent) =>
        new(sent.Reported.Position.LatitudeDegrees, sent.Reported.Position.LongitudeDegrees);

    private static void End(SimVessel vessel, Run run, List<TruthEntry> truth)
    {
        if (Math.Abs(run.Turned) >= 360 * TurnsMin && IsRound(run))
        {
            truth.Add(Entry(
                "spoofing", vessel, (run.StartAtMs, run.EndAtMs), (Math.Abs(run.Turned) / 360, "turns"), "circles",
                run.Odd * 2 < run.Points.Count ? "goes round in truth: course and speed fit" : null));
        }

        run.Turned = 0;
        run.Odd = 0;
        run.Points.Clear();
    }

    // The middle of whole turns, and every place at one distance from it.
    private static bool IsRound(Run run)
    {
        var whole = 360 * Math.Floor(Math.Abs(run.Turned) / 360);
        var first = run.Points[0].Turned;
        var (lat, lon, count) = (0.0, 0.0, 0);
        foreach (var (place, turned) in run.Points)
        {
            if (Math.Abs(turned - first) < whole)
            {
                lat += place.Lat;
                lon += place.Lon;
                count++;
            }
        }

        var middle = new GeoPoint(lat / count, lon / count);
        var mean = 0.0;
        foreach (var (place, _) in run.Points)
        {
            mean += SimMaths.Metres(middle, place) / run.Points.Count;
        }

        var off = 0.0;
        foreach (var (place, _) in run.Points)
        {
            off += Math.Abs(SimMaths.Metres(middle, place) - mean) / run.Points.Count;
        }

        return off < RoundPart * mean;
    }

    /// <summary>A ship whose way turns to one side.</summary>
    internal sealed class Run
    {
        public long LastAtMs { get; set; }

        public GeoPoint Last { get; set; }

        public double Course { get; set; } = -1;

        public double Turned { get; set; }

        public int Odd { get; set; }

        public long StartAtMs { get; set; }

        public long EndAtMs { get; set; }

        public List<(GeoPoint Place, double Turned)> Points { get; } = [];
    }
}
