using MaritimeWatch.Functions.Outlet;
using Microsoft.AspNetCore.Routing;

namespace MaritimeWatch.Tests.Security;

/// <summary>Every route of a host that others can reach, with every kind of caller: the bar is that nobody gets what is not his.</summary>
[NonParallelizable]
public sealed class RouteTests
{
    private const string Taken = """{"outcome":"release","note":"x","verdict":"false","reason":"x"}""";
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];

    private static readonly (string Role, string Port)[] SignedIn =
    [
        (Roles.Analyst, "*"), (Roles.Analyst, "SEGOT"), (Roles.Analyst, "NOLAR"), (Roles.Officer, "SEGOT"), (Roles.Officer, "NOLAR"),
        (Roles.Planner, "*"), (Roles.Planner, "SEGOT"), (Roles.Planner, "NOLAR"), (Roles.Admin, "*"), (Roles.Admin, "NOLAR"),
    ];

    private OpenHost host = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => host = await OpenHost.StartAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await host.DisposeAsync();

    [Test]
    public void Every_route_is_in_the_table_of_who_may_use_it()
    {
        var there = RoutesOf(host).ToList();
        Assert.That(there.Except(RouteTable.Rules.Keys), Is.Empty, "say in RouteTable who may use the route");
        Assert.That(RouteTable.Rules.Keys.Except(there), Is.Empty, "not a route any more");
    }

    [Test]
    public async Task Nobody_gets_anything_by_any_route_whatever_he_shows()
    {
        var (before, bad, asked) = (await host.LeftAsync(), host.Callers.Bad().ToList(), 0);
        foreach (var (route, rule) in RouteTable.Rules)
        {
            foreach (var who in bad)
            {
                await ExpectAsync(route, who, RouteTable.ForNobody(rule));
                asked++;
            }
        }

        Assert.That(await host.LeftAsync(), Is.EqualTo(before), "nothing was taken");
        await TestContext.Out.WriteLineAsync($"{RouteTable.Rules.Count} routes and methods x {bad.Count} bad credentials = {asked} requests");
    }

    [Test]
    public async Task Nobody_and_another_ports_officer_get_nothing_by_methods_that_a_route_does_not_have()
    {
        var (before, asked) = (await host.LeftAsync(), 0);
        Credential[] callers =
        [
            new("no token", []), host.Callers.As(Roles.Officer, "NOLAR"), host.Callers.As(Roles.Planner, "*"), new("the API key", [("X-Api-Key", Credentials.ApiKey)]),
        ];
        foreach (var pattern in RouteTable.Rules.Keys.Select(PatternOf).Distinct())
        {
            foreach (var method in Methods.Where(method => !RouteTable.Rules.ContainsKey($"{method} {pattern}")))
            {
                foreach (var who in callers)
                {
                    var answer = await host.SendAsync(method, RouteTable.PathOf(pattern), who, method is "GET" or "HEAD" or "OPTIONS" or "TRACE" ? null : Taken);
                    Assert.That(answer.Status, Is.AnyOf(400, 401, 403, 404, 405), $"{who}: {method} {pattern}");
                    Assert.That(answer.Body, Does.Not.Contain(OpenHost.Ship));
                    asked++;
                }
            }
        }

        Assert.That(await host.LeftAsync(), Is.EqualTo(before));
        await TestContext.Out.WriteLineAsync($"{asked} requests with other methods");
    }

    [Test]
    public async Task Every_role_gets_by_every_route_what_the_table_says_and_another_ports_is_not_there()
    {
        var asked = 0;
        foreach (var (route, rule) in RouteTable.Rules)
        {
            await ExpectAsync(route, new("the API key", [("X-Api-Key", Credentials.ApiKey)]), RouteTable.ForKey(rule));
            await ExpectAsync(route, Credential.Bearer("the API key as bearer", Credentials.ApiKey), RouteTable.ForKey(rule));
            asked += 2;
            foreach (var (role, port) in SignedIn)
            {
                var expected = RouteTable.For(rule, role, port);
                await ExpectAsync(route, host.Callers.As(role, port), expected);
                asked += 1 + await WithCookieAsync(route, rule, role, port, expected);
            }
        }

        await TestContext.Out.WriteLineAsync($"{RouteTable.Rules.Count} routes and methods, {SignedIn.Length} callers by token and by cookie: {asked} requests");
    }

    [Test]
    public async Task A_header_that_changes_the_method_changes_nothing()
    {
        var before = await host.LeftAsync();
        foreach (var header in (string[])["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
        {
            foreach (var path in (string[])["/ais", $"/alerts/{RouteTable.AlertId}/acknowledge", "/plates"])
            {
                var answer = await host.SendAsync("GET", path, host.Callers.As(Roles.Admin, "*"), null, (header, "POST"));
                Assert.That(answer.Status, Is.AnyOf(404, 405), $"{header} {path}");
            }

            var read = await host.SendAsync("POST", "/collections", host.Callers.As(Roles.Admin, "*"), Taken, (header, "GET"));
            Assert.That(read.Status, Is.EqualTo(401), "a write stays one");
        }

        Assert.That(await host.LeftAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task Without_a_key_a_host_that_others_reach_gives_nothing_to_anybody_who_is_not_signed_in()
    {
        await using var bare = await OpenHost.StartAsync(options => options with { Key = null });
        Credential[] callers = [new("no token", []), new("any key", [("X-Api-Key", Credentials.ApiKey)]), new("an empty key", [("X-Api-Key", "")])];
        foreach (var (route, rule) in RouteTable.Rules)
        {
            foreach (var who in callers)
            {
                await ExpectAsync(route, who, RouteTable.ForNobody(rule), bare);
            }
        }
    }

    [Test]
    public async Task With_open_reads_everybody_reads_the_feeds_and_still_nothing_else()
    {
        await using var open = await OpenHost.StartAsync(options => options with { OpenReads = true });
        foreach (var (route, rule) in RouteTable.Rules)
        {
            var expected = rule is RouteRule.Read or RouteRule.ForecastList ? Verdict.Allowed
                : rule == RouteRule.Operators ? Verdict.Forbidden
                : RouteTable.ForNobody(rule);
            await ExpectAsync(route, new("no token", []), expected, open);
        }
    }

    [Test]
    public async Task On_an_address_of_all_networks_the_table_holds_too()
    {
        await using var wide = await OpenHost.StartAsync(options => options with { IsHosted = false, Urls = ["http://0.0.0.0:0"] });
        Assert.That(RoutesOf(wide), Is.EquivalentTo(RouteTable.Rules.Keys));
        foreach (var (route, rule) in RouteTable.Rules)
        {
            await ExpectAsync(route, new("no token", []), RouteTable.ForNobody(rule), wide);
            await ExpectAsync(route, wide.Callers.As(Roles.Officer, "NOLAR"), RouteTable.For(rule, Roles.Officer, "NOLAR"), wide);
        }
    }

    [Test]
    public async Task Probes_are_open_to_all_and_say_nothing_that_is_anybodys()
    {
        foreach (var path in (string[])["/health/live", "/health/ready"])
        {
            foreach (var who in (Credential[])[new("no token", []), host.Callers.As(Roles.Admin, "*")])
            {
                var answer = await host.SendAsync("GET", path, who);
                Assert.That(answer.Body, Does.Match("""^\{"status":"(live|ready|not-ready)"(,"reasons":\["[a-z-]+"(,"[a-z-]+")*\])?\}$"""), path);
            }

            Assert.That((await host.SendAsync("POST", path, new("no token", []), Taken)).Status, Is.EqualTo(401), path);
            Assert.That((await host.SendAsync("GET", path + "/../../sources", new("no token", []))).Status, Is.EqualTo(401), path);
            Assert.That((await host.SendAsync("GET", path + "/", new("no token", []))).Status, Is.EqualTo(401), path);
        }
    }

    // With the cookie a read is as good as with the header; a change is nobody's without what only our pages know.
    private async Task<int> WithCookieAsync(string route, RouteRule rule, string role, string port, Verdict expected)
    {
        if (MethodOf(route) is "GET" or "HEAD" or "OPTIONS")
        {
            await ExpectAsync(route, host.Callers.Session(role, port, null, $"cookie of {role} of {port}"), expected);
            return 1;
        }

        var asks = rule is RouteRule.Decides or RouteRule.Judges or RouteRule.Redrives;
        var lacks = rule == RouteRule.Open ? Verdict.Allowed : asks ? Verdict.Forbidden : Verdict.SignIn;
        await ExpectAsync(route, host.Callers.Session(role, port, null, $"cookie of {role} of {port} without the page's header"), lacks);
        await ExpectAsync(route, host.Callers.Session(role, port, "guessed", $"cookie of {role} of {port} with a guess"), lacks);
        await ExpectAsync(
            route, host.Callers.Session(role, port, host.Callers.Access.CsrfOf(host.Callers.Good(Roles.Officer, "BEANR")), "with another session's"), lacks);
        await ExpectAsync(
            route, host.Callers.Session(role, port, host.Callers.Access.CsrfOf(host.Callers.Good(role, port)), $"cookie of {role} of {port} from our page"), expected);
        return 4;
    }

    private async Task ExpectAsync(string route, Credential who, Verdict expected, OpenHost? on = null)
    {
        var (method, pattern) = (MethodOf(route), PatternOf(route));
        var answer = await (on ?? host).SendAsync(method, RouteTable.PathOf(pattern), who, method is "POST" or "PUT" or "PATCH" ? Taken : null);
        if (answer.Verdict != expected && !(expected == Verdict.Allowed && answer.Verdict == Verdict.NotThere && MayBeAbsent(pattern))
            && !(pattern == "/session" && method == "POST" && answer.Status == 401))
        {
            Assert.Fail($"{who}: {route} answers {answer.Status}, not {expected}: {answer.Body}");
        }

        if (RouteTable.Rules[route] is not (RouteRule.AlertList or RouteRule.Alerts))
        {
            Assert.That(answer.Body, Does.Not.Contain(OpenHost.Ship), $"{who}: {route}");
        }
    }

    // Nothing of these is in the store, so the answer to who may ask is that there is none.
    private static bool MayBeAbsent(string pattern) =>
        pattern is "/findings/{id}/judgement" or "/vessels/{id}" or "/collections/{id}/items/{fid}" or "/dead-letters/{queue}/{id}/redrive"
        || pattern.StartsWith("/forecasts/", StringComparison.Ordinal) || pattern.StartsWith("/scenes/", StringComparison.Ordinal);

    private static string MethodOf(string route) => route[..route.IndexOf(' ', StringComparison.Ordinal)];

    private static string PatternOf(string route) => route[(route.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static IEnumerable<string> RoutesOf(OpenHost host) => host.Routes
        .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
            .Select(method => $"{method} {(route.RoutePattern.RawText!.StartsWith('/') ? "" : "/")}{route.RoutePattern.RawText}"))
        .Distinct(StringComparer.Ordinal);
}
