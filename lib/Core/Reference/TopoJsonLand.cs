using System.Text.Json;
using MaritimeWatch.Reference.Index;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference;

/// <summary>
/// Decodes the polygons of a quantised TopoJSON file: arcs of integer steps, shared between rings; a negative number ~n is
/// arc n backwards; the first place of an arc repeats the last of the arc before it.
/// </summary>
internal static class TopoJsonLand
{
    private const int EdgesMax = 5_000_000;

    public static List<Edge> ReadEdges(ReadOnlyMemory<byte> topoJson)
    {
        try
        {
            using var document = JsonDocument.Parse(topoJson);
            return ReadEdges(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            throw new ReferenceException($"the coastline is not quantised TopoJSON with an object \"land\": {fault.Message}", fault);
        }
    }

    private static List<Edge> ReadEdges(JsonElement root)
    {
        var arcs = ReadArcs(root);
        var edges = new List<Edge>();
        foreach (var ring in RingsOf(root.GetProperty("objects").GetProperty("land")))
        {
            AddRing(ring, arcs, edges);
            if (edges.Count > EdgesMax)
            {
                throw new ReferenceException($"the coastline has more than {EdgesMax} edges");
            }
        }

        return edges.Count > 0 ? edges : throw new ReferenceException("the coastline has no polygon");
    }

    private static Position[][] ReadArcs(JsonElement root)
    {
        var transform = root.GetProperty("transform");
        var (scaleX, scaleY) = Pair(transform.GetProperty("scale"));
        var (offsetX, offsetY) = Pair(transform.GetProperty("translate"));
        return [.. root.GetProperty("arcs").EnumerateArray().Select(arc =>
        {
            var (x, y) = (0L, 0L);
            return arc.EnumerateArray().Select(step =>
            {
                x += step[0].GetInt64();
                y += step[1].GetInt64();
                return Position.FromDegrees(
                    Math.Clamp((y * scaleY) + offsetY, -90, 90), Math.Clamp((x * scaleX) + offsetX, -180, 180));
            }).ToArray();
        })];
    }

    private static IEnumerable<JsonElement> RingsOf(JsonElement shape) => shape.GetProperty("type").GetString() switch
    {
        "GeometryCollection" => shape.GetProperty("geometries").EnumerateArray().SelectMany(RingsOf),
        "MultiPolygon" => shape.GetProperty("arcs").EnumerateArray().SelectMany(polygon => polygon.EnumerateArray()),
        "Polygon" => shape.GetProperty("arcs").EnumerateArray(),
        _ => [],
    };

    private static void AddRing(JsonElement ring, Position[][] arcs, List<Edge> edges)
    {
        Position? before = null;
        foreach (var number in ring.EnumerateArray())
        {
            var index = number.GetInt32();
            var arc = arcs[index < 0 ? ~index : index];
            for (var i = 0; i < arc.Length; i++)
            {
                var place = index < 0 ? arc[^(i + 1)] : arc[i];
                if (before is { } last && last != place)
                {
                    edges.Add(new Edge(last.LatitudeE7, last.LongitudeE7, place.LatitudeE7, place.LongitudeE7));
                }

                before = place;
            }
        }
    }

    private static (double X, double Y) Pair(JsonElement pair) => (pair[0].GetDouble(), pair[1].GetDouble());
}
