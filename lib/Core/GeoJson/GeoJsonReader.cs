using System.Text.Json;

namespace MaritimeWatch.GeoJson;

/// <summary>
/// Reads GeoJSON (RFC 7946) that strangers wrote: a FeatureCollection, a Feature or a bare geometry. What is unsound
/// in one feature refuses that feature alone and says which and why; what is unsound in the file refuses the file.
/// Accepted though unusual: rings that turn the wrong way, a third coordinate, longitudes up to a turn beyond 180, empty
/// coordinates (a null geometry, 3.1), foreign members, a byte order mark.
/// </summary>
public static class GeoJsonReader
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="limits">Bounds, or null for the defaults.</param>
    /// <exception cref="GeoJsonException">The file as a whole is not GeoJSON, or too large or too deep.</exception>
    public static GeoJsonContents Read(ReadOnlyMemory<byte> utf8, GeoJsonLimits? limits = null)
    {
        limits ??= GeoJsonLimits.Default;
        if (utf8.Length > limits.BytesMax)
        {
            throw new GeoJsonException($"the file has {utf8.Length} bytes, more than {limits.BytesMax}");
        }

        var bytes = JsonSlices.Checked(utf8);
        var features = new List<GeoJsonFeature>();
        var faults = new List<GeoJsonFault>();
        try
        {
            ReadFile(bytes, new GeometryReader(limits), limits, features, faults);
        }
        catch (JsonException fault)
        {
            throw new GeoJsonException(JsonSlices.Describe(fault, limits.DepthMax), fault);
        }

        return new GeoJsonContents(features, faults);
    }

    private static void ReadFile(
        ReadOnlyMemory<byte> bytes, GeometryReader geometries, GeoJsonLimits limits, List<GeoJsonFeature> features, List<GeoJsonFault> faults)
    {
        // This pass goes over every byte, so that later ones meet sound JSON only.
        var members = JsonSlices.Members(bytes.Span, "the file", limits.DepthMax, checkEnd: true);
        RefuseOtherDatum(bytes.Span, members);
        var type = JsonSlices.Text(bytes.Span, members, "type");
        switch (type)
        {
            case "FeatureCollection":
                ReadCollection(bytes, members, geometries, limits, features, faults);
                break;
            case "Feature":
                ReadOne(bytes, 1, geometries, limits, features, faults);
                break;
            case not null when GeometryReader.IsKnown(type):
                ReadBare(bytes, geometries, features, faults);
                break;
            default:
                throw new GeoJsonException(type is null
                    ? "the file is JSON but has no \"type\", so it is not GeoJSON"
                    : $"\"type\" is \"{JsonSlices.Short(type)}\", which GeoJSON does not have");
        }
    }

    private static void ReadCollection(
        ReadOnlyMemory<byte> bytes,
        Dictionary<string, Range> members,
        GeometryReader geometries,
        GeoJsonLimits limits,
        List<GeoJsonFeature> features,
        List<GeoJsonFault> faults)
    {
        if (!members.TryGetValue("features", out var range) || bytes.Span[range][0] != (byte)'[')
        {
            throw new GeoJsonException("the FeatureCollection has no list of \"features\"");
        }

        var number = 0;
        foreach (var slice in JsonSlices.Items(bytes[range], limits.DepthMax))
        {
            if (++number > limits.FeaturesMax)
            {
                throw new GeoJsonException($"there are more than {limits.FeaturesMax} features");
            }

            ReadOne(slice, number, geometries, limits, features, faults);
        }
    }

    private static void ReadOne(
        ReadOnlyMemory<byte> bytes,
        int number,
        GeometryReader geometries,
        GeoJsonLimits limits,
        List<GeoJsonFeature> features,
        List<GeoJsonFault> faults)
    {
        try
        {
            JsonSlices.RefuseTwins(bytes.Span, limits.DepthMax);
            features.Add(ReadFeature(bytes, number, geometries, limits));
        }
        catch (GeoJsonException fault) when (!fault.IsWholeFile)
        {
            faults.Add(new GeoJsonFault(number, $"feature {number}: {fault.Message}"));
        }
    }

    private static GeoJsonFeature ReadFeature(ReadOnlyMemory<byte> bytes, int number, GeometryReader geometries, GeoJsonLimits limits)
    {
        var span = bytes.Span;
        if (span[0] != (byte)'{')
        {
            throw new GeoJsonException("it is not an object");
        }

        var members = JsonSlices.Members(span, "it", limits.DepthMax);
        if (JsonSlices.Text(span, members, "type") is not "Feature")
        {
            throw new GeoJsonException("its \"type\" is not \"Feature\"");
        }

        var properties = members.TryGetValue("properties", out var range) ? bytes[range] : "null"u8.ToArray();
        if (properties.Span[0] is not ((byte)'{' or (byte)'n'))
        {
            throw new GeoJsonException("its \"properties\" are neither an object nor null");
        }

        var geometry = members.TryGetValue("geometry", out var at) ? geometries.Read(bytes[at]) : null;
        return new GeoJsonFeature(number, JsonSlices.Id(span, members), geometry, properties);
    }

    private static void ReadBare(
        ReadOnlyMemory<byte> bytes, GeometryReader geometries, List<GeoJsonFeature> features, List<GeoJsonFault> faults)
    {
        try
        {
            features.Add(new GeoJsonFeature(1, null, geometries.Read(bytes), "null"u8.ToArray()));
        }
        catch (GeoJsonException fault) when (!fault.IsWholeFile)
        {
            faults.Add(new GeoJsonFault(1, $"feature 1: {fault.Message}"));
        }
    }

    /// <summary>RFC 7946 knows WGS 84 only; the older "crs" member may say otherwise, and then every place is wrong.</summary>
    private static void RefuseOtherDatum(ReadOnlySpan<byte> bytes, Dictionary<string, Range> members)
    {
        if (!members.TryGetValue("crs", out var range) || bytes[range][0] != (byte)'{')
        {
            return;
        }

        var crs = bytes[range];
        if (crs.IndexOf("CRS84"u8) < 0 && crs.IndexOf("4326"u8) < 0)
        {
            throw new GeoJsonException("\"crs\" names another reference system than WGS 84: convert the file first");
        }
    }
}
