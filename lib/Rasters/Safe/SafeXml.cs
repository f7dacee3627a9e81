using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace MaritimeWatch.Rasters.Safe;

/// <summary>Reads the XML of a product within bounds: no document type, nothing from outside.</summary>
internal static class SafeXml
{
    /// <summary>The largest file, bytes: an annotation has about 2 MB.</summary>
    public const long BytesMax = 64L << 20;

    /// <summary>Reads a file.</summary>
    /// <exception cref="RasterException">It is no XML, or too large.</exception>
    public static XElement Load(string path)
    {
        if (new FileInfo(path).Length > BytesMax)
        {
            throw Wrong(path, $"it is larger than {BytesMax >> 20} MiB");
        }

        try
        {
            using var file = File.OpenRead(path);
            using var reader = XmlReader.Create(file, new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = BytesMax,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
            });
            return XDocument.Load(reader).Root!;
        }
        catch (XmlException e)
        {
            throw new RasterException(RasterTrouble.Damaged, $"{Path.GetFileName(path)} is no sound XML: {e.Message}", e);
        }
    }

    /// <summary>Elements of a name anywhere below, whatever their namespace.</summary>
    public static IEnumerable<XElement> All(this XElement from, string name) => from.Descendants().Where(element => element.Name.LocalName == name);

    /// <summary>The text of the first element of a name, or null.</summary>
    public static string? Text(this XElement from, string name) => from.All(name).FirstOrDefault()?.Value.Trim();

    /// <summary>The number in the first element of a name, or null where there is none or it is none.</summary>
    public static double? Number(this XElement from, string name) =>
        double.TryParse(from.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>The time in the first element of a name (UTC without a zone, as products write it), or null.</summary>
    public static DateTimeOffset? Time(this XElement from, string name) => DateTimeOffset.TryParse(
        from.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;

    /// <summary>What is wrong with a file of the product.</summary>
    public static RasterException Wrong(string path, string why) =>
        new(RasterTrouble.NotOneScene, $"{Path.GetFileName(path)} of the product cannot be used: {why}");
}
