using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using MaritimeWatch.Alerts;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;
using Microsoft.AspNetCore.Routing;

namespace MaritimeWatch.Tests.Outlet;

/// <summary>
/// Two hosts that differ in one thing: one has alerts of Gothenburg. Whoever may not see those must not be able to tell
/// the two apart, by any route, method or spelling.
/// </summary>
[NonParallelizable]
public sealed partial class LeakTests
{
    private const string AlertId = "0f3c9d5e71aa42b8";
    private const string Ship = "SIM ZZYZX";
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    private static readonly string[] Ids =
    [
        AlertId, AlertId.ToUpperInvariant(), AlertId + "/", AlertId + ".1", AlertId + "%20", AlertId + "%00", "%30f3c9d5e71aa42b8", "./" + AlertId,
        "..%2f" + AlertId, AlertId + ";a=b", AlertId + "?port=SEGOT", "f-route", "f-route.1", "call:SEGOT:265000001:2026-11-20T14:00:00Z", "SEGOT", "segot",
        "265000001", "mmsi:265000001", "gap",
    ];

    private static readonly string[] Queries =
    [
        "", "?port=SEGOT", "?port=segot", "?port=SEGOT,NOLAR", "?port=NOLAR&port=SEGOT", "?port=*", "?port=%53EGOT", "?port=SEGOT%20", "?state=open",
        "?since=2020-01-01T00:00:00Z", "?limit=1000", "?q=ZZYZX", "?f=json", "?f=html",
    ];

    [Test]
    public async Task Nobody_can_tell_that_another_port_has_an_alert_by_any_route_of_the_host()
    {
        var time = new ManualTime();
        await using var full = await HostAsync(time, hasAlerts: true);
        await using var bare = await HostAsync(time, hasAlerts: false);
        Assert.That(full.Routes, Has.Count.GreaterThan(20));
        await ShowsAsync(full, await TokenAsync(full, time, Roles.Officer, "SEGOT"));

        var callers = new Dictionary<string, Func<Side, Task<string?>>>
        {
            ["nobody"] = _ => Task.FromResult<string?>(null),
            ["officer of another port"] = async side => await TokenAsync(side, time, Roles.Officer, "NOLAR"),
            ["planner"] = async side => await TokenAsync(side, time, Roles.Planner, "*"),
            ["analyst of another port"] = async side => await TokenAsync(side, time, Roles.Analyst, "NOLAR"),
            ["admin of another port"] = async side => await TokenAsync(side, time, Roles.Admin, "NOLAR"),
        };
        var asked = 0;
        foreach (var (who, tokenOf) in callers)
        {
            var (fullToken, bareToken) = (await tokenOf(full), await tokenOf(bare));
            foreach (var path in Paths(full.Routes).ToList())
            {
                foreach (var method in Methods)
                {
                    var there = await AskAsync(full, method, path, fullToken);
                    var absent = await AskAsync(bare, method, path, bareToken);
                    Assert.That(there, Does.Not.Contain(Ship).And.Not.Contain("9.4 NM"), $"{who}: {method} {path}");
                    Assert.That(there, Is.EqualTo(absent), $"{who}: {method} {path}");
                    asked++;
                }
            }
        }

        await TestContext.Out.WriteLineAsync($"{asked} requests to each host, {full.Routes.Count} routes");
        Assert.That(asked, Is.GreaterThan(1000));
        Assert.That(await ActionsAsync(full), Is.Zero);
    }

    [Test]
    public async Task A_token_that_has_ended_or_of_another_store_sees_what_nobody_sees()
    {
        var time = new ManualTime();
        await using var full = await HostAsync(time, hasAlerts: true);
        var ended = await TokenAsync(full, time, Roles.Officer, "SEGOT");
        var foreign = new Tokens(new byte[TokenKey.Bytes], time).Issue("anna", Roles.Officer, ["SEGOT"], TimeSpan.FromDays(1));
        time.Advance(TimeSpan.FromHours(2));
        foreach (var path in (string[])["/alerts", $"/alerts/{AlertId}", "/alerts/stream"])
        {
            var nobody = await AskAsync(full, "GET", path, null);
            Assert.That(await AskAsync(full, "GET", path, ended), Is.EqualTo(nobody));
            Assert.That(await AskAsync(full, "GET", path, foreign), Is.EqualTo(nobody));
            Assert.That(nobody, Does.StartWith("401"));
        }
    }

