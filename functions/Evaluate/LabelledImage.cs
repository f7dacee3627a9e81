using MaritimeWatch.Recognition;

namespace MaritimeWatch.Functions.Evaluate;

/// <summary>A picture in memory with the ships that people marked in it.</summary>
internal sealed class LabelledImage
{
    /// <summary>Its name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the file: twins have the same, and are never split.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The pixels.</summary>
    public required ISceneImage Image { get; init; }

    /// <summary>The ships.</summary>
    public required IReadOnlyList<LabelledBox> Ships { get; init; }

    /// <summary>How near a centre must be, metres, where centres decide; null where overlap decides.</summary>
    public double? CentreMetres { get; init; }

    /// <summary>Part of the training split: seven in ten, by the file's hash.</summary>
    public bool IsTraining => Hash[0] < 0xb3;
}

/// <summary>A rectangle around a ship, in pixels from the upper left corner.</summary>
internal readonly record struct LabelledBox(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Centre, columns.</summary>
    public double CentreX => (Left + Right) / 2;

    /// <summary>Centre, rows.</summary>
    public double CentreY => (Top + Bottom) / 2;

    /// <summary>Overlap: the area in both by the area in either, 0 to 1.</summary>
    public double OverlapWith(ShipDetection ship) => new PixelBox(Left, Top, Right, Bottom).OverlapWith(
        ship.Outline ?? new PixelBox(ship.Box.X, ship.Box.Y, ship.Box.Right, ship.Box.Bottom));
}

/// <summary>Pixels of a picture, read once and kept, one or several bands of the same size.</summary>
internal sealed class KeptImage : ISceneImage
{
    private readonly float[][] pixels;
    private readonly int main;
    private readonly Terms.Position?[] corners;
    private readonly GroundSize size;

    /// <summary>Reads a picture of one band.</summary>
    public KeptImage(SceneBand band, ISceneImage image)
        : this([(band, image)], 0)
    {
    }

    /// <summary>Reads the main band of several pictures of one place.</summary>
    /// <param name="bands">What each is.</param>
    /// <param name="main">Index of the one that is the main band here.</param>
    /// <exception cref="InvalidDataException">They differ in size.</exception>
    public KeptImage(IReadOnlyList<(SceneBand Band, ISceneImage Image)> bands, int main)
    {
        var first = bands[main].Image;
        (Width, Height, this.main) = (first.Width, first.Height, main);
        Bands = [.. bands.Select(band => band.Band)];
        if (bands.FirstOrDefault(band => band.Image.Width != Width || band.Image.Height != Height) is { Image: { } other } odd)
        {
            throw new InvalidDataException($"band {odd.Band} has {other.Width} x {other.Height} pixels, the main band {Width} x {Height}");
        }

        pixels = [.. bands.Select(band => Read(band.Image))];
        corners = [first.PositionAt(0, 0), first.PositionAt(Width, 0), first.PositionAt(0, Height), first.PositionAt(Width, Height)];
        size = first.PixelAt(Width / 2.0, Height / 2.0);
    }

    public IReadOnlyList<SceneBand> Bands { get; }

    public int Width { get; }

    public int Height { get; }

    public void Read(SceneWindow window, Span<float> target) => Read(window, main, target);

    public void Read(SceneWindow window, int band, Span<float> target)
    {
        for (var y = 0; y < window.Height; y++)
        {
            pixels[band].AsSpan(((window.Y + y) * Width) + window.X, window.Width).CopyTo(target[(y * window.Width)..]);
        }
    }

    /// <summary>Between the corners in straight lines: a port is small.</summary>
    public Terms.Position? PositionAt(double x, double y)
    {
        if (corners[0] is not { } a || corners[1] is not { } b || corners[2] is not { } c || corners[3] is not { } d)
        {
            return null;
        }

        var (u, v) = (x / Width, y / Height);
        return Terms.Position.FromDegrees(
            Between(a.LatitudeDegrees, b.LatitudeDegrees, c.LatitudeDegrees, d.LatitudeDegrees),
            Between(a.LongitudeDegrees, b.LongitudeDegrees, c.LongitudeDegrees, d.LongitudeDegrees));

        double Between(double first, double second, double third, double fourth) =>
            (((first * (1 - u)) + (second * u)) * (1 - v)) + (((third * (1 - u)) + (fourth * u)) * v);
    }

    public GroundSize PixelAt(double x, double y) => size;

    private static float[] Read(ISceneImage image)
    {
        var read = new float[image.Width * image.Height];
        image.Read(new SceneWindow(0, 0, image.Width, image.Height), read);
        return read;
    }
}
