using System.Globalization;
using System.Text.Json.Nodes;
using MaritimeWatch.Feeds;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>The API in OpenAPI 3.0, by hand: clients such as QGIS and GDAL read limits and filters from it.</summary>
internal static class OpenApiDocument
{
    private const string Schemas = "#/components/schemas/";

    /// <summary>Makes the document.</summary>
    public static JsonObject Make(FeedSite site)
    {
        var paths = new JsonObject
        {
            ["/"] = Path("landing", "Landing page: where everything is", FeedFormats.Json, "LandingPage"),
            ["/conformance"] = Path("conformance", "Conformance classes", FeedFormats.Json, "Conformance"),
            ["/api"] = Path("api", "This document", FeedFormats.OpenApi, "AnyObject"),
            ["/collections"] = Path("collections", "The collections", FeedFormats.Json, "Collections"),
            ["/vessels/{subject}"] = Path(
                "vessels.dossier", "Everything that is known of one vessel or other subject", FeedFormats.Json, "Dossier", DossierParameters()),
            ["/judgements"] = Path("judgements", "How many findings of each kind and rule analysts have marked false", FeedFormats.Json, "Judgements"),
            ["/findings/{findingId}/judgement"] = JudgementPath(),
            ["/kinds"] = Path("kinds", "What each kind of finding means", FeedFormats.Json, "AnyObject"),
            ["/kinds/{kind}"] = Path(
                "kinds.one", "What a kind means, what it does not show, its thresholds, and how to check it", FeedFormats.Json, "Kind",
                [Parameter("kind", "path", "The kind.", Documents.Schema(FeedCollections.Findings.Queryables.First(q => q.Name == "kind")), "gap")]),
            ["/health"] = Path("health", "Whether the feed is alive and what was last heard", FeedFormats.Json, "Health"),
        };
        foreach (var collection in FeedCollections.All)
        {
            var (at, id) = ($"/collections/{collection.Id}", collection.Id);
            paths[at] = Path($"{id}.describe", collection.Description, FeedFormats.Json, "Collection");
            paths[$"{at}/queryables"] = Path(
                $"{id}.queryables", "What can be filtered on", FeedFormats.Schema, "AnyObject");
            paths[$"{at}/items"] = Path(
                $"{id}.items", $"{collection.Title}, newest first", FeedFormats.GeoJson, "FeatureCollection",
                ItemParameters(collection));
            paths[$"{at}/items/{{featureId}}"] = Path(
                $"{id}.item", $"One of {collection.Title}", FeedFormats.GeoJson, "Feature",
                [
                    Parameter("featureId", "path", "The feature's id.", Type("string"), "mmsi:235012345"),
                ]);
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JsonObject
            {
                ["title"] = site.Options.Title,
                ["description"] = site.Options.Description,
                ["version"] = typeof(FeedApp).Assembly.GetName().Version!.ToString(3),
                ["license"] = new JsonObject
                {
                    ["name"] = "Apache 2.0", ["url"] = "https://www.apache.org/licenses/LICENSE-2.0.html",
                },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = site.Root }),
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = Components() },
        };
    }

    private static JsonObject Path(
        string operation, string summary, string mediaType, string schema, IEnumerable<JsonNode>? parameters = null)
    {
        var format = Type("string");
        format["enum"] = new JsonArray("json", "html");
        JsonNode[] all =
            [.. parameters ?? [], Parameter("f", "query", "The format; else the Accept header decides.", format, "json")];
        var answers = new JsonObject
        {
            ["200"] = Answer("Done.", (mediaType, schema), (FeedFormats.Html, "Page")),
            ["304"] = new JsonObject { ["description"] = "Nothing changed since the given ETag." },
            ["400"] = Answer("A query parameter is unknown or wrong.", (FeedProblem.MediaType, "Problem")),
        };
        if (operation.Contains('.', StringComparison.Ordinal))
        {
            answers["404"] = Answer("There is no such resource.", (FeedProblem.MediaType, "Problem"));
        }

        if (operation == "vessels.dossier" || operation.EndsWith(".items", StringComparison.Ordinal))
        {
            answers["410"] = Answer("The token is not held any more.", (FeedProblem.MediaType, "Problem"));
        }

        answers["503"] = Answer("The store cannot be read now.", (FeedProblem.MediaType, "Problem"));
        return new JsonObject
        {
            ["get"] = new JsonObject
            {
                ["operationId"] = operation,
                ["summary"] = summary,
                ["parameters"] = new JsonArray(all),
                ["responses"] = answers,
            },
        };
    }

    private static IEnumerable<JsonNode> DossierParameters()
    {
        yield return Parameter("subject", "path", "Nine digits, or a subject as findings name it.", Type("string"), "235012345");
        var limit = Type("integer");
        (limit["minimum"], limit["maximum"], limit["default"]) = (1, DossierRequest.LimitMax, DossierRequest.LimitDefault);
        yield return Parameter("limit", "query", "The most lines of each part; each says how many there are in all.", limit, 50);
        yield return Parameter("snapshot", "query", "The generation of an earlier answer; held at least 15 minutes; then 410.", Type("string"), "19a2b3c4d5e-17");
    }

    private static JsonObject JudgementPath()
    {
        var verdict = Type("string");
        verdict["enum"] = new JsonArray([.. Alerts.FindingJudgement.Verdicts.Select(v => (JsonNode)v)]);
        var reason = Type("string");
        reason["maxLength"] = Alerts.FindingJudgement.ReasonMax;
        return new JsonObject
        {
            ["post"] = new JsonObject
            {
                ["operationId"] = "findings.judge",
                ["summary"] = "An analyst marks a finding false, with a reason, or withdraws the mark",
                ["parameters"] = new JsonArray(Parameter("findingId", "path", "The finding's id.", Type("string"), "4f1c")),
                ["requestBody"] = new JsonObject
                {
                    ["required"] = true,
                    ["content"] = new JsonObject
                    {
                        ["application/json"] = new JsonObject { ["schema"] = Object("verdict", ("verdict", verdict), ("reason", reason)) },
                    },
                },
                ["responses"] = new JsonObject
                {
                    ["200"] = Answer("The same holds already.", (FeedFormats.Json, "AnyObject")),
                    ["202"] = Answer("It stands in the inbox; the feeds follow.", (FeedFormats.Json, "AnyObject")),
                    ["400"] = Answer("No JSON.", (FeedProblem.MediaType, "Problem")),
                    ["401"] = Answer("Nobody is signed in.", (FeedProblem.MediaType, "Problem")),
                    ["403"] = Answer("Not for this role.", (FeedProblem.MediaType, "Problem")),
                    ["404"] = Answer("There is no such finding.", (FeedProblem.MediaType, "Problem")),
                    ["409"] = Answer("Something else holds.", (FeedProblem.MediaType, "Problem")),
                    ["422"] = Answer("No judgement: the verdict or the reason is wrong.", (FeedProblem.MediaType, "Problem")),
                    ["503"] = Answer("The store cannot be used now.", (FeedProblem.MediaType, "Problem")),
                },
            },
        };
    }

    private static IEnumerable<JsonNode> ItemParameters(FeedCollection collection)
    {
        var limit = Type("integer");
        (limit["minimum"], limit["maximum"], limit["default"]) = (1, ItemsRequest.LimitMax, ItemsRequest.LimitDefault);
        yield return Parameter("limit", "query", "How many features at most; more is clamped.", limit, 100);
        var number = Type("number");
        var box = List(number);
        // OpenAPI 3.0 cannot say "four or six", so the description does.
        (box["minItems"], box["maxItems"]) = (4, 6);
        yield return Parameter(
            "bbox", "query",
            "Four numbers (west, south, east, north, degrees, CRS84) or six (with heights, which are ignored). West "
            + "greater than east crosses the antimeridian. Features without a geometry match too.",
            box, new JsonArray(-1.5, 50.0, 2.5, 51.5));
        yield return Parameter(
            "datetime", "query",
            "An RFC 3339 time, or a range a/b, ../b or a/.. ; a date stands for its day. Features without a time match "
            + "too.",
            Type("string"), "2026-11-21T00:00:00Z/2026-11-22T00:00:00Z");
        yield return Parameter(
            "since", "query",
            "Only what changed after this generation: the token of an earlier answer (its rel=monitor link). 410 once the "
            + "server has started anew.",
            Type("string"), "19a2b3c4d5e-17");
        yield return Parameter(
            "snapshot", "query", "The generation that a next link pages through, held at least 15 minutes; then 410.",
            Type("string"), "19a2b3c4d5e-17");
        yield return Parameter(
            "before", "query", "The place in the pages, from a next link.", Type("integer"), 4711);
        foreach (var queryable in collection.Queryables)
        {
            var example = (JsonNode)(queryable.Type == QueryableType.Number
                ? int.Parse(queryable.Example, CultureInfo.InvariantCulture)
                : queryable.Example);
            yield return Parameter(
                queryable.Name, "query", queryable.Description + " Several values, separated by commas: any of them.",
                List(Documents.Schema(queryable)), new JsonArray(example));
        }
    }

    private static JsonObject Parameter(string name, string where, string description, JsonObject schema, JsonNode example)
    {
        var parameter = new JsonObject
        {
            ["name"] = name,
            ["in"] = where,
            ["required"] = where == "path",
            ["description"] = description,
            ["schema"] = schema,
            ["example"] = example,
        };
        if (where == "query")
        {
            (parameter["style"], parameter["explode"]) = ("form", false);
        }

        return parameter;
    }

    private static JsonObject Answer(string description, params ReadOnlySpan<(string MediaType, string Schema)> contents)
    {
        var content = new JsonObject();
        foreach (var (mediaType, schema) in contents)
        {
            content[mediaType] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = Schemas + schema } };
        }

        return new JsonObject { ["description"] = description, ["content"] = content };
    }

    private static JsonObject Components() => new()
    {
        ["AnyObject"] = Type("object"),
        ["Page"] = Type("string"),
        ["Link"] = Object("href", ("href", Type("string")), ("rel", Type("string")), ("type", Type("string")),
            ("title", Type("string"))),
        ["LandingPage"] = Object("links", ("title", Type("string")), ("description", Type("string")),
            ("simulated", Type("boolean")), ("links", List(Ref("Link")))),
        ["Conformance"] = Object("conformsTo", ("conformsTo", List(Type("string")))),
        ["Collection"] = Object("id", ("id", Type("string")), ("title", Type("string")),
            ("description", Type("string")), ("itemType", Type("string")), ("extent", Type("object")),
            ("links", List(Ref("Link")))),
        ["Collections"] = Object("collections", ("collections", List(Ref("Collection"))), ("links", List(Ref("Link")))),
        ["Feature"] = Object("type", ("type", Type("string")), ("id", Type("string")), ("geometry", Nullable()),
            ("properties", Type("object")), ("links", List(Ref("Link")))),
        ["FeatureCollection"] = Object("features", ("type", Type("string")), ("timeStamp", Type("string")),
            ("numberMatched", Type("integer")), ("numberReturned", Type("integer")), ("generation", Type("string")),
            ("links", List(Ref("Link"))), ("features", List(Ref("Feature")))),
        ["Dossier"] = Object("subject", ("subject", Type("string")), ("mmsi", Nullable("integer")), ("name", Nullable("string")),
            ("simulated", Type("boolean")), ("generation", Type("string")), ("limit", Type("integer")), ("counts", Type("object")),
            ("vessel", Nullable()), ("identities", Ref("Part")), ("calls", Ref("Part")), ("findings", Ref("Part")), ("gaps", Ref("Part")),
            ("reach", Nullable()), ("encounters", Ref("Part")), ("maybe", Ref("Part")), ("track", Ref("Part")), ("coverage", Type("object")),
            ("links", List(Ref("Link")))),
        ["Part"] = Object("numberMatched", ("numberMatched", Type("integer")), ("numberReturned", Type("integer")),
            ("items", List(Type("object"))), ("next", Type("string"))),
        ["Judgements"] = Object("kinds", ("all", Type("integer")), ("marked_false", Type("integer")), ("generation", Type("string")),
            ("kinds", List(Type("object"))), ("links", List(Ref("Link")))),
        ["Kind"] = Object("kind", ("kind", Type("string")), ("title", Type("string")), ("built", Type("boolean")),
            ("definition", Type("string")), ("rules", List(Type("object"))), ("shows", List(Type("string"))),
            ("does_not_show", List(Type("string"))), ("look_alikes", List(Type("string"))), ("check", List(Type("string"))),
            ("links", List(Ref("Link")))),
        ["Health"] = Object("status", ("status", Type("string")), ("generation", Type("string")),
            ("groups", Type("integer")), ("last_event_at", Type("string")), ("feed_down", Type("boolean")),
            ("sources", List(Type("object")))),
        ["Problem"] = Object("title", ("type", Type("string")), ("title", Type("string")), ("status", Type("integer")),
            ("detail", Type("string")), ("parameter", Type("string")), ("allowed", List(Type("string")))),
    };

    private static JsonObject Type(string name) => new() { ["type"] = name };

    private static JsonObject Ref(string name) => new() { ["$ref"] = Schemas + name };

    private static JsonObject Nullable(string name = "object") => new() { ["type"] = name, ["nullable"] = true };

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Object(string required, params ReadOnlySpan<(string Name, JsonObject Schema)> properties)
    {
        var all = new JsonObject();
        foreach (var (name, schema) in properties)
        {
            all[name] = schema;
        }

        return new JsonObject
        {
            ["type"] = "object", ["required"] = new JsonArray(required), ["properties"] = all,
        };
    }
}
