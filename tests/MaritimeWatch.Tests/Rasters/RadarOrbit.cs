namespace MaritimeWatch.Tests.Rasters;

/// <summary>
/// The geometry of a radar on a circular orbit that looks to the right onto the WGS 84 ellipsoid, with the earth turning:
/// where each line and pixel of a ground-range image truly lies. Written for tests, from geometry alone: the point of the
/// plane across the (earth-fixed) velocity whose distance is the slant range.
/// </summary>
internal sealed class RadarOrbit(double inclinationDegrees = 98.18, double argumentDegrees = 123, double nearRangeMetres = 330_000)
{
    private const double EquatorMetres = 6_378_137;
    private const double EccentricitySquared = 0.00669437999014;
    private const double RadiusMetres = EquatorMetres + 700_000;
    private const double EarthRadiansPerSecond = 7.292115e-5;
    private static readonly double TurnRadiansPerSecond = Math.Sqrt(3.986004418e14 / (RadiusMetres * RadiusMetres * RadiusMetres));

    public double SecondsPerMetre { get; } = 1 / (TurnRadiansPerSecond * EquatorMetres);

    /// <summary>Earth-fixed place and velocity, metres and metres a second.</summary>
    public (double[] At, double[] Velocity) Platform(double seconds)
    {
        var (at, inclination) = ((argumentDegrees * Math.PI / 180) + (TurnRadiansPerSecond * seconds), inclinationDegrees * Math.PI / 180);
        var (s, c) = Math.SinCos(at);
        var (si, ci) = Math.SinCos(inclination);
        double[] place = [RadiusMetres * c, RadiusMetres * s * ci, RadiusMetres * s * si];
        var speed = RadiusMetres * TurnRadiansPerSecond;
        double[] velocity = [-speed * s, speed * c * ci, speed * c * si];
        var (se, ce) = Math.SinCos(EarthRadiansPerSecond * seconds);
        double[] Turned(double[] v) => [(ce * v[0]) + (se * v[1]), (-se * v[0]) + (ce * v[1]), v[2]];
        var (fixedAt, fixedVelocity) = (Turned(place), Turned(velocity));
        return (fixedAt, [fixedVelocity[0] + (EarthRadiansPerSecond * fixedAt[1]), fixedVelocity[1] - (EarthRadiansPerSecond * fixedAt[0]), fixedVelocity[2]]);
    }

    /// <summary>The slant range of a distance along the ground from beneath the platform, metres, on a round earth.</summary>
    public static double SlantRange(double groundMetres) => Math.Sqrt(
        (EquatorMetres * EquatorMetres) + (RadiusMetres * RadiusMetres) - (2 * EquatorMetres * RadiusMetres * Math.Cos(groundMetres / EquatorMetres)));

    /// <summary>Where an echo lies: degrees, slant range in metres, incidence in degrees.</summary>
    public (double Lon, double Lat, double RangeMetres, double IncidenceDegrees) Ground(double alongMetres, double acrossMetres)
    {
        var (at, velocity) = Platform(alongMetres * SecondsPerMetre);
        var range = SlantRange(nearRangeMetres + acrossMetres);
        var forward = Unit(velocity);
        var down = Unit(Less(Scaled(at, -1), forward, Dot(Scaled(at, -1), forward)));
        var right = Cross(forward, Scaled(down, -1));
        var (low, high) = (0.0, 70 * Math.PI / 180);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            (low, high) = Reach(at, Look(down, right, middle)) < range ? (middle, high) : (low, middle);
        }

        var line = Look(down, right, low);
        double[] point = [at[0] + (range * line[0]), at[1] + (range * line[1]), at[2] + (range * line[2])];
        var flat = Math.Sqrt((point[0] * point[0]) + (point[1] * point[1]));
        var latitude = Math.Atan2(point[2], (1 - EccentricitySquared) * flat);
        var longitude = Math.Atan2(point[1], point[0]);
        double[] up = [Math.Cos(latitude) * Math.Cos(longitude), Math.Cos(latitude) * Math.Sin(longitude), Math.Sin(latitude)];
        return (longitude * 180 / Math.PI, latitude * 180 / Math.PI, range, Math.Acos(-Dot(line, up)) * 180 / Math.PI);
    }

    private static double[] Look(double[] down, double[] right, double angle) =>
        [.. down.Zip(right, (d, r) => (d * Math.Cos(angle)) + (r * Math.Sin(angle)))];

    // How far the ellipsoid is along a line; beyond the horizon very far.
    private static double Reach(double[] from, double[] line)
    {
        const double PolarShare = 1 - EccentricitySquared;
        double Form(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2] / PolarShare);
        var (a, b, c) = (Form(line, line), Form(from, line), Form(from, from) - (EquatorMetres * EquatorMetres));
        var inside = (b * b) - (a * c);
        return inside < 0 ? double.MaxValue : (-b - Math.Sqrt(inside)) / a;
    }

    private static double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);

    private static double[] Scaled(double[] a, double by) => [a[0] * by, a[1] * by, a[2] * by];

    private static double[] Less(double[] a, double[] b, double times) => [a[0] - (b[0] * times), a[1] - (b[1] * times), a[2] - (b[2] * times)];

    private static double[] Unit(double[] a) => Scaled(a, 1 / Math.Sqrt(Dot(a, a)));

    private static double[] Cross(double[] a, double[] b) =>
        [(a[1] * b[2]) - (a[2] * b[1]), (a[2] * b[0]) - (a[0] * b[2]), (a[0] * b[1]) - (a[1] * b[0])];
}
