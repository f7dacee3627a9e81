using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MaritimeWatch.Geodesy;
using NetTopologySuite.Geometries;
using Position = MaritimeWatch.Terms.Position;

namespace MaritimeWatch.GeoJson;

/// <summary>
/// Writes GeoJSON (RFC 7946) as a stream onto a buffer. A feature is StartFeature, one geometry, StartProperties, any
/// members through <see cref="Json"/>, EndFeature. A collection is StartCollection, StartFeatures, features, EndFeatures,
/// members such as links and counts, EndCollection. One instance serves many features: <see cref="Retarget"/>.
/// </summary>
public sealed class GeoJsonWriter : IDisposable
{
    // Names in any script and subjects such as mmsi:1+mmsi:2 stay readable. JSON is never pasted into HTML here: pages
    // fetch it or encode it.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes onto a buffer.</summary>
    public GeoJsonWriter(IBufferWriter<byte> target) => Json = new Utf8JsonWriter(target, Options);

    /// <summary>The writer underneath, for properties and foreign members.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Begins anew on another buffer (or the same one, cleared).</summary>
    public void Retarget(IBufferWriter<byte> target) => Json.Reset(target);

    /// <summary>Hands what has been written over to the buffer.</summary>
    public void Flush() => Json.Flush();

    /// <inheritdoc/>
    public void Dispose() => Json.Dispose();

    /// <summary>Begins a FeatureCollection; foreign members may follow before <see cref="StartFeatures"/>.</summary>
    public void StartCollection()
    {
        Json.WriteStartObject();
        Json.WriteString("type"u8, "FeatureCollection"u8);
    }

    /// <summary>Begins the features.</summary>
    public void StartFeatures() => Json.WriteStartArray("features"u8);

    /// <summary>Passes a whole feature on as it was stored.</summary>
    /// <param name="feature">One JSON object in UTF-8, known to be sound.</param>
    public void WriteStoredFeature(ReadOnlySpan<byte> feature) => Json.WriteRawValue(feature, skipInputValidation: true);

    /// <summary>Ends the features; links, counts and other members may follow.</summary>
    public void EndFeatures() => Json.WriteEndArray();

    /// <summary>Writes the links of a page (OGC API - Features, 7.14).</summary>
    public void WriteLinks(IReadOnlyList<GeoJsonLink> links)
    {
        Json.WriteStartArray("links"u8);
        foreach (var link in links)
        {
            Json.WriteStartObject();
            Json.WriteString("href"u8, link.Href);
            Json.WriteString("rel"u8, link.Relation);
            Json.WriteString("type"u8, link.MediaType);
            if (link.Title is not null)
            {
                Json.WriteString("title"u8, link.Title);
            }

            Json.WriteEndObject();
        }

        Json.WriteEndArray();
    }

    /// <summary>Ends the collection and flushes.</summary>
    public void EndCollection()
    {
        Json.WriteEndObject();
        Json.Flush();
    }

    /// <summary>Begins a feature.</summary>
    /// <param name="id">Its id, or null for none.</param>
    public void StartFeature(string? id)
    {
        Json.WriteStartObject();
        Json.WriteString("type"u8, "Feature"u8);
        if (id is not null)
        {
            Json.WriteString("id"u8, id);
        }
    }

    /// <summary>The feature's bbox.</summary>
    public void WriteBbox(GeoBox box) => GeoJsonGeometry.WriteBbox(Json, box);

    /// <summary>The feature is unlocated.</summary>
    public void WriteNoGeometry() => Json.WriteNull("geometry"u8);

    /// <summary>The feature is a place.</summary>
    public void WritePoint(Position place)
    {
        Json.WritePropertyName("geometry"u8);
        GeoJsonGeometry.WritePoint(Json, place);
    }

    /// <summary>The feature is a line; see <see cref="GeoJsonGeometry.WriteLineString"/>.</summary>
    public void WriteLineString(ReadOnlySpan<Position> line)
    {
        Json.WritePropertyName("geometry"u8);
        GeoJsonGeometry.WriteLineString(Json, line);
    }

    /// <summary>The feature is an area without holes, its ring open or closed and either way round.</summary>
    public void WritePolygon(ReadOnlySpan<Position> ring)
    {
        Json.WritePropertyName("geometry"u8);
        GeoJsonGeometry.WritePolygon(Json, ring);
    }

    /// <summary>The feature is any geometry.</summary>
    public void WriteGeometry(Geometry? geometry)
    {
        Json.WritePropertyName("geometry"u8);
        GeoJsonGeometry.Write(Json, geometry);
    }

    /// <summary>Begins the properties; write them with <see cref="Json"/>.</summary>
    public void StartProperties() => Json.WriteStartObject("properties"u8);

    /// <summary>Ends the properties and the feature, and flushes.</summary>
    public void EndFeature()
    {
        Json.WriteEndObject();
        Json.WriteEndObject();
        Json.Flush();
    }
}

/// <summary>A link of a page.</summary>
/// <param name="Href">Where.</param>
/// <param name="Relation">What it is to this page: self, next, alternate...</param>
/// <param name="MediaType">The form there.</param>
/// <param name="Title">What people read, or null.</param>
public sealed record GeoJsonLink(string Href, string Relation, string MediaType, string? Title = null);
