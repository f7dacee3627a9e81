namespace MaritimeWatch.Intake.Imagery;

/// <summary>
/// Names of bands, as options, STAC items and a file's own descriptions spell them: Sentinel-2's numbers (<c>B02</c>,
/// <c>B2</c>), the common names of STAC's <c>eo</c> extension (<c>blue</c>, <c>nir</c>) and radar polarisations (<c>VV</c>).
/// </summary>
public static class BandNames
{
    /// <summary>The order that is usual where Sentinel-2's bands lie in one file: four, or five with the last.</summary>
    public const string SentinelOrder = "B02,B03,B04,B08,B11";

    /// <summary>The most names in a list.</summary>
    public const int NamesMax = 32;

    private const int TextLengthMax = 400;

    private static readonly Dictionary<string, string> Common = new(StringComparer.Ordinal)
    {
        ["COASTAL"] = "B01",
        ["BLUE"] = "B02",
        ["GREEN"] = "B03",
        ["RED"] = "B04",
        ["NIR"] = "B08",
        ["NIR08"] = "B8A",
        ["SWIR16"] = "B11",
        ["SWIR1"] = "B11",
        ["SWIR22"] = "B12",
        ["SWIR2"] = "B12",
        ["VV"] = "VV",
        ["VH"] = "VH",
        ["HH"] = "HH",
        ["HV"] = "HV",
    };

    private static readonly char[] Separators = [' ', ',', ';', ':', '_', '-', '/', '.', '(', ')', '\t'];

    /// <summary>The one spelling of a name, <c>B02</c> or <c>VV</c>, or null where the text names no band that is known.</summary>
    /// <param name="text">A name, or a description that holds one (<c>B8, central wavelength 842 nm</c>, <c>Sigma0_VV</c>).</param>
    public static string? Canonical(string? text)
    {
        if (text is null || text.Length > TextLengthMax)
        {
            return null;
        }

        foreach (var part in text.ToUpperInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Common.TryGetValue(part, out var name) || (name = Numbered(part)) is not null)
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>Reads a list such as <c>B02,B03,B04,B08</c>, in the order in which the bands lie in the file or files.</summary>
    /// <returns>The names in their one spelling, with commas.</returns>
    /// <exception cref="FormatException">It names a band that is not known, or one twice.</exception>
    public static string Parse(string list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var names = list.Length <= TextLengthMax ? list.Split(',', StringSplitOptions.TrimEntries) : [];
        if (names.Length is 0 or > NamesMax)
        {
            throw new FormatException($"bands is a list of up to {NamesMax} names such as {SentinelOrder}");
        }

        for (var index = 0; index < names.Length; index++)
        {
            names[index] = Canonical(names[index]) ?? throw new FormatException(
                $"bands names \"{names[index]}\": give B02, B03, B04, B08, B11 (or blue, green, red, nir, swir16), or VV, VH, HH, HV");
        }

        return names.Distinct(StringComparer.Ordinal).Count() == names.Length
            ? string.Join(',', names)
            : throw new FormatException($"bands is \"{list}\": no band can be there twice");
    }

    /// <summary>The band that a file's name ends with, as those of Sentinel-2 do (<c>T32VPK_20230611_B08_10m.tif</c>), or null.</summary>
    public static string? OfFile(string path)
    {
        const int PartsMax = 2;
        var parts = Path.GetFileNameWithoutExtension(path).ToUpperInvariant().Split('_', '-');
        return parts.Reverse().Take(PartsMax).Select(Numbered).FirstOrDefault(name => name is not null);
    }

    // B8 is B08; B8A is a band of its own, 20 m wide and narrower in colour.
    private static string? Numbered(string part)
    {
        if (part.Length is < 2 or > 3 || part[0] != 'B')
        {
            return null;
        }

        var digits = part.AsSpan(1);
        return digits is "8A" ? "B8A"
            : int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
                && number is >= 1 and <= 12
            ? "B" + number.ToString("00", System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }
}
