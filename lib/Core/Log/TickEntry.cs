using System.Text;
using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Log;

/// <summary>The body of a <see cref="EntryKind.Tick"/> entry: <c>at</c> as RFC 3339 text or as milliseconds since 1970 UTC.</summary>
public static class TickEntry
{
    /// <summary>As the inbox carries it.</summary>
    /// <param name="atMs">The time, milliseconds since 1970 UTC.</param>
    public static byte[] ToBytes(long atMs) => Encoding.UTF8.GetBytes($$"""{"at":"{{Instants.ToText(atMs)}}"}""");

    /// <summary>The time that a tick says, milliseconds since 1970 UTC.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
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
