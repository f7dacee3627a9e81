using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaritimeWatch.Feeds;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// One part of a dossier: lines of one collection that match, the newest first, with the exact count of all and the link
/// to the rest of them in the same generation.
/// </summary>
internal sealed class DossierPart(FeedSite site, DossierRequest request)
{
    /// <summary>The properties of one line.</summary>
    /// <param name="Properties">As stored.</param>
    /// <param name="Geometry">As stored, or null.</param>
    /// <param name="Revision">The line's revision, or 1.</param>
    internal sealed record Line(JsonObject Properties, JsonNode? Geometry, int Revision);

    /// <summary>Finds and reads.</summary>
    /// <param name="collection">Its name; a collection that there is not has no lines.</param>
    /// <param name="filters">Name and value.</param>
    /// <param name="limit">The most lines; null for the request's own.</param>
    /// <param name="area">Only what meets it.</param>
    public async Task<Found> ReadAsync(
        string collection, IReadOnlyList<(string Name, string Value)> filters, int? limit = null, FeedArea? area = null)
    {
        var lines = new List<Line>();
        if (FeedCollections.Find(collection) is not { } feed)
        {
            return new Found(0, lines, null);
        }

        var query = new FeedQuery
        {
            Limit = limit ?? request.Limit,
            Area = area,
            Filters = [.. filters.Select(filter => site.Model.Filter(feed, filter.Name, [filter.Value])!)],
        };
        var page = request.Snapshot.Query(feed, query);
        await site.Model.WarmAsync(page.Rows, site.Context.RequestAborted).ConfigureAwait(false);
        foreach (var row in page.Rows)
        {
            var line = JsonNode.Parse((await site.Model.ReadAsync(row, site.Context.RequestAborted).ConfigureAwait(false)).Span)!.AsObject();
            var (properties, geometry) = (line["properties"]!.AsObject(), line["geometry"]);
            line.Clear();
            lines.Add(new Line(properties, geometry, row.Revision));
        }

        return new Found(page.Matched, lines, page.HasMore ? Next(collection, filters, page.Rows[^1].Sequence) : null);
    }

    /// <summary>One line by its id, or null.</summary>
    public async Task<Line?> FindAsync(string collection, string id)
    {
        if (FeedCollections.Find(collection) is not { } feed || request.Snapshot.Find(feed, id) is not { } row)
        {
            return null;
        }

        var line = JsonNode.Parse((await site.Model.ReadAsync(row, site.Context.RequestAborted).ConfigureAwait(false)).Span)!.AsObject();
        var (properties, geometry) = (line["properties"]!.AsObject(), line["geometry"]);
        line.Clear();
        return new Line(properties, geometry, row.Revision);
    }

    /// <summary>The address of a collection's items.</summary>
    public string Address(string collection, IReadOnlyList<(string Name, string Value)> filters) =>
        $"{site.Root}/collections/{collection}/items?" + string.Join('&', filters.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"));

    private string Next(string collection, IReadOnlyList<(string Name, string Value)> filters, long before) => string.Create(
        CultureInfo.InvariantCulture, $"{Address(collection, filters)}&limit={request.Limit}&snapshot={request.Snapshot.Token}&before={before}");

    /// <summary>What was found.</summary>
    /// <param name="Matched">All of them, exactly.</param>
    /// <param name="Lines">The newest.</param>
    /// <param name="Next">Where the rest are, or null.</param>
    internal sealed record Found(int Matched, IReadOnlyList<Line> Lines, string? Next)
    {
        /// <summary>As an answer says it.</summary>
        /// <param name="items">What each line becomes; null for its properties.</param>
        public JsonObject ToJson(Func<Line, JsonNode>? items = null)
        {
            var part = new JsonObject
            {
                ["numberMatched"] = Matched,
                ["numberReturned"] = Lines.Count,
                ["items"] = new JsonArray([.. Lines.Select(items ?? (line => line.Properties))]),
            };
            if (Next is not null)
            {
                part["next"] = Next;
            }

            return part;
        }
    }

    /// <summary>A text among properties, or null.</summary>
    public static string? Text(JsonObject properties, string name) =>
        properties[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
