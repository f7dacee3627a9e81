using System.Net;
using System.Text.Json;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Tests.Feeds;

namespace MaritimeWatch.Tests.Outlet;

public sealed class ItemsTests
{
    private const string Items = "/collections/findings/items";

    [Test]
    public async Task Paging_neither_skips_nor_repeats_while_data_arrives()
    {
        await using var server = await FeedServer.StartAsync();
        var first = Enumerable.Range(0, 500).Select(i => $"f{i}").ToArray();
        await server.World.AddAsync("findings", [.. first.Select(i => FeedWorld.Finding(i))]);

        var (seen, address) = (new List<string>(), $"{Items}?limit=70&kind=gap");
        for (var page = 0; address is not null; page++)
        {
            var found = await server.GetAsync(address);
            Assert.That(found.GetProperty("numberMatched").GetInt32(), Is.EqualTo(500));
            Assert.That(found.GetProperty("numberReturned").GetInt32(), Is.EqualTo(FeedServer.Ids(found).Count));
            seen.AddRange(FeedServer.Ids(found));
            address = FeedServer.Link(found, "next");

            // Between two pages findings change, leave the filter and arrive.
            server.World.Clock.Move(TimeSpan.FromMinutes(4));
            await server.World.AddAsync(
                "findings",
                FeedWorld.Finding($"f{page * 60}", 2), FeedWorld.Finding($"f{(page * 60) + 1}", 2, kind: "drift"),
                FeedWorld.Finding($"new{page}"));
        }

        Assert.That(seen, Is.EqualTo(first.Reverse()));
    }

    [Test]
    public async Task A_token_that_is_too_old_or_from_elsewhere_is_gone()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", FeedWorld.Finding("a"), FeedWorld.Finding("b"));
        var page = await server.GetAsync($"{Items}?limit=1");
        await server.World.AddAsync("findings", FeedWorld.Finding("c"));
        Assert.That(FeedServer.Ids(await server.GetAsync(FeedServer.Link(page, "next")!)), Is.EqualTo("a".Split(' ')));

