using System.Buffers;
using System.Text.Json;
using MaritimeWatch.Log;

namespace MaritimeWatch.Feeds;

/// <summary>Turns a stored set of zones (one FeatureCollection) into lines as the read model takes them.</summary>
internal static class ZoneLines
{
    /// <summary>One line for each feature.</summary>
    /// <exception cref="StoreException">The stored set is damaged.</exception>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> collection)
    {
        var lines = new ArrayBufferWriter<byte>(collection.Length + 64);
        try
        {
            using var document = JsonDocument.Parse(collection);
            using var json = new Utf8JsonWriter(lines);
            foreach (var feature in document.RootElement.GetProperty("features").EnumerateArray())
            {
                feature.WriteTo(json);
                json.Flush();
                lines.Write("\n"u8);
                json.Reset();
            }
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StoreException(StoreTrouble.Stop, "the stored zones are damaged: add them anew", damage);
        }

        return lines.WrittenMemory;
    }
}
