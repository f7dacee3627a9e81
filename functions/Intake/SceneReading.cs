using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Intake;

/// <summary>A scene as read from its file: where it lies, when it was taken, and the ships in it.</summary>
/// <param name="Description">What is known of it, from whoever sent it and from its own tags.</param>
/// <param name="Detections">The ships, numbered from 1, the surest where there were too many.</param>
/// <param name="LeftOut">How many more there were.</param>
internal sealed record SceneReading(SceneDescription Description, IReadOnlyList<SceneDetection> Detections, int LeftOut)
{
    /// <summary>Columns.</summary>
    public required int Width { get; init; }

    /// <summary>Rows.</summary>
    public required int Height { get; init; }

    /// <summary>Bands of the file.</summary>
    public required int Bands { get; init; }

    /// <summary>Size of a pixel on the ground, centimetres.</summary>
    public required int PixelCentimetres { get; init; }

    /// <summary>Its outline: the corners by way of the lower left, and points between where its edges are curved.</summary>
    public required IReadOnlyList<Position> Corners { get; init; }

    /// <summary>The boxes of the detections in the scene's pixels, in their order.</summary>
    public required IReadOnlyList<SceneWindow> Boxes { get; init; }

    /// <summary>What found the ships.</summary>
    public required IShipDetector Detector { get; init; }

    /// <summary>Why the learned detector did not find them, or null where it did.</summary>
    public string? WhyNotLearned { get; init; }

    /// <summary>What took it.</summary>
    public SceneSensor Sensor => Description.Sensor!.Value;

    /// <summary>The box around it.</summary>
    public GeoBox Box => GeoBox.Of([.. Corners]);

    /// <summary>Opens a file and finds the ships in it: the same for the door, the verb and the tests.</summary>
    /// <param name="path">A GeoTIFF on disk.</param>
    /// <param name="given">What whoever sent it says; what it does not say is taken from the file's tags.</param>
    /// <param name="land">Where land is, or null.</param>
    /// <param name="limits">What a raster may hold.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <param name="choice">Which detector is asked for.</param>
    /// <param name="detectors">The detectors there are; null takes those that came with the program.</param>
    /// <exception cref="RasterException">The file cannot be used: says what is wrong and what to do.</exception>
    /// <exception cref="Models.ModelException">The learned detector is asked for and cannot be used.</exception>
    public static SceneReading Read(
        string path,
        SceneDescription given,
        Coastline? land,
        RasterLimits limits,
        CancellationToken cancel,
        DetectorChoice choice = DetectorChoice.Best,
        ShipDetectors? detectors = null)
    {
        using var scene = SceneFile.Open(path, given, limits);
        return Read(scene, land, cancel, choice, detectors);
    }

    /// <summary>Finds the ships in a scene that is open.</summary>
    /// <param name="raster">The scene.</param>
    /// <param name="land">Where land is, or null.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <param name="choice">Which detector is asked for.</param>
    /// <param name="detectors">The detectors there are; null takes those that came with the program.</param>
    /// <exception cref="RasterException">It is damaged.</exception>
    /// <exception cref="Models.ModelException">The learned detector is asked for and cannot be used.</exception>
    public static SceneReading Read(
        SceneFile raster,
        Coastline? land,
        CancellationToken cancel,
        DetectorChoice choice = DetectorChoice.Best,
        ShipDetectors? detectors = null)
    {
        var (description, sensor) = (raster.Description, raster.Sensor);
        var (detector, whyNotLearned) = (detectors ?? ShipDetectors.Shipped).For(sensor, raster, choice);
        var found = detector.Detect(raster, land, Environment.ProcessorCount, cancel);
        var sure = found.Where(ship => ship.ConfidenceMilli >= detector.ConfidenceMilliMin && ship.Where is not null).ToList();
        var kept = sure.Count <= SceneEntry.DetectionsMax
            ? sure
            : [.. sure.OrderByDescending(ship => ship.ConfidenceMilli).Take(SceneEntry.DetectionsMax).OrderBy(ship => ship.Y).ThenBy(ship => ship.X)];
        var pixel = raster.PixelAt(raster.Width / 2.0, raster.Height / 2.0);
        return new SceneReading(description, [.. kept.Select(Numbered)], sure.Count - kept.Count)
        {
            Width = raster.Width,
            Height = raster.Height,
            Bands = raster.BandCount,
            PixelCentimetres = (int)Math.Round((pixel.WidthMetres + pixel.HeightMetres) * 50),
            Corners = raster.Outline(),
            Boxes = [.. kept.Select(ship => ship.Box)],
            Detector = detector,
            WhyNotLearned = whyNotLearned,
        };
    }

    private static SceneDetection Numbered(ShipDetection ship, int index) => new(
        index + 1, ship.Where!.Value.LatitudeE7, ship.Where.Value.LongitudeE7, ship.LengthMetres, ship.WidthMetres, ship.AxisDegrees, ship.ConfidenceMilli);
}
