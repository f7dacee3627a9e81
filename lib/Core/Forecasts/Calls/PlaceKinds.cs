using MaritimeWatch.GeoJson;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Forecasts.Calls;

/// <summary>What sort each stopping place of a store is, by id.</summary>
public static class PlaceKinds
{
    /// <summary>Reads the newest anchorages and berths. A file may hold both: then each place's own <c>kind</c> decides.</summary>
    /// <param name="reference">The store's reference data.</param>
    /// <param name="cancel">Stops the reading.</param>
    public static async Task<IReadOnlyDictionary<string, StoppingPlace>> ReadAsync(ReferenceStore reference, CancellationToken cancel)
    {
        var kinds = new Dictionary<string, StoppingPlace>(StringComparer.Ordinal);
        var versions = await reference.LatestVersionsAsync(cancel);
        foreach (var (kind, usual) in new[]
        {
            (ReferenceKinds.Anchorages, StoppingPlace.Anchorage), (ReferenceKinds.Berths, StoppingPlace.Berth),
        })
        {
            if (versions.TryGetValue(kind, out var version) && await reference.GetAsync(kind, version, cancel) is { } file)
            {
                foreach (var feature in GeoJsonReader.Read(file).Features)
                {
                    kinds[feature.Id!] = KindOf(feature) ?? usual;
                }
            }
        }

        return kinds;
    }

    private static StoppingPlace? KindOf(GeoJsonFeature feature)
    {
        var properties = feature.ReadProperties();
        return properties.ValueKind == System.Text.Json.JsonValueKind.Object
            ? LineText.Of(properties, "kind") switch
            {
                "berth" => StoppingPlace.Berth,
                "anchorage" => StoppingPlace.Anchorage,
                "port" => StoppingPlace.Port,
                _ => null,
            }
            : null;
    }
}