    private static IEnumerable<string> Paths(IEnumerable<RouteEndpoint> routes)
    {
        foreach (var pattern in routes.Select(route => route.RoutePattern.RawText!).Distinct(StringComparer.Ordinal)
            .Where(pattern => pattern != "/metrics")) // Counts of the process differ by themselves; beyond this machine they are for operators.
        {
            var path = pattern.StartsWith('/') ? pattern : "/" + pattern;
            if (!path.Contains('{', StringComparison.Ordinal))
            {
                foreach (var query in path is "/alerts" or "/alerts/stream" ? Queries : Queries.Take(2))
                {
                    yield return path + query;
                }

                continue;
            }

            // A collection that is really there, and the one that must not be; then every spelling of the last part.
            foreach (var collection in (string[])["findings", "alerts"])
            {
                var named = path.StartsWith("/collections/{id}", StringComparison.Ordinal) ? path.Replace("{id}", collection, StringComparison.Ordinal) : path;
                foreach (var id in named.Contains('{', StringComparison.Ordinal) ? Ids : [""])
                {
                    yield return Parameter().Replace(named, id);
                }

                if (named == path)
                {
                    break;
                }
            }
        }
    }

    // Everything that a caller gets: status, headers and body; of a stream what comes until all is said.
    private static async Task<string> AskAsync(Side side, string method, string path, string? token)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), side.Address + path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (method is "POST" or "PUT" or "PATCH")
        {
            request.Content = new StringContent(
                path.StartsWith("/findings/", StringComparison.Ordinal) ? """{"verdict":"false","reason":"x"}""" : """{"outcome":"release","note":"x"}""",
                Encoding.UTF8, "application/json");
        }

        using var answer = await side.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var text = new StringBuilder().Append((int)answer.StatusCode);
        foreach (var header in answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key != "Date").OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            text.Append('\n').Append(header.Key).Append(": ").AppendJoin(", ", header.Value);
        }

        text.Append('\n');
        if (method != "GET" || answer.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            text.Append(await answer.Content.ReadAsStringAsync());
        }
        else
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            for (var line = await reader.ReadLineAsync(); line is not null && line != "event: ready"; line = await reader.ReadLineAsync())
            {
                text.Append(line).Append('\n');
            }
        }

        // The hosts listen on different ports, and what is sealed gets another hash each time.
        return Hash().Replace(text.ToString(), "hash").Replace(side.Address, "http://host", StringComparison.Ordinal)
            .Replace(new Uri(side.Address).Authority, "host", StringComparison.Ordinal);
    }

    private static async Task ShowsAsync(Side side, string token)
    {
        for (var tries = 0; ; tries++)
        {
            if ((await AskAsync(side, "GET", "/alerts", token)).Contains(Ship, StringComparison.Ordinal))
            {
                return;
            }

            // The board looks once at the start, on another thread.
            Assert.That(tries, Is.LessThan(100_000), "its own officer must see it, or the comparison says nothing");
            await Task.Yield();
        }
    }

    private static async Task<Side> HostAsync(ManualTime time, bool hasAlerts)
    {
        await using var world = new AlertWorld();
        await StoreFormat.OpenOrCreateAsync(world.Store, time.GetUtcNow(), groups: 1, simulated: true);
        await world.Store.PutAsync(TokenKey.BlobNameOf, Vaults.ForTests.Wrap(Enumerable.Repeat((byte)9, TokenKey.Bytes).ToArray()), PutCondition.IfAbsent, default);
        if (hasAlerts)
        {
            await world.CommitAsync(AlertWorld.Alert(AlertId, name: Ship), AlertWorld.Alert(AlertId, revision: 2, state: AlertState.Acknowledged, name: Ship));
        }

        var options = new ServeOptions { Urls = ["http://127.0.0.1:0"], Doors = [.. ServeOptions.AllDoors.Where(door => door is not ("watch" or "tcp" or "udp"))] };
        return new Side(await SessionTests.StartAsync(options, world.Store, time), world.Store);
    }

    private static async Task<string> TokenAsync(Side side, TimeProvider time, string role, string port)
    {
        var key = await TokenKey.OpenOrCreateAsync(side.Store, Vaults.ForTests, default);
        return new Tokens(key.Span, time).Issue($"{role}-{port}", role, [port], TimeSpan.FromHours(1));
    }

    private static async Task<int> ActionsAsync(Side side)
    {
        var count = 0;
        await foreach (var entry in new Inbox(side.Store, AlertBoard.Group, new ManualTime()).EntriesAsync())
        {
            count += entry.Kind == EntryKind.Action ? 1 : 0;
        }

        return count;
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Hash();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    private sealed record Side(ServeHost Host, MemoryStore Store) : IAsyncDisposable
    {
        public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

        public string Address { get; } = Host.Urls[0];

        public IReadOnlyList<RouteEndpoint> Routes => Host.Routes;

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Host.DisposeAsync();
        }
    }
}
