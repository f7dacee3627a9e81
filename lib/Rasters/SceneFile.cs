using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Rasters.Safe;
using MaritimeWatch.Recognition;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Rasters;

/// <summary>
/// One scene as it lies on disk, with what is known of it: one GeoTIFF with all its bands, one GeoTIFF for each band
/// (Sentinel-2), or a Sentinel-1 GRD product (a SAFE folder or its zip), which is calibrated while it is read. What whoever
/// sent it says comes first, then what the files say. The grid is that of the finest file; coarser ones (B11: 20 m) are
/// interpolated onto it.
/// </summary>
public sealed class SceneFile : ISceneImage, IDisposable
{
    /// <summary>The most files of one scene.</summary>
    public const int FilesMax = 16;

    /// <summary>What took it where nobody says: a radar has one band or names polarisations.</summary>
    private const int OpticalBandsMin = 3;

    private readonly IReadOnlyList<Raster> rasters;
    private readonly List<BandSource> sources;
#pragma warning disable CA2213 // One of the rasters, which are all closed.
    private readonly Raster main;
#pragma warning restore CA2213
    private readonly SafeCalibration? calibration;
    private readonly DirectoryInfo? unpacked;

    private SceneFile(
        IReadOnlyList<Raster> rasters, SceneDescription description, SafeCalibration? calibration = null, DirectoryInfo? unpacked = null)
    {
        (this.rasters, this.calibration, this.unpacked) = (rasters, calibration, unpacked);
        main = rasters.MaxBy(raster => (long)raster.Width * raster.Height)!;
        sources = BandSource.Of(rasters, main);
        Bands = [.. sources.Select(source => source.Band)];
        MainBand = Math.Max(0, new BandPlan([], Bands).Main);
        Description = description with
        {
            AtMs = description.AtMs ?? main.TakenAt?.ToUnixTimeMilliseconds(),
            IsSimulated = description.IsSimulated
                || rasters.Any(raster => raster.Description?.StartsWith("SIMULATED", StringComparison.OrdinalIgnoreCase) == true),
        };
    }

    /// <summary>What is known of it, from whoever sent it and from its own tags; its sensor is always there.</summary>
    public SceneDescription Description { get; }

    /// <summary>What took it.</summary>
    public SceneSensor Sensor => Description.Sensor!.Value;

    /// <inheritdoc/>
    public int Width => main.Width;

    /// <inheritdoc/>
    public int Height => main.Height;

    /// <inheritdoc/>
    public IReadOnlyList<SceneBand> Bands { get; }

    /// <summary>Index in <see cref="Bands"/> of the band that a detector of one band takes: near infrared, red or the first.</summary>
    public int MainBand { get; }

    /// <summary>Its numbers are turned into the root of sigma nought by the product's table.</summary>
    public bool IsCalibrated => calibration is not null;

    /// <summary>The polarisation that is read of a product, or null where it is no product.</summary>
    public string? Polarisation { get; private init; }

    /// <summary>Bands of all its files, those that are not read too.</summary>
    public int BandCount => rasters.Sum(raster => raster.BandCount);

    /// <summary>Where the product's zip was unpacked to, until this is disposed; null where there was none.</summary>
    internal string? UnpackedTo => unpacked?.FullName;

    /// <summary>Opens a scene that is one file, or one product.</summary>
    /// <param name="path">A GeoTIFF on disk; or a SAFE folder, its manifest, or its zip.</param>
    /// <param name="given">What whoever sent it says.</param>
    /// <param name="limits">What a raster may hold.</param>
    /// <exception cref="RasterException">It cannot be used: says what is wrong and what to do.</exception>
    public static SceneFile Open(string path, SceneDescription given, RasterLimits limits) => Open([path], given, limits);

