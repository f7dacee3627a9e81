using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Imagery;

/// <summary>
/// Reads what a STAC item (1.0 or 1.1) says of its scene: <c>datetime</c>, instruments or platform, <c>bands</c> or
/// <c>eo:bands</c> (of the item, or of its one GeoTIFF), and our own <c>sensor</c>, <c>received_at</c>, <c>simulated</c> and
/// the four facts of <see cref="RadarGeometry"/>. Links and assets are never followed.
/// </summary>
public static class StacItem
{
    /// <summary>The largest item, bytes.</summary>
    public const int BytesMax = 1 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };
    private static readonly string[] RadarMembers =
        ["slant_range_over_speed_s", "look_bearing_degrees", "incidence_degrees", "flight_bearing_degrees"];

    private static readonly string[] SensorMembers = ["sensor", "instruments", "constellation", "platform"];

    /// <summary>Reads an item.</summary>
    /// <param name="json">Its bytes, UTF-8.</param>
    /// <exception cref="FormatException">It is no STAC item, or a member says nothing sensible; the message says which.</exception>
    public static SceneDescription Read(ReadOnlyMemory<byte> json) => Parsed(json, OfItem);

    /// <summary>
    /// The files of a scene whose bands lie in GeoTIFFs of their own, as its assets name them: plain names of files that lie
    /// beside the item, with the band that each holds. Empty where the item names none.
    /// </summary>
    /// <param name="json">The item's bytes, UTF-8.</param>
    /// <exception cref="FormatException">It is no STAC item.</exception>
    public static IReadOnlyList<(string Band, string FileName)> Files(ReadOnlyMemory<byte> json) => Parsed(json, FilesOf);

    private static T Parsed<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T> read)
    {
        if (json.Length > BytesMax)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"the STAC item is larger than {BytesMax} bytes"));
        }

        try
        {
            using var document = SoundJson.Parse(json, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("properties", out var properties)
                && properties.ValueKind == JsonValueKind.Object
                ? read(document.RootElement)
                : throw new FormatException("the STAC item has no properties");
        }
        catch (JsonException e)
        {
            throw new FormatException($"the STAC item is no JSON: {e.Message}", e);
        }
    }

    private static SceneDescription OfItem(JsonElement item)
    {
        var properties = item.GetProperty("properties");
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (string[])["datetime", "received_at"])
        {
            if (TextOf(properties, name) is { } text)
            {
                facts[name == "datetime" ? "at" : name] = text;
            }
        }

        foreach (var name in SensorMembers)
        {
            if (SceneSensors.TryParse(TextOf(properties, name), out var sensor))
            {
                facts["sensor"] = SceneSensors.NameOf(sensor);
                break;
            }
        }

        if (facts.GetValueOrDefault("sensor") != SceneSensors.NameOf(SceneSensor.Sar)
            && SensorMembers.Any(name => SceneSensors.IsSentinel2(TextOf(properties, name))))
        {
            facts["sensor"] = SceneSensors.Sentinel2;
        }

        foreach (var name in RadarMembers)
        {
            if (properties.TryGetProperty(name, out var number) && number.ValueKind == JsonValueKind.Number)
            {
                facts[name] = number.GetRawText();
            }
        }

        if ((BandsOf(properties) ?? OneImage(item)) is { } bands)
        {
            facts["bands"] = bands;
        }

        if (properties.TryGetProperty("simulated", out var simulated) && simulated.ValueKind == JsonValueKind.True)
        {
            facts["simulated"] = "true";
        }

        return SceneDescription.From(facts);
    }

    // The first of an array, as "instruments" is one.
    private static string? TextOf(JsonElement properties, string name) =>
        !properties.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.String ? value[0].GetString()
        : null;

    // The bands of the one image among the assets; of several each has its own.
    private static string? OneImage(JsonElement item)
    {
        var images = Images(item).ToList();
        return images.Count == 1 ? BandsOf(images[0].Value) : null;
    }

    private static IEnumerable<JsonProperty> Images(JsonElement item) =>
        item.TryGetProperty("assets", out var assets) && assets.ValueKind == JsonValueKind.Object
            ? assets.EnumerateObject().Where(asset => asset.Value.ValueKind == JsonValueKind.Object
                && TextOf(asset.Value, "type")?.StartsWith("image/tiff", StringComparison.OrdinalIgnoreCase) == true)
            : [];

    // Names, or objects with a name or a common name; null where one is not known.
    private static string? BandsOf(JsonElement element)
    {
        foreach (var member in (string[])["bands", "eo:bands"])
        {
            if (element.TryGetProperty(member, out var bands) && bands.ValueKind == JsonValueKind.Array
                && bands.GetArrayLength() is > 0 and <= BandNames.NamesMax)
            {
                var names = bands.EnumerateArray().Select(NameOf).ToList();
                return names.Contains(null) || names.Distinct(StringComparer.Ordinal).Count() < names.Count ? null : string.Join(',', names);
            }
        }

        return null;
    }

    private static string? NameOf(JsonElement band) => band.ValueKind == JsonValueKind.String ? BandNames.Canonical(band.GetString())
        : band.ValueKind != JsonValueKind.Object ? null
        : BandNames.Canonical(TextOf(band, "eo:common_name")) ?? BandNames.Canonical(TextOf(band, "common_name")) ?? BandNames.Canonical(TextOf(band, "name"));

    private static List<(string Band, string FileName)> FilesOf(JsonElement item)
    {
        var files = new List<(string Band, string FileName)>();
        foreach (var asset in Images(item).Take(BandNames.NamesMax))
        {
            var href = TextOf(asset.Value, "href") ?? string.Empty;
            var name = href.StartsWith("./", StringComparison.Ordinal) ? href[2..] : href;
            if ((BandsOf(asset.Value) ?? BandNames.Canonical(asset.Name)) is { } band && !band.Contains(',', StringComparison.Ordinal)
                && name.Length > 0 && name == Path.GetFileName(name) && !name.Contains(':', StringComparison.Ordinal)
                && !files.Exists(file => file.Band == band))
            {
                files.Add((band, name));
            }
        }

        return files;
    }
}
