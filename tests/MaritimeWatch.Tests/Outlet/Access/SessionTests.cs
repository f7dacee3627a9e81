using System.Net;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Outlet;

public sealed class SessionTests
{
    private const string KeyText = "a-key-of-sufficient-length";
    private static readonly DemoSignIn Demo = new(["SEGOT", "NOLAR"]);

    [Test]
    public async Task A_token_becomes_a_cookie_that_no_script_reads_and_no_other_site_sends()
    {
        await using var world = await AlertWorld.StartAsync();
        var (answer, text) = await world.SendAsync(HttpMethod.Post, "/session", null, $$"""{"token":"{{world.Officer()}}"}""");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent), text);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single().ToLowerInvariant();
        Assert.That(cookie, Does.Contain("httponly").And.Contain("samesite=strict").And.Contain("path=/").And.Contain("max-age=28800"));
        Assert.That(cookie, Does.Not.Contain("secure"), "this machine needs no certificate");

        var (far, _) = await world.SendAsync(HttpMethod.Post, "/session", null, $$"""{"token":"{{world.Officer()}}"}""", ("Host", "watch.example"));
        Assert.That(far.Headers.GetValues("Set-Cookie").Single(), Does.Contain("secure").IgnoreCase);
    }

    [TestCase("""{"token":"nonsense"}""", 401)]
    [TestCase("""{"token":7}""", 401)]
    [TestCase("""{}""", 401)]
    [TestCase("""[1]""", 400)]
    [TestCase("""{"token":"a","token":"b"}""", 400)]
    public async Task What_is_no_token_signs_nobody_in(string body, int status)
    {
        await using var world = await AlertWorld.StartAsync();
        var (answer, _) = await world.SendAsync(HttpMethod.Post, "/session", null, body);
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task With_the_cookie_everything_is_read_but_a_change_also_needs_the_header_of_our_page()
    {
        await using var world = await AlertWorld.StartAsync();
        await world.CommitAsync(AlertWorld.Alert("a1"));
        var cookie = ("Cookie", $"{world.Access.CookieName}={world.Officer()}");
        Assert.That((await world.GetAsync("/alerts/a1", null, cookie)).Answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await AcknowledgeAsync(cookie), Is.EqualTo(403));
        Assert.That(await AcknowledgeAsync(cookie, ("X-CSRF-Token", "guessed")), Is.EqualTo(403));
        Assert.That(await AcknowledgeAsync(cookie, ("X-CSRF-Token", world.Access.CsrfOf(world.Officer(AlertWorld.Larvik)))), Is.EqualTo(403), "another session's");
        Assert.That(await world.ActionsAsync(), Is.Empty);

        var (_, text) = await world.GetAsync("/session", null, cookie);
        var session = JsonDocument.Parse(text).RootElement;
        Assert.That(session.GetProperty("role").GetString(), Is.EqualTo("officer"));
        Assert.That(await AcknowledgeAsync(cookie, ("X-CSRF-Token", session.GetProperty("csrf").GetString()!)), Is.EqualTo(202));

        async Task<int> AcknowledgeAsync(params (string, string)[] headers) =>
            (int)(await world.SendAsync(HttpMethod.Post, "/alerts/a1/acknowledge", null, null, headers)).Answer.StatusCode;
    }

    [Test]
    public async Task A_bad_token_in_the_header_is_not_made_good_by_a_cookie()
    {
        await using var world = await AlertWorld.StartAsync();
        var (answer, _) = await world.GetAsync("/alerts", "bad", ("Cookie", $"{world.Access.CookieName}={world.Officer()}"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Who_signs_out_is_nobody()
    {
        await using var world = await AlertWorld.StartAsync();
        var (answer, _) = await world.SendAsync(HttpMethod.Delete, "/session");
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(answer.Headers.GetValues("Set-Cookie").Single(), Does.Contain("1970"));
        var (_, text) = await world.GetAsync("/session");
        Assert.That(JsonDocument.Parse(text).RootElement.GetProperty("signed_in").GetBoolean(), Is.False);
    }

    [TestCase("officer", "SEGOT", 204)]
    [TestCase("analyst", null, 204)]
    [TestCase("planner", null, 204)]
    [TestCase("officer", "NLRTM", 400)]
    [TestCase("officer", null, 400)]
    [TestCase("officer", "*", 400)]
    [TestCase("admin", null, 400)]
    [TestCase("", null, 400)]
    public async Task In_the_demo_one_plays_a_role_but_never_the_administrator(string role, string? port, int status)
    {
        await using var world = await AlertWorld.StartAsync(demo: Demo);
        var (answer, _) = await world.SendAsync(HttpMethod.Post, "/demo/sign-in", null, JsonSerializer.Serialize(new { role, port }));
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        if (status == 204)
        {
            var cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
            var caller = await world.Tokens.ReadAsync(cookie[(cookie.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            Assert.That(caller!.Role, Is.EqualTo(role));
            Assert.That(caller.Ports, Is.EqualTo((string[])[port ?? "*"]));
        }
    }

    [TestCase(true, "http://127.0.0.1:0", false, true)]
    [TestCase(true, "http://[::1]:0", false, true)]
    [TestCase(false, "http://127.0.0.1:0", false, false)]
    [TestCase(true, "http://0.0.0.0:0", false, false)]
    [TestCase(true, "http://127.0.0.1:0;http://0.0.0.0:0", false, false)]
    [TestCase(true, "http://127.0.0.1:0", true, false)]
    public async Task The_demo_exists_only_where_all_addresses_are_this_machines_and_all_data_is_invented(
        bool simulated, string urls, bool hosted, bool exists)
    {
        var store = new MemoryStore();
        await StoreFormat.OpenOrCreateAsync(store, new ManualTime().GetUtcNow(), groups: 1, simulated: simulated);
        var options = new ServeOptions
        {
            Urls = urls.Split(';'), Doors = ["feeds", "console"], Key = ApiKey.Parse(KeyText), IsHosted = hosted,
        };
        await using var host = await StartAsync(options, store);
        using var client = new HttpClient();
        var address = host.Urls[0].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        using var body = new StringContent("""{"role":"officer","port":"SEGOT"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri(address + "/demo/sign-in"), body);
        Assert.That(answer.StatusCode, Is.EqualTo(exists ? HttpStatusCode.NoContent : HttpStatusCode.NotFound));
        Assert.That(host.Routes.Any(route => route.RoutePattern.RawText!.Contains("demo", StringComparison.Ordinal)), Is.EqualTo(exists));
        var session = JsonDocument.Parse(await client.GetStringAsync(new Uri(address + "/session"))).RootElement;
        Assert.That(session.GetProperty("demo").ValueKind, Is.EqualTo(exists ? JsonValueKind.Object : JsonValueKind.Null));
    }

    [Test]
    public async Task Beyond_this_machine_a_signed_in_caller_reads_without_the_key_and_writes_to_no_door()
    {
        var store = new MemoryStore();
        var time = new ManualTime();
        var options = new ServeOptions
        {
            Urls = ["http://127.0.0.1:0"], Doors = ["ais", "feeds", "alerts", "console"], Key = ApiKey.Parse(KeyText), IsHosted = true,
        };
        await using var host = await StartAsync(options, store, time);
        var key = await TokenKey.OpenOrCreateAsync(store, Vaults.ForTests, default);
        var token = new Tokens(key.Span, time).Issue("anna", Roles.Analyst, ["*"], TimeSpan.FromHours(1));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await StatusAsync(HttpMethod.Get, "/collections", null), Is.EqualTo(401));
            Assert.That(await StatusAsync(HttpMethod.Get, "/collections", token), Is.EqualTo(200));
            Assert.That(await StatusAsync(HttpMethod.Get, "/alerts", token), Is.EqualTo(200));
            Assert.That(await StatusAsync(HttpMethod.Get, "/alerts", KeyText), Is.EqualTo(401), "the key of doors and feeds is nobody");
            Assert.That(await StatusAsync(HttpMethod.Post, "/ais", token), Is.EqualTo(401));
            Assert.That(await StatusAsync(HttpMethod.Get, "/sign-in.html", null), Is.EqualTo(200));
            Assert.That(await StatusAsync(HttpMethod.Get, "/console/js/nav.js", null), Is.EqualTo(200));
        });

        async Task<int> StatusAsync(HttpMethod method, string path, string? bearer)
        {
            using var client = new HttpClient();
            using var request = new HttpRequestMessage(method, new Uri(host.Urls[0] + path));
            request.Headers.Authorization = bearer is null ? null : new("Bearer", bearer);
            using var answer = await client.SendAsync(request);
            return (int)answer.StatusCode;
        }
    }

    [Test]
    public async Task The_key_of_the_tokens_lies_wrapped_in_the_store_and_is_the_same_for_all_who_open_it()
    {
        var store = new MemoryStore();
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TokenKey.OpenOrCreateAsync(store, Vaults.ForTests, default).AsTask()));
        Assert.That(keys.Select(key => Convert.ToHexString(key.Span)).Distinct().Count(), Is.EqualTo(1));
        var kept = (await store.GetAsync(TokenKey.BlobNameOf, default))!.Value.Bytes;
        Assert.That(kept.Span.IndexOf(keys[0].Span), Is.Negative);

        var altered = kept.ToArray();
        altered[^1] ^= 1;
        var other = new MemoryStore();
        await other.PutAsync(TokenKey.BlobNameOf, altered, PutCondition.IfAbsent, default);
        Assert.ThrowsAsync<StoreException>(async () => await TokenKey.OpenOrCreateAsync(other, Vaults.ForTests, default));
    }

    internal static Task<ServeHost> StartAsync(ServeOptions options, IBlobStore store, TimeProvider? time = null) =>
        ServeHost.StartAsync(options, new ServeParts
        {
            Store = store, Vault = Vaults.ForTests, Time = time ?? new ManualTime(), LogLevel = LogLevel.None,
        });
}
