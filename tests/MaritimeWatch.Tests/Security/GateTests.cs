using MaritimeWatch.Functions.Outlet;

namespace MaritimeWatch.Tests.Security;

/// <summary>Browsers that others lead here, names that others point here, and proxies that open what was meant for this machine.</summary>
[NonParallelizable]
public sealed class GateTests
{
    private const string Evil = "https://evil.example";
    private static readonly Credential Nobody = new("no token", []);
    private static readonly Credential WithKey = new("the API key", [("X-Api-Key", Credentials.ApiKey)]);

    private OpenHost near = null!;
    private OpenHost keyed = null!;
    private OpenHost hosted = null!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        near = await OpenHost.StartAsync(options => options with { IsHosted = false, Key = null });
        keyed = await OpenHost.StartAsync(options => options with { IsHosted = false });
        hosted = await OpenHost.StartAsync();
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        await near.DisposeAsync();
        await keyed.DisposeAsync();
        await hosted.DisposeAsync();
    }

    [TestCase(Evil)]
    [TestCase("null")]
    [TestCase("http://127.0.0.1.evil.example")]
    [TestCase("http://localhost.evil.example:7071")]
    [TestCase("https://localhost@evil.example")]
    public async Task A_page_of_another_site_in_a_browser_on_this_machine_reads_nothing_that_is_open_here_without_a_key(string origin)
    {
        foreach (var host in (OpenHost[])[near, keyed])
        {
            foreach (var path in (string[])["/collections/findings/items", "/sources", "/forecasts", "/vessels/mmsi:265000001", "/api"])
            {
                Assert.That((await host.SendAsync("GET", path, Nobody, null, ("Origin", origin))).Status, Is.EqualTo(403), path);
                Assert.That((await host.SendAsync("OPTIONS", path, Nobody, null, ("Origin", origin), ("Access-Control-Request-Method", "GET"))).Status, Is.EqualTo(403), path);
            }
        }
    }

    [Test]
    public async Task A_program_and_a_page_of_this_machine_and_a_link_from_anywhere_are_let_in()
    {
        Assert.That((await near.SendAsync("GET", "/collections", Nobody)).Status, Is.EqualTo(200), "a program");
        Assert.That((await near.SendAsync("GET", "/collections", Nobody, null, ("Origin", "http://localhost:5173"))).Status, Is.EqualTo(200), "a page of this machine");
        Assert.That((await near.SendAsync("GET", "/collections", Nobody, null, ("Origin", near.Address))).Status, Is.EqualTo(200), "our own page");
        Assert.That(
            (await near.SendAsync("GET", "/collections", Nobody, null, ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"))).Status, Is.EqualTo(200),
            "a link that somebody has clicked: the other site sees nothing of what it opens");
    }

    [Test]
    public async Task A_name_that_others_point_at_this_machine_opens_nothing_even_where_a_key_is_set()
    {
        foreach (var path in (string[])["/collections/findings/items", "/sources", "/forecasts/SEGOT", "/api"])
        {
            Assert.That((await near.SendAsync("GET", path, Nobody, null, ("Host", "evil.example"))).Status, Is.EqualTo(403), path);
            Assert.That((await keyed.SendAsync("GET", path, Nobody, null, ("Host", "evil.example"))).Status, Is.EqualTo(401), path);
        }
    }

    [TestCase("X-Forwarded-For", "203.0.113.9")]
    [TestCase("Forwarded", "for=203.0.113.9")]
    [TestCase("X-Real-IP", "203.0.113.9")]
    [TestCase("Via", "1.1 proxy")]
    public async Task What_a_proxy_on_this_machine_passes_on_comes_from_beyond_it(string header, string value)
    {
        foreach (var host in (OpenHost[])[near, keyed])
        {
            Assert.That((await host.SendAsync("GET", "/collections", Nobody, null, (header, value))).Status, Is.EqualTo(401));
            Assert.That((await host.SendAsync("POST", "/ais", Nobody, "x", (header, value))).Status, Is.EqualTo(401));
            Assert.That((await host.SendAsync("GET", "/forecasts/SEGOT", Nobody, null, (header, value))).Status, Is.EqualTo(401));
            Assert.That((await host.SendAsync("POST", "/demo/sign-in", Nobody, """{"role":"analyst"}""", (header, value))).Status, Is.AnyOf(401, 404));
            Assert.That((await host.SendAsync("GET", "/session", Nobody, null, (header, value))).Body, Does.Contain("\"demo\":null"));
        }

        Assert.That((await keyed.SendAsync("GET", "/collections", WithKey, null, (header, value))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Under_a_host_everybody_comes_from_this_machine_and_nobody_is_taken_for_who_sits_at_it()
    {
        Assert.That((await hosted.SendAsync("GET", "/forecasts/SEGOT", WithKey)).Status, Is.EqualTo(401), "a camera's key is no officer");
        await using var open = await OpenHost.StartAsync(options => options with { OpenReads = true });
        Assert.That((await open.SendAsync("GET", "/forecasts/SEGOT", Nobody)).Status, Is.EqualTo(401));
        Assert.That((await open.SendAsync("GET", "/forecasts", Nobody)).Body, Is.EqualTo("""{"ports":[]}"""));
    }

    [TestCase("localhost")]
    [TestCase("127.0.0.1:7071")]
    [TestCase("maritimewatch.example")]
    public async Task A_session_beyond_this_machine_travels_over_https_alone_whatever_name_the_host_in_front_makes_of_ours(string name)
    {
        var token = hosted.Callers.Good(Roles.Officer, "SEGOT");
        var answer = await hosted.SendAsync("POST", "/session", Nobody, $$"""{"token":"{{token}}"}""", ("Host", name));
        Assert.That(answer.Status, Is.EqualTo(204));
        var cookie = answer.Headers["Set-Cookie"];
        Assert.That(cookie, Does.Contain("secure").And.Contain("httponly").And.Contain("samesite=strict").And.Contain("path=/").And.Not.Contain("domain"));
    }

    [Test]
    public async Task A_session_cannot_be_used_from_another_sites_page()
    {
        foreach (var (name, value) in ((string, string)[])[("Origin", Evil), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site")])
        {
            var csrf = hosted.Callers.Access.CsrfOf(hosted.Callers.Good(Roles.Officer, "SEGOT"));
            var session = hosted.Callers.Session(Roles.Officer, "SEGOT", csrf, "session");
            foreach (var path in (string[])[$"/alerts/{RouteTable.AlertId}/acknowledge", $"/alerts/{RouteTable.AlertId}/decide", "/session"])
            {
                Assert.That((await hosted.SendAsync("POST", path, session, "{}", (name, value))).Status, Is.EqualTo(403), $"{name}: {value} {path}");
            }
        }
    }

    [Test]
    public async Task A_page_of_ours_may_change_something_though_a_host_in_front_has_changed_our_name()
    {
        var csrf = hosted.Callers.Access.CsrfOf(hosted.Callers.Good(Roles.Officer, "SEGOT"));
        var session = hosted.Callers.Session(Roles.Officer, "SEGOT", csrf, "session");
        (string, string)[] browser = [("Origin", "https://maritimewatch.example"), ("Sec-Fetch-Site", "same-origin"), ("Host", "127.0.0.1:7071")];
        var answer = await hosted.SendAsync("POST", $"/alerts/{RouteTable.AlertId}/acknowledge", session, "{}", browser);
        Assert.That(answer.Status, Is.AnyOf(200, 202));
    }

    [Test]
    public async Task Only_what_is_the_same_for_everybody_may_be_read_by_pages_of_other_origins_and_never_with_a_cookie()
    {
        foreach (var (route, rule) in RouteTable.Rules)
        {
            var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
            var answer = await hosted.SendAsync(method, RouteTable.PathOf(pattern), hosted.Callers.As(Roles.Admin, "*"), method == "POST" ? "{}" : null);
            Assert.That(answer.Headers.ContainsKey("Access-Control-Allow-Credentials"), Is.False, route);
            if (answer.Headers.TryGetValue("Access-Control-Allow-Origin", out var origin))
            {
                Assert.That((origin, rule is RouteRule.Read or RouteRule.Open), Is.EqualTo(("*", true)), route);
            }

            Assert.That(answer.Headers.GetValueOrDefault("X-Content-Type-Options"), Is.EqualTo("nosniff"), route);
            Assert.That(answer.Headers.ContainsKey("Server"), Is.False, route);
            if (rule is RouteRule.Alerts or RouteRule.AlertList or RouteRule.Decides or RouteRule.Judges or RouteRule.Forecast or RouteRule.ForecastList)
            {
                Assert.That(answer.Headers["Cache-Control"], Does.Contain("no-store"), route);
            }
        }
    }
}
