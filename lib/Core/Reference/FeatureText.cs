using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.GeoJson;

namespace MaritimeWatch.Reference;

/// <summary>Reads names and ids out of features that others wrote.</summary>
internal static class FeatureText
{
    private const int IdLengthMax = 64;
    private const int NameLengthMax = 200;

    /// <summary>The first of some properties that holds text or a number.</summary>
    public static string? First(JsonElement properties, params ReadOnlySpan<string> names)
    {
        if (properties.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var name in names)
        {
            if (properties.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            {
                var text = value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : value.GetRawText();
                if (text.Length > 0)
                {
                    return text.Length > NameLengthMax ? text[..NameLengthMax] : text;
                }
            }
        }

        return null;
    }

    /// <summary>The feature's own id, in the feature or in its properties, as it is written there.</summary>
    public static string? GivenId(GeoJsonFeature feature, JsonElement properties) =>
        feature.Id is { Length: > 0 } id ? id : First(properties, "id", "@id", "zone_id", "osm_id");

    /// <summary>An id of <c>[A-Za-z0-9._-]{1,64}</c>; other characters become '-'.</summary>
    public static string Bend(string id)
    {
        var text = new StringBuilder(Math.Min(id.Length, IdLengthMax));
        foreach (var rune in id.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (text.Length == IdLengthMax)
            {
                break;
            }

            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            var isPlain = rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || (char)rune.Value is '.' or '_' or '-');
            text.Append(isPlain ? (char)rune.Value : '-');
        }

        return text.ToString();
    }
}
