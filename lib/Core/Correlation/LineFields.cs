using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Correlation;

/// <summary>The members of a line of an earlier stage. What is absent or of another type reads as null.</summary>
internal sealed class LineFields : IDisposable
{
    private readonly JsonDocument document;
    private readonly JsonElement properties;

    private LineFields(JsonDocument document, JsonElement properties) => (this.document, this.properties) = (document, properties);

    public static LineFields? TryRead(ReadOnlyMemory<byte> line)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("properties", out var properties)
                && properties.ValueKind == JsonValueKind.Object)
            {
                return new LineFields(document, properties);
            }
        }
        catch (JsonException)
        {
            // Counted by the caller.
        }

        document?.Dispose();
        return null;
    }

    public void Dispose() => document.Dispose();

    public string? Text(string name) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    public bool Flag(string name) => properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    public double? Number(string name) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    /// <summary>A whole number, also where it is written as text.</summary>
    public long? Whole(string name) => !properties.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed
        : null;

    public uint? Mmsi(string name) => Whole(name) is > 0 and <= 999_999_999 and var number ? (uint)number : null;

    public long? AtMs(string name) => Text(name) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? at.ToUnixTimeMilliseconds()
            : null;

    public string? Within(string name, string inner) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty(inner, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    public double? NumberWithin(string name, string inner) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty(inner, out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out var found) ? found : null;

    public List<string> Texts(string name, int max) =>
        properties.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(text => text.ValueKind == JsonValueKind.String).Select(text => text.GetString()!).Take(max)]
            : [];

    /// <summary>First and last place of a Point or LineString.</summary>
    public (Position? First, Position? Last) Places()
    {
        if (!document.RootElement.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object
            || !geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array
            || coordinates.GetArrayLength() == 0)
        {
            return (null, null);
        }

        return coordinates[0].ValueKind == JsonValueKind.Number
            ? (PlaceOf(coordinates), PlaceOf(coordinates))
            : (PlaceOf(coordinates[0]), PlaceOf(coordinates[coordinates.GetArrayLength() - 1]));
    }

    private static Position? PlaceOf(JsonElement pair) =>
        pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() >= 2
        && pair[0].ValueKind == JsonValueKind.Number && pair[1].ValueKind == JsonValueKind.Number
        && pair[0].GetDouble() is >= -180 and <= 180 and var longitude && pair[1].GetDouble() is >= -90 and <= 90 and var latitude
            ? Position.FromDegrees(latitude, longitude)
            : null;
}
