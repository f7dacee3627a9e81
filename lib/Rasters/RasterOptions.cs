using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Rasters;

/// <summary>How a raster is opened.</summary>
public sealed record RasterOptions
{
    /// <summary>Its limits.</summary>
    public RasterLimits Limits { get; init; } = RasterLimits.Default;

    /// <summary>The one band that is read, from 1; null takes those that are named, see <see cref="BandPlan"/>.</summary>
    public int? Band { get; init; }

    /// <summary>What the file's bands are, in their order, as <see cref="BandNames.Parse"/> spells them; null asks the file.</summary>
    public string? Bands { get; init; }

    /// <summary>What one band alone is where the file does not say: its name in its one spelling, such as from the file's name.</summary>
    public string? NameOfOne { get; init; }

    /// <summary>What took it; null where nobody says.</summary>
    public SceneSensor? Sensor { get; init; }

    /// <summary>Sentinel-2 took it: four or five unnamed bands are <see cref="BandNames.SentinelOrder"/>; default false.</summary>
    public bool IsSentinel2 { get; init; }

    /// <summary>A pixel of exactly 0 is no data, as in the frame around a radar scene.</summary>
    public bool IsZeroNoData { get; init; }

    /// <summary>It must say where it lies; default true.</summary>
    public bool MustBePlaced { get; init; } = true;

    /// <summary>
    /// A JPEG chip for evaluation instead of a GeoTIFF, of which the first band is read; default false. Never set it for
    /// what a door took.
    /// </summary>
    public bool IsChip { get; init; }

    /// <summary>
    /// How many threads may decode at once, each with a handle of its own, 1 to 16; null takes 1 for strips (two handles
    /// would unpack the same strips twice) and up to 4 for tiles.
    /// </summary>
    public int? HandlesMax { get; init; }
}
