using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Recognition;

/// <summary>Finds ships in a scene. The same scene gives the same detections, on any number of threads.</summary>
public interface IShipDetector
{
    /// <summary>What it is called where a line names it: <c>cfar-sar</c>.</summary>
    string Name { get; }

    /// <summary>Its version, from 1; another version may find other ships.</summary>
    int Version { get; }

    /// <summary>Detections of less confidence are left out of scenes, thousandths, 0 to 1000.</summary>
    int ConfidenceMilliMin { get; }

    /// <summary>Looks through the whole scene.</summary>
    /// <param name="image">The scene.</param>
    /// <param name="land">Where land is; null where it is not known.</param>
    /// <param name="threads">How many threads to use, at least 1.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>Detections from north to south and west to east as they lie in the image.</returns>
    IReadOnlyList<ShipDetection> Detect(ISceneImage image, Coastline? land, int threads, CancellationToken cancel);
}

/// <summary>One ship, or what looks like one, in a scene. Numbers that meet thresholds later are integers.</summary>
/// <param name="X">Centre, columns from the left edge.</param>
/// <param name="Y">Centre, rows from the upper edge.</param>
/// <param name="Box">The smallest rectangle of whole pixels around it.</param>
/// <param name="Pixels">How many pixels it has.</param>
public sealed record ShipDetection(double X, double Y, SceneWindow Box, int Pixels)
{
    /// <summary>Where it is, or null in an image that is not placed.</summary>
    public Position? Where { get; init; }

    /// <summary>Length along its main axis, metres (pixels in an image that is not placed).</summary>
    public required int LengthMetres { get; init; }

    /// <summary>Width across it, metres.</summary>
    public required int WidthMetres { get; init; }

    /// <summary>
    /// Direction of its main axis, degrees true, 0 to 179: bow and stern are not told apart. Null where it is about as
    /// wide as long.
    /// </summary>
    public int? AxisDegrees { get; init; }

    /// <summary>The box around it in parts of a pixel, where the detector says it more finely than <see cref="Box"/>.</summary>
    public PixelBox? Outline { get; init; }

    /// <summary>How far its brightest part stands out of its surroundings, hundredths of their standard deviation.</summary>
    public int ContrastHundredths { get; init; }

    /// <summary>How sure the detector is, thousandths, 0 to 1000.</summary>
    public required int ConfidenceMilli { get; init; }
}

/// <summary>A rectangle in an image, upright, in parts of a pixel.</summary>
/// <param name="Left">Left edge, columns from the image's left edge.</param>
/// <param name="Top">Upper edge, rows from the image's upper edge.</param>
/// <param name="Right">Right edge.</param>
/// <param name="Bottom">Lower edge.</param>
public readonly record struct PixelBox(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Overlap: the area in both by the area in either, 0 to 1.</summary>
    public double OverlapWith(PixelBox other)
    {
        var width = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
        var height = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        if (!(width > 0) || !(height > 0))
        {
            return 0;
        }

        var both = width * height;
        return both / (((Right - Left) * (Bottom - Top)) + ((other.Right - other.Left) * (other.Bottom - other.Top)) - both);
    }

    /// <summary>The smallest rectangle of whole pixels around it.</summary>
    public SceneWindow ToWindow()
    {
        var (left, top) = ((int)Math.Floor(Left), (int)Math.Floor(Top));
        return new SceneWindow(left, top, (int)Math.Ceiling(Right) - left, (int)Math.Ceiling(Bottom) - top);
    }
}
