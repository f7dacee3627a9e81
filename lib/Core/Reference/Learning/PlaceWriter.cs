using System.Buffers;
using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Learning;

/// <summary>Writes learned places as GeoJSON: points with id, kind, port, port_name, vessels, stays, median_stay_h.</summary>
internal static class PlaceWriter
{
    private const double MsPerTenthHour = 360_000;
    private static readonly HashSet<string> Ours = new(
        ["kind", "learned", "port", "port_name", "vessels", "stays", "median_stay_h"], StringComparer.Ordinal);

    public static ReadOnlyMemory<byte> Write(string kind, List<KnownPlace> places, Func<Position, AnchoragePoint?> portOf)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new GeoJsonWriter(buffer);
        json.StartCollection();
        json.StartFeatures();
        foreach (var place in places)
        {
            json.StartFeature(place.Id);
            json.WritePoint(place.Where);
            json.StartProperties();
            if (place.Seen is { } seen)
            {
                WriteSeen(json.Json, kind, place, seen, portOf(place.Where));
            }

            foreach (var property in place.Given is { ValueKind: JsonValueKind.Object } given ? given.EnumerateObject() : default)
            {
                if (place.Seen is null || !Ours.Contains(property.Name))
                {
                    property.WriteTo(json.Json);
                }
            }

            json.EndFeature();
        }

        json.EndFeatures();
        json.EndCollection();
        return buffer.WrittenMemory;
    }

    private static void WriteSeen(Utf8JsonWriter json, string kind, KnownPlace place, StayCluster seen, AnchoragePoint? near)
    {
        json.WriteString("kind"u8, kind == ReferenceKinds.Berths ? "berth"u8 : "anchorage"u8);
        json.WriteBoolean("learned"u8, place.IsLearned);
        var (port, name) = Named(place) ?? (near?.PortLocode, near?.PortName);
        if (port is not null)
        {
            json.WriteString("port"u8, port);
        }

        if (name is not null)
        {
            json.WriteString("port_name"u8, name);
        }

        json.WriteNumber("vessels"u8, seen.Vessels);
        json.WriteNumber("stays"u8, seen.Stays);
        json.WriteNumber("median_stay_h"u8, Math.Round(seen.MedianMs / MsPerTenthHour) / 10);
    }

    /// <summary>What a person wrote about a place outlives what is learned about it.</summary>
    private static (string? Port, string? Name)? Named(KnownPlace place)
    {
        if (place.IsLearned || place.Given is not { } given)
        {
            return null;
        }

        var (port, name) = (FeatureText.First(given, "port"), FeatureText.First(given, "port_name"));
        return port is null && name is null ? null : (port, name);
    }
}
