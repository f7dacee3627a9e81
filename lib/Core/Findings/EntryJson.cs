using System.Globalization;
using System.Text.Json;

namespace MaritimeWatch.Findings;

/// <summary>The small JSON bodies of Tick and Reference entries.</summary>
internal static class EntryJson
{
    public static long Time(ReadOnlySpan<byte> body, string property)
    {
        var value = Parse(body).GetProperty(property);
        return value.ValueKind == JsonValueKind.Number
            ? value.GetInt64()
            : DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                .ToUnixTimeMilliseconds();
    }

    public static (string Kind, int Version) Reference(ReadOnlySpan<byte> body)
    {
        var root = Parse(body);
        return (root.GetProperty("kind").GetString()!, root.GetProperty("version").GetInt32());
    }

    private static JsonElement Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return JsonElement.ParseValue(ref reader);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"the entry is no JSON: {e.Message}", e);
        }
    }
}
