namespace MaritimeWatch.Scenario;

/// <summary>
/// Where a simulated scene lies: north up, pixels of 15 m on the ground in its middle. From the water where the story's
/// ship hides to the coast in the east, so that there is land in it.
/// </summary>
internal sealed class SceneFrame
{
    /// <summary>Columns.</summary>
    public const int Columns = 3500;

    /// <summary>Rows.</summary>
    public const int Rows = 1500;

    /// <summary>Size of a pixel on the ground, metres.</summary>
    public const double PixelM = 15;

    // The story's water is so many columns wide, and lies around this place.
    private const int WaterColumns = 1500;
    private static readonly GeoPoint Middle = new(58.432, 10.665);

    /// <summary>The water where the story's ship hides, a piece of a lane beside it, and a piece of the Swedish coast.</summary>
    public static SceneFrame Skagerrak { get; } = new();

    /// <summary>Degrees of latitude of a pixel.</summary>
    public double PixelLat { get; } = PixelM / SimMaths.MetresPerDegree;

    /// <summary>Degrees of longitude of a pixel.</summary>
    public double PixelLon { get; } = PixelM / (SimMaths.MetresPerDegree * SimMaths.CosDegrees(Middle.Lat));

    public double West => Middle.Lon - (WaterColumns / 2 * PixelLon);

    /// <summary>The eastern edge of the story's water.</summary>
    public double WaterEast => Middle.Lon + (WaterColumns / 2 * PixelLon);

    public double East => West + (Columns * PixelLon);

    public double North => Middle.Lat + (Rows / 2 * PixelLat);

    public double South => Middle.Lat - (Rows / 2 * PixelLat);

    /// <summary>Column and row of a place, in pixels from the outer edge of the first.</summary>
    public (double X, double Y) PixelOf(GeoPoint at) => ((at.Lon - West) / PixelLon, (North - at.Lat) / PixelLat);

    /// <summary>True for a place that is inside by some pixels.</summary>
    public bool Holds(GeoPoint at, double marginPixels = 20)
    {
        var (x, y) = PixelOf(at);
        return x >= marginPixels && y >= marginPixels && x < Columns - marginPixels && y < Rows - marginPixels;
    }
}
