using System.Net;
using MaritimeWatch.Findings;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Tests.Feeds;

namespace MaritimeWatch.Tests.Outlet;

/// <summary>What each kind means: a page and a document each, linked from every finding that goes out.</summary>
internal sealed class KindTests
{
    private static readonly string[] NotBuilt = ["convoy", "seal-changed", "early-release"];
    private static readonly string[] Lists = ["sources", "shows", "does_not_show", "look_alikes", "check"];

    [Test]
    public async Task Every_kind_of_the_closed_list_has_its_document_and_its_page()
    {
        await using var server = await FeedServer.StartAsync(new FeedAppOptions { Simulated = true });
        var listed = (await server.GetAsync("/kinds")).GetProperty("kinds").EnumerateArray().Select(k => k.GetProperty("kind").GetString()).ToList();
        Assert.That(listed, Is.EqualTo(FindingNames.AllKinds).And.Count.EqualTo(24));
        foreach (var kind in FindingNames.AllKinds)
        {
            var document = await server.GetAsync($"/kinds/{kind}");
            var page = await server.PageAsync($"/kinds/{kind}");
            Assert.Multiple(() =>
            {
                Assert.That(document.GetProperty("definition").GetString(), Has.Length.GreaterThan(40), kind);
                foreach (var list in Lists)
                {
                    Assert.That(document.GetProperty(list).GetArrayLength(), Is.Positive, $"{kind}: {list}");
                }

                Assert.That(document.GetProperty("built").GetBoolean(), Is.EqualTo(!NotBuilt.Contains(kind)), kind);
                Assert.That(document.GetProperty("rules").GetArrayLength() > 0, Is.EqualTo(!NotBuilt.Contains(kind)), kind);
                Assert.That(page, Does.Contain("What it does not show").And.Contain("How to check it").And.Contain("Simulated"), kind);
                Assert.That(page.Contains("Not built yet", StringComparison.Ordinal), Is.EqualTo(NotBuilt.Contains(kind)), kind);
                Assert.That(page, Does.Not.Contain("<script").And.Not.Contain("style="), kind);
            });
        }

        Assert.That(await server.PageAsync("/kinds"), Does.Contain("/kinds/gap"));
        await server.ProblemAsync("/kinds/flying", HttpStatusCode.NotFound);
    }

    [Test]
    public async Task The_thresholds_are_those_of_the_profiles_themselves()
    {
        await using var server = await FeedServer.StartAsync();
        var gap = await server.GetAsync("/kinds/gap");
        var byProfile = gap.GetProperty("rules").EnumerateArray().ToDictionary(rule => rule.GetProperty("profile").GetString()!);
        Assert.Multiple(() =>
        {
            Assert.That(byProfile.Keys, Is.EquivalentTo((string[])["default", "gfw"]));
            Assert.That(byProfile["gfw"].GetProperty("thresholds").GetProperty("alarm_offshore_nm").GetInt32(), Is.EqualTo(Profiles.Gfw.Gap!.AlarmOffshoreNm));
            Assert.That(byProfile["default"].GetProperty("thresholds").GetProperty("silence_h").GetDouble(), Is.EqualTo(Profiles.Default.Gap!.SilenceMs / 3_600_000.0));
            Assert.That(byProfile["gfw"].GetProperty("rule").GetString(), Is.EqualTo("gap-silence-with-reception"));
        });
        var page = await server.PageAsync("/kinds/encounter");
        Assert.That(page, Does.Contain("<th scope=\"col\">skylight</th>").And.Contain("250\u00a0m").Or.Contain("250&#xA0;m"));
        Assert.That(await server.PageAsync("/kinds/gap"), Does.Contain("not looked for"), "skylight does not look for gaps, and the page says so");
    }

    [Test]
    public async Task Every_finding_that_goes_out_links_to_a_page_that_is_there([ValueSource(typeof(FindingNames), nameof(FindingNames.AllKinds))] string kind)
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", FeedWorld.Finding("a", kind: kind), FeedWorld.Finding("a", revision: 2, kind: kind));
        foreach (var address in (string[])["/collections/findings/items", "/collections/revisions/items"])
        {
            var features = (await server.GetAsync(address)).GetProperty("features").EnumerateArray().ToList();
            Assert.That(features, Is.Not.Empty);
            foreach (var feature in features.Append(await server.GetAsync($"/collections/findings/items/a")))
            {
                var link = new Uri(FeedServer.Link(feature, "describedby")!);
                Assert.That(link.AbsolutePath, Is.EqualTo($"/kinds/{kind}"));
                Assert.That(await server.PageAsync(link.PathAndQuery), Does.Contain($"<code>{kind}</code>"));
            }
        }
    }

    [Test]
    public async Task A_vessel_links_to_no_kind()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("vessels", """{"type":"Feature","id":"mmsi:1","geometry":null,"properties":{"subject":"mmsi:1","kind":"gap","last_at":"2026-11-21T10:00:00Z"}}""");
        var page = await server.GetAsync("/collections/vessels/items");
        Assert.That(FeedServer.Link(page.GetProperty("features")[0], "describedby"), Is.Null);
    }

    [Test]
    public void The_figures_of_the_rules_read_as_people_write_them() => Assert.Multiple(() =>
    {
        Assert.That(KindCatalogue.Read(new Figure("silence_h", 60, 1)), Is.EqualTo(("Silence", "6.0\u00a0h")));
        Assert.That(KindCatalogue.Read(new Figure("alarm_offshore_nm", 50)), Is.EqualTo(("Alarm offshore", "50\u00a0NM")));
        Assert.That(KindCatalogue.Read(new Figure("voyages_least", 3)), Is.EqualTo(("Voyages least", "3")));
        Assert.That(KindCatalogue.Read(new Figure("between_calls_most_h", 480, 1)), Is.EqualTo(("Between calls most", "48.0\u00a0h")));
    });
}
