using System.Text.Json;
using MaritimeWatch.Reference.Index;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Reference;

/// <summary>
/// Decodes the polygons of a quantised TopoJSON file: arcs of integer steps, shared between rings; a negative number ~n is
/// arc n backwards; the first place of an arc repeats the last of the arc before it. Rings may cross the antimeridian and
/// go round a pole; they are cut there.
/// </summary>
internal static class TopoJsonLand
{
    private const int EdgesMax = 5_000_000;

    public static List<Edge> ReadEdges(ReadOnlyMemory<byte> topoJson)
    {
        try
        {
            // Not JsonDocument.Parse: its tables come from a pool that would keep tens of megabytes for good.
            var reader = new Utf8JsonReader(topoJson.Span);
            return ReadEdges(JsonElement.ParseValue(ref reader));
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
        foreach (var polygon in PolygonsOf(root.GetProperty("objects").GetProperty("land")))
        {
            var cut = new SeamCut(edges);
            foreach (var ring in polygon.EnumerateArray())
            {
                AddRing(ring, arcs, cut);
            }

            cut.Close();
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

    private static IEnumerable<JsonElement> PolygonsOf(JsonElement shape) => shape.GetProperty("type").GetString() switch
    {
        "GeometryCollection" => shape.GetProperty("geometries").EnumerateArray().SelectMany(PolygonsOf),
        "MultiPolygon" => shape.GetProperty("arcs").EnumerateArray(),
        "Polygon" => [shape.GetProperty("arcs")],
        _ => [],
    };

    private static void AddRing(JsonElement ring, Position[][] arcs, SeamCut cut)
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
                    cut.Add(last, place);
                }

                before = place;
            }
        }
    }

    private static (double X, double Y) Pair(JsonElement pair) => (pair[0].GetDouble(), pair[1].GetDouble());
}
