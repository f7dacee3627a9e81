using MaritimeWatch.Recognition;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Recognition;

/// <summary>A scene in memory: speckle of a seed with bright bars, placed north up or not at all.</summary>
internal sealed class MadeImage : ISceneImage
{
    private readonly float[][] bands;

    public MadeImage(int width, int height, int seed, params (int X, int Y, int Width, int Height)[] ships)
        : this(width, height, [Sea(width, height, seed, ships)])
    {
    }

    public MadeImage(int width, int height, float[][] bands) => (Width, Height, this.bands) = (width, height, bands);

    public int Width { get; }

    public int Height { get; }

    public IReadOnlyList<SceneBand> Bands { get; init; } = [SceneBand.Amplitude];

    /// <summary>Metres of a pixel along rows and columns; null is not placed.</summary>
    public (double X, double Y)? PixelMetres { get; init; }

    public float[] Pixels => bands[0];

    public void Read(SceneWindow window, Span<float> target) => Read(window, 0, target);

    public void Read(SceneWindow window, int band, Span<float> target)
    {
        Assert.That(window.X >= 0 && window.Y >= 0 && window.Right <= Width && window.Bottom <= Height, $"{window} lies in the scene");
        for (var y = 0; y < window.Height; y++)
        {
            bands[band].AsSpan(((window.Y + y) * Width) + window.X, window.Width).CopyTo(target[(y * window.Width)..]);
        }
    }

    public Position? PositionAt(double x, double y) => PixelMetres is { } metres
        ? Position.FromDegrees(-y * metres.Y / 111_195, x * metres.X / 111_195)
        : null;

    public GroundSize PixelAt(double x, double y) => PixelMetres is { } metres ? new GroundSize(metres.X, metres.Y) : new GroundSize(1, 1);

    public static float[] Sea(int width, int height, int seed, params (int X, int Y, int Width, int Height)[] ships)
    {
        var random = new Random(seed);
        var pixels = new float[width * height];
        for (var i = 0; i < pixels.Length; i++)
        {
            // Four looks.
            var product = 1.0;
            for (var look = 0; look < 4; look++)
            {
                product *= 1 - random.NextDouble();
            }

            pixels[i] = (float)(100 * Math.Sqrt(-Math.Log(product) / 4));
        }

        foreach (var ship in ships)
        {
            for (var y = ship.Y; y < ship.Y + ship.Height; y++)
            {
                pixels.AsSpan((y * width) + ship.X, ship.Width).Fill(1500);
            }
        }

        return pixels;
    }
}
