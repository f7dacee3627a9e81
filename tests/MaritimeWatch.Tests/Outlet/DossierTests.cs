using System.Net;
using System.Text.Json;
using MaritimeWatch.Tests.Feeds;

namespace MaritimeWatch.Tests.Outlet;

/// <summary>One vessel's dossier over HTTP.</summary>
internal sealed class DossierTests
{
    private const string A = "mmsi:265000001";
    private const string B = "mmsi:265000002";

    [Test]
    public async Task A_dossier_has_everything_of_its_vessel_and_nothing_of_another()
    {
        await using var server = await StartAsync();
        var dossier = await server.GetAsync("/vessels/265000001");
        Assert.Multiple(() =>
        {
            Assert.That(Text(dossier, "subject"), Is.EqualTo(A));
            Assert.That(dossier.GetProperty("mmsi").GetInt32(), Is.EqualTo(265000001));
            Assert.That(Text(dossier, "name"), Is.EqualTo("SIM ROWAN"));
            Assert.That(dossier.GetProperty("simulated").GetBoolean());
            Assert.That(Ids(dossier, "findings"), Is.EqualTo((string[])["mismatch", "meet", "gap"]));
            Assert.That(Ids(dossier, "gaps"), Is.EqualTo((string[])["gap"]));
            Assert.That(dossier.GetProperty("gaps").GetProperty("items")[0].GetProperty("deliberate_probability").GetDouble(), Is.EqualTo(0.83));
            Assert.That(Ids(dossier, "encounters"), Is.EqualTo((string[])["meet"]));
            Assert.That(Text(dossier.GetProperty("encounters").GetProperty("items")[0].GetProperty("with")[0], "name"), Is.EqualTo("SIM HERON"));
            Assert.That(Ids(dossier, "maybe"), Is.EqualTo((string[])["dark"]));
            Assert.That(dossier.GetProperty("calls").GetProperty("numberMatched").GetInt32(), Is.EqualTo(1));
            Assert.That(dossier.GetProperty("identities").GetProperty("items")[0].GetProperty("call_sign").GetString(), Is.EqualTo("SFAB"));
            Assert.That(dossier.GetProperty("track").GetProperty("last").GetProperty("geometry").GetProperty("coordinates").GetArrayLength(), Is.EqualTo(3));
        });
        var source = dossier.GetProperty("coverage").GetProperty("sources").EnumerateArray().Single();
        Assert.That((source.GetProperty("cells").GetInt32(), source.GetProperty("reports").GetInt32()), Is.EqualTo((1, 40)), "the cell beside the track is not hers");
    }

