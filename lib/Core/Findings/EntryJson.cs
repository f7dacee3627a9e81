using System.Text.Json;

namespace MaritimeWatch.Findings;

/// <summary>The small JSON body of a Reference entry.</summary>
internal static class EntryJson
{
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
