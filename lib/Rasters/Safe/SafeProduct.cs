using System.Xml.Linq;
using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Rasters.Safe;

/// <summary>
/// A Sentinel-1 GRD product: the folder <c>....SAFE</c> with <c>manifest.safe</c>, <c>measurement/*.tiff</c>,
/// <c>annotation/*.xml</c> and <c>annotation/calibration/*.xml</c>. Its files are found by their names beside one another;
/// no path that a file of it states is followed. Source: Sentinel-1 product specification, S1-RS-MDA-52-7441.
/// </summary>
/// <param name="Measurement">The GeoTIFF of the polarisation that is read.</param>
/// <param name="Polarisation">Which: <c>VH</c>.</param>
/// <param name="Description">What the product says of the scene.</param>
/// <param name="Calibration">Its table, or null where it has none: then the numbers stay as they are.</param>
internal sealed record SafeProduct(string Measurement, string Polarisation, SceneDescription Description, SafeCalibration? Calibration)
{
    /// <summary>The name of the file that makes a folder a product.</summary>
    public const string Manifest = "manifest.safe";

    private const int AnnotationsMax = 16;

    // Beyond this the sea is so dark in VV or HH that the noise of the crossed channel hides small ships first.
    private const double CrossedUpToDegrees = 45;

    private static readonly string[] CrossedFirst = ["VH", "HV", "VV", "HH"];
    private static readonly string[] SameFirst = ["HH", "VV", "VH", "HV"];

    /// <summary>The folder of the product that a path names (the folder, or its manifest), or null where it names none.</summary>
    public static string? FolderOf(string path)
    {
        var folder = Directory.Exists(path) ? path
            : Path.GetFileName(path).Equals(Manifest, StringComparison.OrdinalIgnoreCase) ? Path.GetDirectoryName(Path.GetFullPath(path))
            : null;
        return folder is not null && File.Exists(Path.Combine(folder, Manifest)) ? folder : null;
    }

    /// <summary>Reads what a product says, and chooses the polarisation.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="wanted">The polarisation that was asked for, or null.</param>
    /// <exception cref="RasterException">A part is missing or damaged, or the product is no GRD.</exception>
    public static SafeProduct Read(string folder, string? wanted)
    {
        _ = SafeXml.Load(Path.Combine(folder, Manifest));
        var annotations = Files(Path.Combine(folder, "annotation"), "*.xml").Take(AnnotationsMax)
            .Select(path => (Path: path, Root: SafeXml.Load(path)))
            .Where(file => file.Root.Text("polarisation") is not null)
            .ToDictionary(file => file.Root.Text("polarisation")!.ToUpperInvariant(), StringComparer.Ordinal);
        if (annotations.Count == 0)
        {
            throw new RasterException(RasterTrouble.NotOneScene, "the product has no annotation: send the whole folder");
        }

        var incidence = annotations.Values.First().Root.Number("incidenceAngleMidSwath") ?? 0;
        var polarisation = wanted ?? (incidence <= CrossedUpToDegrees ? CrossedFirst : SameFirst).FirstOrDefault(annotations.ContainsKey);
        if (polarisation is null || !annotations.TryGetValue(polarisation, out var chosen))
        {
            throw new RasterException(
                RasterTrouble.UnknownBands, $"the product has {string.Join(',', annotations.Keys.Order(StringComparer.Ordinal))}, not {polarisation}");
        }

        return Of(folder, polarisation, chosen.Path, chosen.Root);
    }

    private static SafeProduct Of(string folder, string polarisation, string path, XElement annotation)
    {
        if (annotation.Text("productType") is { } type && type != "GRD")
        {
            throw SafeXml.Wrong(path, $"it is a {type} product, and only GRD (ground range, detected) is read");
        }

        var name = Path.GetFileNameWithoutExtension(path);
        var measurement = Files(Path.Combine(folder, "measurement"), name + ".tif*").FirstOrDefault()
            ?? throw new RasterException(RasterTrouble.NotOneScene, $"the product lacks measurement/{name}.tiff: send the whole folder");
        var (start, stop) = (annotation.Time("startTime"), annotation.Time("stopTime"));
        var at = start is null || stop is null ? start : start + ((stop - start) / 2);
        var calibration = Files(Path.Combine(folder, "annotation", "calibration"), $"calibration-{name}.xml").FirstOrDefault();
        return new SafeProduct(
            measurement,
            polarisation,
            new SceneDescription
            {
                AtMs = at?.ToUnixTimeMilliseconds(),
                Sensor = SceneSensor.Sar,
                Radar = at is null ? null : SafeGeometry.Of(annotation, at.Value),
            },
            calibration is null ? null : SafeCalibration.Read(calibration));
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, pattern, new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive, AttributesToSkip = FileAttributes.ReparsePoint })
            .Order(StringComparer.Ordinal)
        : [];
}
