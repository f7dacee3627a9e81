using System.Net;
using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;
using MaritimeWatch.Tests.Outlet;
using MaritimeWatch.Tests.Watch;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Security;

/// <summary>A real host with all doors open over a store in memory that holds an alert of SEGOT, and a client that changes nothing of what it is told to send.</summary>
internal sealed class OpenHost : IAsyncDisposable
{
    public const string Ship = "SIM ZZYZX";

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 16 });

    private OpenHost(ServeHost host, MemoryStore store, ManualTime time)
    {
        (Host, Store, Time) = (host, store, time);
        Callers = new Credentials(time);
        Address = host.Urls[0].Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
    }

    public ServeHost Host { get; }

    public MemoryStore Store { get; }

    public ManualTime Time { get; }

    public Credentials Callers { get; }

    public string Address { get; }

    public int Port => new Uri(Address).Port;

    public IReadOnlyList<RouteEndpoint> Routes => Host.Routes;

    public static async Task<OpenHost> StartAsync(Func<ServeOptions, ServeOptions>? change = null, bool simulated = true)
    {
        var time = new ManualTime();
        await using var world = new AlertWorld();
        await StoreFormat.OpenOrCreateAsync(world.Store, time.GetUtcNow(), groups: 1, simulated: simulated);
        await world.Store.PutAsync(TokenKey.BlobNameOf, Vaults.ForTests.Wrap(Credentials.KeyBytes), PutCondition.IfAbsent, default);
        await world.CommitAsync(AlertWorld.Alert(RouteTable.AlertId, name: Ship));
        var options = new ServeOptions { Urls = ["http://127.0.0.1:0"], IsHosted = true, Key = ApiKey.Parse(Credentials.ApiKey) };
        var host = await ServeHost.StartAsync(change?.Invoke(options) ?? options, new ServeParts
        {
            Store = world.Store, Vault = Vaults.ForTests, Time = time, LogLevel = LogLevel.None, NewFold = _ => new CountingFold(),
        });
        var open = new OpenHost(host, world.Store, time);
        await open.ShowsItsAlertAsync();
        return open;
    }

    /// <summary>Sends a request as it stands: no normalising of the path, no cookies, no redirects.</summary>
    public async Task<Answer> SendAsync(string method, string path, Credential who, string? json = null, params (string Name, string Value)[] more)
    {
        var target = who.Query.Length == 0 ? path : path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + who.Query;
        using var request = new HttpRequestMessage(
            new HttpMethod(method), new Uri(Address + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        foreach (var header in who.Headers.Concat(more).GroupBy(header => header.Name, header => header.Value))
        {
            request.Headers.TryAddWithoutValidation(header.Key, header);
        }

        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var isStream = answer.Content.Headers.ContentType?.MediaType == "text/event-stream";
        return new Answer(
            (int)answer.StatusCode, isStream ? "" : await answer.Content.ReadAsStringAsync(),
            answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Everything that callers could have left: landed bytes, queued work, entries of inboxes.</summary>
    public async Task<List<string>> LeftAsync()
    {
        List<string> names = [];
        foreach (var prefix in (string[])["landing/", "rejects/", "queue/", "inbox/", "evidence/", "reference/"])
        {
            await foreach (var entry in Store.ListAsync(prefix, default))
            {
                names.Add(entry.Name);
            }
        }

        return names;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await Host.DisposeAsync();
    }

    // The board looks once at the start, on another thread; without it a test of what is hidden says nothing.
    private async Task ShowsItsAlertAsync()
    {
        var own = Callers.As(Roles.Officer, "SEGOT");
        for (var tries = 0; !(await SendAsync("GET", "/alerts", own)).Body.Contains(Ship, StringComparison.Ordinal); tries++)
        {
            Assert.That(tries, Is.LessThan(100_000), "its own officer must see the alert");
            await Task.Yield();
        }
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public Verdict Verdict => (HttpStatusCode)Status switch
    {
        HttpStatusCode.Unauthorized => Verdict.SignIn,
        HttpStatusCode.Forbidden => Verdict.Forbidden,
        HttpStatusCode.NotFound => Verdict.NotThere,
        _ => Verdict.Allowed,
    };
}
