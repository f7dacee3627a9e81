using MaritimeWatch.Terms;

namespace MaritimeWatch.Recognition;

/// <summary>
/// A scene as a detector sees it: numbers by band, column and row, read window by window so that memory does not
/// grow with the scene. Safe to call from several threads.
/// </summary>
public interface ISceneImage
{
    /// <summary>What each band is, in the image's own order; one unnamed band where nobody says.</summary>
    IReadOnlyList<SceneBand> Bands => [SceneBand.Unknown];

    /// <summary>Columns.</summary>
    int Width { get; }

    /// <summary>Rows.</summary>
    int Height { get; }

    /// <summary>Reads a window of the main band (radar amplitude, near infrared) that lies wholly in the image.</summary>
    /// <param name="window">Which.</param>
    /// <param name="target">Takes width times height numbers, row by row; NaN where the scene has no data.</param>
    void Read(SceneWindow window, Span<float> target);

    /// <summary>Reads a window of one band that lies wholly in the image.</summary>
    /// <param name="window">Which.</param>
    /// <param name="band">Index in <see cref="Bands"/>.</param>
    /// <param name="target">Takes width times height numbers, row by row; NaN where the scene has no data.</param>
    void Read(SceneWindow window, int band, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(band, 0);
        Read(window, target);
    }

    /// <summary>The place of a point of the image, or null where the image is not placed on the earth.</summary>
    /// <param name="x">Columns from the left edge; the centre of the first pixel is 0.5.</param>
    /// <param name="y">Rows from the upper edge.</param>
    Position? PositionAt(double x, double y);

    /// <summary>How large a pixel is on the ground near a point, metres; 1 by 1 where the image is not placed.</summary>
    /// <param name="x">Columns from the left edge.</param>
    /// <param name="y">Rows from the upper edge.</param>
    GroundSize PixelAt(double x, double y);
}

/// <summary>What a band of a scene holds.</summary>
public enum SceneBand
{
    /// <summary>Nobody says.</summary>
    Unknown,

    /// <summary>Radar backscatter, amplitude (or decibel, which is told from its sign).</summary>
    Amplitude,

    /// <summary>Blue, 490 nm: Sentinel-2 B02.</summary>
    Blue,

    /// <summary>Green, 560 nm: B03.</summary>
    Green,

    /// <summary>Red, 665 nm: B04.</summary>
    Red,

    /// <summary>Near infrared, 842 nm: B08.</summary>
    NearInfrared,

    /// <summary>Short-wave infrared, 1,610 nm: B11.</summary>
    ShortWaveInfrared,
}

/// <summary>A rectangle of pixels.</summary>
/// <param name="X">First column.</param>
/// <param name="Y">First row.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
public readonly record struct SceneWindow(int X, int Y, int Width, int Height)
{
    /// <summary>The column after the last.</summary>
    public int Right => X + Width;

    /// <summary>The row after the last.</summary>
    public int Bottom => Y + Height;
}

/// <summary>The size of a pixel on the ground.</summary>
/// <param name="WidthMetres">Along a row.</param>
/// <param name="HeightMetres">Along a column.</param>
/// <param name="RowBearingDegrees">The way in which columns count up, degrees true: 90 where north is up.</param>
public readonly record struct GroundSize(double WidthMetres, double HeightMetres, double RowBearingDegrees = 90);
