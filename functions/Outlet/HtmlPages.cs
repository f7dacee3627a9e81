using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaritimeWatch.Feeds;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Every resource for people: plain pages without a script. Whatever comes from data is encoded, and simulated data is
/// called so wherever it is shown.
/// </summary>
internal static class HtmlPages
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Simulated = "<strong class=\"simulated\">SIMULATED</strong>";
    private const int FlushAt = 32 * 1024;
    private const int ValueLengthMax = 4_000;

    private const string Stylesheet = """
        :root { color-scheme: light dark; --ink: light-dark(#1b2733, #e6edf3); --paper: light-dark(#fff, #10171e);
          --line: light-dark(#c9d3dc, #34414d); --link: light-dark(#0a5a9c, #7cc0ff); --space: 0.5rem; }
        body { margin: 0 auto; max-width: 80rem; padding: calc(2 * var(--space)); color: var(--ink);
          background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; }
        a { color: var(--link); }
        nav a { margin-right: calc(2 * var(--space)); }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; margin: var(--space) 0; }
        th, td { border: 1px solid var(--line); padding: var(--space); text-align: left; vertical-align: top;
          overflow-wrap: anywhere; min-width: 4rem; }
        .simulated { background: #b3261e; color: #fff; padding: 0 var(--space); border-radius: 0.2rem; }
        """;

    /// <summary>The stylesheet of all pages.</summary>
    public static async Task WriteStylesheetAsync(HttpContext context)
    {
        context.Response.ContentType = "text/css; charset=utf-8";
        context.Response.Headers.CacheControl = "max-age=3600";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.WriteAsync(Stylesheet, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>A document as nested tables.</summary>
    public static async Task WriteDocumentAsync(FeedSite site, string path, JsonObject document)
    {
        var page = Begin(site, path, document["title"]?.ToString() ?? path.Trim('/'));
        AppendValue(page, document, 0);
        await EndAsync(site, page).ConfigureAwait(false);
    }

    /// <summary>A page of features as a table.</summary>
    public static async Task WriteItemsAsync(
        FeedSite site, FeedCollection collection, ItemsRequest request, FeedPage found, JsonArray links)
    {
        var page = Begin(site, $"/collections/{collection.Id}/items", collection.Title);
        page.Append("<p>").Append(Encode(collection.Description)).Append("</p><p>").Append(found.Rows.Count)
            .Append(" of ").Append(found.Matched).Append(", newest first. Generation ")
            .Append(Encode(request.Snapshot.Token)).Append(".</p>");
        AppendLinks(page, links);
        page.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Features\"><table><caption>")
            .Append(Encode(collection.Title)).Append("</caption><thead><tr><th scope=\"col\">id</th>");
        foreach (var column in collection.Columns)
        {
            page.Append("<th scope=\"col\">").Append(Encode(column)).Append("</th>");
        }

        page.Append("</tr></thead><tbody>\n");
        foreach (var row in found.Rows)
        {
            var line = await site.Model.ReadAsync(row, site.Context.RequestAborted).ConfigureAwait(false);
            AppendRow(page, site, collection, line, Items.RevisionOf(collection, row));
            if (page.Length > FlushAt)
            {
                await SendAsync(site, page).ConfigureAwait(false);
            }
        }

        page.Append("</tbody></table></div>");
        await EndAsync(site, page).ConfigureAwait(false);
    }

    /// <summary>One feature as a table of its properties.</summary>
    public static async Task WriteItemAsync(
        FeedSite site, FeedCollection collection, ReadOnlyMemory<byte> line, int revision)
    {
        var id = new FeatureLine(line.Span, revision).Id;
        var page = Begin(site, $"/collections/{collection.Id}/items/{Uri.EscapeDataString(id)}", id);
        var feature = JsonNode.Parse(line.Span)!.AsObject();
        if (feature["properties"] is JsonObject properties)
        {
            page.Append(IsSimulated(properties) ? $"<p>{Simulated}</p>" : string.Empty);
            AppendValue(page, properties, 0);
            if (Items.HasKinds(collection) && properties["kind"]?.ToString() is { } kind && KindCatalogue.Find(kind) is not null)
            {
                page.Append("<p><a rel=\"describedby\" href=\"").Append(Encode($"{site.Root}/kinds/{kind}?f=html"))
                    .Append("\">What ").Append(Encode(kind)).Append(" means, and what it does not</a></p>");
            }
        }

        page.Append("<h2>Geometry</h2><p><code>").Append(Encode(Clip(feature["geometry"]?.ToJsonString() ?? "none")))
            .Append("</code></p><p><a href=\"").Append(Encode($"{site.Root}/collections/{collection.Id}/items?f=html"))
            .Append("\">All ").Append(Encode(collection.Title)).Append("</a></p>");
        await EndAsync(site, page).ConfigureAwait(false);
    }

    private static StringBuilder Begin(FeedSite site, string path, string title)
    {
        var headers = site.Context.Response.Headers;
        site.Context.Response.ContentType = "text/html; charset=utf-8";
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "no-referrer";
        var page = new StringBuilder(FlushAt + 4096);
        page.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
            .Append(Encode(Clip(title))).Append(" - ").Append(Encode(site.Options.Title))
            .Append("</title><link rel=\"stylesheet\" href=\"").Append(Encode(site.Root)).Append("/feeds.css\">")
            .Append("</head><body><nav aria-label=\"Main\">");
        foreach (var (at, text) in ((string, string)[])
            [("/?f=html", "Start"), ("/collections?f=html", "Collections"), ("/api?f=html", "API"), ("/health?f=html", "Health")])
        {
            page.Append("<a href=\"").Append(Encode(site.Root + at)).Append("\">").Append(text).Append("</a>");
        }

        page.Append("<a href=\"").Append(Encode($"{site.Root}{path}?f=json")).Append("\">JSON</a></nav><main><h1>")
            .Append(Encode(Clip(title))).Append("</h1>");
        return site.Options.Simulated ? page.Append("<p>").Append(Simulated).Append("</p>") : page;
    }

    private static async Task EndAsync(FeedSite site, StringBuilder page)
    {
        page.Append("</main></body></html>\n");
        await SendAsync(site, page).ConfigureAwait(false);
    }

    private static async Task SendAsync(FeedSite site, StringBuilder page)
    {
        PipeWriter target = site.Context.Response.BodyWriter;
        foreach (var chunk in page.GetChunks())
        {
            Encoding.UTF8.GetBytes(chunk.Span, target);
        }

        page.Clear();
        await target.FlushAsync(site.Context.RequestAborted).ConfigureAwait(false);
    }

    private static void AppendRow(
        StringBuilder page, FeedSite site, FeedCollection collection, ReadOnlyMemory<byte> line, int revision)
    {
        var id = new FeatureLine(line.Span, revision).Id;
        using var document = JsonDocument.Parse(line);
        var properties = document.RootElement.TryGetProperty("properties", out var found)
            && found.ValueKind == JsonValueKind.Object ? found : default;
        var isSimulated = properties.ValueKind == JsonValueKind.Object
            && properties.TryGetProperty("simulated", out var simulated) && simulated.ValueKind == JsonValueKind.True;
        page.Append("<tr><th scope=\"row\"><a href=\"")
            .Append(Encode($"{site.Root}/collections/{collection.Id}/items/{Uri.EscapeDataString(id)}?f=html"))
            .Append("\">").Append(Encode(id)).Append("</a>").Append(isSimulated ? " " + Simulated : string.Empty)
            .Append("</th>");
        foreach (var column in collection.Columns)
        {
            var text = properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(column, out var value)
                ? value.ToString()
                : string.Empty;
            page.Append("<td>").Append(Encode(Clip(text))).Append("</td>");
        }

        page.Append("</tr>\n");
    }

    private static void AppendValue(StringBuilder page, JsonNode? value, int depth)
    {
        switch (value)
        {
            case JsonObject members when depth < 8:
                page.Append("<table><tbody>");
                foreach (var (name, member) in members)
                {
                    page.Append("<tr><th scope=\"row\">").Append(Encode(Clip(name))).Append("</th><td>");
                    if (name == "links" && member is JsonArray links)
                    {
                        AppendLinks(page, links);
                    }
                    else
                    {
                        AppendValue(page, member, depth + 1);
                    }

                    page.Append("</td></tr>");
                }

                page.Append("</tbody></table>");
                break;
            case JsonArray members when depth < 8 && members.Any(m => m is JsonObject):
                page.Append("<ul>");
                foreach (var member in members)
                {
                    page.Append("<li>");
                    AppendValue(page, member, depth + 1);
                    page.Append("</li>");
                }

                page.Append("</ul>");
                break;
            case JsonArray members:
                page.Append(Encode(Clip(string.Join(", ", members.Select(m => m?.ToString())))));
                break;
            default:
                page.Append(Encode(Clip(value?.ToString() ?? "-")));
                break;
        }
    }

    private static void AppendLinks(StringBuilder page, JsonArray links)
    {
        page.Append("<ul>");
        foreach (var link in links)
        {
            page.Append("<li><a rel=\"").Append(Encode(link!["rel"]!.ToString())).Append("\" href=\"")
                .Append(Encode(link["href"]!.ToString())).Append("\">")
                .Append(Encode(link["title"]!.ToString())).Append("</a> (")
                .Append(Encode(link["type"]!.ToString())).Append(")</li>");
        }

        page.Append("</ul>");
    }

    private static bool IsSimulated(JsonObject properties) =>
        properties["simulated"] is JsonValue value && value.TryGetValue<bool>(out var simulated) && simulated;

    private static string Clip(string text) => text.Length <= ValueLengthMax ? text : text[..ValueLengthMax] + "...";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
