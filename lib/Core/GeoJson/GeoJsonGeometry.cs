using System.Text.Json;
using MaritimeWatch.Geodesy;
using NetTopologySuite.Geometries;
using Position = MaritimeWatch.Terms.Position;

namespace MaritimeWatch.GeoJson;

/// <summary>
/// Writes geometry values as RFC 7946 wants them: [longitude, latitude] with at most 7 decimals, rings closed and right
/// handed (3.1.6), and whatever lies over the antimeridian cut there (3.1.9). A step of more than 180 degrees is taken
/// the short way round.
/// </summary>
public static class GeoJsonGeometry
{
    /// <summary>Writes a Point.</summary>
    public static void WritePoint(Utf8JsonWriter json, Position place)
    {
        Start(json, "Point"u8);
        CoordinateText.Write(json, place.LongitudeE7, place.LatitudeE7);
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes a LineString, or a MultiLineString where it crosses the antimeridian. A LineString needs two positions
    /// (3.1.4): one place alone becomes a Point, none becomes null.
    /// </summary>
    public static void WriteLineString(Utf8JsonWriter json, ReadOnlySpan<Position> line)
    {
        if (line.Length < 2)
        {
            if (line.IsEmpty)
            {
                json.WriteNullValue();
            }
            else
            {
                WritePoint(json, line[0]);
            }

            return;
        }

        var isSplit = LinePieces.IsSplit(line);
        Start(json, isSplit ? "MultiLineString"u8 : "LineString"u8);
        json.WriteStartArray();
        if (isSplit)
        {
            LinePieces.Write(json, line);
        }
        else
        {
            WritePositions(json, line);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes a Polygon without holes, or a MultiPolygon where it crosses the antimeridian. The ring may be open or
    /// closed, either way round; with fewer than three different places null is written.
    /// </summary>
    public static void WritePolygon(Utf8JsonWriter json, ReadOnlySpan<Position> ring)
    {
        if (!RingPath.HasArea(ring))
        {
            json.WriteNullValue();
        }
        else if (RingPath.Crosses(ring))
        {
            PolygonPieces.Write(json, PolygonPieces.Cut([ring.ToArray()]));
        }
        else
        {
            Start(json, "Polygon"u8);
            json.WriteStartArray();
            RingPath.Write(json, ring, isExterior: true);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>Writes a Polygon with holes (the first ring is the outer one), cut at the antimeridian where it crosses.</summary>
    public static void WritePolygon(Utf8JsonWriter json, IReadOnlyList<Position[]> rings)
    {
        if (rings.Count == 0 || !RingPath.HasArea(rings[0]))
        {
            json.WriteNullValue();
        }
        else if (rings.Any(ring => RingPath.Crosses(ring)))
        {
            PolygonPieces.Write(json, PolygonPieces.Cut(rings));
        }
        else
        {
            Start(json, "Polygon"u8);
            json.WriteStartArray();
            WriteRings(json, rings);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>Writes any geometry of NetTopologySuite (x longitude, y latitude, degrees); null or empty becomes null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A latitude is outside -90 to 90, or a value is not a number.</exception>
    public static void Write(Utf8JsonWriter json, Geometry? geometry) => TopologyWriter.Write(json, geometry);

    /// <summary>Writes a bbox member: west, south, east, north; west is more than east over the antimeridian (5.2).</summary>
    public static void WriteBbox(Utf8JsonWriter json, GeoBox box)
    {
        json.WriteStartArray("bbox"u8);
        CoordinateText.WriteNumber(json, box.WestE7);
        CoordinateText.WriteNumber(json, box.SouthE7);
        CoordinateText.WriteNumber(json, box.EastE7);
        CoordinateText.WriteNumber(json, box.NorthE7);
        json.WriteEndArray();
    }

    internal static void Start(Utf8JsonWriter json, ReadOnlySpan<byte> type)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WritePropertyName("coordinates"u8);
    }

    internal static void WritePositions(Utf8JsonWriter json, ReadOnlySpan<Position> line)
    {
        foreach (var place in line)
        {
            CoordinateText.Write(json, place.LongitudeE7, place.LatitudeE7);
        }
    }

    internal static void WriteRings(Utf8JsonWriter json, IReadOnlyList<Position[]> rings)
    {
        for (var i = 0; i < rings.Count; i++)
        {
            if (i == 0 || RingPath.HasArea(rings[i]))
            {
                RingPath.Write(json, rings[i], isExterior: i == 0);
            }
        }
    }
}
