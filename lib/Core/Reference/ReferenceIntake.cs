using System.Buffers;
using System.Text.Json;
using MaritimeWatch.GeoJson;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference;

/// <summary>
/// Turns a file that somebody wrote into the form that is stored: each sound feature with an id, its shape in canonical
/// GeoJSON and its properties; what is unsound is named in the warnings.
/// </summary>
internal static class ReferenceIntake
{
    private const int WarningsMax = 100;

    public static TakenReference Take(string kind, ReadOnlyMemory<byte> utf8, bool isStrict)
    {
        ReferenceStore.CheckKind(kind);
        try
        {
            return kind switch
            {
                ReferenceKinds.Cameras => TakeCameras(utf8),
                ReferenceKinds.Lanes => TakeLanes(utf8),
                _ when kind == ReferenceKinds.Zones || ReferenceKinds.IsStoppingPlaces(kind) => TakeFeatures(kind, utf8, isStrict),
                _ => TakeOther(kind, utf8),
            };
        }
        catch (GeoJsonException fault)
        {
            throw new ReferenceException($"{kind}: {fault.Message}", fault);
        }
    }

    private static TakenReference TakeFeatures(string kind, ReadOnlyMemory<byte> utf8, bool isStrict)
    {
        var contents = GeoJsonReader.Read(utf8);
        var faults = contents.Faults.Select(fault => fault.Message).ToList();
        var notes = new List<string>();
        var taken = new List<StoredFeature>();
        var numberOfId = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var feature in contents.Features)
        {
            try
            {
                var stored = kind == ReferenceKinds.Zones ? ZoneFeatures.Take(feature, notes) : PlaceFeatures.Take(kind, feature, notes);
                if (!numberOfId.TryAdd(stored.Id, feature.Number))
                {
                    throw new ReferenceException($"its id {stored.Id} is that of feature {numberOfId[stored.Id]} already");
                }

                taken.Add(stored);
            }
            catch (ReferenceException fault)
            {
                faults.Add($"feature {feature.Number}: {fault.Message}");
            }
        }

        if ((isStrict && faults.Count > 0) || (taken.Count == 0 && faults.Count > 0))
        {
            var more = faults.Count == 1 ? string.Empty : $" (and {faults.Count - 1} more)";
            throw new ReferenceException($"{kind}: {faults[0]}{more}");
        }

        return new TakenReference(Write(kind, taken), taken.Count, faults.Count, Bound([.. faults, .. notes]));
    }

    /// <summary>A network holds together or is refused: a link without its camera would be a hole in every journey.</summary>
    private static TakenReference TakeCameras(ReadOnlyMemory<byte> utf8)
    {
        _ = TakeOther(ReferenceKinds.Cameras, utf8);
        var network = Cameras.CameraFile.Parse(utf8);
        return new TakenReference(utf8, network.All.Count + network.Links.Count + network.Routes.Count, 0, []);
    }

    /// <summary>An atlas is whole or refused: half of the lanes would make ships deviate from the other half.</summary>
    private static TakenReference TakeLanes(ReadOnlyMemory<byte> utf8) =>
        utf8.Length > GeoJsonLimits.Default.BytesMax
            ? throw new ReferenceException($"lanes: the file has {utf8.Length} bytes, more than {GeoJsonLimits.Default.BytesMax}")
            : new TakenReference(utf8, Lanes.LaneFile.Read(utf8).All.Count, 0, []);

    /// <summary>Kinds that other rooms will read: sound JSON within the same bounds is kept as it came.</summary>
    private static TakenReference TakeOther(string kind, ReadOnlyMemory<byte> utf8)
    {
        var limits = GeoJsonLimits.Default;
        if (utf8.Length > limits.BytesMax)
        {
            throw new ReferenceException($"{kind}: the file has {utf8.Length} bytes, more than {limits.BytesMax}");
        }

        try
        {
            var options = new JsonDocumentOptions { MaxDepth = limits.DepthMax, AllowDuplicateProperties = false };
            using var document = SoundJson.Parse(utf8, options);
            var root = document.RootElement;
            if (root.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            {
                throw new ReferenceException($"{kind}: the file is neither an object nor a list");
            }

            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("type", out var type)
                && type.ValueKind == JsonValueKind.String && type.ValueEquals("FeatureCollection"))
            {
                var contents = GeoJsonReader.Read(utf8, limits);
                return contents.Faults.Count > 0
                    ? throw new ReferenceException($"{kind}: {contents.Faults[0].Message}")
                    : new TakenReference(utf8, contents.Features.Count, 0, []);
            }

            return new TakenReference(utf8, root.ValueKind == JsonValueKind.Array ? root.GetArrayLength() : 1, 0, []);
        }
        catch (JsonException fault)
        {
            throw new ReferenceException($"{kind}: {JsonSlices.Describe(fault, limits.DepthMax)}", fault);
        }
    }

    private static ReadOnlyMemory<byte> Write(string kind, List<StoredFeature> features)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new GeoJsonWriter(buffer);
        json.StartCollection();
        json.Json.WriteString("kind"u8, kind);
        json.StartFeatures();
        foreach (var feature in features)
        {
            json.StartFeature(feature.Id);
            json.WriteGeometry(feature.Shape);
            json.StartProperties();
            foreach (var property in feature.Properties.ValueKind == JsonValueKind.Object ? feature.Properties.EnumerateObject() : default)
            {
                property.WriteTo(json.Json);
            }

            json.EndFeature();
        }

        json.EndFeatures();
        json.EndCollection();
        return buffer.WrittenMemory;
    }

    private static List<string> Bound(List<string> warnings) => warnings.Count <= WarningsMax
        ? warnings
        : [.. warnings[..(WarningsMax - 1)], $"and {warnings.Count - WarningsMax + 1} more"];
}

/// <summary>A file as it will be stored.</summary>
internal sealed record TakenReference(ReadOnlyMemory<byte> Bytes, int Kept, int Refused, IReadOnlyList<string> Warnings);

/// <summary>A feature as it will be stored.</summary>
internal sealed record StoredFeature(string Id, NetTopologySuite.Geometries.Geometry Shape, JsonElement Properties);
