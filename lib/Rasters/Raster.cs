using System.Globalization;
using System.Runtime.InteropServices;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Recognition;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Rasters;

/// <summary>
/// Bands of a GeoTIFF, read window by window through GDAL: 8 and 16 bits or floats, any coordinate system that GDAL
/// knows. What the header promises is checked before a pixel is read. Several threads may read: of tiles each with a handle
/// of its own, of strips in turns (see <see cref="RasterOptions.HandlesMax"/>). Windows are cheapest row of windows by row
/// of windows: what GDAL unpacked for one is then still in its cache for the next.
/// </summary>
#pragma warning disable CA2216 // GDAL must not be called from the finalizer's thread while another reads; whoever opens disposes.
public sealed unsafe class Raster : ISceneImage, IDisposable
{
#pragma warning restore CA2216
    private const int Float32 = 6;
    private const int TileHandlesMax = 4;

    private readonly Lock gate = new();
    private readonly RasterOptions options;
    private readonly string path;
    private readonly RasterHandles handles;
    private readonly Placement? placement;
    private readonly BandPlan plan;
    private readonly float?[] noData;

    private Raster(RasterHandles handles, RasterOptions options, string path, long fileBytes)
    {
        (this.handles, this.options, this.path) = (handles, options, path);
        var dataset = handles.First;
        Width = Gdal.GetRasterXSize(dataset);
        Height = Gdal.GetRasterYSize(dataset);
        BandCount = Gdal.GetRasterCount(dataset);
        RasterChecks.Size((ulong)Width, (ulong)Height, (ulong)BandCount, options.Limits, fileBytes);
        plan = BandPlan.Of(options, Names(dataset, BandCount));
        noData = new float?[plan.Numbers.Count];
        var isTiled = true;
        for (var index = 0; index < plan.Numbers.Count; index++)
        {
            var band = Gdal.GetRasterBand(dataset, plan.Numbers[index]);
            isTiled &= RasterChecks.Pixels(band, Width, Height, BandCount, options.Limits, fileBytes);
            int hasNoData;
            var value = Gdal.GetRasterNoDataValue(band, &hasNoData);
            noData[index] = hasNoData != 0 ? (float)value : null;
        }

        handles.Allow(Math.Clamp(options.HandlesMax ?? (isTiled ? TileHandlesMax : 1), 1, 16));
        TakenAt = ParseTime(Metadata(dataset, "TIFFTAG_DATETIME"));
        Description = Metadata(dataset, "TIFFTAG_IMAGEDESCRIPTION");
        placement = Placement.Of(dataset);
        if (placement is null && options.MustBePlaced)
        {
            throw new RasterException(
                RasterTrouble.NotPlaced, "the raster does not say where it lies: it needs a geotransform or control points, and a coordinate system");
        }
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SceneBand> Bands => plan.Bands;

    /// <summary>Bands of the file, those that are not read too.</summary>
    public int BandCount { get; }

    /// <summary>The main band's number in the file, from 1.</summary>
    public int MainNumber => plan.Numbers[plan.Main];

    /// <summary>When it was taken, from the TIFF's DateTime tag (taken as UTC), or null.</summary>
    public DateTimeOffset? TakenAt { get; }

    /// <summary>The TIFF's ImageDescription tag, or null.</summary>
    public string? Description { get; }

    /// <summary>It lies by control points, so its edges are no straight lines on the map.</summary>
    public bool IsCurved => placement?.IsCurved == true;

    /// <summary>The version of GDAL, or null where it is absent.</summary>
    public static string? LibraryVersion()
    {
        try
        {
            Gdal.Prepare();
            return Marshal.PtrToStringUTF8((nint)Gdal.VersionInfo("RELEASE_NAME"));
        }
        catch (RasterException)
        {
            return null;
        }
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">A file on disk; never a name that GDAL would resolve by itself.</param>
    /// <param name="options">Which bands, within what limits.</param>
    /// <exception cref="RasterException">It cannot be read: says what is wrong and what to do.</exception>
    public static Raster Open(string path, RasterOptions? options = null)
    {
        options ??= new RasterOptions();
        Gdal.Prepare();
        var full = Path.GetFullPath(path);
        var file = new FileInfo(full);
        if (!file.Exists || full.StartsWith("/vsi", StringComparison.OrdinalIgnoreCase))
        {
            throw new RasterException(RasterTrouble.NotGeoTiff, $"{path}: no such file");
        }

        if (file.Length == 0)
        {
            throw new RasterException(RasterTrouble.NotGeoTiff, "the file is empty: send a GeoTIFF");
        }

        if (!options.IsChip)
        {
            var head = TiffHead.Read(full);
            RasterChecks.Size(head.Width, head.Height, head.Bands, options.Limits, file.Length);
        }

#pragma warning disable CA2000 // The raster takes the handles over, or they are closed below.
        var handles = RasterHandles.Open(full, options.IsChip ? "JPEG" : "GTiff");
#pragma warning restore CA2000
        try
        {
            return new Raster(handles, options, full, file.Length);
        }
        catch
        {
            handles.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="RasterException">Damaged: the file breaks off there.</exception>
    public void Read(SceneWindow window, Span<float> target) => Read(window, plan.Main, target);

    /// <inheritdoc/>
    /// <exception cref="RasterException">Damaged: the file breaks off there.</exception>
    public void Read(SceneWindow window, int band, Span<float> target) => Read(window, band, window.Width, window.Height, target);

    /// <summary>Reads a window into fewer pixels than it has: the nearest of each, from overviews where the file has them.</summary>
    /// <param name="window">Which.</param>
    /// <param name="band">Index in <see cref="Bands"/>.</param>
    /// <param name="width">Columns to make, 1 to the window's.</param>
    /// <param name="height">Rows to make.</param>
    /// <param name="target">Takes them row by row; NaN where the scene has no data.</param>
    /// <exception cref="RasterException">Damaged: the file breaks off there.</exception>
    public void Read(SceneWindow window, int band, int width, int height, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, width * height, nameof(target));
        var handle = handles.Take();
        try
        {
            Gdal.ErrorReset();
            fixed (float* pixels = target)
            {
                if (Gdal.RasterIO(
                    Gdal.GetRasterBand(handle, plan.Numbers[band]), 0, window.X, window.Y, window.Width, window.Height, pixels, width, height, Float32, 0, 0) != 0)
                {
                    throw new RasterException(
                        RasterTrouble.Damaged,
                        $"the raster cannot be read near row {window.Y} of {Height}: it breaks off or is damaged ({Gdal.LastError(path)})");
                }
            }
        }
        finally
        {
            handles.Give(handle);
        }

        BlankNoData(target[..(width * height)], noData[band]);
    }

    /// <inheritdoc/>
    public Position? PositionAt(double x, double y)
    {
        if (placement is null)
        {
            return null;
        }

        lock (gate)
        {
            return placement.At(x, y);
        }
    }

    /// <inheritdoc/>
    public GroundSize PixelAt(double x, double y)
    {
        if (placement is null)
        {
            return new GroundSize(1, 1);
        }

        lock (gate)
        {
            return placement.PixelAt(x, y);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            placement?.Dispose();
            handles.Dispose();
        }
    }

    // What the file says of each band: its description, else the colours of a picture in red, green and blue.
    private static List<string?> Names(nint dataset, int count)
    {
        const int Red = 3;
        const int Blue = 5;
        var names = new List<string?>(count);
        for (var number = 1; number <= count; number++)
        {
            var band = Gdal.GetRasterBand(dataset, number);
            var colour = Gdal.GetRasterColorInterpretation(band);
            names.Add(BandNames.Canonical(Marshal.PtrToStringUTF8((nint)Gdal.GetDescription(band)))
                ?? (colour is >= Red and <= Blue ? BandNames.Canonical(colour switch { Red => "red", Blue => "blue", _ => "green" }) : null));
        }

        return names;
    }

    private void BlankNoData(Span<float> pixels, float? empty)
    {
        if (empty is { } blank && !float.IsNaN(blank))
        {
            Blank(pixels, blank);
        }

        if (options.IsZeroNoData && empty != 0)
        {
            Blank(pixels, 0);
        }

        for (var i = 0; i < pixels.Length; i++)
        {
            if (!float.IsFinite(pixels[i]))
            {
                pixels[i] = float.NaN;
            }
        }
    }

    private static void Blank(Span<float> pixels, float blank)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            if (pixels[i] == blank)
            {
                pixels[i] = float.NaN;
            }
        }
    }

    private static string? Metadata(nint dataset, string name) => Marshal.PtrToStringUTF8((nint)Gdal.GetMetadataItem(dataset, name, null));

    private static DateTimeOffset? ParseTime(string? text) => DateTimeOffset.TryParseExact(
        text, "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
        ? at
        : null;
}
