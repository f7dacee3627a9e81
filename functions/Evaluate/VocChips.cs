using System.Globalization;
using System.Security.Cryptography;
using System.Xml;
using System.Xml.Linq;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Functions.Evaluate;

/// <summary>Radar chips as Pascal VOC keeps them: <c>JPEGImages/*.jpg</c> and <c>Annotations/*.xml</c>.</summary>
internal static class VocChips
{
    private const long AnnotationBytesMax = 4 << 20;

    /// <summary>Reads a folder, in the order of names.</summary>
    /// <exception cref="FileNotFoundException">It is no such folder.</exception>
    /// <exception cref="RasterException">GDAL is absent, or a picture is damaged.</exception>
    /// <exception cref="InvalidDataException">An annotation is damaged.</exception>
    public static IReadOnlyList<LabelledImage> Read(string folder)
    {
        var pictures = Path.Combine(folder, "JPEGImages");
        if (!Directory.Exists(pictures))
        {
            throw new FileNotFoundException($"{folder} has no folder JPEGImages (and Annotations): that is what --voc takes");
        }

        var files = Directory.GetFiles(pictures, "*.jpg").Order(StringComparer.Ordinal).ToArray();
        return [.. files.AsParallel().AsOrdered().WithDegreeOfParallelism(Environment.ProcessorCount).Select(file => Picture(folder, file))];
    }

    private static LabelledImage Picture(string folder, string file)
    {
        using var raster = Raster.Open(file, new RasterOptions { IsChip = true, MustBePlaced = false });
        var annotation = Path.Combine(folder, "Annotations", Path.GetFileNameWithoutExtension(file) + ".xml");
        return new LabelledImage
        {
            Name = Path.GetFileNameWithoutExtension(file),
            Hash = SHA256.HashData(File.ReadAllBytes(file)),
            Image = new KeptImage(SceneBand.Amplitude, raster),
            Ships = Ships(annotation),
        };
    }

    private static List<LabelledBox> Ships(string file)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = AnnotationBytesMax,
        };
        try
        {
            using var reader = XmlReader.Create(file, settings);
            return [.. XDocument.Load(reader).Descendants("bndbox").Select(Box)];
        }
        catch (Exception e) when (e is XmlException or FormatException)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    private static LabelledBox Box(XElement box) => new(Number(box, "xmin"), Number(box, "ymin"), Number(box, "xmax"), Number(box, "ymax"));

    private static double Number(XElement box, string name) =>
        double.Parse(box.Element(name)?.Value ?? throw new FormatException($"a box has no {name}"), CultureInfo.InvariantCulture);
}
