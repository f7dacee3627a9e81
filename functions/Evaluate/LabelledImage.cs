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

/// <summary>Pixels of a raster, read once and kept.</summary>
internal sealed class KeptImage : ISceneImage
{
    private readonly float[] pixels;
    private readonly Terms.Position? middle;
    private readonly GroundSize size;

    public KeptImage(ISceneImage image)
    {
        (Width, Height) = (image.Width, image.Height);
        pixels = new float[Width * Height];
        image.Read(new SceneWindow(0, 0, Width, Height), pixels);
        middle = image.PositionAt(Width / 2.0, Height / 2.0);
        size = image.PixelAt(Width / 2.0, Height / 2.0);
    }

    public int Width { get; }

    public int Height { get; }

    public void Read(SceneWindow window, Span<float> target)
    {
        for (var y = 0; y < window.Height; y++)
        {
            pixels.AsSpan(((window.Y + y) * Width) + window.X, window.Width).CopyTo(target[(y * window.Width)..]);
        }
    }

    /// <summary>The middle of the picture stands for all of it: only the size of a pixel matters here.</summary>
    public Terms.Position? PositionAt(double x, double y) => middle;

    public GroundSize PixelAt(double x, double y) => size;
}
