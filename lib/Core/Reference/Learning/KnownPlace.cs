using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference.Learning;

/// <summary>A place as it is or will be stored; one that a person drew (not learned) keeps its spot and its name.</summary>
internal sealed record KnownPlace(string Id, Position Where, bool IsLearned, JsonElement? Given, StayCluster? Seen)
{
    public static KnownPlace New(string id, StayCluster cluster) => new(id, cluster.Where, true, null, cluster);

    public static List<KnownPlace> Read(string kind, ReadOnlyMemory<byte> stored)
    {
        var places = new List<KnownPlace>();
        foreach (var feature in GeoJsonReader.Read(stored).Features)
        {
            var place = PlaceFeatures.ToPlace(kind, feature);
            var properties = feature.ReadProperties();
            var isLearned = properties.ValueKind == JsonValueKind.Object
                && properties.TryGetProperty("learned", out var learned) && learned.ValueKind == JsonValueKind.True;
            places.Add(new KnownPlace(place.Id, place.Where, isLearned, properties, null));
        }

        return places;
    }

    public KnownPlace With(StayCluster seen) => this with { Where = IsLearned ? seen.Where : Where, Seen = seen };
}
