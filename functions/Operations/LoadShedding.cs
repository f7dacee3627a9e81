using System.Globalization;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Outlet;

namespace MaritimeWatch.Functions.Operations;

/// <summary>
/// Turns requests away while too much waits: 503 with Retry-After, counted by reason. The doors for AIS ask the gauge
/// themselves, because they also count by source; everything that no level names is never turned away here.
/// </summary>
internal static class LoadShedding
{
    // What says where to look: a page without any of them walks through the whole collection.
    private static readonly string[] WholeCollection = ["f", "limit", "snapshot", "before"];

    /// <summary>Stands behind the gate and before the routes.</summary>
    /// <param name="app">The application.</param>
    /// <param name="load">The level.</param>
    public static void Use(WebApplication app, LoadGauge load) => app.Use((context, next) =>
        LevelOf(context.Request) is { } level && load.Sheds(level) ? RefuseAsync(context, level) : next(context));

    /// <summary>The level that turns a request away, or null where none does.</summary>
    /// <param name="request">The request.</param>
    public static LoadLevel? LevelOf(HttpRequest request)
    {
        var path = (request.Path.Value ?? "/").TrimEnd('/');
        if (HttpMethods.IsPost(request.Method))
        {
            return path.Equals("/scenes", StringComparison.OrdinalIgnoreCase) ? LoadLevel.NoScenes : null;
        }

        return IsComputed(path) || (IsItems(path) && request.Query.Keys.All(key => WholeCollection.Contains(key)))
            ? LoadLevel.NoExtras
            : null;
    }

    private static bool IsComputed(string path) =>
        path.StartsWith("/forecasts/", StringComparison.OrdinalIgnoreCase)
        && path.EndsWith("/errors", StringComparison.OrdinalIgnoreCase);

    private static bool IsItems(string path) =>
        path.StartsWith("/collections/", StringComparison.OrdinalIgnoreCase)
        && path.EndsWith("/items", StringComparison.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext context, LoadLevel level)
    {
        var isScene = level == LoadLevel.NoScenes;
        IntakeMeters.OnShed(isScene ? "scenes" : "reads", ShedReasons.Load);
        context.Response.Headers.RetryAfter = (isScene ? 60 : 10).ToString(CultureInfo.InvariantCulture);
        return new FeedProblem(
            StatusCodes.Status503ServiceUnavailable, "Too much is waiting",
            isScene ? "Nothing was taken: send the scene again later." : "Ask for less (bbox, datetime, a filter), or later.")
            .WriteAsync(context);
    }
}
