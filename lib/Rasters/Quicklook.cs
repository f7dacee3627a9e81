using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Rasters;

/// <summary>
/// Small pictures of a scene for people: a quicklook of the whole with boxes around ships, and a chip around each ship.
/// Grey of one band, or true colour where blue, green and red are there; darkness and brightness are those of the 1st and
/// 99th part in a hundred of the quicklook's pixels, so that a few strong echoes do not make the sea black.
/// </summary>
public static class Quicklook
{
    /// <summary>The longest edge of a quicklook unless told otherwise, pixels.</summary>
    public const int EdgePixelsUsual = 1024;

    /// <summary>Edge of a chip, pixels of the scene.</summary>
    public const int ChipPixels = 64;

    /// <summary>The most chips of one scene: about 4 kB each.</summary>
    public const int ChipsMax = 500;

    // Rows of the scene that are read for one row of the picture: more cost time and are not seen.
    private const int RowsPerRowMax = 4;
    private const int BoxMarginPixels = 2;

    /// <summary>Writes the quicklook of a scene as PNG.</summary>
    /// <param name="stream">Takes the picture; need not seek.</param>
    /// <param name="image">The scene.</param>
    /// <param name="boxes">What is framed, pixels of the scene; what lies outside is cut off.</param>
    /// <param name="edgePixels">The longest edge of the picture, 16 to 4,096 pixels.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>The brightness of the picture, for chips that look alike.</returns>
    /// <exception cref="RasterException">The scene is damaged.</exception>
    public static Stretch Write(
        Stream stream, ISceneImage image, IReadOnlyList<QuicklookBox> boxes, int edgePixels = EdgePixelsUsual, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(edgePixels, 16);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(edgePixels, 4096);
        var times = Math.Max(1, Math.Max(image.Width, image.Height) / (double)edgePixels);
        var (width, height) = (Math.Max(1, (int)(image.Width / times)), Math.Max(1, (int)(image.Height / times)));
        var bands = BandsOf(image);
        var planes = Array.ConvertAll(bands, band => Reduced(image, band, width, height, cancel));
        var stretch = Stretch.Of(planes);
        var pixels = stretch.Pixels(planes, 3);
        foreach (var box in boxes)
        {
            Frame(pixels, width, height, box, times);
        }

        PngWriter.Write(stream, width, height, 3, pixels);
        return stretch;
    }

    /// <summary>Writes a chip around a place of a scene as PNG, <see cref="ChipPixels"/> a side; what lies outside the scene is black.</summary>
    /// <param name="stream">Takes the picture; need not seek.</param>
    /// <param name="image">The scene.</param>
    /// <param name="x">Its middle, columns from the left edge.</param>
    /// <param name="y">Its middle, rows from the upper edge.</param>
    /// <param name="stretch">The scene's brightness, from its quicklook; a ship brighter than that is brought down to it.</param>
    /// <exception cref="RasterException">The scene is damaged.</exception>
    public static void WriteChip(Stream stream, ISceneImage image, double x, double y, Stretch stretch)
    {
        var (left, top) = ((int)Math.Round(x) - (ChipPixels / 2), (int)Math.Round(y) - (ChipPixels / 2));
        var (fromX, fromY) = (Math.Max(0, left), Math.Max(0, top));
        var window = new SceneWindow(
            fromX, fromY, Math.Min(image.Width, left + ChipPixels) - fromX, Math.Min(image.Height, top + ChipPixels) - fromY);
        var planes = Array.ConvertAll(BandsOf(image), _ => NoPixels());
        if (window.Width > 0 && window.Height > 0)
        {
            var bands = BandsOf(image);
            var part = new float[window.Width * window.Height];
            for (var plane = 0; plane < planes.Length; plane++)
            {
                image.Read(window, bands[plane], part);
                for (var row = 0; row < window.Height; row++)
                {
                    part.AsSpan(row * window.Width, window.Width)
                        .CopyTo(planes[plane].AsSpan(((fromY - top + row) * ChipPixels) + fromX - left));
                }
            }
        }

        var channels = planes.Length == 3 ? 3 : 1;
        PngWriter.Write(stream, ChipPixels, ChipPixels, channels, stretch.ForChip(planes).Pixels(planes, channels));
    }

    private static float[] NoPixels()
    {
        var pixels = new float[ChipPixels * ChipPixels];
        Array.Fill(pixels, float.NaN);
        return pixels;
    }

    // Red, green and blue where all three are there; else the band that counts.
    private static int[] BandsOf(ISceneImage image)
    {
        var bands = image.Bands.ToList();
        int[] colours = [bands.IndexOf(SceneBand.Red), bands.IndexOf(SceneBand.Green), bands.IndexOf(SceneBand.Blue)];
        return colours.All(index => index >= 0) ? colours : [Math.Max(0, new BandPlan([], image.Bands).Main)];
    }

    // The mean of the pixels under each pixel of the picture, of a few rows spread evenly.
    private static float[] Reduced(ISceneImage image, int band, int width, int height, CancellationToken cancel)
    {
        var reduced = new float[width * height];
        var line = new float[image.Width];
        var (sums, counts) = (new double[width], new int[width]);
        for (var y = 0; y < height; y++)
        {
            cancel.ThrowIfCancellationRequested();
            Array.Clear(sums);
            Array.Clear(counts);
            var (from, to) = ((int)((long)y * image.Height / height), (int)((long)(y + 1) * image.Height / height));
            var rows = Math.Clamp(to - from, 1, RowsPerRowMax);
            for (var row = 0; row < rows; row++)
            {
                image.Read(new SceneWindow(0, from + (row * (to - from) / rows), image.Width, 1), band, line);
                Add(line, sums, counts);
            }

            for (var x = 0; x < width; x++)
            {
                reduced[(y * width) + x] = counts[x] > 0 ? (float)(sums[x] / counts[x]) : float.NaN;
            }
        }

        return reduced;
    }

    private static void Add(float[] line, double[] sums, int[] counts)
    {
        for (var x = 0; x < sums.Length; x++)
        {
            var (from, to) = ((int)((long)x * line.Length / sums.Length), (int)((long)(x + 1) * line.Length / sums.Length));
            for (var at = from; at < to; at++)
            {
                if (!float.IsNaN(line[at]))
                {
                    sums[x] += line[at];
                    counts[x]++;
                }
            }
        }
    }

    private static void Frame(byte[] pixels, int width, int height, QuicklookBox box, double times)
    {
        var left = (int)(box.Box.X / times) - BoxMarginPixels;
        var top = (int)(box.Box.Y / times) - BoxMarginPixels;
        var right = (int)(box.Box.Right / times) + BoxMarginPixels;
        var bottom = (int)(box.Box.Bottom / times) + BoxMarginPixels;
        for (var x = left; x <= right; x++)
        {
            Dot(x, top);
            Dot(x, bottom);
        }

        for (var y = top; y <= bottom; y++)
        {
            Dot(left, y);
            Dot(right, y);
        }

        void Dot(int x, int y)
        {
            if (x >= 0 && y >= 0 && x < width && y < height)
            {
                var at = ((y * width) + x) * 3;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (box.Red, box.Green, box.Blue);
            }
        }
    }
}

/// <summary>A frame in a quicklook.</summary>
/// <param name="Box">Around what, pixels of the scene.</param>
/// <param name="Red">Its colour, 0 to 255; the usual one is amber, which is seen on sea and land.</param>
/// <param name="Green">Green.</param>
/// <param name="Blue">Blue.</param>
public readonly record struct QuicklookBox(SceneWindow Box, byte Red = 255, byte Green = 176, byte Blue = 0);