    /// <summary>Opens a scene of one or more files.</summary>
    /// <param name="paths">
    /// GeoTIFFs on disk, 1 to <see cref="FilesMax"/>. Of several each holds one band, named by the description's
    /// <see cref="SceneDescription.Bands"/> in this order, or by its name (<c>..._B08.tif</c>). Or one product.
    /// </param>
    /// <param name="given">What whoever sent it says.</param>
    /// <param name="limits">What each raster may hold, and all together.</param>
    /// <exception cref="RasterException">It cannot be used: says what is wrong and what to do.</exception>
    public static SceneFile Open(IReadOnlyList<string> paths, SceneDescription given, RasterLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfZero(paths.Count, nameof(paths));
        if (paths.Count > FilesMax)
        {
            throw new RasterException(RasterTrouble.TooLarge, $"a scene has up to {FilesMax} files, not {paths.Count}");
        }

        if (paths.Count == 1 && SafeProduct.FolderOf(paths[0]) is { } folder)
        {
            return OpenProduct(SafeProduct.Read(folder, Polarised(given)), given, limits, null);
        }

        if (paths.Count == 1 && SafeArchive.IsOne(paths[0]))
        {
            return Unpack(paths[0], given, limits);
        }

        var names = paths.Count > 1 ? Names(paths, given) : null;
        var opened = new List<Raster>(paths.Count);
        try
        {
            for (var index = 0; index < paths.Count; index++)
            {
                opened.Add(OpenOne(paths[index], given, names?[index] ?? (paths.Count == 1 ? given.Bands : null), limits));
            }

            return new SceneFile(opened, given with { Sensor = given.Sensor ?? Guess(opened) });
        }
        catch
        {
            opened.ForEach(raster => raster.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="RasterException">Damaged: a file breaks off there.</exception>
    public void Read(SceneWindow window, Span<float> target) => Read(window, MainBand, target);

    /// <inheritdoc/>
    /// <exception cref="RasterException">Damaged: a file breaks off there.</exception>
    public void Read(SceneWindow window, int band, Span<float> target)
    {
        sources[band].Read(window, target);
        calibration?.Apply(window, target);
    }

    /// <inheritdoc/>
    public Position? PositionAt(double x, double y) => main.PositionAt(x, y);

    /// <inheritdoc/>
    public GroundSize PixelAt(double x, double y) => main.PixelAt(x, y);

    /// <summary>
    /// The scene's outline, counter-clockwise on the map: its corners, the first pixel's first; of a scene that lies by
    /// control points also points along its edges, which are no straight lines on the map.
    /// </summary>
    /// <param name="perEdge">Points along each edge beside the corners where it is curved, 0 to 30.</param>
    public IReadOnlyList<Position> Outline(int perEdge = 7)
    {
        var steps = main.IsCurved ? Math.Clamp(perEdge, 0, 30) + 1 : 1;
        (double X, double Y)[] corners = [(0, 0), (0, Height), (Width, Height), (Width, 0)];
        var outline = new List<Position>(4 * steps);
        for (var corner = 0; corner < corners.Length; corner++)
        {
            var (from, to) = (corners[corner], corners[(corner + 1) % corners.Length]);
            for (var step = 0; step < steps; step++)
            {
                var part = step / (double)steps;
                outline.Add(PositionAt(from.X + (part * (to.X - from.X)), from.Y + (part * (to.Y - from.Y)))!.Value);
            }
        }

        if (IsClockwise(outline))
        {
            outline.Reverse(1, outline.Count - 1); // An ascending pass is stored with its south up.
        }

        return outline;
    }

    private static bool IsClockwise(List<Position> outline)
    {
        double East(Position place) => Longitudes.Wrap(place.LongitudeE7 - (long)outline[0].LongitudeE7);
        var twice = 0.0;
        for (var i = 0; i < outline.Count; i++)
        {
            var (a, b) = (outline[i], outline[(i + 1) % outline.Count]);
            twice += (East(a) * b.LatitudeE7) - (East(b) * a.LatitudeE7);
        }

        return twice < 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var raster in rasters)
        {
            raster.Dispose();
        }

        unpacked?.Delete(recursive: true);
    }

    private static SceneFile Unpack(string path, SceneDescription given, RasterLimits limits)
    {
        var folder = Directory.CreateTempSubdirectory("maritimewatch-safe-");
        try
        {
            return OpenProduct(SafeArchive.Read(path, folder.FullName, Polarised(given)), given, limits, folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    private static SceneFile OpenProduct(SafeProduct product, SceneDescription given, RasterLimits limits, DirectoryInfo? unpacked)
    {
#pragma warning disable CA2000 // The scene takes the raster over, or it is closed below.
        var raster = Raster.Open(product.Measurement, new RasterOptions
        {
            Limits = limits, NameOfOne = product.Polarisation, Sensor = SceneSensor.Sar, IsZeroNoData = true,
        });
#pragma warning restore CA2000
        try
        {
            return new SceneFile([raster], given.Or(product.Description) with { Sensor = SceneSensor.Sar }, product.Calibration, unpacked)
            {
                Polarisation = product.Polarisation,
            };
        }
        catch
        {
            raster.Dispose();
            throw;
        }
    }

    private static string? Polarised(SceneDescription given) => given.Bands?.Split(',') is [var one] ? one : null;

    private static string[] Names(IReadOnlyList<string> paths, SceneDescription given)
    {
        var names = given.Bands?.Split(',') ?? [.. paths.Select(path => BandNames.OfFile(path) ?? string.Empty)];
        return names.Length != paths.Count
            ? throw new RasterException(
                RasterTrouble.UnknownBands, $"{names.Length} bands were named for {paths.Count} files: name one for each file, in the order of the files")
            : names.Any(name => name.Length == 0) || names.Distinct(StringComparer.Ordinal).Count() < names.Length
            ? throw new RasterException(
                RasterTrouble.UnknownBands,
                $"{paths.Count} files, and nobody says which band each is: name them (--bands {BandNames.SentinelOrder}) in the order of the files")
            : names;
    }

    private static Raster OpenOne(string path, SceneDescription given, string? bands, RasterLimits limits)
    {
        var name = bands ?? (given.Band is null && given.Sensor != SceneSensor.Sar ? BandNames.OfFile(path) : null);
        var options = new RasterOptions
        {
            Limits = limits,
            Band = given.Band,
            Bands = bands,
            NameOfOne = name,
            Sensor = given.Sensor,
            IsSentinel2 = given.IsSentinel2,
            IsZeroNoData = true,
        };
        return Raster.Open(path, options);
    }

    private static SceneSensor Guess(List<Raster> rasters) =>
        rasters.Exists(raster => raster.Bands.Contains(SceneBand.Amplitude)) ? SceneSensor.Sar
        : rasters.Exists(raster => raster.Bands.Any(band => band != SceneBand.Unknown)) || rasters.Sum(raster => raster.BandCount) >= OpticalBandsMin
        ? SceneSensor.Optical
        : SceneSensor.Sar;
}
