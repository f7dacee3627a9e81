using System.Net;
using System.Text.Json;
using MaritimeWatch.Feeds;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Tests.Feeds;

namespace MaritimeWatch.Tests.Outlet;

public sealed class DocumentTests
{
    private static readonly FeedAppOptions Fixed = new() { PublicUrl = new Uri("https://feeds.example/") };

    [Test]
    public async Task The_conformance_page_claims_what_is_built()
    {
        await using var server = await FeedServer.StartAsync(Fixed);
        Snapshot.Match(await server.Client.GetStringAsync(new Uri("/conformance", UriKind.Relative)));
    }

    [Test]
    public async Task A_page_of_items_reads_as_agreed()
    {
        await using var server = await FeedServer.StartAsync(Fixed);
        await server.World.AddAsync(
            "findings", FeedWorld.Finding("older"), FeedWorld.Finding("newer"),
            FeedWorld.Finding("newest", severity: "high", simulated: true));
        Snapshot.Match(await server.Client.GetStringAsync(new Uri("/collections/findings/items?limit=2", UriKind.Relative)));
    }

    [Test]
    public async Task Every_link_of_every_document_leads_somewhere_of_its_type()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", FeedWorld.Finding("a"));
        await server.World.AddAsync("vessels", """{"type":"Feature","id":"mmsi:1","geometry":null,"properties":{}}""");
        var (todo, done) = (new Queue<(string Href, string? Type)>([("/?f=json", null)]), new HashSet<string>());
        while (todo.TryDequeue(out var next))
        {
            if (!done.Add(next.Href))
            {
                continue;
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, next.Href);
            request.Headers.Accept.ParseAdd(next.Type ?? "*/*");
            using var response = await server.Client.SendAsync(request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), next.Href);
            var type = response.Content.Headers.ContentType!;
            Assert.That(next.Type?.Split(';')[0] ?? type.MediaType, Is.EqualTo(type.MediaType), next.Href);
            if (type.MediaType!.EndsWith("json", StringComparison.Ordinal))
            {
                Collect(JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()), todo);
            }
        }

        Assert.That(done, Has.Count.GreaterThan(60));
    }

    [Test]
    public async Task The_api_document_names_every_route_and_parameter()
    {
        await using var server = await FeedServer.StartAsync();
        var api = await server.GetAsync("/api");
        Assert.That(api.GetProperty("openapi").GetString(), Does.StartWith("3.0."));
        foreach (var collection in FeedCollections.All)
        {
            var parameters = api.GetProperty("paths").GetProperty($"/collections/{collection.Id}/items")
                .GetProperty("get").GetProperty("parameters").EnumerateArray()
                .ToDictionary(p => p.GetProperty("name").GetString()!);
            Assert.That(parameters.Keys, Is.EquivalentTo(ItemsRequest.NamesOf(collection)));
            Assert.That(parameters.Values.All(p => p.TryGetProperty("example", out _)));
            Assert.That(
                parameters["limit"].GetProperty("schema").GetProperty("maximum").GetInt32(),
                Is.EqualTo(ItemsRequest.LimitMax));
        }

        foreach (var reference in References(api))
        {
            var at = reference.Split('/')[1..].Aggregate(api, (node, name) => node.GetProperty(name));
            Assert.That(at.ValueKind, Is.EqualTo(JsonValueKind.Object), reference);
        }
    }

    [Test]
    public async Task The_examples_of_the_api_document_are_accepted()
    {
        await using var server = await FeedServer.StartAsync();
        var api = await server.GetAsync("/api");
        foreach (var path in api.GetProperty("paths").EnumerateObject().Where(p => p.Name.EndsWith("/items", StringComparison.Ordinal)))
        {
            foreach (var parameter in path.Value.GetProperty("get").GetProperty("parameters").EnumerateArray())
            {
                var name = parameter.GetProperty("name").GetString()!;
                var example = parameter.GetProperty("example");
                var value = example.ValueKind == JsonValueKind.Array
                    ? string.Join(',', example.EnumerateArray().Select(e => e.ToString()))
                    : example.ToString();
                using var response = await server.Client.GetAsync(
                    new Uri($"{path.Name}?{name}={Uri.EscapeDataString(value)}", UriKind.Relative));
                var expected = name is "since" or "snapshot" ? HttpStatusCode.Gone
                    : name is "before" ? HttpStatusCode.BadRequest : HttpStatusCode.OK;
                Assert.That(response.StatusCode, Is.EqualTo(expected), $"{path.Name} {name}={value}");
            }
        }
    }

    [Test]
    public async Task Queryables_are_closed_and_typed()
    {
        await using var server = await FeedServer.StartAsync();
        using var response = await server.Client.GetAsync(new Uri("/collections/findings/queryables", UriKind.Relative));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/schema+json"));
        var schema = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync());
        Assert.That(schema.GetProperty("additionalProperties").GetBoolean(), Is.False);
        Assert.That(schema.GetProperty("properties").GetProperty("mmsi").GetProperty("type").GetString(), Is.EqualTo("integer"));
        Assert.That(
            schema.GetProperty("properties").GetProperty("severity").GetProperty("enum").GetArrayLength(), Is.EqualTo(4));
    }

    [Test]
    public async Task Documents_refuse_parameters_that_they_do_not_know()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", FeedWorld.Finding("a"));
        foreach (var path in (string[])
            ["/", "/conformance", "/api", "/collections", "/collections/findings", "/collections/findings/items/a"])
        {
            var problem = await server.ProblemAsync($"{path}?limit=1", HttpStatusCode.BadRequest);
            Assert.That(problem.GetProperty("allowed").EnumerateArray().Select(a => a.GetString()), Is.EqualTo("f".Split(' ')));
        }
    }

    [Test]
    public async Task Pages_for_people_escape_hostile_names_and_call_simulated_data_so()
    {
        const string Hostile = "<script>alert(1)</script>\"'&";
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", FeedWorld.Finding(Hostile, name: Hostile, zone: Hostile, simulated: true));
        foreach (var path in (string[])
            ["/collections/findings/items", $"/collections/findings/items/{Uri.EscapeDataString(Hostile)}"])
        {
            var page = await server.PageAsync(path);
            Assert.That(page, Does.Not.Contain("<script").IgnoreCase);
            Assert.That(page, Does.Contain("&lt;script&gt;alert(1)"));
            Assert.That(page, Does.Contain("SIMULATED"));
        }

        Assert.That(await server.PageAsync("/collections/findings"), Does.Not.Contain("SIMULATED"));
    }

    [Test]
    public async Task Every_resource_has_a_page_for_people()
    {
        await using var server = await FeedServer.StartAsync(new FeedAppOptions { Simulated = true });
        await server.World.AddAsync("findings", FeedWorld.Finding("a"));
        foreach (var path in (string[])
            [
                "/", "/conformance", "/api", "/collections", "/collections/findings", "/collections/findings/queryables",
                "/collections/findings/items", "/collections/findings/items/a", "/collections/revisions/items/a.1", "/health",
            ])
        {
            var page = await server.PageAsync(path);
            Assert.That(page, Does.Contain("<html lang=\"en\">").And.Contain("<h1>").And.Contain("SIMULATED"), path);
            Assert.That(page.TrimEnd(), Does.EndWith("</html>"), path);
        }
    }

    [Test]
    public async Task Health_says_when_the_feed_is_down()
    {
        var heard = new DateTimeOffset(2026, 11, 21, 11, 58, 0, TimeSpan.Zero);
        await using var server = await FeedServer.StartAsync(new FeedAppOptions
        {
            Groups = 4, LiveSources = () => [new LiveSource("roof", heard), new LiveSource("mast", null)],
        });
        await server.World.AddAsync(
            "vessels", """{"type":"Feature","id":"mmsi:1","geometry":null,"properties":{"last_at":"2026-11-21T11:57:00Z"}}""");
        var well = await server.GetAsync("/health");
        Assert.That(well.GetProperty("status").GetString(), Is.EqualTo("ok"));
        Assert.That(well.GetProperty("feed_down").GetBoolean(), Is.False);
        Assert.That(well.GetProperty("last_event_at").GetString(), Is.EqualTo("2026-11-21T11:57:00Z"));
        Assert.That(well.GetProperty("sources")[0].GetProperty("last_heard_at").GetString(), Is.EqualTo("2026-11-21T11:58:00Z"));

        server.World.Clock.Move(TimeSpan.FromMinutes(3));
        var ill = await server.GetAsync("/health");
        Assert.That(ill.GetProperty("status").GetString(), Is.EqualTo("feed-down"));
        Assert.That(ill.GetProperty("feed_down").GetBoolean());
    }

    private static void Collect(JsonElement node, Queue<(string Href, string? Type)> links)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
            {
                Collect(item, links);
            }
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            if (node.TryGetProperty("href", out var href) && href.ValueKind == JsonValueKind.String && node.TryGetProperty("rel", out _))
            {
                links.Enqueue((href.GetString()!, node.TryGetProperty("type", out var type) ? type.GetString() : null));
            }

            foreach (var member in node.EnumerateObject())
            {
                Collect(member.Value, links);
            }
        }
    }

    private static IEnumerable<string> References(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Array => node.EnumerateArray().SelectMany(References),
        JsonValueKind.Object => node.EnumerateObject().SelectMany(m =>
            m.Name == "$ref" ? [m.Value.GetString()!] : References(m.Value)),
        _ => [],
    };
}
