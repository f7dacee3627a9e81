using System.Diagnostics;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>How fast windows are read, and that strips are not unpacked again for each of them.</summary>
[TestFixture]
public sealed class RasterSpeedTests
{
    private const int WindowPixels = 512;
    private const int MarginPixels = 64;

    [SetUp]
    public void NeedsGdal() => SceneFiles.RequireGdal();

    [Test]
    public void Windows_of_a_wide_scene_in_strips_cost_about_as_much_as_its_rows()
    {
        // 6 MB of deflate in strips of 8 rows, 12,000 wide: window by window each strip is met 23 times.
        var file = SceneFiles.Write(
            new TiffMaker(12_000, 640) { IsDeflated = true, RowsPerStrip = 8 }.Make((x, y, _) => ((x * 7919) ^ (y * 104_729)) & 255), "strips.tif");
        var rows = Best(() => Read(file, [new SceneWindow(0, 0, 12_000, 640)], 1, 1));
        var windows = Best(() => Read(file, Windows(12_000, 640, isByColumn: false), 1, 1));
        TestContext.Out.WriteLine($"whole {rows} ms, in windows with margins {windows} ms");
        Assert.That(windows, Is.LessThan((rows * 6) + 200));
    }

    [Test]
    [Explicit("by hand: MW_RASTER names a large GeoTIFF")]
    public void A_large_scene_is_read_window_by_window()
    {
        var file = Environment.GetEnvironmentVariable("MW_RASTER");
        Assume.That(file, Is.Not.Null);
        int width, height;
        using (var raster = Raster.Open(file!, new RasterOptions { MustBePlaced = false }))
        {
            (width, height) = (raster.Width, raster.Height);
        }

        foreach (var (threads, handles, isByColumn) in ((int, int, bool)[])[(1, 1, false), (2, 1, false), (2, 2, false), (1, 1, true)])
        {
            var used = Environment.CpuUsage.TotalTime;
            var ms = Read(file!, Windows(width, height, isByColumn), threads, handles);
            used = Environment.CpuUsage.TotalTime - used;
            using var process = Process.GetCurrentProcess();
            TestContext.Out.WriteLine(
                $"{Path.GetFileName(file)} {width} x {height}: {threads} threads, {handles} handles, {(isByColumn ? "column" : "row")} order: {ms} ms, {used.TotalSeconds:F1} s of processor, peak {process.PeakWorkingSet64 >> 20} MiB");
        }
    }

    private static long Best(Func<long> measure) => Enumerable.Range(0, 3).Min(_ => measure());

    private static long Read(string file, List<SceneWindow> windows, int threads, int handles)
    {
        using var raster = Raster.Open(file, new RasterOptions { MustBePlaced = false, HandlesMax = handles });
        using var buffers = new ThreadLocal<float[]>(() => new float[windows.Max(window => window.Width * window.Height)]);
        var watch = Stopwatch.StartNew();
        Parallel.For(0, windows.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, at => raster.Read(windows[at], buffers.Value));
        return watch.ElapsedMilliseconds;
    }

    private static List<SceneWindow> Windows(int width, int height, bool isByColumn)
    {
        var windows = new List<SceneWindow>();
        for (var y = 0; y < height; y += WindowPixels)
        {
            for (var x = 0; x < width; x += WindowPixels)
            {
                var (left, top) = (Math.Max(0, x - MarginPixels), Math.Max(0, y - MarginPixels));
                windows.Add(new SceneWindow(
                    left, top, Math.Min(width, x + WindowPixels + MarginPixels) - left, Math.Min(height, y + WindowPixels + MarginPixels) - top));
            }
        }

        return isByColumn ? [.. windows.OrderBy(window => window.X)] : windows;
    }
}
