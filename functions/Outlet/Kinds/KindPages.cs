using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using MaritimeWatch.Feeds;
using MaritimeWatch.Findings;
using static MaritimeWatch.Functions.Outlet.KindCatalogue;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>The kinds for people: plain pages in the console's dress, readable without it and without a script.</summary>
internal static class KindPages
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] Styles = ["tokens", "page", "nav", "controls", "kinds"];

    /// <summary>All kinds.</summary>
    public static async Task WriteAllAsync(FeedSite site)
    {
        var page = Begin(site, Word("title"), "/kinds");
        page.Append("<p class=\"lead\">").Append(Encode(Word("lead"))).Append("</p><p class=\"note\">").Append(Encode(Word("common"))).Append("</p><ul class=\"kind-list\">");
        foreach (var texts in All)
        {
            page.Append("<li><a href=\"").Append(Encode($"{site.Root}/kinds/{texts["kind"]}")).Append("\">").Append(Encode(Text(texts, "title"))).Append("</a>");
            if (!texts["built"]!.GetValue<bool>())
            {
                page.Append(" <span class=\"badge\">").Append(Encode(Word("not_built").Split(':')[0])).Append("</span>");
            }

            page.Append("<p>").Append(Encode(Text(texts, "definition"))).Append("</p></li>");
        }

        page.Append("</ul>");
        await EndAsync(site, page).ConfigureAwait(false);
    }

    /// <summary>One kind.</summary>
    public static async Task WriteOneAsync(FeedSite site, JsonObject texts)
    {
        var kind = Text(texts, "kind");
        var isBuilt = texts["built"]!.GetValue<bool>();
        var page = Begin(site, Text(texts, "title"), $"/kinds/{kind}");
        page.Append("<p class=\"slug\"><code>").Append(kind).Append("</code> \u00b7 ").Append(Encode(Text(texts, "subject"))).Append("</p>");
        if (!isBuilt)
        {
            page.Append("<p class=\"note note-warning\">").Append(Encode(Word("not_built"))).Append("</p>");
        }

        page.Append("<p class=\"lead\">").Append(Encode(Text(texts, "definition"))).Append("</p>");
        AppendCounts(page, site, kind);
        page.Append("<div class=\"two\">");
        AppendList(page, "shows", texts);
        AppendList(page, "does_not_show", texts, "warn");
        page.Append("</div><p class=\"note\">").Append(Encode(Word("common"))).Append("</p>");
        if (texts["not_observable"] is { } cannot)
        {
            page.Append("<section><h2>").Append(Encode(Word("not_observable"))).Append("</h2><p>").Append(Encode(cannot.GetValue<string>())).Append("</p></section>");
        }

        AppendList(page, "look_alikes", texts);
        AppendList(page, "check", texts, isOrdered: true);
        AppendThresholds(page, RulesOf(kind), isBuilt);
        AppendList(page, "sources", texts);
        page.Append("<p class=\"foot\"><a href=\"").Append(Encode($"{site.Root}/?kind={kind}")).Append("\">").Append(Encode(Word("findings")))
            .Append("</a><a href=\"").Append(Encode($"{site.Root}/collections/findings/items?kind={kind}&f=html")).Append("\">").Append(Encode(Word("feed")))
            .Append("</a><a href=\"").Append(Encode($"{site.Root}/kinds/{kind}?f=json")).Append("\">").Append(Encode(Word("json")))
            .Append("</a><a href=\"").Append(Encode($"{site.Root}/kinds")).Append("\">").Append(Encode(Word("all_kinds"))).Append("</a></p>");
        await EndAsync(site, page).ConfigureAwait(false);
    }

    private static void AppendCounts(StringBuilder page, FeedSite site, string kind)
    {
        var counts = KindDocuments.Count(site.Model.Current, new FeedQuery(), new FeedQuery(), kind);
        page.Append("<p class=\"counts\"><strong>").Append(Encode(Word("counts"))).Append("</strong> ")
            .Append(Encode(Word("counts_line").Replace("{all}", $"{counts.All}", StringComparison.Ordinal)
                .Replace("{retracted}", $"{counts.Retracted}", StringComparison.Ordinal)
                .Replace("{false}", $"{counts.MarkedFalse}", StringComparison.Ordinal))).Append("</p>");
    }

    private static void AppendList(StringBuilder page, string name, JsonObject texts, string style = "", bool isOrdered = false)
    {
        var tag = isOrdered ? "ol" : "ul";
        page.Append("<section class=\"").Append(style).Append("\"><h2>").Append(Encode(Word(name))).Append("</h2><").Append(tag).Append('>');
        foreach (var item in texts[name]!.AsArray())
        {
            page.Append("<li>").Append(Encode(item!.GetValue<string>())).Append("</li>");
        }

        page.Append("</").Append(tag).Append("></section>");
    }

    // One table a rule: thresholds down, profiles across, so that profiles can be compared.
    private static void AppendThresholds(StringBuilder page, IReadOnlyList<KindRule> rules, bool isBuilt)
    {
        if (!isBuilt)
        {
            return;
        }

        page.Append("<section id=\"thresholds\"><h2>").Append(Encode(Word("thresholds"))).Append("</h2><p class=\"quiet\">").Append(Encode(Word("thresholds_hint"))).Append("</p>");
        foreach (var rule in rules.GroupBy(rule => (rule.Rule, rule.RuleVersion)))
        {
            var profiles = rule.ToList();
            page.Append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"").Append(Encode(rule.Key.Rule)).Append("\"><table><caption>")
                .Append(Encode($"{Word("rule")} {rule.Key.Rule}, {Word("version")} {rule.Key.RuleVersion}")).Append("</caption><thead><tr><th scope=\"col\">")
                .Append(Encode(Word("threshold"))).Append("</th>");
            foreach (var profile in Columns(profiles))
            {
                page.Append("<th scope=\"col\">").Append(Encode(profile)).Append("</th>");
            }

            page.Append("</tr></thead><tbody>");
            AppendRows(page, profiles);
            page.Append("</tbody></table></div>");
        }

        page.Append("</section>");
    }

    // Every profile has its column, also where it does not look for the behaviour: that is worth knowing too.
    private static IEnumerable<string> Columns(IReadOnlyList<KindRule> rules) =>
        Profiles.All.Select(profile => profile.Name).Union(rules.Select(rule => rule.Profile), StringComparer.Ordinal);

    private static void AppendRows(StringBuilder page, IReadOnlyList<KindRule> rules)
    {
        var names = rules.SelectMany(rule => rule.Thresholds.Select(figure => figure.Name)).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
        {
            page.Append("<tr><td colspan=\"").Append(1 + Profiles.All.Count).Append("\">").Append(Encode(Word("no_thresholds"))).Append("</td></tr>");
        }

        foreach (var name in names)
        {
            var label = Read(rules.SelectMany(rule => rule.Thresholds).First(figure => figure.Name == name)).Name;
            page.Append("<tr><th scope=\"row\">").Append(Encode(label)).Append("</th>");
            foreach (var profile in Columns(rules))
            {
                var rule = rules.FirstOrDefault(rule => rule.Profile == profile);
                var figures = rule?.Thresholds.Where(figure => figure.Name == name).ToList();
                page.Append(rule is null ? "<td class=\"quiet\">" : "<td>")
                    .Append(Encode(rule is null ? Word("not_looked_for") : figures is [var figure] ? Read(figure).Value : "\u2013")).Append("</td>");
            }

            page.Append("</tr>");
        }
    }

    private static StringBuilder Begin(FeedSite site, string title, string path)
    {
        var headers = site.Context.Response.Headers;
        site.Context.Response.ContentType = "text/html; charset=utf-8";
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "no-cache";
        headers.Append("Vary", "Accept");
        headers["Referrer-Policy"] = "no-referrer";
        var page = new StringBuilder(16 * 1024);
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append("<meta name=\"color-scheme\" content=\"light dark\"><title>").Append(Encode(title)).Append(" \u2013 ").Append(Encode(site.Options.Title)).Append("</title>")
            .Append("<link rel=\"icon\" href=\"").Append(Encode(site.Root)).Append("/console/icon.svg\" type=\"image/svg+xml\">");
        foreach (var style in Styles)
        {
            page.Append("<link rel=\"stylesheet\" href=\"").Append(Encode(site.Root)).Append("/console/styles/").Append(style).Append(".css\">");
        }

        page.Append("</head><body class=\"kind-page\"><a class=\"skip\" href=\"#kind\">").Append(Encode(Word("skip"))).Append("</a><header class=\"bar\"><span class=\"brand\"><a href=\"")
            .Append(Encode(site.Root)).Append("/\">").Append(Encode(Word("app"))).Append("</a></span><nav class=\"nav\" aria-label=\"").Append(Encode(Word("pages"))).Append("\"><span class=\"nav-pages\">");
        foreach (var (to, word) in ((string, string)[])[("/", "map"), ("/officer.html", "alerts"), ("/planner.html", "forecast"), ("/kinds", "kinds")])
        {
            page.Append("<a href=\"").Append(Encode(site.Root + to)).Append('"').Append(path == to ? " aria-current=\"page\"" : string.Empty).Append('>').Append(Encode(Word(word))).Append("</a>");
        }

        page.Append("</span></nav></header>");
        if (site.Options.Simulated)
        {
            page.Append("<div class=\"notices\"><p class=\"notice notice-simulated\"><strong class=\"badge badge-simulated\">").Append(Encode(Word("simulated"))).Append("</strong><span>")
                .Append(Encode(Word("simulated_banner"))).Append("</span></p></div>");
        }

        return page.Append("<main id=\"kind\" class=\"kind\" tabindex=\"-1\"><h1>").Append(Encode(title)).Append("</h1>");
    }

    private static async Task EndAsync(FeedSite site, StringBuilder page)
    {
        page.Append("</main></body></html>\n");
        if (!HttpMethods.IsHead(site.Context.Request.Method))
        {
            await site.Context.Response.WriteAsync(page.ToString(), site.Context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static string Text(JsonObject texts, string name) => texts[name]!.GetValue<string>();

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
