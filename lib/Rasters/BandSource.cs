using System.Buffers;
using System.Globalization;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Rasters;

/// <summary>
/// One band on the scene's grid. A file of the same grid is read as it is; one of coarser pixels over the same ground is
/// interpolated between its four nearest pixel centres, which is the same whatever the windows.
/// </summary>
/// <param name="raster">The file.</param>
/// <param name="index">Its band.</param>
/// <param name="columns">Its columns divided by the grid's, 0 to 1.</param>
/// <param name="rows">Its rows divided by the grid's.</param>
internal sealed class BandSource(Raster raster, int index, double columns, double rows)
{
    private const int CoarserTimesMax = 12; // 60 m onto 5 m.
    private const double CornerPixels = 1;

    /// <summary>What it holds.</summary>
    public SceneBand Band => raster.Bands[index];

    /// <summary>All bands of some files on the grid of one of them.</summary>
    /// <exception cref="RasterException">They do not cover the same ground.</exception>
    public static List<BandSource> Of(IReadOnlyList<Raster> files, Raster grid)
    {
        var sources = new List<BandSource>();
        foreach (var file in files)
        {
            var (columns, rows) = (file.Width / (double)grid.Width, file.Height / (double)grid.Height);
            if (Math.Min(columns, rows) * CoarserTimesMax < 1 || (file != grid && !IsSameGround(file, grid)))
            {
                throw new RasterException(RasterTrouble.NotOneScene, string.Create(
                    CultureInfo.InvariantCulture,
                    $"a file of {file.Width} x {file.Height} pixels does not cover the ground of the one of {grid.Width} x {grid.Height}: send the bands of one scene on one grid"));
            }

            for (var band = 0; band < file.Bands.Count; band++)
            {
                sources.Add(new BandSource(file, band, columns, rows));
            }
        }

        return sources;
    }

    /// <summary>Reads a window of the grid.</summary>
    public void Read(SceneWindow window, Span<float> target)
    {
        if (columns == 1 && rows == 1)
        {
            raster.Read(window, index, target);
            return;
        }

        var left = Math.Clamp((int)Math.Floor(((window.X + 0.5) * columns) - 0.5), 0, raster.Width - 1);
        var top = Math.Clamp((int)Math.Floor(((window.Y + 0.5) * rows) - 0.5), 0, raster.Height - 1);
        var right = Math.Clamp((int)Math.Floor(((window.Right - 0.5) * columns) - 0.5) + 1, left, raster.Width - 1);
        var bottom = Math.Clamp((int)Math.Floor(((window.Bottom - 0.5) * rows) - 0.5) + 1, top, raster.Height - 1);
        var coarse = new SceneWindow(left, top, right - left + 1, bottom - top + 1);
        var rented = ArrayPool<float>.Shared.Rent(coarse.Width * coarse.Height);
        try
        {
            var pixels = rented.AsSpan(0, coarse.Width * coarse.Height);
            raster.Read(coarse, index, pixels);
            Interpolate(window, coarse, pixels, target);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private void Interpolate(SceneWindow window, SceneWindow coarse, ReadOnlySpan<float> pixels, Span<float> target)
    {
        for (var y = 0; y < window.Height; y++)
        {
            var (up, down, v) = Between((window.Y + y + 0.5) * rows, coarse.Y, coarse.Height);
            for (var x = 0; x < window.Width; x++)
            {
                var (west, east, u) = Between((window.X + x + 0.5) * columns, coarse.X, coarse.Width);
                var a = pixels[(up * coarse.Width) + west];
                var b = pixels[(up * coarse.Width) + east];
                var c = pixels[(down * coarse.Width) + west];
                var d = pixels[(down * coarse.Width) + east];
                var value = (((a * (1 - u)) + (b * u)) * (1 - v)) + (((c * (1 - u)) + (d * u)) * v);

                // Beside no data the nearest pixel decides.
                target[(y * window.Width) + x] = float.IsNaN(value) ? (v < 0.5f ? (u < 0.5f ? a : b) : (u < 0.5f ? c : d)) : value;
            }
        }
    }

    // The two pixels around a place, counted from the window's first, and how far it is towards the second.
    private static (int First, int Second, float Part) Between(double place, int from, int count)
    {
        var centre = place - 0.5 - from;
        var first = (int)Math.Floor(centre);
        return (Math.Clamp(first, 0, count - 1), Math.Clamp(first + 1, 0, count - 1), (float)(centre - first));
    }

    private static bool IsSameGround(Raster file, Raster grid)
    {
        foreach (var (u, v) in ((double, double)[])[(0, 0), (0, 1), (1, 0), (1, 1)])
        {
            var here = file.PositionAt(u * file.Width, v * file.Height);
            var there = grid.PositionAt(u * grid.Width, v * grid.Height);
            var pixel = file.PixelAt(u * file.Width, v * file.Height);
            if (here is null || there is null
                || GreatCircle.DistanceMetres(here.Value, there.Value) > CornerPixels * Math.Max(pixel.WidthMetres, pixel.HeightMetres))
            {
                return false;
            }
        }

        return true;
    }
}
