using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Outlet;
using static MaritimeWatch.Tests.Alerts.NewsLines;

namespace MaritimeWatch.Tests.Outlet;

/// <summary>An analyst marks a finding false over HTTP: from the door to the alert that it carried.</summary>
internal sealed class JudgementApiTests
{
    private const string False = """{"verdict":"false","reason":"  The clock was off.  "}""";
    private const string Stands = """{"verdict":"stands"}""";

    [Test]
    public async Task A_mark_goes_the_whole_way_and_a_withdrawal_goes_it_back()
    {
        await using var world = await JudgementWorld.StartAsync();
        var analyst = world.Token(Roles.Analyst);
        Assert.That(await StateAsync(world), Is.EqualTo("open"));
        Assert.That((await world.JudgeAsync(analyst, JudgementWorld.Finding, False)).Status, Is.EqualTo(202));
        await world.FoldAsync();
        var judgement = (await world.GetAsync("/collections/judgements/items")).GetProperty("features")[0].GetProperty("properties");
        var dossier = await world.GetAsync($"/vessels/{Coaster}");
        var encounter = dossier.GetProperty("findings").GetProperty("items")[0];
        Assert.Multiple(() =>
        {
            Assert.That(judgement.GetProperty("reason").GetString(), Is.EqualTo("The clock was off."));
            Assert.That(judgement.GetProperty("by_role").GetString(), Is.EqualTo("analyst"));
            Assert.That(judgement.GetProperty("kind").GetString(), Is.EqualTo("encounter"));
            Assert.That(encounter.GetProperty("judgement").GetProperty("verdict").GetString(), Is.EqualTo("false"), "the other ship of the pair sees it too");
        });
        Assert.That(await StateAsync(world), Is.EqualTo("closed"), "the alert stood on it");
        Assert.That(await MarkedAsync(world), Is.EqualTo(1));

        Assert.That((await world.JudgeAsync(analyst, JudgementWorld.Finding, Stands)).Status, Is.EqualTo(202));
        await world.FoldAsync();
        Assert.That(await StateAsync(world), Is.EqualTo("open"));
        Assert.That(await MarkedAsync(world), Is.Zero);
    }

