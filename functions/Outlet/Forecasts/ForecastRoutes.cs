using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Forecasts;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Forecasts for planners: <c>/forecasts</c> (ports and times), <c>/forecasts/{port}</c> and <c>/forecasts/{port}/errors</c>.
/// </summary>
internal static class ForecastRoutes
{
    private const int ComparedMax = 62;
    private static readonly string[] Methods = ["GET", "HEAD"];

    /// <summary>Adds the routes.</summary>
    /// <param name="app">The application.</param>
    /// <param name="desk">The store's forecasts.</param>
    /// <param name="may">Who may see a port's forecasts; null lets everybody (a loopback without sign-in).</param>
    public static void Map(WebApplication app, ForecastDesk desk, ForecastReaders? may = null)
    {
        app.MapMethods("/forecasts", Methods, context => AnswerAsync(context, () => ListAsync(context, desk, may)));
        app.MapMethods("/forecasts/{port}", Methods, context => AnswerAsync(context, () => OfPortAsync(context, desk, may, OneAsync)));
        app.MapMethods("/forecasts/{port}/errors", Methods, context => AnswerAsync(context, () => OfPortAsync(context, desk, may, ErrorsAsync)));
    }

    // The one place where a caller is let in or not.
    private static async Task OfPortAsync(
        HttpContext context, ForecastDesk desk, ForecastReaders? may, Func<HttpContext, ForecastDesk, string, DateTimeOffset?, Task> answer)
    {
        var port = ((string)context.GetRouteValue("port")!).ToUpperInvariant();
        if (!SeaPorts.IsLocode(port))
        {
            await FeedProblem.NotFound("A port is named by its UN/LOCODE, for example SEGOT.").WriteAsync(context);
        }
        else if (may?.Invoke(context, port) is { } refusal)
        {
            await refusal.WriteAsync(context);
        }
        else if (context.Request.Query.Keys.FirstOrDefault(key => key != "at") is { } unknown)
        {
            await FeedProblem.BadParameter(unknown, "Only 'at' is known here.", ["at"]).WriteAsync(context);
        }
        else if (!TryReadAt(context.Request.Query["at"], out var at))
        {
            await FeedProblem.BadParameter("at", "A time in UTC, for example 2026-11-20T14:00:00Z.").WriteAsync(context);
        }
        else
        {
            await answer(context, desk, port, at);
        }
    }

    private static async Task ListAsync(HttpContext context, ForecastDesk desk, ForecastReaders? may)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("ports");
            foreach (var port in await desk.Issued.PortsAsync(context.RequestAborted))
            {
                if (may?.Invoke(context, port) is not null)
                {
                    continue;
                }

                json.WriteStartObject();
                json.WriteString("port", port);
                json.WriteStartArray("issued_at");
                foreach (var at in await desk.Issued.IssuedAsync(port, context.RequestAborted))
                {
                    json.WriteStringValue(Terms.Instants.ToText(at.ToUnixTimeMilliseconds()));
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        await WriteAsync(context, body.ToArray());
    }

    private static async Task OneAsync(HttpContext context, ForecastDesk desk, string port, DateTimeOffset? at)
    {
        var forecast = await desk.Issued.LatestAsync(port, at ?? DateTimeOffset.MaxValue, context.RequestAborted);
        await (forecast is null
            ? FeedProblem.NotFound("No forecast of this port was issued by then; /forecasts lists what there is.").WriteAsync(context)
            : WriteAsync(context, ForecastText.ToBytes(forecast)));
    }

    private static async Task ErrorsAsync(HttpContext context, ForecastDesk desk, string port, DateTimeOffset? at)
    {
        var history = await desk.HistoryAsync(context.RequestAborted);
        var until = at ?? (history.LastKnownAtMs is { } last ? DateTimeOffset.FromUnixTimeMilliseconds(last) : null);
        var issued = new List<PortForecast>();
        await foreach (var forecast in desk.Issued.BeforeAsync(port, until ?? DateTimeOffset.MaxValue, ComparedMax, context.RequestAborted))
        {
            issued.Add(forecast);
        }

        // None to compare is an answer; a port without any forecast is not known here.
        var isKnown = issued.Count > 0 || (await desk.Issued.IssuedAsync(port, context.RequestAborted)).Count > 0;
        await (!isKnown
            ? FeedProblem.NotFound("No forecast of this port was issued; /forecasts lists what there is.").WriteAsync(context)
            : WriteAsync(context, ForecastText.ToBytes(
                ForecastErrors.Compare(port, issued, history.Of(port), until ?? issued.LastOrDefault()?.IssuedAt ?? DateTimeOffset.UnixEpoch, desk.Options))));
    }

    private static bool TryReadAt(string? text, out DateTimeOffset? at)
    {
        at = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var isTime = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time);
        at = isTime ? time : null;
        return isTime;
    }

    private static async Task AnswerAsync(HttpContext context, Func<Task> answer)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await answer();
        }
        catch (Exception trouble) when (!context.Response.HasStarted && trouble is StoreException or InvalidDataException)
        {
            FeedLog.StoreTrouble(context.RequestServices.GetRequiredService<ILogger<FeedSite>>(), trouble);
            context.Response.Headers.RetryAfter = "5";
            await new FeedProblem(
                StatusCodes.Status503ServiceUnavailable, "The store cannot be read now", "Try again; /health says more.").WriteAsync(context);
        }
    }

    private static async Task WriteAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = FeedFormats.Json;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}

/// <summary>Says whether a caller may see a port's forecasts: null, or why not.</summary>
/// <param name="context">The request.</param>
/// <param name="port">UN/LOCODE.</param>
internal delegate FeedProblem? ForecastReaders(HttpContext context, string port);
