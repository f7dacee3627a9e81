using System.Buffers;
using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Lanes;

namespace MaritimeWatch.Feeds;

/// <summary>Turns stored lanes of the traffic into lines as the read model takes them: what people want to see of each.</summary>
internal static class LaneLines
{
    /// <summary>One line for each lane; none where the stored lanes do not read: they are left out of the watch too.</summary>
    public static (ReadOnlyMemory<byte> Lines, IReadOnlyCollection<string> Ids) Of(ReadOnlyMemory<byte> stored)
    {
        var lines = new ArrayBufferWriter<byte>(1024);
        var ids = new List<string>();
        try
        {
            using var json = new Utf8JsonWriter(lines);
            var atlas = LaneFile.Read(stored);
            foreach (var prior in atlas.Priors)
            {
                ids.Add(prior.Id);
                prior.WriteShown(json);
                json.Flush();
                lines.Write("\n"u8);
                json.Reset();
            }

            foreach (var lane in atlas.All)
            {
                ids.Add(lane.Id);
                json.WriteStartObject();
                json.WriteString("type"u8, "Feature"u8);
                json.WriteString("id"u8, lane.Id);
                json.WritePropertyName("geometry"u8);
                GeoJsonGeometry.WriteLineString(json, [.. lane.Stations.Select(station => station.Place)]);
                json.WriteStartObject("properties"u8);
                LaneFeature.WriteShown(json, lane);
                json.WriteEndObject();
                json.WriteEndObject();
                json.Flush();
                lines.Write("\n"u8);
                json.Reset();
            }
        }
        catch (ReferenceException)
        {
            return (default, []);
        }

        return (lines.WrittenMemory, ids);
    }
}
