using System.IO.Compression;
using MaritimeWatch.Feeds;
using MaritimeWatch.Log;
using Microsoft.AspNetCore.ResponseCompression;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>The feeds: OGC API - Features 1.0 over the read model (core, oas30, geojson, html, queryables).</summary>
public static class FeedApp
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    /// <summary>What the feeds need of the host: compression of answers.</summary>
    public static void AddServices(IServiceCollection services)
    {
        services.AddResponseCompression(o =>
        {
            // Nothing secret stands beside text that a caller chooses, so compression gives nothing away (BREACH).
            o.EnableForHttps = true;
            o.Providers.Add<GzipCompressionProvider>();
            o.MimeTypes =
            [
                .. ResponseCompressionDefaults.MimeTypes, FeedFormats.GeoJson, FeedFormats.Schema,
                "application/vnd.oai.openapi+json", FeedProblem.MediaType,
            ];
        });
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
    }

    /// <summary>An application that serves only the feeds.</summary>
    /// <param name="model">What is served.</param>
    /// <param name="options">What the feeds say about themselves.</param>
    /// <param name="time">The clock.</param>
    /// <param name="url">Where to listen, for example <c>http://127.0.0.1:0</c>.</param>
    public static WebApplication Build(ReadModel model, FeedAppOptions options, TimeProvider time, Uri url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(url.ToString());
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = 0;
        });
        AddServices(builder.Services);
        var app = builder.Build();
        Map(app, model, options, time);
        return app;
    }

    /// <summary>Adds the feeds to an application on which <see cref="AddServices"/> was called.</summary>
    public static void Map(WebApplication app, ReadModel model, FeedAppOptions options, TimeProvider time)
    {
        app.UseResponseCompression();
        void Get(string pattern, Func<FeedSite, Task> answer)
        {
            app.MapMethods(pattern, Methods, context => AnswerAsync(context, model, options, time, answer));
            app.MapMethods(pattern, ["OPTIONS"], AllowOthersAsync);
        }

        Get("/", site => Documents.WriteAsync(site, Documents.Landing, "/", FeedFormats.Json));
        Get("/conformance", site => Documents.WriteAsync(site, Documents.Conformance, "/conformance", FeedFormats.Json));
        Get("/api", site => Documents.WriteAsync(site, OpenApiDocument.Make, "/api", FeedFormats.OpenApi));
        Get("/collections", site => Documents.WriteAsync(site, Documents.Collections, "/collections", FeedFormats.Json));
        Get("/collections/{id}", site => OfCollection(site, c => Documents.WriteAsync(
            site, s => Documents.Collection(s, c, true), $"/collections/{c.Id}", FeedFormats.Json)));
        Get("/collections/{id}/queryables", site => OfCollection(site, c => Documents.WriteAsync(
            site, s => Documents.Queryables(s, c), $"/collections/{c.Id}/queryables", FeedFormats.Schema)));
        Get("/collections/{id}/items", site => OfCollection(site, c => Items.WritePageAsync(site, c)));
        Get("/collections/{id}/items/{fid}", site => OfCollection(site, c => Items.WriteOneAsync(site, c)));
        Get("/vessels/{id}", DossierRoutes.WriteAsync);
        Get("/judgements", site => Documents.WriteAsync(site, JudgementSummary.Make, "/judgements", FeedFormats.Json));
        Get("/kinds", KindDocuments.WriteAllAsync);
        Get("/kinds/{kind}", KindDocuments.WriteOneAsync);
        Get("/health", Health.WriteAsync);
        app.MapMethods("/feeds.css", Methods, HtmlPages.WriteStylesheetAsync);
    }

    private static Task OfCollection(FeedSite site, Func<FeedCollection, Task> answer) =>
        FeedCollections.Find((string)site.Context.GetRouteValue("id")!) is { } collection
            ? answer(collection)
            : FeedProblem.NotFound("There is no such collection; /collections lists them.").WriteAsync(site.Context);

    // The one place where trouble becomes an answer. What happened is logged; the client learns no internals.
    private static async Task AnswerAsync(
        HttpContext context, ReadModel model, FeedAppOptions options, TimeProvider time, Func<FeedSite, Task> answer)
    {
        context.Response.Headers.AccessControlAllowOrigin = "*";
        context.Response.Headers.AccessControlExposeHeaders = "ETag";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var problem = FeedFormats.Choose(context.Request, out var format);
        try
        {
            await (problem is null
                ? answer(new FeedSite(context, model, options, time, format))
                : problem.WriteAsync(context)).ConfigureAwait(false);
        }
        catch (StoreException trouble) when (!context.Response.HasStarted)
        {
            FeedLog.StoreTrouble(context.RequestServices.GetRequiredService<ILogger<FeedSite>>(), trouble);
            context.Response.Headers.RetryAfter = "5";
            await new FeedProblem(
                StatusCodes.Status503ServiceUnavailable, "The store cannot be read now",
                "Try again; /health says more.").WriteAsync(context).ConfigureAwait(false);
        }
        catch (StoreException trouble)
        {
            // Half an answer is out: only a broken connection tells the client that it is not whole.
            FeedLog.StoreTrouble(context.RequestServices.GetRequiredService<ILogger<FeedSite>>(), trouble);
            context.Abort();
        }
    }

    private static Task AllowOthersAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlAllowMethods = "GET, HEAD";
        headers.AccessControlAllowHeaders = "If-None-Match, Accept";
        headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}

/// <summary>What the feeds log.</summary>
internal static partial class FeedLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "the feed could not read the store")]
    public static partial void StoreTrouble(ILogger logger, Exception trouble);
}
