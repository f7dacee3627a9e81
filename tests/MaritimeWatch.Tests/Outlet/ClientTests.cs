using System.Globalization;
using MaritimeWatch.Tests.Feeds;

namespace MaritimeWatch.Tests.Outlet;

/// <summary>What others' programs make of the feeds.</summary>
public sealed class ClientTests
{
    private const string Line = """{"type":"LineString","coordinates":[[1.5,50.5],[1.6,50.6]]}""";

    [Test]
    public async Task Gdal_lists_the_findings_of_all_pages()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync("findings", [.. Enumerable.Range(0, 250).Select(i => FeedWorld.Finding(
            $"f{i}", geometry: FeedWorld.Point(i / 10.0, 50), kind: i % 5 == 0 ? "drift" : "gap"))]);
        var all = await OgrInfoAsync(server, "-al", "-oo", "PAGE_SIZE=100");
        Assert.That(Count(all), Is.EqualTo(250), all[..Math.Min(all.Length, 2000)]);
        Assert.That(all, Does.Contain("POINT (24.9 50.0)"));
        Assert.That(all.Split("reason (String) = Silent for an hour.").Length - 1, Is.EqualTo(250));

        var box = await OgrInfoAsync(server, "-so", "-spat", "0.95", "49", "2.05", "51");
        Assert.That(Count(box), Is.EqualTo(11), box);

        // GDAL reads from the API document which properties the server filters on.
        var drift = await OgrInfoAsync(server, "-so", "-where", "kind = 'drift'");
        Assert.That(Count(drift), Is.EqualTo(50), drift);
    }

    [Test]
    public async Task Geojsonhint_finds_nothing_to_say()
    {
        await using var server = await FeedServer.StartAsync();
        await server.World.AddAsync(
            "findings", FeedWorld.Finding("a"), FeedWorld.Finding("b", geometry: "null"), FeedWorld.Finding("c", geometry: Line),
            FeedWorld.Finding("c", 2, geometry: Line));
        foreach (var path in (string[])
            ["/collections/findings/items", "/collections/revisions/items?limit=2", "/collections/findings/items/c"])
        {
            var text = await server.Client.GetStringAsync(new Uri(path, UriKind.Relative));
            Assert.That(await NodeTools.GeoJsonHintAsync(text), Is.Empty, path);
        }

        Assert.That(
            await NodeTools.GeoJsonHintAsync("""{"type":"FeatureCollection","features":[{}]}"""), Is.Not.Empty,
            "the referee is awake");
    }

    private static async Task<string> OgrInfoAsync(FeedServer server, params string[] options)
    {
        var output = await NodeTools.RunAsync(
            "ogrinfo", ["-ro", .. options, $"OAPIF:{server.Client.BaseAddress!.ToString().TrimEnd('/')}", "findings"], "",
            ("GDAL_HTTP_TIMEOUT", "20"), ("GDAL_HTTP_CONNECTTIMEOUT", "5"));
        Assert.That(output, Does.Not.Contain("ERROR"));
        return output;
    }

    private static int Count(string output)
    {
        var line = output.Split('\n').First(l => l.StartsWith("Feature Count: ", StringComparison.Ordinal));
        return int.Parse(line["Feature Count: ".Length..], CultureInfo.InvariantCulture);
    }
}
