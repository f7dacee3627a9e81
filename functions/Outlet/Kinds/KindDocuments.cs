using System.Text.Json.Nodes;
using MaritimeWatch.Feeds;
using MaritimeWatch.Findings;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>The kinds of finding over HTTP: a list, and one document or page for each.</summary>
internal static class KindDocuments
{
    /// <summary>Answers <c>/kinds</c>.</summary>
    public static Task WriteAllAsync(FeedSite site) =>
        site.WantsHtml ? KindPages.WriteAllAsync(site) : Documents.WriteAsync(site, All, "/kinds", FeedFormats.Json);

    /// <summary>Answers <c>/kinds/{kind}</c>.</summary>
    public static Task WriteOneAsync(FeedSite site)
    {
        var kind = (string)site.Context.GetRouteValue("kind")!;
        return KindCatalogue.Find(kind) is not { } texts
            ? FeedProblem.NotFound(KindCatalogue.Word("unknown")).WriteAsync(site.Context)
            : site.WantsHtml ? KindPages.WriteOneAsync(site, texts)
            : Documents.WriteAsync(site, s => One(s, texts), $"/kinds/{kind}", FeedFormats.Json);
    }

    /// <summary>How many findings of each kind, by state: the latest revision of each.</summary>
    public static KindCounts Count(FeedSnapshot snapshot, FeedQuery found, FeedQuery judged, string kind)
    {
        var states = snapshot.CountBy(FeedCollections.Findings, found, "kind", "state").Where(group => group.Values[0] == kind).ToList();
        var marked = snapshot.CountBy(FeedCollections.Judgements, judged, "kind", "verdict")
            .Where(group => group.Values[0] == kind && group.Values[1] == "false").Sum(group => group.Count);
        return new KindCounts(states.Sum(group => group.Count), states.Where(group => group.Values[1] == "retracted").Sum(group => group.Count), marked);
    }

    private static JsonObject All(FeedSite site) => new()
    {
        ["title"] = KindCatalogue.Word("title"),
        ["description"] = KindCatalogue.Word("lead"),
        ["kinds"] = new JsonArray(
        [
            .. KindCatalogue.All.Select(texts => (JsonNode)new JsonObject
            {
                ["kind"] = texts["kind"]!.DeepClone(),
                ["title"] = texts["title"]!.DeepClone(),
                ["built"] = texts["built"]!.DeepClone(),
                ["definition"] = texts["definition"]!.DeepClone(),
                ["rules"] = new JsonArray([.. KindCatalogue.RulesOf(KindOf(texts)).Select(Rule)]),
                ["links"] = new JsonArray(FeedSite.Link(
                    $"{site.Root}/kinds/{KindOf(texts)}", "item", FeedFormats.Json, texts["title"]!.GetValue<string>())),
            }),
        ]),
        ["links"] = new JsonArray(),
    };

    private static JsonObject One(FeedSite site, JsonObject texts)
    {
        var kind = KindOf(texts);
        var counts = Count(site.Model.Current, new FeedQuery(), new FeedQuery(), kind);
        var document = texts.DeepClone().AsObject();
        document["common"] = KindCatalogue.Word("common");
        document["rules"] = new JsonArray([.. KindCatalogue.RulesOf(kind).Select(Rule)]);
        document["counts"] = counts.ToJson();
        document["links"] = new JsonArray(
            FeedSite.Link(
                $"{site.Root}/collections/findings/items?kind={kind}", "items", FeedFormats.GeoJson, $"{texts["title"]} as GeoJSON"),
            FeedSite.Link($"{site.Root}/kinds", "up", FeedFormats.Json, KindCatalogue.Word("title")));
        return document;
    }

    private static string KindOf(JsonObject texts) => texts["kind"]!.GetValue<string>();

    private static JsonNode Rule(KindRule rule)
    {
        var thresholds = new JsonObject();
        foreach (var figure in rule.Thresholds)
        {
            thresholds[figure.Name] = JsonNode.Parse(figure.ToString());
        }

        return new JsonObject
        {
            ["profile"] = rule.Profile,
            ["profile_version"] = rule.ProfileVersion,
            ["rule"] = rule.Rule,
            ["rule_version"] = rule.RuleVersion,
            ["thresholds"] = thresholds,
        };
    }
}

/// <summary>How many findings, the latest revision of each.</summary>
/// <param name="All">All of them.</param>
/// <param name="Retracted">Those that the rule itself took back.</param>
/// <param name="MarkedFalse">Those that an analyst has marked false.</param>
internal readonly record struct KindCounts(int All, int Retracted, int MarkedFalse)
{
    /// <summary>As answers say it.</summary>
    public JsonObject ToJson() => new() { ["all"] = All, ["retracted"] = Retracted, ["marked_false"] = MarkedFalse };
}
