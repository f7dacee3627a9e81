namespace MaritimeWatch.Rasters;

/// <summary>What is wrong with a raster. Names are part of counts and messages.</summary>
public enum RasterTrouble
{
    /// <summary>GDAL is not installed: install it.</summary>
    LibraryMissing,

    /// <summary>The file is no GeoTIFF (empty, another format, a description that points elsewhere): send a GeoTIFF.</summary>
    NotGeoTiff,

    /// <summary>Its header promises more pixels than are taken, or than its bytes can hold: cut it into pieces.</summary>
    TooLarge,

    /// <summary>Its pixels are of a kind that is not read: send 8 or 16 bits or 32-bit floats.</summary>
    PixelKind,

    /// <summary>It does not say where it lies on the earth, or in a system that GDAL does not know: add it.</summary>
    NotPlaced,

    /// <summary>Nobody says which of its bands is which: name them.</summary>
    UnknownBands,

    /// <summary>Its files do not lie on one grid, or its folder lacks a part: send all of one scene.</summary>
    NotOneScene,

    /// <summary>It breaks off or its pixels cannot be unpacked: send it again.</summary>
    Damaged,
}

/// <summary>Trouble with a raster, with what to do.</summary>
public sealed class RasterException : Exception
{
    /// <summary>Says what is wrong and what to do.</summary>
    public RasterException(RasterTrouble trouble, string message, Exception? inner = null)
        : base(message, inner) => Trouble = trouble;

    /// <summary>What is wrong.</summary>
    public RasterTrouble Trouble { get; }
}
