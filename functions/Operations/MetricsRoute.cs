using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Outlet;

namespace MaritimeWatch.Functions.Operations;

/// <summary>What <c>GET /metrics</c> is made of.</summary>
internal sealed record MetricsParts
{
    /// <summary>Adds up what the meters say.</summary>
    public required MetricsListener Listener { get; init; }

    /// <summary>Queues and storage.</summary>
    public required StoreMetrics Store { get; init; }

    /// <summary>How much is taken.</summary>
    public required LoadGauge Load { get; init; }

    /// <summary>How many landed blobs wait.</summary>
    public required QueueDepth Depth { get; init; }

    /// <summary>How every source stands.</summary>
    public required SourceBoard Board { get; init; }

    /// <summary>The gate with the key, told that reads are not open to all.</summary>
    public required AccessGate Gate { get; init; }
}

/// <summary>
/// <c>GET /metrics</c> for Prometheus. Beyond this machine it is for the API key and for an administrator's token: counts
/// tell how busy a port is, and when nobody watches.
/// </summary>
internal static class MetricsRoute
{
    /// <summary>Where it is.</summary>
    public const string Path = "/metrics";

    /// <summary>Adds the route; the gate stands before it.</summary>
    /// <param name="app">The application.</param>
    /// <param name="parts">What it is made of.</param>
    public static void Map(WebApplication app, MetricsParts parts) =>
        app.MapMethods(Path, ["GET", "HEAD"], context => AnswerAsync(context, parts));

    /// <summary>All that is known now.</summary>
    /// <param name="parts">What it is made of.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<string> TextAsync(MetricsParts parts, CancellationToken cancel)
    {
        var text = new PrometheusText();
        parts.Listener.Write(text);
        text.One("maritimewatch_load_level", "gauge", "What is turned away: 0 nothing, 1 extras, 2 documents, 3 streams, 4 scenes.", (int)parts.Load.Level);
        text.One("maritimewatch_intake_waiting", "gauge", "Landed blobs that wait to be decoded, as this process counts.", parts.Depth.Waiting);
        text.One("maritimewatch_intake_waiting_limit", "gauge", "How many may wait.", parts.Depth.Max);
        var sources = parts.Board.Snapshot();
        text.One("maritimewatch_sources", "gauge", "Sources that were heard or are waited for.", sources.Count);
        text.One("maritimewatch_sources_silent", "gauge", "Sources that should be sending and are not.", sources.Count(source => source.FeedDown));
        await parts.Store.WriteAsync(text, cancel);
        ProcessMetrics.Write(text);
        return text.ToString();
    }

    private static async Task AnswerAsync(HttpContext context, MetricsParts parts)
    {
        var isOurs = Access.CallerOf(context) is { } caller
            ? caller.Role == Roles.Admin
            : !parts.Gate.IsExposed || parts.Gate.HoldsKey(context.Request);
        if (parts.Gate.IsExposed && !isOurs)
        {
            await new FeedProblem(
                StatusCodes.Status403Forbidden, "Not for everybody", "Metrics are for the API key and for administrators.").WriteAsync(context);
            return;
        }

        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(await TextAsync(parts, context.RequestAborted), context.RequestAborted);
    }
}
