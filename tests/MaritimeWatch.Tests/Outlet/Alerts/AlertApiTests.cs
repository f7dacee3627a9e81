using System.Net;
using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Functions.Outlet;
using static MaritimeWatch.Tests.Outlet.AlertWorld;

namespace MaritimeWatch.Tests.Outlet;

public sealed class AlertApiTests
{
    [Test]
    public async Task An_officer_gets_the_alerts_of_the_own_port_newest_first()
    {
        await using var world = await StartAsync();
        var first = Alert("a1");
        await world.CommitAsync(first, Alert("b1", Larvik), first with { Id = "a2", OpenedAtMs = first.OpenedAtMs + 1000 });
        var (answer, text) = await world.GetAsync("/alerts", world.Officer());
        var list = JsonDocument.Parse(text).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(Ids(list), Is.EqualTo((string[])["a2", "a1"]));
            Assert.That(list.GetProperty("numberReturned").GetInt32(), Is.EqualTo(2));
            Assert.That(answer.Headers.CacheControl!.NoStore);
            Assert.That(answer.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
        });
        var alert = list.GetProperty("alerts")[1];
        foreach (var member in (string[])["id", "port", "subject", "opened_at", "berthing_at", "severity", "finding_ids", "reasons", "assessment", "geometry", "simulated"])
        {
            Assert.That(alert.TryGetProperty(member, out _), member);
        }
    }

    [Test]
    public async Task An_analyst_and_an_officer_of_two_ports_get_what_is_theirs()
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"), Alert("b1", Larvik), Alert("c1", "NLRTM"));
        Assert.That(await IdsAsync(world, "/alerts", world.Token(Roles.Analyst)), Is.EquivalentTo((string[])["a1", "b1", "c1"]));
        Assert.That(await IdsAsync(world, "/alerts", world.Token(Roles.Officer, Gothenburg, Larvik)), Is.EquivalentTo((string[])["a1", "b1"]));
        Assert.That(await IdsAsync(world, "/alerts", world.Token(Roles.Admin)), Has.Count.EqualTo(3));
        var (planner, _) = await world.GetAsync("/alerts", world.Token(Roles.Planner));
        Assert.That(planner.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("?port=SEGOT", "a1 a2")]
    [TestCase("?port=SEGOT,NOLAR", "a1 a2 b1")]
    [TestCase("?port=ZZZZZ", "")]
    [TestCase("?state=closed", "a2")]
    [TestCase("?state=open,closed&port=NOLAR", "b1")]
    [TestCase("?since=2026-11-20T02:12:00Z", "a2")]
    [TestCase("?limit=1", "a1")]
    public async Task Filters_narrow_the_list(string query, string expected)
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"), Alert("a2", revision: 2, state: AlertState.Closed), Alert("b1", Larvik));
        Assert.That(
            await IdsAsync(world, "/alerts" + query, world.Token(Roles.Analyst)),
            Is.EqualTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [TestCase("?prot=SEGOT", "prot")]
    [TestCase("?state=asleep", "state")]
    [TestCase("?since=yesterday", "since")]
    [TestCase("?limit=0", "limit")]
    [TestCase("?limit=1&limit=2", "limit")]
    public async Task A_bad_parameter_is_named(string query, string parameter)
    {
        await using var world = await StartAsync();
        var (answer, text) = await world.GetAsync("/alerts" + query, world.Officer());
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(JsonDocument.Parse(text).RootElement.GetProperty("parameter").GetString(), Is.EqualTo(parameter));
    }

    [Test]
    public async Task Who_asks_for_lines_gets_one_alert_a_line()
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"), Alert("a2"));
        var (answer, text) = await world.GetAsync("/alerts", world.Officer(), ("Accept", "application/x-ndjson"));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/x-ndjson"));
        Assert.That(text.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()), Is.EqualTo((string[])["a1", "a2"]));
    }

    [Test]
    public async Task Nobody_gets_nothing_and_is_told_to_sign_in()
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"));
        foreach (var path in (string[])["/alerts", "/alerts/a1", "/alerts/none", "/alerts/stream"])
        {
            var (answer, text) = await world.GetAsync(path);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), path);
            Assert.That(answer.Headers.WwwAuthenticate.Single().Scheme, Is.EqualTo("Bearer"));
            Assert.That(text, Does.Not.Contain("a1"));
        }
    }

    [Test]
    public async Task An_acknowledgement_and_a_decision_stand_in_the_inbox_once_and_name_no_officer()
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"));
        var officer = world.Officer();
        Assert.That(await PostAsync(world, "a1/acknowledge", officer), Is.EqualTo(202));
        Assert.That(await PostAsync(world, "a1/acknowledge", officer), Is.EqualTo(200), "not folded yet, and not said twice");
        await world.FoldAsync();
        Assert.That(await PostAsync(world, "a1/acknowledge", officer), Is.EqualTo(200));

        const string Inspect = """{"outcome":"inspect","note":"  Box MSCU1234567 at the gate.  "}""";
        Assert.That(await PostAsync(world, "a1/decide", officer, Inspect), Is.EqualTo(202));
        Assert.That(await PostAsync(world, "a1/decide", officer, Inspect), Is.EqualTo(200));
        await world.FoldAsync();
        Assert.That(await PostAsync(world, "a1/decide", officer, Inspect), Is.EqualTo(200));

        var actions = await world.ActionsAsync();
        Assert.That(actions.Select(a => a.Kind), Is.EqualTo((AlertActionKind[])[AlertActionKind.Acknowledge, AlertActionKind.Decide]));
        Assert.That(actions[1].Note, Is.EqualTo("Box MSCU1234567 at the gate."));
        Assert.That(actions[1].AtMs, Is.EqualTo(world.Time.GetUtcNow().ToUnixTimeMilliseconds()));
        Assert.That(actions.Select(a => a.Officer).Distinct().Single(), Has.Length.EqualTo(32).And.Not.Contain("officer"));
        var (_, text) = await world.GetAsync("/alerts/a1", officer);
        Assert.That(JsonDocument.Parse(text).RootElement.GetProperty("decision").GetProperty("outcome").GetString(), Is.EqualTo("inspect"));
        Assert.That(text, Does.Not.Contain(actions[1].Officer));
    }

    [Test]
    public async Task A_decision_against_one_that_was_made_is_a_conflict_also_before_it_is_folded()
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"));
        var officer = world.Officer();
        Assert.That(await PostAsync(world, "a1/decide", officer, """{"outcome":"release"}"""), Is.EqualTo(202));
        Assert.That(await PostAsync(world, "a1/decide", officer, """{"outcome":"inspect"}"""), Is.EqualTo(409), "in the inbox");
        await world.FoldAsync();
        Assert.That(await PostAsync(world, "a1/decide", officer, """{"outcome":"inspect"}"""), Is.EqualTo(409), "folded");
        Assert.That(await PostAsync(world, "a1/decide", world.Token(Roles.Admin, Gothenburg), """{"outcome":"release","note":"other words"}"""), Is.EqualTo(409));
        Assert.That(await world.ActionsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_an_inspection_found_is_said_after_it_was_ordered()
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"));
        var officer = world.Officer();
        Assert.That(await PostAsync(world, "a1/decide", officer, """{"outcome":"inspect"}"""), Is.EqualTo(202));
        Assert.That(await PostAsync(world, "a1/decide", officer, """{"outcome":"finding","note":"undeclared goods"}"""), Is.EqualTo(202));
        Assert.That(await PostAsync(world, "a1/decide", officer, """{"outcome":"no-finding"}"""), Is.EqualTo(409));
        Assert.That(await PostAsync(world, "a1/decide", officer, """{"outcome":"inspect"}"""), Is.EqualTo(409));
    }

    [Test]
    public async Task An_alert_that_was_opened_again_is_acknowledged_and_decided_again()
    {
        await using var world = await StartAsync();
        var decided = Alert("a1", revision: 2, state: AlertState.Decided) with
        {
            AcknowledgedAtMs = 1, Decision = new AlertDecision("release", null, 1),
        };
        await world.CommitAsync(decided);
        var officer = world.Officer();
        Assert.That(await PostAsync(world, "a1/acknowledge", officer), Is.EqualTo(200));
        Assert.That(await PostAsync(world, "a1/decide", officer, """{"outcome":"inspect"}"""), Is.EqualTo(409));

        await world.CommitAsync(decided with { Revision = 3, State = AlertState.Open });
        Assert.That(await PostAsync(world, "a1/acknowledge", officer), Is.EqualTo(202));
        Assert.That(await PostAsync(world, "a1/decide", officer, """{"outcome":"inspect"}"""), Is.EqualTo(202));
        await world.CommitAsync(Alert("a2", state: AlertState.Closed));
        Assert.That(await PostAsync(world, "a2/acknowledge", officer), Is.EqualTo(409), "closed, and never taken up");
    }

    [Test]
    public async Task A_restart_forgets_no_action_that_the_stage_has_not_folded()
    {
        await using var before = await StartAsync();
        await before.CommitAsync(Alert("a1"));
        Assert.That(await PostAsync(before, "a1/decide", before.Officer(), """{"outcome":"release"}"""), Is.EqualTo(202));

        await using var after = await StartAsync(before.Store);
        Assert.That(await PostAsync(after, "a1/decide", after.Officer(), """{"outcome":"release"}"""), Is.EqualTo(200));
        Assert.That(await PostAsync(after, "a1/decide", after.Officer(), """{"outcome":"inspect"}"""), Is.EqualTo(409));
        Assert.That(await after.ActionsAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_idempotency_key_stands_for_one_thing()
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"), Alert("a2"));
        var officer = world.Officer();
        (string, string)[] key = [("Idempotency-Key", "tap-1")];
        Assert.That(await PostAsync(world, "a1/decide", officer, """{"outcome":"inspect"}""", key), Is.EqualTo(202));
        Assert.That(await PostAsync(world, "a1/decide", officer, """{"outcome":"inspect"}""", key), Is.EqualTo(200));
        Assert.That(await PostAsync(world, "a1/decide", officer, """{"outcome":"finding"}""", key), Is.EqualTo(409));
        Assert.That(await PostAsync(world, "a2/decide", officer, """{"outcome":"inspect"}""", key), Is.EqualTo(409));
        Assert.That(await PostAsync(world, "a2/decide", world.Token(Roles.Admin), """{"outcome":"inspect"}""", key), Is.EqualTo(202), "another's keys are another's");
    }

    [TestCase("", 415)]
    [TestCase("[]", 400)]
    [TestCase("{", 400)]
    [TestCase("""{"outcome":"inspect","outcome":"release"}""", 400)]
    [TestCase("""{"outcome":"hang"}""", 400)]
    [TestCase("""{"outcome":7}""", 400)]
    [TestCase("""{"note":"x"}""", 400)]
    [TestCase("""{"outcome":"inspect","note":7}""", 400)]
    [TestCase("""{"outcome":"inspect","note":"a\u0000b"}""", 400)]
    [TestCase("""{"outcome":"inspect","note":{"a":{"b":{"c":{"d":{"e":{"f":{"g":{}}}}}}}}}""", 400)]
    public async Task A_body_that_is_no_decision_is_refused_and_nothing_is_written(string body, int status)
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"));
        Assert.That(await PostAsync(world, "a1/decide", world.Officer(), body.Length == 0 ? null : body), Is.EqualTo(status));
        Assert.That(await world.ActionsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_note_has_a_bound_and_so_has_the_body()
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"));
        string Note(int length) => $$"""{"outcome":"inspect","note":"{{new string('x', length)}}"}""";
        Assert.That(await PostAsync(world, "a1/decide", world.Officer(), Note(AlertAction.NoteMax + 1)), Is.EqualTo(400));
        Assert.That(await PostAsync(world, "a1/decide", world.Officer(), Note(100_000)), Is.EqualTo(413));
        Assert.That(await PostAsync(world, "a1/decide", world.Officer(), Note(AlertAction.NoteMax)), Is.EqualTo(202));
    }

    [Test]
    public async Task Only_officers_of_the_port_act()
    {
        await using var world = await StartAsync();
        await world.CommitAsync(Alert("a1"));
        const string Release = """{"outcome":"release"}""";
        Assert.That(await PostAsync(world, "a1/decide", world.Token(Roles.Analyst), Release), Is.EqualTo(403));
        Assert.That(await PostAsync(world, "a1/decide", world.Token(Roles.Planner), Release), Is.EqualTo(403));
        Assert.That(await PostAsync(world, "a1/decide", world.Officer(Larvik), Release), Is.EqualTo(404));
        Assert.That(await PostAsync(world, "a1/decide", null, Release), Is.EqualTo(401));
        Assert.That(await PostAsync(world, "a1/acknowledge", world.Officer(Larvik)), Is.EqualTo(404));
        Assert.That(await world.ActionsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_line_that_is_no_alert_harms_no_other()
    {
        await using var world = await StartAsync();
        var odd = LineOf(Alert("odd")).Replace("\"open\"", "\"asleep\"", StringComparison.Ordinal);
        await world.Inbox.AppendAsync(MaritimeWatch.Log.EntryKind.Batch, System.Text.Encoding.UTF8.GetBytes($"{odd}\n{LineOf(Alert("a1"))}"));
        await world.FoldAsync();
        Assert.That(await IdsAsync(world, "/alerts", world.Officer()), Is.EqualTo((string[])["a1"]));
        Assert.That(world.Board.LinesRefused, Is.EqualTo(1));
    }

    private static async Task<int> PostAsync(
        AlertWorld world, string path, string? token, string? json = null, params (string, string)[] headers)
    {
        var (answer, _) = await world.SendAsync(HttpMethod.Post, $"/alerts/{path}", token, json, headers);
        return (int)answer.StatusCode;
    }

    private static async Task<List<string>> IdsAsync(AlertWorld world, string path, string token)
    {
        var (answer, text) = await world.GetAsync(path, token);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return Ids(JsonDocument.Parse(text).RootElement);
    }

    private static List<string> Ids(JsonElement list) =>
        [.. list.GetProperty("alerts").EnumerateArray().Select(alert => alert.GetProperty("id").GetString()!)];
}
