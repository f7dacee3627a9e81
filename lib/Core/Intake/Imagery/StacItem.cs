using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Imagery;

/// <summary>
/// Reads what a STAC item (1.0 or 1.1) says of its scene: <c>datetime</c>, instruments or platform, and our own
/// <c>sensor</c>, <c>received_at</c> and <c>simulated</c>. Links and assets are never followed.
/// </summary>
public static class StacItem
{
    /// <summary>The largest item, bytes.</summary>
    public const int BytesMax = 1 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32, AllowDuplicateProperties = false };
    private static readonly string[] SensorMembers = ["sensor", "instruments", "constellation", "platform"];

    /// <summary>Reads an item.</summary>
    /// <param name="json">Its bytes, UTF-8.</param>
    /// <exception cref="FormatException">It is no STAC item, or a member says nothing sensible; the message says which.</exception>
    public static SceneDescription Read(ReadOnlyMemory<byte> json)
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
                ? OfProperties(properties)
                : throw new FormatException("the STAC item has no properties");
        }
        catch (JsonException e)
        {
            throw new FormatException($"the STAC item is no JSON: {e.Message}", e);
        }
    }

    private static SceneDescription OfProperties(JsonElement properties)
    {
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
}