        server.World.Clock.Move(TimeSpan.FromMinutes(16));
        var problem = await server.ProblemAsync(FeedServer.Link(page, "next")!, HttpStatusCode.Gone);
        Assert.That(problem.GetProperty("parameter").GetString(), Is.EqualTo("snapshot"));
        await server.ProblemAsync($"{Items}?snapshot=otherrun-2", HttpStatusCode.Gone);
        await server.ProblemAsync($"{Items}?since=otherrun-2", HttpStatusCode.Gone);
        await server.ProblemAsync($"{Items}?since=test-99", HttpStatusCode.Gone);
    }

    [Test]
    public async Task The_monitor_link_brings_only_what_changed()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", FeedWorld.Finding("a"), FeedWorld.Finding("b"));
        var page = await server.GetAsync($"{Items}?kind=gap&limit=10");
        await server.World.AddAsync("findings", FeedWorld.Finding("a", 2), FeedWorld.Finding("c", kind: "drift"));

        var changes = await server.GetAsync(FeedServer.Link(page, "monitor")!);
        Assert.That(FeedServer.Ids(changes), Is.EqualTo("a".Split(' ')));
        Assert.That(FeedServer.Ids(await server.GetAsync(FeedServer.Link(changes, "monitor")!)), Is.Empty);
    }

    [TestCase("kin=gap", "kin")]
    [TestCase("BBOX=1,2,3,4", "BBOX")]
    [TestCase("limit=0", "limit")]
    [TestCase("limit=-1", "limit")]
    [TestCase("limit=ten", "limit")]
    [TestCase("limit=", "limit")]
    [TestCase("limit=1&limit=2", "limit")]
    [TestCase("bbox=1,2,3", "bbox")]
    [TestCase("bbox=1,2,3,4,5", "bbox")]
    [TestCase("bbox=1,2,3,NaN", "bbox")]
    [TestCase("bbox=1,2,3,x", "bbox")]
    [TestCase("bbox=1,4,3,2", "bbox")]
    [TestCase("bbox=1,2,9,3,4,5", "bbox")]
    [TestCase("bbox=1,2,1e9,4", "bbox")]
    [TestCase("datetime=yesterday", "datetime")]
    [TestCase("datetime=../..", "datetime")]
    [TestCase("datetime=2026-11-21T00:00:00Z/2026-11-20T00:00:00Z", "datetime")]
    [TestCase("datetime=2026-11-31T00:00:00Z", "datetime")]
    [TestCase("severity=terrible", "severity")]
    [TestCase("kind=gap,nonsense", "kind")]
    [TestCase("settled=yes", "settled")]
    [TestCase("mmsi=abc", "mmsi")]
    [TestCase("mmsi=0", "mmsi")]
    [TestCase("f=xml", "f")]
    [TestCase("before=3", "before")]
    [TestCase("filter=kind%3D%27gap%27", "filter")]
    [TestCase("crs=x", "crs")]
    public async Task A_bad_parameter_is_named_in_the_answer(string query, string parameter)
    {
        await using var server = await FeedServer.StartAsync();
        var problem = await server.ProblemAsync($"{Items}?{query}", HttpStatusCode.BadRequest);
        Assert.That(problem.GetProperty("parameter").GetString(), Is.EqualTo(parameter));
        Assert.That(problem.GetProperty("detail").GetString(), Is.Not.Empty);
    }

    [Test]
    public async Task A_limit_beyond_the_maximum_is_clamped()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", FeedWorld.Finding("a"));
        await server.World.AddAsync(
            "findings", [.. Enumerable.Range(0, ItemsRequest.LimitMax + 5).Select(i => FeedWorld.Finding($"f{i}"))]);
        var page = await server.GetAsync($"{Items}?limit=999999999999");
        Assert.That(page.GetProperty("numberReturned").GetInt32(), Is.EqualTo(ItemsRequest.LimitMax));
        Assert.That(page.GetProperty("numberMatched").GetInt32(), Is.EqualTo(ItemsRequest.LimitMax + 6));
        Assert.That(FeedServer.Ids(page), Is.Unique);
    }

    [TestCase("bbox=178,-10,-178,10", "fiji samoa nowhere")]
    [TestCase("bbox=170,-10,180,10", "fiji nowhere")]
    [TestCase("bbox=178,-10,182,10", "fiji samoa nowhere")]
    [TestCase("bbox=-180,-90,180,90", "dover fiji samoa nowhere")]
    [TestCase("bbox=1,50,-100,2,51,100", "dover nowhere")]
    [TestCase("bbox=1.5,50.5,1.5,50.5", "dover nowhere")]
    [TestCase("datetime=2026-11-21T10:30:00Z", "dover fiji samoa nowhere")]
    [TestCase("datetime=../2026-11-21T09:00:00Z", "nowhere")]
    [TestCase("datetime=2026-11-21T11:00:00Z/..", "dover fiji samoa nowhere")]
    [TestCase("datetime=2026-11-21T11:00:01Z/", "nowhere")]
    [TestCase("datetime=0000-01-01T00:00:00Z/9999-12-31T23:59:59Z", "dover fiji samoa nowhere")]
    [TestCase("datetime=0000-01-01T00:00:00Z", "nowhere")]
    [TestCase("datetime=2026-11-21", "dover fiji samoa nowhere")]
    [TestCase("datetime=2026-11-21T11:30:00+01:00", "dover fiji samoa nowhere")]
    [TestCase("mmsi=235012345,1&kind=gap,drift&severity=medium&state=closed&settled=true&simulated=false&profile=default", "dover")]
    [TestCase("subject=mmsi:1+mmsi:2", "fiji")]
    [TestCase("subject=never-met", "")]
    [TestCase("object=%C3%8Ele%20d%27Yeu", "samoa")]
    public async Task Filters_find_what_they_should(string query, string expected)
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync(
            "findings",
            FeedWorld.Finding("dover"),
            FeedWorld.Finding("fiji", geometry: FeedWorld.Point(179.5, -5), mmsi: 3, subject: "mmsi:1+mmsi:2"),
            FeedWorld.Finding("samoa", geometry: FeedWorld.Point(-179.5, 5), mmsi: 4, zone: "Île d'Yeu"),
            FeedWorld.Finding("nowhere", geometry: "null", start: null, end: null, mmsi: 5));
        var page = await server.GetAsync($"{Items}?{query}");
        Assert.That(
            FeedServer.Ids(page), Is.EquivalentTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)), query);
        Assert.That(page.GetProperty("numberMatched").GetInt32(), Is.EqualTo(FeedServer.Ids(page).Count));
    }

    [Test]
    public async Task Every_feature_links_itself_and_its_collection_and_can_be_fetched()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", FeedWorld.Finding("a b/ü+1"), FeedWorld.Finding("a b/ü+1", 2));
        foreach (var collection in (string[])["findings", "revisions"])
        {
            var page = await server.GetAsync($"/collections/{collection}/items");
            foreach (var feature in page.GetProperty("features").EnumerateArray())
            {
                var id = feature.GetProperty("id").GetString();
                var alone = await server.GetAsync(FeedServer.Link(feature, "self")!);
                Assert.That(alone.GetProperty("id").GetString(), Is.EqualTo(id));
                Assert.That(
                    alone.GetProperty("properties").GetProperty("revision").GetInt32(),
                    Is.EqualTo(feature.GetProperty("properties").GetProperty("revision").GetInt32()));
                var home = await server.GetAsync(FeedServer.Link(alone, "collection")!);
                Assert.That(home.GetProperty("id").GetString(), Is.EqualTo(collection));
            }
        }

        Assert.That(
            FeedServer.Ids(await server.GetAsync("/collections/revisions/items")),
            Is.EqualTo("a b/ü+1.2|a b/ü+1.1".Split('|')));
    }

    [Test]
    public async Task An_unknown_feature_or_collection_is_not_found()
    {
        await using var server = await FeedServer.StartAsync();
        await server.ProblemAsync($"{Items}/nobody", HttpStatusCode.NotFound);
        await server.ProblemAsync("/collections/secrets", HttpStatusCode.NotFound);
        await server.ProblemAsync("/collections/secrets/items", HttpStatusCode.NotFound);
        await server.ProblemAsync("/collections/revisions/items/nobody.x", HttpStatusCode.NotFound);
    }

    [Test]
    public async Task The_same_generation_is_not_sent_twice()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", FeedWorld.Finding("a"));
        foreach (var address in (string[])["/", "/conformance", "/collections", Items, $"{Items}/a"])
        {
            using var first = await server.Client.GetAsync(new Uri(address, UriKind.Relative));
            using var again = new HttpRequestMessage(HttpMethod.Get, address);
            again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var second = await server.Client.SendAsync(again);
            Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified), address);

            await server.World.AddAsync("findings", FeedWorld.Finding("a", 2 + (int)server.World.Model.Current.Generation));
            using var changed = new HttpRequestMessage(HttpMethod.Get, address);
            changed.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var third = await server.Client.SendAsync(changed);
            Assert.That(third.StatusCode, Is.EqualTo(HttpStatusCode.OK), address);
        }
    }

    [Test]
    public async Task Head_has_the_headers_and_no_body()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", FeedWorld.Finding("a"));
        foreach (var (address, type) in ((string, string)[])
            [(Items, "application/geo+json"), ($"{Items}/a", "application/geo+json"), ("/collections", "application/json")])
        {
            using var head = new HttpRequestMessage(HttpMethod.Head, address);
            using var response = await server.Client.SendAsync(head);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), address);
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo(type), address);
            Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty, address);
        }
    }

    [Test]
    public async Task Other_sites_may_read_and_answers_are_compressed()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", [.. Enumerable.Range(0, 100).Select(i => FeedWorld.Finding($"f{i}"))]);
        using var request = new HttpRequestMessage(HttpMethod.Get, Items);
        request.Headers.AcceptEncoding.ParseAdd("gzip");
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var response = await server.Client.SendAsync(request);
        Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo("*".Split(' ')));
        Assert.That(response.Content.Headers.ContentEncoding, Is.EqualTo("gzip".Split(' ')));
        var packed = await response.Content.ReadAsByteArrayAsync();
        Assert.That(packed[..2], Is.EqualTo(Convert.FromHexString("1F8B")));

        using var preflight = new HttpRequestMessage(HttpMethod.Options, Items);
        using var allowed = await server.Client.SendAsync(preflight);
        Assert.That(allowed.Headers.GetValues("Access-Control-Allow-Methods"), Is.EqualTo("GET, HEAD".Split('|')));
    }

    [Test]
    public async Task A_store_that_lost_a_segment_says_so_and_tells_no_names()
    {
        await using var server = await FeedServer.StartAsync();
        var name = new string('n', 60_000);
        await server.World.AddAsync("findings", FeedWorld.Finding("a"));
        for (var i = 0; i < 1200; i++)
        {
            // More than the cache holds, so that the first line must come from the store again.
            await server.World.AddAsync("vessels", $$$"""{"type":"Feature","id":"v{{{i}}}","geometry":null,"properties":{"name":"{{{name}}}"}}""");
        }

        await server.World.Store.DeleteAsync("segments/000000", CancellationToken.None);
        var problem = await server.ProblemAsync($"{Items}/a", HttpStatusCode.ServiceUnavailable);
        Assert.That(problem.ToString(), Does.Not.Contain("segments"));
    }

    [Test]
    public async Task A_hostile_host_header_or_id_cannot_break_out_of_the_json()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", FeedWorld.Finding("\"},\u0001<x>"));
        var page = await server.GetAsync(Items);
        Assert.That(FeedServer.Ids(page), Is.EqualTo("\"},\u0001<x>".Split(' ')));
        var alone = await server.GetAsync(FeedServer.Link(page.GetProperty("features")[0], "self")!);
        Assert.That(alone.ValueKind, Is.EqualTo(JsonValueKind.Object));
    }
}
