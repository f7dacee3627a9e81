using System.Text.Json;

namespace MaritimeWatch.Functions.Operations;

/// <summary>
/// <c>GET /health/live</c> and <c>GET /health/ready</c> for whoever starts and stops processes. They stand before every
/// gate and exist whatever doors are open, need no token, and say nothing about what is in the store.
/// </summary>
public static class Probes
{
    /// <summary>The process answers; nothing else is looked at.</summary>
    public const string LivePath = "/health/live";

    /// <summary>The process can work; 503 with reasons where it cannot.</summary>
    public const string ReadyPath = "/health/ready";

    /// <summary>Stands before everything else.</summary>
    /// <param name="app">The application.</param>
    /// <param name="readiness">Judges.</param>
    public static void Use(WebApplication app, Readiness readiness) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        var isLive = request.Path == LivePath;
        if ((!isLive && request.Path != ReadyPath) || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            await next(context);
            return;
        }

        var reasons = isLive ? [] : await readiness.ReasonsAsync(context.RequestAborted);
        var isWell = reasons.Count == 0;
        context.Response.StatusCode = isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var body = isLive ? JsonSerializer.SerializeToUtf8Bytes(new { status = "live" })
            : isWell ? JsonSerializer.SerializeToUtf8Bytes(new { status = "ready" })
            : JsonSerializer.SerializeToUtf8Bytes(new { status = "not-ready", reasons });
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    });
}
