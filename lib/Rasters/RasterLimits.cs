namespace MaritimeWatch.Rasters;

/// <summary>What a raster may hold; checked before a pixel is read.</summary>
public sealed record RasterLimits
{
    /// <summary>The usual limits.</summary>
    public static RasterLimits Default { get; } = new();

    /// <summary>Width times height times bands; default 2,000,000,000 (a Sentinel-1 GRD has about 900 million).</summary>
    public long PixelsMax { get; init; } = 2_000_000_000;

    /// <summary>Width or height, pixels; default 200,000.</summary>
    public int EdgePixelsMax { get; init; } = 200_000;

    /// <summary>Bands; default 32.</summary>
    public int BandsMax { get; init; } = 32;

    /// <summary>Bytes of one block (strip or tile), which GDAL holds whole; default 256 MB.</summary>
    public long BlockBytesMax { get; init; } = 256L << 20;

    /// <summary>
    /// How many times larger than the file its pixels may be, beyond 64 MB; default 200. Deflate reaches 1,000 on
    /// constant pixels, real scenes reach about 4.
    /// </summary>
    public int UnpackedTimesMax { get; init; } = 200;
}
