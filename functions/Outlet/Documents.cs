using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaritimeWatch.Feeds;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>The documents around the features: landing, conformance, collections and queryables.</summary>
internal static class Documents
{
    private const string Crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
    private const string Gregorian = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";

    private static readonly string[] OnlyFormat = ["f"];

    // What is typed application/json must not be read as HTML by anybody, so '<' and its kin stay escaped.
    private static readonly JsonWriterOptions Written = new() { Indented = true, Encoder = JavaScriptEncoder.Default };

    /// <summary>Conformance classes, as built and tested; nothing is claimed ahead.</summary>
    private static readonly string[] Classes =
    [
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
        "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
        "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    ];

    /// <summary>Writes a document in the wanted format.</summary>
    public static async Task WriteAsync(FeedSite site, Func<FeedSite, JsonObject> make, string path, string mediaType)
    {
        var response = site.Context.Response;
        if (site.Context.Request.Query.Keys.FirstOrDefault(k => k != "f") is { } unknown)
        {
            await FeedProblem.BadParameter(unknown, "This parameter is not known here.", OnlyFormat)
                .WriteAsync(site.Context).ConfigureAwait(false);
            return;
        }

        if (site.IsNotModified(site.Model.Current))
        {
            return;
        }

        var document = make(site);
        if (mediaType != FeedFormats.Schema && mediaType != FeedFormats.OpenApi)
        {
            var links = site.SelfLinks(path, mediaType);
            foreach (var link in document["links"]?.AsArray().ToArray() ?? [])
            {
                document["links"]!.AsArray().Remove(link);
                links.Add(link);
            }

            document["links"] = links;
        }

        if (site.WantsHtml)
        {
            await HtmlPages.WriteDocumentAsync(site, path, document).ConfigureAwait(false);
            return;
        }

        response.ContentType = mediaType;
        using var writer = new Utf8JsonWriter(response.BodyWriter, Written);
        document.WriteTo(writer);
        await writer.FlushAsync(site.Context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The landing page.</summary>
    public static JsonObject Landing(FeedSite site) => new()
    {
        ["title"] = site.Options.Title,
        ["description"] = site.Options.Description,
        ["simulated"] = site.Options.Simulated,
        ["links"] = new JsonArray(
            FeedSite.Link($"{site.Root}/api?f=json", "service-desc", FeedFormats.OpenApi, "The API as OpenAPI 3.0"),
            FeedSite.Link($"{site.Root}/api?f=html", "service-doc", FeedFormats.Html, "The API for people"),
            FeedSite.Link($"{site.Root}/conformance", "conformance", FeedFormats.Json, "Conformance classes"),
            FeedSite.Link($"{site.Root}/collections", "data", FeedFormats.Json, "The collections"),
            FeedSite.Link($"{site.Root}/health", "status", FeedFormats.Json, "Whether the feed is alive")),
    };

    /// <summary>What of the standard is built.</summary>
    public static JsonObject Conformance(FeedSite site) => new()
    {
        ["conformsTo"] = new JsonArray([.. Classes.Select(c => (JsonNode)c)]),
    };

    /// <summary>All collections.</summary>
    public static JsonObject Collections(FeedSite site) => new()
    {
        ["collections"] = new JsonArray([.. FeedCollections.All.Select(c => (JsonNode)Collection(site, c, false))]),
    };

    /// <summary>One collection.</summary>
    public static JsonObject Collection(FeedSite site, FeedCollection collection, bool isAlone)
    {
        var at = $"{site.Root}/collections/{collection.Id}";
        var links = new JsonArray(
            FeedSite.Link($"{at}/items", "items", FeedFormats.GeoJson, $"{collection.Title} as GeoJSON"),
            FeedSite.Link($"{at}/items?f=html", "items", FeedFormats.Html, $"{collection.Title} as HTML"),
            FeedSite.Link(
                $"{at}/queryables", "http://www.opengis.net/def/rel/ogc/1.0/queryables", FeedFormats.Schema,
                "What can be filtered on"));
        if (!isAlone)
        {
            links.Insert(0, FeedSite.Link(at, "self", FeedFormats.Json, collection.Title));
        }

        var extent = new JsonObject
        {
            ["spatial"] = new JsonObject
            {
                ["bbox"] = new JsonArray(new JsonArray(-180, -90, 180, 90)), ["crs"] = Crs84,
            },
        };
        if (collection.StartProperty is not null)
        {
            extent["temporal"] = new JsonObject
            {
                ["interval"] = new JsonArray(new JsonArray(null, null)), ["trs"] = Gregorian,
            };
        }

        return new JsonObject
        {
            ["id"] = collection.Id,
            ["title"] = collection.Title,
            ["description"] = collection.Description,
            ["itemType"] = "feature",
            ["crs"] = new JsonArray(Crs84),
            ["extent"] = extent,
            ["numberOfItems"] = site.Model.Current.Query(collection, new FeedQuery { Limit = 0 }).Matched,
            ["links"] = links,
        };
    }

    /// <summary>What a collection can be filtered on, as a JSON schema.</summary>
    public static JsonObject Queryables(FeedSite site, FeedCollection collection)
    {
        var properties = new JsonObject
        {
            ["geometry"] = new JsonObject
            {
                ["title"] = "Where (by bbox)", ["format"] = "geometry-any", ["x-ogc-role"] = "primary-geometry",
            },
        };
        foreach (var queryable in collection.Queryables)
        {
            properties[queryable.Name] = Schema(queryable);
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"{site.Root}/collections/{collection.Id}/queryables",
            ["type"] = "object",
            ["title"] = collection.Title,
            ["description"] = collection.Description,
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    }

    /// <summary>The JSON schema of one value.</summary>
    public static JsonObject Schema(FeedQueryable queryable)
    {
        var schema = new JsonObject { ["description"] = queryable.Description };
        schema["type"] = queryable.Type switch
        {
            QueryableType.Number => "integer",
            QueryableType.Boolean => "boolean",
            _ => "string",
        };
        if (queryable.Type == QueryableType.Choice)
        {
            schema["enum"] = new JsonArray([.. queryable.Choices.Select(c => (JsonNode)c)]);
        }

        return schema;
    }
}