    [Test]
    public async Task The_same_said_twice_is_taken_once_also_before_it_is_folded_and_after_a_restart()
    {
        await using var world = await JudgementWorld.StartAsync();
        var analyst = world.Token(Roles.Analyst);
        Assert.That((await world.JudgeAsync(analyst, "zone", False)).Body.GetProperty("taken").GetString(), Is.EqualTo("now"));
        Assert.That((await world.JudgeAsync(analyst, "zone", False)).Body.GetProperty("taken").GetString(), Is.EqualTo("before"));
        await using (var other = await JudgementWorld.StartAsync(world.Store))
        {
            Assert.That((await other.JudgeAsync(other.Token(Roles.Analyst), "zone", False)).Status, Is.EqualTo(200), "another process reads the inbox or the line");
        }

        Assert.That((await world.JudgeAsync(analyst, "zone", Stands)).Status, Is.EqualTo(202));
        Assert.That((await world.JudgeAsync(analyst, "zone", Stands)).Status, Is.EqualTo(200));
        Assert.That(await world.JudgementsAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Two_analysts_agree_contradict_and_withdraw_as_one()
    {
        await using var world = await JudgementWorld.StartAsync();
        var (anna, bert) = (world.Token(Roles.Analyst), world.Token(Roles.Analyst, "bert"));
        Assert.That((await world.JudgeAsync(anna, "zone", False)).Status, Is.EqualTo(202));
        Assert.That((await world.JudgeAsync(bert, "zone", """{"verdict":"false","reason":"Another reason."}""")).Status, Is.EqualTo(409));
        Assert.That((await world.JudgeAsync(bert, "zone", """{"verdict":"stands","reason":"The clock was right."}""")).Status, Is.EqualTo(202));
        Assert.That((await world.JudgeAsync(bert, "zone", """{"verdict":"false","reason":"Another reason."}""")).Status, Is.EqualTo(202));
        await world.FoldAsync();
        var history = (await world.GetAsync("/collections/judgements/items/zone")).GetProperty("properties").GetProperty("history");
        Assert.That(history.EnumerateArray().Select(word => word.GetProperty("verdict").GetString()), Is.EqualTo((string[])["false", "stands", "false"]));

        var tokens = (await world.JudgementsAsync()).Select(judgement => judgement.Analyst).ToList();
        Assert.That(tokens.Distinct().Count(), Is.EqualTo(2), "the inbox tells them apart, and names neither");
        Assert.That(string.Join(' ', tokens), Does.Not.Contain("anna").And.Not.Contain("bert"));
        var items = await world.Client.GetStringAsync(new Uri("/collections/judgements/items", UriKind.Relative));
        Assert.That(items, Does.Not.Contain(tokens[0]).And.Not.Contain(tokens[1]));
    }

    [Test]
    public async Task Analysts_and_administrators_judge_and_nobody_else()
    {
        await using var world = await JudgementWorld.StartAsync();
        Assert.That((await world.JudgeAsync(null, "zone", False)).Status, Is.EqualTo(401));
        Assert.That((await world.JudgeAsync(world.Token(Roles.Officer), "zone", False)).Status, Is.EqualTo(403));
        Assert.That((await world.JudgeAsync(world.Token(Roles.Planner), "zone", False)).Status, Is.EqualTo(403));
        Assert.That((await world.JudgeAsync(world.Token(Roles.Officer), "none", False)).Status, Is.EqualTo(403), "the same, whether there is one or not");
        Assert.That(await world.JudgementsAsync(), Is.Empty);
        Assert.That((await world.JudgeAsync(world.Token(Roles.Admin), "zone", False)).Status, Is.EqualTo(202));
        Assert.That((await world.JudgementsAsync()).Single().ByRole, Is.EqualTo("admin"));
    }

    [TestCase("none", False, 404)]
    [TestCase("..%2Fzone", False, 404)]
    [TestCase("zone", Stands, 409)]
    [TestCase("gone", False, 409)]
    [TestCase("zone", null, 415)]
    [TestCase("zone", "{", 400)]
    [TestCase("zone", "[]", 400)]
    [TestCase("zone", """{"verdict":"false"}""", 422)]
    [TestCase("zone", """{"verdict":"false","reason":"   "}""", 422)]
    [TestCase("zone", """{"verdict":"false","reason":7}""", 422)]
    [TestCase("zone", """{"verdict":"false","reason":"a\u0000b"}""", 422)]
    [TestCase("zone", """{"verdict":"wrong","reason":"x"}""", 422)]
    [TestCase("zone", """{"reason":"x"}""", 422)]
    [TestCase("zone", """{"verdict":"false","reason":"x","by":"anna"}""", 422)]
    public async Task What_cannot_be_taken_is_refused_with_its_own_status_and_nothing_is_written(string finding, string? body, int status)
    {
        await using var world = await JudgementWorld.StartAsync();
        var (answer, problem) = await world.JudgeAsync(world.Token(Roles.Analyst), finding, body);
        Assert.That(answer, Is.EqualTo(status));
        Assert.That(problem.GetProperty("detail").GetString(), Is.Not.Empty);
        Assert.That(await world.JudgementsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_reason_has_a_bound_and_so_has_the_body()
    {
        await using var world = await JudgementWorld.StartAsync();
        string Of(int length) => JsonSerializer.Serialize(new { verdict = "false", reason = new string('x', length) });
        Assert.That((await world.JudgeAsync(world.Token(Roles.Analyst), "zone", Of(1001))).Status, Is.EqualTo(422));
        Assert.That((await world.JudgeAsync(world.Token(Roles.Analyst), "zone", Of(100_000))).Status, Is.EqualTo(413));
        Assert.That((await world.JudgeAsync(world.Token(Roles.Analyst), "zone", Of(1000))).Status, Is.EqualTo(202));
    }

    [Test]
    public async Task A_cookie_alone_judges_nothing()
    {
        await using var world = await JudgementWorld.StartAsync(demo: new DemoSignIn(["SEGOT"]));
        using var handler = new SocketsHttpHandler { CookieContainer = new System.Net.CookieContainer() };
        using var client = new HttpClient(handler) { BaseAddress = world.Address };
        using var signIn = new StringContent("""{"role":"analyst"}""", Encoding.UTF8, "application/json");
        Assert.That((int)(await client.PostAsync(new Uri("demo/sign-in", UriKind.Relative), signIn)).StatusCode, Is.EqualTo(204));
        using var body = new StringContent(False, Encoding.UTF8, "application/json");
        using var bare = await client.PostAsync(new Uri("findings/zone/judgement", UriKind.Relative), body);
        Assert.That((int)bare.StatusCode, Is.EqualTo(403));

        var session = JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync(new Uri("session", UriKind.Relative)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "findings/zone/judgement") { Content = new StringContent(False, Encoding.UTF8, "application/json") };
        request.Headers.Add(Access.CsrfHeader, session.GetProperty("csrf").GetString());
        using var ours = await client.SendAsync(request);
        Assert.That((int)ours.StatusCode, Is.EqualTo(202));
    }

    private static async Task<string?> StateAsync(JudgementWorld world) =>
        (await world.GetAsync("/alerts", world.Token(Roles.Analyst))).GetProperty("alerts").EnumerateArray().Single().GetProperty("state").GetString();

    private static async Task<int> MarkedAsync(JudgementWorld world) => (await world.GetAsync("/judgements")).GetProperty("kinds").EnumerateArray()
        .Single(kind => kind.GetProperty("kind").GetString() == "encounter").GetProperty("marked_false").GetInt32();
}
