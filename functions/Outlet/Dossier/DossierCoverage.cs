using System.Globalization;
using System.Text.Json.Nodes;
using MaritimeWatch.Feeds;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What was heard where a ship was: the reception cells that her last track touches, by source.</summary>
internal static class DossierCoverage
{
    /// <summary>Reads the cells along the pieces that are shown.</summary>
    /// <param name="part">Reads lines.</param>
    /// <param name="tracks">Her last pieces.</param>
    /// <param name="cellsMax">The most cells that are looked at; their number in all is said.</param>
    public static async Task<JsonObject> OfAsync(DossierPart part, DossierPart.Found tracks, int cellsMax)
    {
        var points = tracks.Lines.SelectMany(line => Positions(line.Geometry)).ToList();
        if (points.Count == 0)
        {
            return new JsonObject { ["cells_in_box"] = 0, ["cells_read"] = 0, ["bbox"] = null, ["sources"] = new JsonArray() };
        }

        double[] box = [points.Min(p => p.Longitude), points.Min(p => p.Latitude), points.Max(p => p.Longitude), points.Max(p => p.Latitude)];
        var found = await part.ReadAsync("coverage", [], cellsMax, FeedArea.Of(box[0], box[1], box[2], box[3])).ConfigureAwait(false);
        var along = found.Lines
            .Select(line => (line.Properties, Box: BoxOf(line.Geometry)))
            .Where(cell => cell.Box is { } b && points.Exists(p => p.Longitude >= b[0] && p.Longitude <= b[2] && p.Latitude >= b[1] && p.Latitude <= b[3]))
            .ToList();
        var sources = along.GroupBy(cell => DossierPart.Text(cell.Properties, "source") ?? string.Empty).OrderBy(source => source.Key, StringComparer.Ordinal)
            .Select(source => (JsonNode)new JsonObject
            {
                ["source"] = source.Key,
                ["cells"] = source.Count(),
                ["reports"] = source.Sum(cell => (long?)cell.Properties["reports"] ?? 0),
                ["first_heard_at"] = source.Min(cell => DossierPart.Text(cell.Properties, "first_heard_at")),
                ["last_heard_at"] = source.Max(cell => DossierPart.Text(cell.Properties, "last_heard_at")),
            });
        return new JsonObject
        {
            ["cells_in_box"] = found.Matched,
            ["cells_read"] = found.Lines.Count,
            ["bbox"] = new JsonArray([.. box.Select(value => (JsonNode)value)]),
            ["sources"] = new JsonArray([.. sources]),
            ["items"] = $"{part.Address("coverage", [("bbox", string.Join(',', box.Select(value => value.ToString(CultureInfo.InvariantCulture))))])}",
        };
    }

    private static IEnumerable<(double Longitude, double Latitude)> Positions(JsonNode? geometry)
    {
        var waiting = new Stack<JsonArray>();
        if (geometry?["coordinates"] is JsonArray all)
        {
            waiting.Push(all);
        }

        while (waiting.TryPop(out var next))
        {
            if (next.Count >= 2 && next[0] is JsonValue)
            {
                yield return (next[0]!.GetValue<double>(), next[1]!.GetValue<double>());
                continue;
            }

            foreach (var inner in next.OfType<JsonArray>())
            {
                waiting.Push(inner);
            }
        }
    }

    private static double[]? BoxOf(JsonNode? geometry)
    {
        var points = Positions(geometry).ToList();
        return points.Count == 0
            ? null
            : [points.Min(p => p.Longitude), points.Min(p => p.Latitude), points.Max(p => p.Longitude), points.Max(p => p.Latitude)];
    }
}
