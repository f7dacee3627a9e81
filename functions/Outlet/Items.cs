using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaritimeWatch.Feeds;
using Microsoft.AspNetCore.Http.Features;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>Pages of features and single features, written line by line as they come out of the store.</summary>
internal static class Items
{
    // Lines are fetched and written in runs, so that memory does not grow with the limit.
    private const int RowsAtOnce = 256;

    /// <summary>Answers a page.</summary>
    public static async Task WritePageAsync(FeedSite site, FeedCollection collection)
    {
        if (ItemsRequest.Read(site.Context.Request.Query, collection, site.Model, out var request) is { } problem)
        {
            await problem.WriteAsync(site.Context).ConfigureAwait(false);
            return;
        }

        // Held before it is told, also when nothing changed: the client goes on from what it already has.
        site.Model.Hold(request.Snapshot);
        if (site.IsNotModified(request.Snapshot))
        {
            return;
        }

        var page = request.Snapshot.Query(collection, request.Query);
        await site.Model.WarmAsync(page.Rows.Take(RowsAtOnce), site.Context.RequestAborted).ConfigureAwait(false);
        var links = PageLinks(site, collection, request, page);
        if (site.WantsHtml)
        {
            await HtmlPages.WriteItemsAsync(site, collection, request, page, links).ConfigureAwait(false);
            return;
        }

        site.Context.Response.ContentType = FeedFormats.GeoJson;
        if (!HttpMethods.IsHead(site.Context.Request.Method))
        {
            await WriteCollectionAsync(site, collection, request.Snapshot, page, links).ConfigureAwait(false);
        }
    }

