using MaritimeWatch.Functions.Outlet;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace MaritimeWatch.Functions.Pages;

/// <summary>
/// The web pages: <c>/</c> for a browser and one address for each other page, their files under <c>/console</c>. The pages
/// read the feeds and the alerts as any other client does, so nothing here knows a store.
/// </summary>
public static class ConsolePages
{
    /// <summary>
    /// Only our own files: no inline script, no other host. Blob images are the map's sprites; MapLibre and the page set
    /// styles through the object model, which the policy allows.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
        "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string FilesPath = "/console";
    private const string VendorPath = FilesPath + "/vendor";

    // Pages beside the map, each a file of its name; an address outside this list is nobody's.
    private static readonly string[] Pages = ["/officer.html", "/planner.html", "/sign-in.html", "/vessel.html", "/dead-letters.html"];

    /// <summary>
    /// Serves the page and its files. Call it before the endpoints are mapped or after, as you like: a browser that asks
    /// for <c>/</c> gets the page, every other client (and <c>/?f=json</c>) is passed on.
    /// </summary>
    /// <param name="app">The application that also serves the feeds.</param>
    /// <param name="access">Who asks; null where there are no users.</param>
    /// <param name="demo">Where anybody may sign in, else null.</param>
    public static void Map(WebApplication app, Access? access = null, DemoSignIn? demo = null)
    {
        SessionRoutes.Map(app, access, demo);
        var root = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        app.Use((context, next) =>
        {
            if (WantsPage(context.Request))
            {
                // The feeds' landing has matched the same path already: take it back, or the file is passed over.
                context.SetEndpoint(null);
                context.Request.Path = FilesPath + "/index.html";
            }
            else if (Array.IndexOf(Pages, context.Request.Path.Value) >= 0)
            {
                context.Request.Path = FilesPath + context.Request.Path;
            }

            return next(context);
        });
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".js"] = "text/javascript; charset=utf-8";
        types.Mappings[".css"] = "text/css; charset=utf-8";
        types.Mappings[".html"] = "text/html; charset=utf-8";
        app.UseStaticFiles(new StaticFileOptions
        {
            // Not owned by the options: the provider lives as long as the application.
            FileProvider = new PhysicalFileProvider(root),
            RequestPath = FilesPath,
            ContentTypeProvider = types,
            OnPrepareResponse = prepared => SetHeaders(prepared.Context),
        });
    }

    /// <summary>True for a browser that opens the landing page.</summary>
    /// <param name="request">Any request.</param>
    public static bool WantsPage(HttpRequest request) =>
        request.Path == "/"
        && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !request.Query.ContainsKey("f")
        && request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html");

    private static void SetHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = context.Request.Path.StartsWithSegments(VendorPath, StringComparison.Ordinal)
            ? "public, max-age=31536000, immutable"
            : "no-cache";
        headers.Append(HeaderNames.Vary, HeaderNames.Accept);
    }
}
