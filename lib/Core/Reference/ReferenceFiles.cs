using MaritimeWatch.GeoJson;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Reference.SeaLanes;

namespace MaritimeWatch.Reference;

/// <summary>Reads stored versions into a view.</summary>
internal static class ReferenceFiles
{
    private static readonly GeoJsonLimits Limits = new()
    {
        // What was taken must load, whatever the cut at the antimeridian and the canonical form have added.
        BytesMax = 512 << 20,
        FeatureVerticesMax = 1_000_000,
        VerticesMax = 12_000_000,
    };

    public static ReferenceView ToView(
        IReadOnlyDictionary<string, int> versions, Dictionary<string, ReadOnlyMemory<byte>> files, Coastline? coast,
        Func<SeaLaneNetwork?>? seaLanes)
    {
        var places = new List<AnchoragePoint>();
        foreach (var kind in (ReadOnlySpan<string>)[ReferenceKinds.Ports, ReferenceKinds.Anchorages, ReferenceKinds.Berths])
        {
            places.AddRange(Features(kind, files).Select(feature => PlaceFeatures.ToPlace(kind, feature)));
        }

        var zones = Features(ReferenceKinds.Zones, files)
            .Select(feature => (ZoneFeatures.ToZone(feature), feature.Geometry!))
            .ToList();
        return new ReferenceView(versions, zones, places, coast) { Lanes = Lanes(versions, files), LoadSeaLanes = seaLanes };
    }

    // Ships are watched without lanes too: what cannot be read is left out by name, and all else goes on.
    private static LaneAtlas Lanes(IReadOnlyDictionary<string, int> versions, Dictionary<string, ReadOnlyMemory<byte>> files)
    {
        if (!versions.TryGetValue(ReferenceKinds.Lanes, out var version))
        {
            return LaneAtlas.Empty;
        }

        try
        {
            return LaneFile.Read(files.TryGetValue(ReferenceKinds.Lanes, out var bytes)
                ? bytes
                : throw new ReferenceException("it is not in the store"));
        }
        catch (ReferenceException fault)
        {
            return new LaneAtlas([], [], long.MinValue) { Fault = $"version {version} of the lanes is left out: {fault.Message}" };
        }
    }

    private static IEnumerable<GeoJsonFeature> Features(string kind, Dictionary<string, ReadOnlyMemory<byte>> files)
    {
        if (!files.TryGetValue(kind, out var bytes))
        {
            return [];
        }

        try
        {
            var contents = GeoJsonReader.Read(bytes, Limits);
            return contents.Faults.Count == 0
                ? contents.Features
                : throw new ReferenceException($"the stored {kind} are damaged: {contents.Faults[0].Message}");
        }
        catch (GeoJsonException fault)
        {
            throw new ReferenceException($"the stored {kind} are damaged: {fault.Message}", fault);
        }
    }
}