    [Test]
    public async Task A_dossier_says_where_the_vessel_is_bound_for_and_when_it_will_be_there()
    {
        await using var server = await StartAsync();
        var expected = (await server.GetAsync("/vessels/265000001")).GetProperty("expected_arrival").GetProperty("properties");
        Assert.Multiple(() =>
        {
            Assert.That(Text(expected, "destination_locode"), Is.EqualTo("NLRTM"));
            Assert.That(expected.GetProperty("destination_probability").GetDouble(), Is.EqualTo(0.983));
            Assert.That(Text(expected, "eta_by"), Is.EqualTo("lane"));
        });
        var other = await server.GetAsync("/vessels/" + Uri.EscapeDataString(B));
        Assert.That(other.GetProperty("expected_arrival").ValueKind, Is.EqualTo(JsonValueKind.Null));
        var items = await server.GetAsync("/collections/expected-arrivals/items?destination_locode=NLRTM&state=under-way");
        Assert.That(items.GetProperty("numberMatched").GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_other_ship_of_a_pair_has_the_encounter_too()
    {
        await using var server = await StartAsync();
        var dossier = await server.GetAsync("/vessels/" + Uri.EscapeDataString(B));
        Assert.That(Ids(dossier, "findings"), Is.EqualTo((string[])["meet"]));
        Assert.That(Text(dossier.GetProperty("encounters").GetProperty("items")[0].GetProperty("with")[0], "subject"), Is.EqualTo(A));
    }

    [Test]
    public async Task A_limit_cuts_the_items_and_never_the_counts_and_the_rest_is_one_link_away()
    {
        await using var server = await StartAsync();
        var dossier = await server.GetAsync("/vessels/265000001?limit=1");
        var findings = dossier.GetProperty("findings");
        Assert.That((findings.GetProperty("numberMatched").GetInt32(), findings.GetProperty("numberReturned").GetInt32()), Is.EqualTo((3, 1)));
        Assert.That(dossier.GetProperty("counts").GetProperty("all").GetInt32(), Is.EqualTo(3));

        // What comes meanwhile is not in the generation that the link pages through.
        await server.World.AddAsync("findings", FeedWorld.Finding("later", mmsi: 265000001));
        var rest = await server.GetAsync(new Uri(Text(findings, "next")).PathAndQuery);
        Assert.That(FeedServer.Ids(rest), Is.EqualTo((string[])["meet"]));
        var same = await server.GetAsync($"/vessels/265000001?snapshot={Text(dossier, "generation")}");
        Assert.That(same.GetProperty("findings").GetProperty("numberMatched").GetInt32(), Is.EqualTo(3));
        Assert.That((await server.GetAsync("/vessels/265000001")).GetProperty("findings").GetProperty("numberMatched").GetInt32(), Is.EqualTo(4));
    }

    [Test]
    public async Task What_an_analyst_marked_false_is_said_beside_the_finding_and_counted()
    {
        await using var server = await StartAsync();
        await server.World.AddAsync("judgements", Judgement("gap", "gap", A, "false"));
        var dossier = await server.GetAsync("/vessels/265000001");
        var gap = dossier.GetProperty("findings").GetProperty("items").EnumerateArray().Single(item => Text(item, "id") == "gap");
        Assert.That(Text(gap.GetProperty("judgement"), "reason"), Is.EqualTo("A hole."));
        var counts = dossier.GetProperty("counts");
        Assert.That(counts.GetProperty("marked_false").GetInt32(), Is.EqualTo(1));
        Assert.That(counts.GetProperty("by_kind").GetProperty("gap").GetProperty("marked_false").GetInt32(), Is.EqualTo(1));

        await server.World.AddAsync("judgements", Judgement("gap", "gap", A, "stands", revision: 2));
        Assert.That((await server.GetAsync("/vessels/265000001")).GetProperty("counts").GetProperty("marked_false").GetInt32(), Is.Zero);
    }

    [Test]
    public async Task Judgements_are_counted_per_kind_and_rule()
    {
        await using var server = await StartAsync();
        await server.World.AddAsync("judgements", Judgement("gap", "gap", A, "false"), Judgement("meet", "encounter", $"{A}+{B}", "stands"));
        var summary = await server.GetAsync("/judgements");
        var gap = summary.GetProperty("kinds").EnumerateArray().Single(kind => Text(kind, "kind") == "gap");
        Assert.Multiple(() =>
        {
            Assert.That((summary.GetProperty("all").GetInt32(), summary.GetProperty("marked_false").GetInt32()), Is.EqualTo((5, 1)));
            Assert.That((gap.GetProperty("all").GetInt32(), gap.GetProperty("marked_false").GetInt32()), Is.EqualTo((2, 1)));
            Assert.That(Text(gap.GetProperty("rules")[0], "rule"), Is.EqualTo("gap"));
        });
    }

    [Test]
    public async Task A_subject_that_is_no_vessel_has_a_dossier_also_with_a_comma_in_its_name()
    {
        await using var server = await StartAsync();
        await server.World.AddAsync("findings", FeedWorld.Finding("jam", kind: "spoofing", subject: "area:57.25,11.25"));
        var dossier = await server.GetAsync("/vessels/area:57.25,11.25");
        Assert.That(Ids(dossier, "findings"), Is.EqualTo((string[])["jam"]));
        var items = await server.GetAsync("/collections/findings/items?subject=area:57.25,11.25," + A);
        Assert.That(FeedServer.Ids(items), Is.EqualTo((string[])["jam", "gap"]));
    }

    [TestCase("/vessels/999999999", HttpStatusCode.NotFound)]
    [TestCase("/vessels/local:none", HttpStatusCode.NotFound)]
    [TestCase("/vessels/265000001?limit=0", HttpStatusCode.BadRequest)]
    [TestCase("/vessels/265000001?limit=1&limit=2", HttpStatusCode.BadRequest)]
    [TestCase("/vessels/265000001?q=1", HttpStatusCode.BadRequest)]
    [TestCase("/vessels/265000001?snapshot=old-7", HttpStatusCode.Gone)]
    public async Task What_cannot_be_answered_is_a_problem_that_says_so(string address, HttpStatusCode status)
    {
        await using var server = await StartAsync();
        await server.ProblemAsync(address, status);
    }

    [Test]
    public async Task A_person_without_a_script_gets_tables()
    {
        await using var server = await StartAsync();
        Assert.That(await server.PageAsync("/vessels/265000001"), Does.Contain("SIM ROWAN").And.Contain("vessel.html?mmsi=265000001"));
    }

    private static async Task<FeedServer> StartAsync()
    {
        var server = await FeedServer.StartAsync();
        var world = server.World;
        await world.AddAsync("vessels", Vessel(A, "SIM ROWAN"), Vessel(B, "SIM HERON"));
        await world.AddAsync(
            "findings",
            FeedWorld.Finding("gap", mmsi: 265000001, name: "SIM ROWAN", simulated: true)
                .Replace("\"rule\":", "\"measure\":{\"deliberate_probability\":0.83},\"rule\":", StringComparison.Ordinal),
            FeedWorld.Finding("meet", kind: "encounter", subject: $"{A}+{B}", mmsi: 265000001),
            FeedWorld.Finding("other", mmsi: 265000003),
            FeedWorld.Finding("dark", kind: "dark-ship", subject: "detection:s1:4", mmsi: 265000001),
            FeedWorld.Finding("mismatch", kind: "declared-mismatch", subject: "call:SEGOT:265000001:2026-11-21T12:00:00Z", mmsi: 265000009));
        await world.AddAsync(
            "port-calls",
            """{"type":"Feature","id":"p1","geometry":null,"properties":{"id":"p1","subject":"mmsi:265000001","mmsi":265000001,"port":"SEGOT","arrival_at":"2026-11-20T10:00:00Z","departure_at":null,"state":"open","simulated":true}}""");
        await world.AddAsync(
            "tracks",
            """{"type":"Feature","id":"t1","geometry":{"type":"LineString","coordinates":[[11.05,57.05],[11.1,57.1],[11.2,57.2]]},"properties":{"subject":"mmsi:265000001","mmsi":265000001,"hull":0,"start_at":"2026-11-21T10:00:00Z","end_at":"2026-11-21T11:00:00Z","points":3,"simulated":true}}""");
        await world.AddAsync(
            "expected-arrivals",
            """{"type":"Feature","id":"mmsi:265000001","geometry":{"type":"Point","coordinates":[11.2,57.2]},"properties":{"id":"mmsi:265000001","subject":"mmsi:265000001","mmsi":265000001,"state":"under-way","destination_locode":"NLRTM","destination_probability":0.983,"eta_low_at":"2026-11-22T10:00:00Z","eta_at":"2026-11-22T12:00:00Z","eta_high_at":"2026-11-22T15:00:00Z","eta_by":"lane","known_at":"2026-11-21T11:00:00Z","simulated":true}}""");
        await world.AddAsync("coverage", Cell(11, 57, 40), Cell(11.25, 57, 7));
        return server;
    }

    private static string Vessel(string subject, string name) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["type"] = "Feature",
        ["id"] = subject,
        ["geometry"] = JsonSerializer.Deserialize<JsonElement>(FeedWorld.Point(11.2, 57.2)),
        ["properties"] = new Dictionary<string, object?>
        {
            ["subject"] = subject, ["mmsi"] = int.Parse(subject[5..], System.Globalization.CultureInfo.InvariantCulture), ["name"] = name, ["call_sign"] = "SFAB",
            ["last_at"] = "2026-11-21T11:00:00Z", ["simulated"] = true,
        },
    });

