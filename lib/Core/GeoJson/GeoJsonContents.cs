using System.Text.Json;
using NetTopologySuite.Geometries;

namespace MaritimeWatch.GeoJson;

/// <summary>What a file held.</summary>
/// <param name="Features">The sound features, in the file's order.</param>
/// <param name="Faults">The refused ones, in the file's order.</param>
public sealed record GeoJsonContents(IReadOnlyList<GeoJsonFeature> Features, IReadOnlyList<GeoJsonFault> Faults);

/// <summary>A sound feature.</summary>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Id">Its id as text, or null.</param>
/// <param name="Geometry">x longitude, y latitude, rounded to 1e-7 degree; null where the feature is unlocated.</param>
/// <param name="Properties">The JSON of the properties: an object or <c>null</c>.</param>
public sealed record GeoJsonFeature(int Number, string? Id, Geometry? Geometry, ReadOnlyMemory<byte> Properties)
{
    /// <summary>The properties as an element (an object, or of kind Null).</summary>
    public JsonElement ReadProperties()
    {
        var reader = new Utf8JsonReader(Properties.Span);
        return JsonElement.ParseValue(ref reader);
    }
}

/// <summary>A refused feature.</summary>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Message">Which feature and what is wrong.</param>
public sealed record GeoJsonFault(int Number, string Message);

/// <summary>Bounds on what is read.</summary>
public sealed record GeoJsonLimits
{
    /// <summary>The usual bounds.</summary>
    public static GeoJsonLimits Default { get; } = new();

    /// <summary>Bytes of a file, default 64 MiB.</summary>
    public int BytesMax { get; init; } = 64 << 20;

    /// <summary>Objects and lists within each other, default 32.</summary>
    public int DepthMax { get; init; } = 32;

    /// <summary>Features of a file, default 200,000.</summary>
    public int FeaturesMax { get; init; } = 200_000;

    /// <summary>Positions of one feature, default 250,000 (the largest coast of Natural Earth has 170,000).</summary>
    public int FeatureVerticesMax { get; init; } = 250_000;

    /// <summary>Positions of a file, default 3,000,000.</summary>
    public int VerticesMax { get; init; } = 3_000_000;
}

/// <summary>The input is not the GeoJSON that was wanted; fix it.</summary>
public sealed class GeoJsonException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public GeoJsonException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>True where reading on makes no sense.</summary>
    internal bool IsWholeFile { get; init; }
}
