using MaritimeWatch.Geodesy;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings.Motion;

/// <summary>
/// Does the way that a hull made good over half a minute or more fit the speed and course that it said at both ends? Courses
/// are looked up, and the rest is products and sums, so that the answer is the same on every processor.
/// </summary>
internal static class WayMadeGood
{
    /// <summary>Shortest and longest window, milliseconds.</summary>
    public const long WindowMs = 30_000;
    public const long WindowMsMax = 6 * 60_000;

    private const int DeciKnotsMax = 10_000;
    private const double OffMetresMin = 100;
    private const double OffPart = 0.6;
    private const double MetresPerDeciKnotMs = GreatCircle.MetresPerNauticalMile / 36_000_000;
    private static readonly double[] Sines = MakeSines();

    /// <summary>True where it does not fit, false where it does or cannot be told; notes the speed made good.</summary>
    public static bool IsMisfit(ref MotionState from, in StoredReport report)
    {
        var forMs = report.EventAtMs - from.WindowAtMs;
        var cosine = FlatDistance.CosineOfLatitude(report.LatitudeE7);
        var madeEast = Longitudes.Delta(from.WindowLongitudeE7, report.LongitudeE7) * cosine * FlatDistance.MetresPerUnit;
        var madeNorth = ((double)report.LatitudeE7 - from.WindowLatitudeE7) * FlatDistance.MetresPerUnit;
        from.MadeDeciKnots = (short)Math.Min(DeciKnotsMax, Math.Round(Math.Sqrt(Squared(madeEast, madeNorth)) / (forMs * MetresPerDeciKnotMs)));
        if (from.WindowSpeedDeciKnots < 0 || report.SpeedDeciKnots < 0)
        {
            return false;
        }

        var half = forMs * MetresPerDeciKnotMs / 2;
        var (east, north) = (0.0, 0.0);
        Add(ref east, ref north, from.WindowSpeedDeciKnots, from.WindowCourseDeciDegrees, half);
        Add(ref east, ref north, report.SpeedDeciKnots, report.CourseDeciDegrees, half);
        var off = Squared(madeEast - east, madeNorth - north);
        var most = Math.Max(Squared(east, north), Squared(madeEast, madeNorth));
        return off > OffMetresMin * OffMetresMin && off > OffPart * OffPart * most;
    }

    /// <summary>
    /// How far a report lies from where the speed and course of an earlier one lead, along that course and across it, decimetres.
    /// </summary>
    public static (long Along, long Across) OffDecimetres(in StoredReport from, in StoredReport report)
    {
        var cosine = FlatDistance.CosineOfLatitude(0.5 * ((double)from.LatitudeE7 + report.LatitudeE7));
        var east = Longitudes.Delta(from.LongitudeE7, report.LongitudeE7) * cosine * FlatDistance.MetresPerUnit;
        var north = ((double)report.LatitudeE7 - from.LatitudeE7) * FlatDistance.MetresPerUnit;
        var sine = Sines[from.CourseDeciDegrees];
        var cosineOfCourse = Sines[(from.CourseDeciDegrees + 900) % 3600];
        var leads = (report.EventAtMs - from.EventAtMs) * MetresPerDeciKnotMs * from.SpeedDeciKnots;
        return (
            (long)Math.Round(((east * sine) + (north * cosineOfCourse) - leads) * 10),
            (long)Math.Round(((east * cosineOfCourse) - (north * sine)) * 10));
    }

    /// <summary>The window begins anew with a report.</summary>
    public static void Begin(ref MotionState motion, in StoredReport report)
    {
        motion.WindowAtMs = report.EventAtMs;
        motion.WindowLatitudeE7 = report.LatitudeE7;
        motion.WindowLongitudeE7 = report.LongitudeE7;
        motion.WindowSpeedDeciKnots = report.SpeedDeciKnots;
        motion.WindowCourseDeciDegrees = report.CourseDeciDegrees;
    }

    private static void Add(ref double east, ref double north, short speed, short course, double metresPerDeciKnot)
    {
        if (speed > 0 && course >= 0)
        {
            east += Sines[course] * speed * metresPerDeciKnot;
            north += Sines[(course + 900) % 3600] * speed * metresPerDeciKnot;
        }
    }

    private static double Squared(double east, double north) => (east * east) + (north * north);

    // Rounded, so that a last bit that differs between processors is gone.
    private static double[] MakeSines()
    {
        var sines = new double[3600];
        for (var i = 0; i < sines.Length; i++)
        {
            sines[i] = Math.Round(Math.Sin(i * Math.PI / 1800), 9);
        }

        return sines;
    }
}
