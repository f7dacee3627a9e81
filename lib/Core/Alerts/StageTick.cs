using System.Text.Json;

namespace MaritimeWatch.Alerts;

/// <summary>The body of a Tick entry: <c>at</c> as RFC 3339 text or as milliseconds since 1970 UTC.</summary>
internal static class StageTick
{
    public static long AtMs(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var at = JsonElement.ParseValue(ref reader).GetProperty("at");
            return at.ValueKind == JsonValueKind.Number ? at.GetInt64() : at.GetDateTimeOffset().ToUnixTimeMilliseconds();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"the tick is damaged: {e.Message}", e);
        }
    }
}
