using System.Security.Cryptography;
using System.Text.Json;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Functions.Evaluate;

/// <summary>
/// Ports as folders of Sentinel-2 bands with <c>ships_coco.json</c>. A folder holds one raster: every annotation belongs to
/// it, whatever its image_id. The near infrared (B08) is the main band, in which water is dark; the others are there for a detector that takes them.
/// </summary>
internal static class CocoPorts
{
    /// <summary>A ship is found where a centre lies within this of its own, metres.</summary>
    public const double CentreMetres = 30;

    private static readonly (SceneBand Band, string Number)[] Numbers =
    [
        (SceneBand.NearInfrared, "B08"), (SceneBand.Blue, "B02"), (SceneBand.Green, "B03"), (SceneBand.Red, "B04"),
        (SceneBand.ShortWaveInfrared, "B11"),
    ];

    private const string Labels = "ships_coco.json";

    /// <summary>Reads a port's folder, or a folder of them, in the order of names.</summary>
    /// <exception cref="FileNotFoundException">It is no such folder.</exception>
    /// <exception cref="RasterException">GDAL is absent, or a raster is damaged.</exception>
    /// <exception cref="InvalidDataException">The labels are damaged.</exception>
    public static IReadOnlyList<LabelledImage> Read(string folder)
    {
        var ports = File.Exists(Path.Combine(folder, Labels))
            ? [folder]
            : Directory.Exists(folder)
                ? Directory.GetDirectories(folder).Where(port => File.Exists(Path.Combine(port, Labels))).Order(StringComparer.Ordinal).ToArray()
                : [];
        return ports.Length > 0
            ? [.. ports.Select(Port)]
            : throw new FileNotFoundException($"{folder} holds no folder with {Labels}: that is what --coco takes");
    }

    private static LabelledImage Port(string folder)
    {
        var files = Numbers.Select(band => (band.Band, File: FileOf(folder, band.Number))).Where(band => band.File is not null).ToList();
        if (files.Count == 0 || files[0].Band != SceneBand.NearInfrared)
        {
            throw new FileNotFoundException($"{folder} has no band B08");
        }

        var rasters = new List<Raster>();
        try
        {
            rasters.AddRange(files.Select(band => Raster.Open(band.File!)));
            return new LabelledImage
            {
                Name = Path.GetFileName(folder.TrimEnd('/')),
                Hash = SHA256.HashData(File.ReadAllBytes(files[0].File!)),
                Image = new KeptImage([.. files.Zip(rasters, (band, raster) => (band.Band, (ISceneImage)raster))], 0),
                Ships = Ships(Path.Combine(folder, Labels)),
                CentreMetres = CentreMetres,
            };
        }
        finally
        {
            rasters.ForEach(raster => raster.Dispose());
        }
    }

    private static string? FileOf(string folder, string band) =>
        Directory.GetFiles(folder, $"*{band}*.tif*").Order(StringComparer.Ordinal).FirstOrDefault();

    private static List<LabelledBox> Ships(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), new JsonDocumentOptions { MaxDepth = 32 });
            return [.. json.RootElement.GetProperty("annotations").EnumerateArray().Select(Box)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    private static LabelledBox Box(JsonElement annotation)
    {
        var box = annotation.GetProperty("bbox");
        var (x, y) = (box[0].GetDouble(), box[1].GetDouble());
        return new LabelledBox(x, y, x + box[2].GetDouble(), y + box[3].GetDouble());
    }
}
