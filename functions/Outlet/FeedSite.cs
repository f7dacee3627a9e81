using System.Text.Json.Nodes;
using MaritimeWatch.Feeds;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>When a live source was last heard, by the door's clock.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="HeardAt">When its last bytes came, or null where it never was heard.</param>
public sealed record LiveSource(string Source, DateTimeOffset? HeardAt);

/// <summary>What the feeds say about themselves.</summary>
public sealed record FeedAppOptions
{
    /// <summary>Title of the landing page.</summary>
    public string Title { get; init; } = "MaritimeWatch";

    /// <summary>One sentence about what is served.</summary>
    public string Description { get; init; } = "What is unusual at sea, explained.";

    /// <summary>The store holds simulated data: every page says so.</summary>
    public bool Simulated { get; init; }

    /// <summary>The address under which clients see us, behind a proxy; null takes it from each request.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How many groups the store has, for /health.</summary>
    public int Groups { get; init; }

    /// <summary>The live sources, or null where nothing is listened to (a store that is only looked at).</summary>
    public Func<IReadOnlyList<LiveSource>>? LiveSources { get; init; }

    /// <summary>After how long a silence of all live sources the feed counts as down; default 5 minutes.</summary>
    public TimeSpan FeedDownAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Why the read model cannot follow the store, or null while it can.</summary>
    public Func<string?>? Trouble { get; init; }
}

/// <summary>One request to the feeds: what it wants and what answers it.</summary>
internal sealed class FeedSite(HttpContext context, ReadModel model, FeedAppOptions options, TimeProvider time, FeedFormat format)
{
    public HttpContext Context { get; } = context;

    public ReadModel Model { get; } = model;

    public FeedAppOptions Options { get; } = options;

    public TimeProvider Time { get; } = time;

    public FeedFormat Format { get; } = format;

    /// <summary>Where addresses begin, without a slash at the end.</summary>
    public string Root { get; } = options.PublicUrl?.AbsoluteUri.TrimEnd('/')
        ?? $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}";

    public bool WantsHtml => Format == FeedFormat.Html;

    /// <summary>A link of a document.</summary>
    public static JsonObject Link(string href, string rel, string type, string title) =>
        new() { ["href"] = href, ["rel"] = rel, ["type"] = type, ["title"] = title };

    /// <summary>The links to the document itself and to its other format; the query is repeated.</summary>
    public JsonArray SelfLinks(string path, string mediaType, string query = "")
    {
        var bare = string.Join('&', query.TrimStart('?').Split('&').Where(p => p.Length > 0 && !p.StartsWith("f=", StringComparison.Ordinal)));
        string At(string f) => $"{Root}{path}?{bare}{(bare.Length > 0 ? "&" : string.Empty)}f={f}";
        return
        [
            Link(At("json"), WantsHtml ? "alternate" : "self", mediaType, "This document as JSON"),
            Link(At("html"), WantsHtml ? "self" : "alternate", FeedFormats.Html, "This document as HTML"),
        ];
    }

    /// <summary>
    /// Sets the headers of an answer that is the same for as long as the generation is; true when the client has it.
    /// </summary>
    public bool IsNotModified(FeedSnapshot snapshot)
    {
        var headers = Context.Response.Headers;
        var tag = $"W/\"{snapshot.Token}-{(WantsHtml ? "html" : "json")}\"";
        headers.ETag = tag;
        headers.CacheControl = "no-cache";
        headers.Append("Vary", "Accept");
        if (!Context.Request.Headers.IfNoneMatch.ToString().Contains(tag[2..], StringComparison.Ordinal))
        {
            return false;
        }

        Context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