    /// <summary>Answers one feature.</summary>
    public static async Task WriteOneAsync(FeedSite site, FeedCollection collection)
    {
        var query = site.Context.Request.Query;
        if (query.Keys.FirstOrDefault(k => k != "f") is { } unknown)
        {
            await FeedProblem.BadParameter(unknown, "This parameter is not known here.", ["f"])
                .WriteAsync(site.Context).ConfigureAwait(false);
            return;
        }

        var snapshot = site.Model.Current;
        if (snapshot.Find(collection, IdOf(site.Context)) is not { } row)
        {
            await FeedProblem.NotFound("There is no feature of that id in this collection.")
                .WriteAsync(site.Context).ConfigureAwait(false);
            return;
        }

        var bytes = await site.Model.ReadAsync(row, site.Context.RequestAborted).ConfigureAwait(false);
        if (site.IsNotModified(snapshot))
        {
            return;
        }

        if (site.WantsHtml)
        {
            await HtmlPages.WriteItemAsync(site, collection, bytes, RevisionOf(collection, row)).ConfigureAwait(false);
            return;
        }

        site.Context.Response.ContentType = FeedFormats.GeoJson;
        WriteFeature(site, collection, site.Context.Response.BodyWriter, bytes.Span, RevisionOf(collection, row), CollectionUrl(site, collection), true);
        await site.Context.Response.BodyWriter.FlushAsync(site.Context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The revision that an id must name, or 0 where ids stand for the latest.</summary>
    public static int RevisionOf(FeedCollection collection, FeedRow row) =>
        collection == FeedCollections.Revisions ? row.Revision : 0;

    // Routing leaves %2F as it stands, so that "a/b" and "a%2Fb" would be one id: the request's own bytes decide.
    private static string IdOf(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.AsSpan(0, target.IndexOf('?', StringComparison.Ordinal) is var q and >= 0 ? q : target.Length);
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }

    private static async Task WriteCollectionAsync(
        FeedSite site, FeedCollection collection, FeedSnapshot snapshot, FeedPage page, JsonArray links)
    {
        var target = site.Context.Response.BodyWriter;
        var cancel = site.Context.RequestAborted;
        var url = CollectionUrl(site, collection);
        WriteHead(target, snapshot, page, links);
        for (var i = 0; i < page.Rows.Count; i++)
        {
            if (i % RowsAtOnce == 0 && i > 0)
            {
                await target.FlushAsync(cancel).ConfigureAwait(false);
                await site.Model.WarmAsync(page.Rows.Skip(i).Take(RowsAtOnce), cancel).ConfigureAwait(false);
            }

            var line = await site.Model.ReadAsync(page.Rows[i], cancel).ConfigureAwait(false);
            target.Write(i == 0 ? "\n"u8 : ",\n"u8);
            WriteFeature(site, collection, target, line.Span, RevisionOf(collection, page.Rows[i]), url, false);
        }

        target.Write("\n]}\n"u8);
        await target.FlushAsync(cancel).ConfigureAwait(false);
    }

    private static void WriteFeature(
        FeedSite site, FeedCollection collection, PipeWriter target, ReadOnlySpan<byte> line, int revision, string url, bool isAlone)
    {
        var feature = new FeatureLine(line, revision);
        var more = isAlone
            ? $",{{\"rel\":\"alternate\",\"type\":\"text/html\",\"href\":\"{url}/items/{Uri.EscapeDataString(feature.Id)}?f=html\"}}"
            : string.Empty;
        feature.Write(target, url, more + KindLink(site, collection, line));
    }

    // What the kind means, what it shows and what it does not: beside every finding that goes out.
    private static string KindLink(FeedSite site, FeedCollection collection, ReadOnlySpan<byte> line) =>
        HasKinds(collection) && FeatureLine.KindOf(line) is { } kind && KindCatalogue.Find(kind) is not null
            ? $",{{\"rel\":\"describedby\",\"type\":\"text/html\",\"href\":\"{JavaScriptEncoder.Default.Encode(site.Root)}/kinds/{kind}\"}}"
            : string.Empty;

    /// <summary>True for collections whose lines are of a kind of finding.</summary>
    public static bool HasKinds(FeedCollection collection) =>
        collection == FeedCollections.Findings || collection == FeedCollections.Revisions || collection == FeedCollections.Judgements;

    private static void WriteHead(PipeWriter target, FeedSnapshot snapshot, FeedPage page, JsonArray links)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteString("timeStamp", snapshot.MadeAt.UtcDateTime.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteNumber("numberMatched", page.Matched);
            json.WriteNumber("numberReturned", page.Rows.Count);
            json.WriteString("generation", snapshot.Token);
            json.WritePropertyName("links");
            links.WriteTo(json);
            json.WriteEndObject();
        }

        target.Write(buffer.WrittenSpan[..^1]);
        target.Write(",\"features\":["u8);
    }

    private static JsonArray PageLinks(FeedSite site, FeedCollection collection, ItemsRequest request, FeedPage page)
    {
        var path = $"/collections/{collection.Id}/items";
        var at = $"{site.Root}{path}";
        var links = site.SelfLinks(path, FeedFormats.GeoJson, Escaped(site.Context.Request.Query));
        links.Add(FeedSite.Link($"{site.Root}/collections/{collection.Id}", "collection", FeedFormats.Json, collection.Title));
        var kept = request.Kept.Length == 0 ? "?" : request.Kept + "&";
        if (page.HasMore)
        {
            var before = page.Rows[^1].Sequence.ToString(CultureInfo.InvariantCulture);
            links.Add(FeedSite.Link(
                $"{at}{kept}snapshot={request.Snapshot.Token}&before={before}", "next",
                site.WantsHtml ? FeedFormats.Html : FeedFormats.GeoJson, "The next page"));
        }

        // What a client polls once it has read all pages: only what changes from here on.
        var filters = string.Join('&', kept.Trim('?', '&').Split('&')
            .Where(p => p.Length > 0 && !p.StartsWith("since=", StringComparison.Ordinal)));
        links.Add(FeedSite.Link(
            $"{at}?{filters}{(filters.Length > 0 ? "&" : string.Empty)}since={request.Snapshot.Token}", "monitor",
            FeedFormats.GeoJson, "What changes after this"));
        return links;
    }

    private static string Escaped(IQueryCollection query) =>
        string.Join('&', query.Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value.ToString())}"));

    private static string CollectionUrl(FeedSite site, FeedCollection collection) =>
        JavaScriptEncoder.Default.Encode($"{site.Root}/collections/{collection.Id}");
}
