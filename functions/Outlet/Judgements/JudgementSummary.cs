using System.Text.Json.Nodes;
using MaritimeWatch.Feeds;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>How often each rule was wrong in the eyes of analysts: what a threshold is to be moved by.</summary>
internal static class JudgementSummary
{
    /// <summary>Answers <c>/judgements</c>.</summary>
    public static JsonObject Make(FeedSite site)
    {
        var snapshot = site.Model.Current;
        var marked = snapshot.CountBy(FeedCollections.Judgements, new FeedQuery(), "kind", "rule", "verdict")
            .Where(group => group.Values[2] == "false")
            .ToDictionary(group => (group.Values[0], group.Values[1]), group => group.Count);
        var found = snapshot.CountBy(FeedCollections.Findings, new FeedQuery(), "kind", "rule", "state")
            .GroupBy(group => (Kind: group.Values[0], Rule: group.Values[1]))
            .Select(rule => (
                rule.Key.Kind, rule.Key.Rule,
                Counts: new KindCounts(
                    rule.Sum(group => group.Count), rule.Where(group => group.Values[2] == "retracted").Sum(group => group.Count),
                    marked.GetValueOrDefault((rule.Key.Kind, rule.Key.Rule)))))
            .ToList();
        return new JsonObject
        {
            ["title"] = "Judgements of findings",
            ["description"] = "For each kind and rule: all findings (the latest revision of each), how many the rule itself retracted, and how many an analyst has marked false.",
            ["generation"] = snapshot.Token,
            ["marked_false"] = found.Sum(rule => rule.Counts.MarkedFalse),
            ["all"] = found.Sum(rule => rule.Counts.All),
            ["kinds"] = new JsonArray(
            [
                .. found.GroupBy(rule => rule.Kind).Select(kind =>
                {
                    var one = Sum(kind.Select(rule => rule.Counts)).ToJson();
                    one["kind"] = kind.Key;
                    one["rules"] = new JsonArray([.. kind.Select(rule => (JsonNode)WithRule(rule.Rule, rule.Counts))]);
                    return (JsonNode)one;
                }),
            ]),
            ["links"] = new JsonArray(
                FeedSite.Link($"{site.Root}/collections/judgements/items", "items", FeedFormats.GeoJson, "The judgements"),
                FeedSite.Link($"{site.Root}/kinds", "describedby", FeedFormats.Html, KindCatalogue.Word("title"))),
        };
    }

    private static KindCounts Sum(IEnumerable<KindCounts> counts) => counts.Aggregate(
        default(KindCounts), (sum, one) => new KindCounts(sum.All + one.All, sum.Retracted + one.Retracted, sum.MarkedFalse + one.MarkedFalse));

    private static JsonObject WithRule(string? rule, KindCounts counts)
    {
        var one = counts.ToJson();
        one["rule"] = rule;
        return one;
    }
}
