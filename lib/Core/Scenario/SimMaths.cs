using MaritimeWatch.Terms;

namespace MaritimeWatch.Scenario;

/// <summary>A true place in degrees, before noise and rounding.</summary>
internal readonly record struct GeoPoint(double Lat, double Lon)
{
    /// <summary>This place moved by metres east and north.</summary>
    public GeoPoint Moved(double eastM, double northM) =>
        new(Lat + (northM / SimMaths.MetresPerDegree), Lon + (eastM / (SimMaths.MetresPerDegree * SimMaths.CosDegrees(Lat))));

    /// <summary>On the part of the way to another place.</summary>
    public GeoPoint Toward(GeoPoint other, double part) =>
        new(Lat + ((other.Lat - Lat) * part), Lon + ((other.Lon - Lon) * part));

    /// <summary>Rounded to 1e-7 degree.</summary>
    public Position ToPosition() => new((int)Math.Round(Lat * 1e7), (int)Math.Round(Lon * 1e7));
}

/// <summary>
/// Trigonometry by polynomials and geometry on a flat patch. <see cref="Math.Sin"/> and its kin may differ in the last
/// bit between processors; these use only operations that IEEE 754 rounds the same everywhere. Errors are below 1e-8,
/// the flat patch is good to 0.1 % over the 100 km that matter here.
/// </summary>
internal static class SimMaths
{
    /// <summary>Metres in a degree of a great circle on the mean sphere (6,371,008.8 m).</summary>
    public const double MetresPerDegree = 111_195.0797;

    /// <summary>Metres per second in a knot.</summary>
    public const double KnotMs = 1852.0 / 3600.0;

    /// <summary>Metres in a nautical mile.</summary>
    public const double MetresPerNm = 1852.0;

    private const double DegreesPerRadian = 57.295779513082323;

    /// <summary>Sine of degrees.</summary>
    public static double SinDegrees(double degrees)
    {
        var turn = degrees / 360.0;
        var x = (turn - Math.Floor(turn + 0.5)) * 360.0; // -180 to 180
        if (x > 90)
        {
            x = 180 - x;
        }
        else if (x < -90)
        {
            x = -180 - x;
        }

        var r = x / DegreesPerRadian;
        var q = r * r;
        return r * (1 + (q * (-1.0 / 6 + (q * (1.0 / 120 + (q * (-1.0 / 5040 + (q * (1.0 / 362_880 - (q / 39_916_800))))))))));
    }

    /// <summary>Cosine of degrees.</summary>
    public static double CosDegrees(double degrees) => SinDegrees(degrees + 90);

    /// <summary>Course in degrees true, 0 up to 360, of a move east and north.</summary>
    public static double CourseDegrees(double east, double north)
    {
        var x = Math.Abs(east);
        var y = Math.Abs(north);
        if (x + y == 0)
        {
            return 0;
        }

        var angle = x <= y ? Arc(x / y) : 90 - Arc(y / x); // from north, first quadrant
        if (north < 0)
        {
            angle = 180 - angle;
        }

        return east < 0 && angle > 0 ? 360 - angle : angle;
    }

    /// <summary>Metres east and north from one place to another.</summary>
    public static (double East, double North) Offset(GeoPoint from, GeoPoint to) =>
        ((to.Lon - from.Lon) * MetresPerDegree * CosDegrees((from.Lat + to.Lat) * 0.5), (to.Lat - from.Lat) * MetresPerDegree);

    /// <summary>Metres between two places.</summary>
    public static double Metres(GeoPoint from, GeoPoint to)
    {
        var (east, north) = Offset(from, to);
        return Math.Sqrt((east * east) + (north * north));
    }

    // Arc tangent of 0 to 1 in degrees: two halvings (exact square roots), then a short series.
    private static double Arc(double t)
    {
        var half = t / (1 + Math.Sqrt(1 + (t * t)));
        var quarter = half / (1 + Math.Sqrt(1 + (half * half)));
        var q = quarter * quarter;
        return 4 * DegreesPerRadian * quarter
            * (1 - (q * (1.0 / 3 - (q * (1.0 / 5 - (q * (1.0 / 7 - (q * (1.0 / 9 - (q / 11))))))))));
    }
}
