using System.Globalization;

#pragma warning disable CA1508 // GDAL writes through the pointers, which the analyzer does not see.

namespace MaritimeWatch.Rasters;

/// <summary>What a header promises is held against the limits before memory is spent on it.</summary>
internal static unsafe class RasterChecks
{
    private const long UnpackedFreeBytes = 64L << 20;

    // GDALDataType: Byte, UInt16, Int16, Float32, Float64, Int8 and their sizes.
    private static readonly Dictionary<int, int> BytesByKind = new() { [1] = 1, [2] = 2, [3] = 2, [6] = 4, [7] = 8, [14] = 1 };

    /// <summary>Width, height and bands.</summary>
    /// <exception cref="RasterException">There is nothing in it, or too much.</exception>
    public static void Size(ulong width, ulong height, ulong bands, RasterLimits limits, long fileBytes)
    {
        if (width == 0 || height == 0 || bands == 0)
        {
            throw new RasterException(RasterTrouble.NotGeoTiff, string.Create(
                CultureInfo.InvariantCulture, $"the header says {width} x {height} pixels in {bands} bands: there is no picture in it"));
        }

        if (width > (ulong)limits.EdgePixelsMax || height > (ulong)limits.EdgePixelsMax || bands > (ulong)limits.BandsMax
            || width * height > (ulong)limits.PixelsMax / bands)
        {
            throw new RasterException(RasterTrouble.TooLarge, string.Create(
                CultureInfo.InvariantCulture,
                $"the header says {width} x {height} x {bands} in a file of {fileBytes} bytes; at most {limits.PixelsMax} pixels, {limits.EdgePixelsMax} an edge and {limits.BandsMax} bands are taken: cut the scene"));
        }
    }

    /// <summary>The kind of its pixels, how much they unpack to, and the size of one block.</summary>
    /// <returns>True where its blocks are tiles, false where they are strips.</returns>
    /// <exception cref="RasterException">They are not read, or are more than the file can hold.</exception>
    public static bool Pixels(nint band, int width, int height, int bands, RasterLimits limits, long fileBytes)
    {
        var kind = Gdal.GetRasterDataType(band);
        if (!BytesByKind.TryGetValue(kind, out var bytes))
        {
            throw new RasterException(
                RasterTrouble.PixelKind, $"pixels of GDAL's kind {kind} are not read: send 8 or 16 bits or floats");
        }

        var unpacked = (long)width * height * bands * bytes;
        if (unpacked > UnpackedFreeBytes && unpacked / limits.UnpackedTimesMax > fileBytes)
        {
            throw new RasterException(RasterTrouble.TooLarge, string.Create(
                CultureInfo.InvariantCulture,
                $"the header promises {unpacked} bytes of pixels in a file of {fileBytes}: it is damaged or hostile"));
        }

        int blockWidth, blockHeight;
        Gdal.GetBlockSize(band, &blockWidth, &blockHeight);
        return (long)blockWidth * blockHeight * bytes * bands <= limits.BlockBytesMax
            ? blockWidth < width
            : throw new RasterException(RasterTrouble.TooLarge, string.Create(
                CultureInfo.InvariantCulture,
                $"one block of the raster is {blockWidth} x {blockHeight} pixels of {bands} bands: write it with smaller strips or tiles"));
    }
}
