namespace MaritimeWatch.Rasters;

/// <summary>How a raster is opened.</summary>
public sealed record RasterOptions
{
    /// <summary>Its limits.</summary>
    public RasterLimits Limits { get; init; } = RasterLimits.Default;

    /// <summary>Which band, from 1; null takes the first, or the fourth by <see cref="IsNearInfraredFourth"/>.</summary>
    public int? Band { get; init; }

    /// <summary>Of a file with four bands or more the fourth is taken: B02 B03 B04 B08 is the usual order of Sentinel-2.</summary>
    public bool IsNearInfraredFourth { get; init; }

    /// <summary>A pixel of exactly 0 is no data, as in the frame around a radar scene.</summary>
    public bool IsZeroNoData { get; init; }

    /// <summary>It must say where it lies; default true.</summary>
    public bool MustBePlaced { get; init; } = true;

    /// <summary>
    /// A JPEG chip for evaluation instead of a GeoTIFF; default false. Never set it for what a door took.
    /// </summary>
    public bool IsChip { get; init; }
}
