using System.Text.Json;
using MaritimeWatch.Geodesy;
using NetTopologySuite.Geometries;
using Position = MaritimeWatch.Terms.Position;

namespace MaritimeWatch.GeoJson;

/// <summary>Writes the geometries of NetTopologySuite by the same rules.</summary>
internal static class TopologyWriter
{
    public static void Write(Utf8JsonWriter json, Geometry? geometry)
    {
        switch (geometry)
        {
            case null or { IsEmpty: true }:
                json.WriteNullValue();
                break;
            case Point point:
                GeoJsonGeometry.WritePoint(json, PositionOf(point.Coordinate));
                break;
            case LineString line:
                GeoJsonGeometry.WriteLineString(json, PositionsOf(line));
                break;
            case Polygon polygon:
                GeoJsonGeometry.WritePolygon(json, RingsOf(polygon));
                break;
            case MultiPoint points:
                GeoJsonGeometry.Start(json, "MultiPoint"u8);
                json.WriteStartArray();
                GeoJsonGeometry.WritePositions(json, [.. points.Coordinates.Select(PositionOf)]);
                json.WriteEndArray();
                json.WriteEndObject();
                break;
            case MultiLineString lines:
                WriteLines(json, lines);
                break;
            case MultiPolygon polygons:
                PolygonPieces.Write(json, [.. polygons.Geometries.OfType<Polygon>().SelectMany(Pieces)]);
                break;
            case GeometryCollection collection:
                WriteCollection(json, collection);
                break;
            default:
                throw new ArgumentException($"{geometry.GeometryType} has no form in GeoJSON", nameof(geometry));
        }
    }

    /// <summary>The rings of a polygon, the outer one first; longitudes are wrapped, so a later step may jump.</summary>
    public static IReadOnlyList<Position[]> RingsOf(Polygon polygon) =>
        [PositionsOf(polygon.ExteriorRing), .. polygon.InteriorRings.Select(PositionsOf)];

    private static Position PositionOf(Coordinate coordinate)
    {
        var longitude = Math.Abs(coordinate.X) <= 180
            ? (int)Math.Round(coordinate.X * 1e7)
            : Longitudes.Wrap((long)Math.Round(coordinate.X * 1e7));
        return Position.FromDegrees(coordinate.Y, longitude / 1e7);
    }

    private static Position[] PositionsOf(LineString line) => [.. line.Coordinates.Select(PositionOf)];

    private static IEnumerable<Polygon> Pieces(Polygon polygon)
    {
        var rings = RingsOf(polygon);
        return rings.Any(ring => RingPath.Crosses(ring)) ? PolygonPieces.Cut(rings) : [polygon];
    }

    private static void WriteLines(Utf8JsonWriter json, MultiLineString lines)
    {
        GeoJsonGeometry.Start(json, "MultiLineString"u8);
        json.WriteStartArray();
        foreach (var line in lines.Geometries.OfType<LineString>().Where(line => !line.IsEmpty))
        {
            var way = PositionsOf(line);
            if (LinePieces.IsSplit(way))
            {
                LinePieces.Write(json, way);
            }
            else
            {
                json.WriteStartArray();
                GeoJsonGeometry.WritePositions(json, way);
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCollection(Utf8JsonWriter json, GeometryCollection collection)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "GeometryCollection"u8);
        json.WriteStartArray("geometries"u8);
        foreach (var part in collection.Geometries.Where(part => !part.IsEmpty))
        {
            Write(json, part);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