    private static string Cell(double west, double south, int reports) => JsonSerializer.Serialize(new
    {
        type = "Feature",
        id = $"roof-{west}-{south}",
        geometry = new { type = "Polygon", coordinates = new[] { new double[][] { [west, south], [west + 0.25, south], [west + 0.25, south + 0.25], [west, south + 0.25], [west, south] } } },
        properties = new { source = "roof", cell = 1, first_heard_at = "2026-11-20T00:00:00Z", last_heard_at = "2026-11-21T11:00:00Z", reports, simulated = true },
    });

    private static string Judgement(string finding, string kind, string subject, string verdict, int revision = 1) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["type"] = "Feature",
        ["id"] = finding,
        ["geometry"] = null,
        ["properties"] = new Dictionary<string, object?>
        {
            ["id"] = finding, ["revision"] = revision, ["finding"] = finding, ["kind"] = kind, ["rule"] = "gap", ["subject"] = subject, ["verdict"] = verdict,
            ["reason"] = "A hole.", ["by_role"] = "analyst", ["at"] = "2026-11-21T12:00:00Z", ["known_at"] = "2026-11-21T12:00:00Z", ["simulated"] = true,
            ["history"] = Array.Empty<string>(), ["position"] = new { stage = "alerts", entry = revision },
        },
    });

    private static List<string> Ids(JsonElement dossier, string part) =>
        [.. dossier.GetProperty(part).GetProperty("items").EnumerateArray().Select(item => Text(item, "id"))];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
