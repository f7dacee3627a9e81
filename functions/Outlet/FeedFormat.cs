using Microsoft.Net.Http.Headers;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>For whom an answer is written.</summary>
internal enum FeedFormat
{
    /// <summary>For programs: JSON of the resource's own media type.</summary>
    Json,

    /// <summary>For people.</summary>
    Html,
}

/// <summary>Decides between JSON and HTML: <c>f</c> first, then the Accept header; JSON where neither says.</summary>
internal static class FeedFormats
{
    public const string GeoJson = "application/geo+json";
    public const string Json = "application/json";
    public const string Schema = "application/schema+json";
    public const string OpenApi = "application/vnd.oai.openapi+json;version=3.0";
    public const string Html = "text/html";

    /// <summary>Reads the wish, or says what is wrong with it.</summary>
    public static FeedProblem? Choose(HttpRequest request, out FeedFormat format)
    {
        format = FeedFormat.Json;
        if (request.Query.TryGetValue("f", out var wish))
        {
            format = wish == "html" ? FeedFormat.Html : FeedFormat.Json;
            return wish == "html" || wish == "json"
                ? null
                : FeedProblem.BadParameter("f", "The formats are json and html.", ["json", "html"]);
        }

        var (html, json) = (0.0, 0.0);
        foreach (var type in request.GetTypedHeaders().Accept)
        {
            var quality = type.Quality ?? 1;
            html = type.MediaType == Html ? Math.Max(html, quality) : html;
            json = IsJson(type) ? Math.Max(json, quality) : json;
        }

        format = html > json ? FeedFormat.Html : FeedFormat.Json;
        return null;
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType == Json || type.Suffix == "json";
}
