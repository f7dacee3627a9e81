using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings.Vehicles;

/// <summary>A finished journey as a line of the collection <c>journeys</c>. Tokens only; still personal data.</summary>
internal static class JourneyLine
{
    private const int IdBytes = 16;

    public static void Write(IBufferWriter<byte> target, Vehicle vehicle, Journey journey, long knownAtMs, RoadSense roads)
    {
        using var writer = new GeoJsonWriter(target);
        var id = IdOf(vehicle.Token, journey);
        writer.StartFeature(id);
        var places = new List<Position>();
        foreach (var stop in journey.Stops)
        {
            if (roads.Network.Find(stop.Camera) is { } camera && (places.Count == 0 || places[^1] != camera.Place))
            {
                places.Add(camera.Place);
            }
        }

        switch (places.Count)
        {
            case 0:
                writer.WriteNoGeometry();
                break;
            case 1:
                writer.WritePoint(places[0]);
                break;
            default:
                writer.WriteLineString([.. places]);
                break;
        }

        writer.StartProperties();
        var json = writer.Json;
        json.WriteString("id"u8, id);
        json.WriteString("subject"u8, "plate:" + vehicle.Token);
        json.WriteString("token"u8, vehicle.Token);
        json.WriteString("start_at"u8, Instants.ToText(journey.StartAtMs));
        json.WriteString("end_at"u8, Instants.ToText(journey.Last.LastSeenMs));
        json.WriteNumber("reads"u8, journey.Stops.Count);
        json.WriteStartArray("cameras"u8);
        foreach (var stop in journey.Stops)
        {
            json.WriteStringValue(stop.Camera);
        }

        json.WriteEndArray();
        json.WriteStartArray("times"u8);
        foreach (var stop in journey.Stops)
        {
            json.WriteNumberValue(stop.AtMs);
        }

        json.WriteEndArray();
        json.WriteString("route"u8, RouteOf(journey, roads));
        json.WriteString("candidate_of"u8, journey.CandidateOf);
        json.WriteNumber("candidate_permille"u8, journey.CandidatePermille);
        json.WriteString("known_at"u8, Instants.ToText(knownAtMs));
        json.WriteBoolean("simulated"u8, journey.IsSimulated);
        writer.EndFeature();
        writer.Flush();
    }

    private static string IdOf(string token, Journey journey)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"journey\n{token}\n{journey.Stops[0].Camera}\n{journey.StartAtMs}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, IdBytes));
    }

    /// <summary>The named route whose cameras these are, all of them in order; else null.</summary>
    private static string? RouteOf(Journey journey, RoadSense roads) => roads.Network.Routes
        .FirstOrDefault(route => route.Cameras.Count == journey.Stops.Count
            && route.Cameras.SequenceEqual(journey.Stops.Select(stop => stop.Camera), StringComparer.Ordinal))?.Id;
}
