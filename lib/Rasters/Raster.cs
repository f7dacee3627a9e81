using System.Globalization;
using System.Runtime.InteropServices;
using MaritimeWatch.Recognition;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Rasters;

/// <summary>
/// One band of a GeoTIFF, read window by window through GDAL: 8 and 16 bits or floats, any coordinate system that GDAL
/// knows. What the header promises is checked before a pixel is read. Several threads may read; they take turns.
/// </summary>
#pragma warning disable CA2216 // GDAL must not be called from the finalizer's thread while another reads; whoever opens disposes.
public sealed unsafe class Raster : ISceneImage, IDisposable
{
#pragma warning restore CA2216
    private const uint ReadOnlyRaster = 0x02 | 0x40; // GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR
    private const int Float32 = 6;
    private const long UnpackedFreeBytes = 64L << 20;

    // GDALDataType: Byte, UInt16, Int16, Float32, Float64, Int8 and their sizes.
    private static readonly Dictionary<int, int> BytesByKind = new() { [1] = 1, [2] = 2, [3] = 2, [6] = 4, [7] = 8, [14] = 1 };

    private readonly Lock gate = new();
    private readonly RasterOptions options;
    private readonly string path;
    private readonly Placement? placement;
    private readonly float? noData;
    private nint dataset;
    private nint band;

    private Raster(nint dataset, RasterOptions options, string path, long fileBytes)
    {
        (this.dataset, this.options, this.path) = (dataset, options, path);
        Width = Gdal.GetRasterXSize(dataset);
        Height = Gdal.GetRasterYSize(dataset);
        Bands = Gdal.GetRasterCount(dataset);
        CheckSize(fileBytes);
        Band = options.Band ?? (Bands >= 4 && options.IsNearInfraredFourth ? 4 : 1);
        if (Band < 1 || Band > Bands)
        {
            throw new RasterException(RasterTrouble.NotGeoTiff, $"the raster has {Bands} bands; there is no band {Band}");
        }

        band = Gdal.GetRasterBand(dataset, Band);
        CheckPixels(fileBytes);
        int hasNoData;
        var value = Gdal.GetRasterNoDataValue(band, &hasNoData);
        noData = hasNoData != 0 ? (float)value : null;
        placement = Placement.Of(dataset);
        if (placement is null && options.MustBePlaced)
        {
            throw new RasterException(
                RasterTrouble.NotPlaced, "the raster does not say where it lies: it needs a geotransform or control points, and a coordinate system");
        }

        TakenAt = ParseTime(Metadata("TIFFTAG_DATETIME"));
        Description = Metadata("TIFFTAG_IMAGEDESCRIPTION");
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bands of the file.</summary>
    public int Bands { get; }

    /// <summary>The band that is read, from 1.</summary>
    public int Band { get; }

    /// <summary>When it was taken, from the TIFF's DateTime tag (taken as UTC), or null.</summary>
    public DateTimeOffset? TakenAt { get; }

    /// <summary>The TIFF's ImageDescription tag, or null.</summary>
    public string? Description { get; }

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
    /// <param name="options">Which band, within what limits.</param>
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

        var dataset = OpenDataset(full, options.IsChip ? "JPEG" : "GTiff");
        try
        {
            return new Raster(dataset, options, full, file.Length);
        }
        catch
        {
            Gdal.Close(dataset);
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="RasterException">Damaged: the file breaks off there.</exception>
    public void Read(SceneWindow window, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, window.Width * window.Height, nameof(target));
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(dataset == 0, this);
            Gdal.ErrorReset();
            fixed (float* pixels = target)
            {
                if (Gdal.RasterIO(
                    band, 0, window.X, window.Y, window.Width, window.Height, pixels, window.Width, window.Height, Float32, 0, 0) != 0)
                {
                    throw new RasterException(
                        RasterTrouble.Damaged,
                        $"the raster cannot be read near row {window.Y} of {Height}: it breaks off or is damaged ({Gdal.LastError(path)})");
                }
            }
        }

        BlankNoData(target[..(window.Width * window.Height)]);
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
            ObjectDisposedException.ThrowIf(dataset == 0, this);
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
            ObjectDisposedException.ThrowIf(dataset == 0, this);
            return placement.PixelAt(x, y);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            if (dataset != 0)
            {
                placement?.Dispose();
                Gdal.Close(dataset);
                (dataset, band) = (0, 0);
            }
        }
    }

    private static nint OpenDataset(string path, string driver)
    {
        var name = System.Text.Encoding.ASCII.GetBytes(driver + "\0");
        fixed (byte* text = name)
        {
            var drivers = stackalloc byte*[2] { text, null };
            Gdal.ErrorReset();
            var opened = Gdal.OpenEx(path, ReadOnlyRaster, drivers, null, null);
            return opened != 0
                ? opened
                : throw new RasterException(
                    RasterTrouble.NotGeoTiff,
                    $"the file is no {(driver == "GTiff" ? "GeoTIFF" : "JPEG")} (only that is opened, whatever the file's name): {Gdal.LastError(path)}");
        }
    }

    private void CheckSize(long fileBytes)
    {
        var limits = options.Limits;
        if (Bands < 1)
        {
            throw new RasterException(RasterTrouble.NotGeoTiff, "the raster has no bands");
        }

        if (Width > limits.EdgePixelsMax || Height > limits.EdgePixelsMax || Bands > limits.BandsMax
            || (long)Width * Height > limits.PixelsMax / Bands)
        {
            throw new RasterException(RasterTrouble.TooLarge, string.Create(
                CultureInfo.InvariantCulture,
                $"the header says {Width} x {Height} x {Bands} in a file of {fileBytes} bytes; at most {limits.PixelsMax} pixels, {limits.EdgePixelsMax} an edge and {limits.BandsMax} bands are taken: cut the scene"));
        }
    }

    private void CheckPixels(long fileBytes)
    {
        var kind = Gdal.GetRasterDataType(band);
        if (!BytesByKind.TryGetValue(kind, out var bytes))
        {
            throw new RasterException(
                RasterTrouble.PixelKind, $"pixels of GDAL's kind {kind} are not read: send 8 or 16 bits or floats");
        }

        var unpacked = (long)Width * Height * Bands * bytes;
        if (unpacked > UnpackedFreeBytes && unpacked / options.Limits.UnpackedTimesMax > fileBytes)
        {
            throw new RasterException(RasterTrouble.TooLarge, string.Create(
                CultureInfo.InvariantCulture,
                $"the header promises {unpacked} bytes of pixels in a file of {fileBytes}: it is damaged or hostile"));
        }

        int width, height;
        Gdal.GetBlockSize(band, &width, &height);
        if ((long)width * height * bytes > options.Limits.BlockBytesMax)
        {
            throw new RasterException(RasterTrouble.TooLarge, string.Create(
                CultureInfo.InvariantCulture,
                $"one block of the raster is {width} x {height} pixels: write it with smaller strips or tiles"));
        }

    }

    private void BlankNoData(Span<float> pixels)
    {
        if (noData is { } blank && !float.IsNaN(blank))
        {
            Blank(pixels, blank);
        }

        if (options.IsZeroNoData && noData != 0)
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

    private string? Metadata(string name) => Marshal.PtrToStringUTF8((nint)Gdal.GetMetadataItem(dataset, name, null));

    private static DateTimeOffset? ParseTime(string? text) => DateTimeOffset.TryParseExact(
        text, "yyyy:MM:dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
        ? at
        : null;
}
