using System.Text.Json;
using System.Text.Json.Nodes;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Whether the feed is alive: a silent receiver and a calm sea look the same on a map, so this says which it is.
/// </summary>
internal static class Health
{
    /// <summary>Answers /health; 200 also when the feed is down, because then the answer itself is the news.</summary>
    public static async Task WriteAsync(FeedSite site)
    {
        var (options, model) = (site.Options, site.Model);
        var now = site.Time.GetUtcNow();
        var live = options.LiveSources?.Invoke();
        var isDown = live is { Count: > 0 } && live.All(s => !(now - s.HeardAt < options.FeedDownAfter));
        var trouble = options.Trouble?.Invoke();
        var sources = new JsonArray();
        foreach (var source in live ?? [])
        {
            sources.Add(new JsonObject { ["source"] = source.Source, ["last_heard_at"] = Text(source.HeardAt) });
        }

        var body = new JsonObject
        {
            ["status"] = trouble is not null ? "store-unreadable" : isDown ? "feed-down" : "ok",
            ["feed_down"] = isDown,
            ["live"] = live is not null,
            ["simulated"] = options.Simulated,
            ["generation"] = model.Current.Token,
            ["generation_at"] = Text(model.Current.MadeAt),
            ["groups"] = options.Groups,
            ["last_event_at"] = model.Current.LastEventAt is { } at ? Text(at) : null,
            ["lines_refused"] = model.LinesRefused,
            ["sources"] = sources,
        };
        var response = site.Context.Response;
        response.Headers.CacheControl = "no-store";
        if (site.WantsHtml)
        {
            await HtmlPages.WriteDocumentAsync(site, "/health", body).ConfigureAwait(false);
            return;
        }

        response.ContentType = FeedFormats.Json;
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body), site.Context.RequestAborted)
            .ConfigureAwait(false);
    }

    private static string? Text(DateTimeOffset? at) =>
        at is { } value ? MaritimeWatch.Terms.Instants.ToText(value.ToUnixTimeMilliseconds()) : null;
}
