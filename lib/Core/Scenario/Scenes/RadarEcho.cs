namespace MaritimeWatch.Scenario;

/// <summary>
/// How a hull shows in a radar image: a bright body with a few strong points, and beside a strong one the cross of its side
/// lobes. Intensity is relative to the sea: a boat of 10 m stands out by 13 dB, a ship of 130 m by 26 dB.
/// </summary>
internal sealed class RadarEcho
{
    /// <summary>Nothing of it shows farther from its middle, pixels.</summary>
    public const int ReachPixels = 40;

    private const double ResolutionM = 20;

    private readonly double[] points = new double[4];
    private readonly double strength;
    private readonly double sin;
    private readonly double cos;
    private readonly double half;
    private readonly double halfBeam;

    public RadarEcho(Echo echo, SimRandom random)
    {
        strength = 18 + (0.022 * echo.LengthM * echo.LengthM);
        (sin, cos) = (SimMaths.SinDegrees(echo.HeadingDegrees), SimMaths.CosDegrees(echo.HeadingDegrees));
        half = Math.Max(echo.LengthM, ResolutionM) / 2;
        halfBeam = Math.Max(echo.BeamM, ResolutionM * 0.7) / 2;
        for (var index = 0; index < points.Length; index++)
        {
            points[index] = random.Between(-0.8, 0.8) * half;
        }
    }

    /// <summary>Intensity at so many pixels to the right of its middle and below it.</summary>
    public double At(double columns, double rows, double pixelM)
    {
        var east = columns * pixelM;
        var north = -rows * pixelM;
        var along = (east * sin) + (north * cos);
        var across = (east * cos) - (north * sin);
        var value = strength * Edge(along / half) * Edge(across / halfBeam);
        foreach (var point in points)
        {
            var off = (((along - point) * (along - point)) + (across * across)) / (8 * 8.0);
            value += strength * 0.9 / (1 + (off * off * off));
        }

        return value + Lobes(columns, rows);
    }

    private double Lobes(double x, double y)
    {
        var (ax, ay) = (Math.Abs(x), Math.Abs(y));
        if (strength < 150 || Math.Min(ax, ay) > 0.75)
        {
            return 0;
        }

        var off = Math.Max(ax, ay);
        return ((int)off & 1) == 0 ? 0 : strength * 0.008 / (1 + (off * off / 20));
    }

    private static double Edge(double part)
    {
        var square = part * part;
        var fourth = square * square;
        var eighth = fourth * fourth;
        return 1 / (1 + (eighth * eighth)); // a sharp edge: a blurred hull would seem longer than it is
    }
}
