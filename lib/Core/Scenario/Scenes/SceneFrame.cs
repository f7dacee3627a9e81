namespace MaritimeWatch.Scenario;

/// <summary>Where a simulated scene lies: north up, pixels of 15 m on the ground in its middle.</summary>
internal sealed class SceneFrame
{
    /// <summary>Columns and rows.</summary>
    public const int Pixels = 1500;

    /// <summary>Size of a pixel on the ground, metres.</summary>
    public const double PixelM = 15;

    private static readonly GeoPoint Middle = new(58.432, 10.665);

    /// <summary>The water where the story's ship hides, and a piece of a lane beside it.</summary>
    public static SceneFrame Skagerrak { get; } = new();

    /// <summary>Degrees of latitude of a pixel.</summary>
    public double PixelLat { get; } = PixelM / SimMaths.MetresPerDegree;

    /// <summary>Degrees of longitude of a pixel.</summary>
    public double PixelLon { get; } = PixelM / (SimMaths.MetresPerDegree * SimMaths.CosDegrees(Middle.Lat));

    public double West => Middle.Lon - (Pixels / 2 * PixelLon);

    public double East => Middle.Lon + (Pixels / 2 * PixelLon);

    public double North => Middle.Lat + (Pixels / 2 * PixelLat);

    public double South => Middle.Lat - (Pixels / 2 * PixelLat);

    /// <summary>Column and row of a place, in pixels from the outer edge of the first.</summary>
    public (double X, double Y) PixelOf(GeoPoint at) => ((at.Lon - West) / PixelLon, (North - at.Lat) / PixelLat);

    /// <summary>True for a place that is inside by some pixels.</summary>
    public bool Holds(GeoPoint at, double marginPixels = 20)
    {
        var (x, y) = PixelOf(at);
        return x >= marginPixels && y >= marginPixels && x < Pixels - marginPixels && y < Pixels - marginPixels;
    }
}
