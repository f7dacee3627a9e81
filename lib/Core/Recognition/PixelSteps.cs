namespace MaritimeWatch.Recognition;

/// <summary>
/// How many of a scene's pixels make one of the network's. Within the sizes that it was trained on a scene is taken as it
/// is; outside them it is brought to the nearest such size. A picture of unknown ground size is taken as it is.
/// </summary>
internal static class PixelSteps
{
    // Radar chips for training have 1 to 15 m, but a ship must be shorter than the margins of a window. The optical ports have
    // 10 m at the equator, and as they are in Mercator 7.7 m on the ground at 40 degrees.
    private const double RadarLeast = 3;
    private const double RadarMost = 20;
    private const double OpticalLeast = 6.5;
    private const double OpticalMost = 13;

    /// <summary>A pixel so many times wider than high is made square.</summary>
    private const double SkewMost = 1.5;

    /// <summary>New pixels in old ones, across and down.</summary>
    public static (double X, double Y) Of(bool isRadar, ISceneImage image)
    {
        var (x, y) = (image.Width / 2.0, image.Height / 2.0);
        if (image.PositionAt(x, y) is null)
        {
            return (1, 1);
        }

        var pixel = image.PixelAt(x, y);
        var usual = Math.Sqrt(pixel.WidthMetres * pixel.HeightMetres);
        if (!double.IsFinite(usual) || usual <= 0)
        {
            return (1, 1);
        }

        var aim = isRadar ? Math.Clamp(usual, RadarLeast, RadarMost) : Math.Clamp(usual, OpticalLeast, OpticalMost);
        var skew = Math.Max(pixel.WidthMetres, pixel.HeightMetres) / Math.Min(pixel.WidthMetres, pixel.HeightMetres);
        return aim == usual && skew <= SkewMost
            ? (1, 1)
            : (Math.Clamp(aim / pixel.WidthMetres, 0.05, 100), Math.Clamp(aim / pixel.HeightMetres, 0.05, 100));
    }
}
