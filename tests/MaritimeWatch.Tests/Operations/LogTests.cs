using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Intake.Doors;
using MaritimeWatch.Tests.Watch;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Operations;

internal sealed class LogTests
{
    // What must never stand in a log: a plate, a consignee, an API key, a token, an officer's words.
    private const string Plate = "MARK9QXW";
    private const string Party = "MARKERMAN IMPORTS";
    private const string Key = "marker-key-of-sufficient-length";
    private const string Officer = "marker.officer";
    private const string Note = "markernote";

    [Test]
    public async Task A_story_through_all_doors_leaves_no_plate_party_key_or_token_in_any_line_of_the_log()
    {
        using var log = new KeptLog();
        var store = new MemoryStore();
        var troubled = new TroubledStore(store);
        var options = new ServeOptions { Urls = ["http://127.0.0.1:0"], Key = ApiKey.Parse(Key) };
        string token;
        await using (var host = await ServeHost.StartAsync(
            options, new ServeParts { Store = troubled, Vault = Vaults.ForTests, LogLevel = LogLevel.Trace, Logs = log }))
        {
            var key = await TokenKey.OpenOrCreateAsync(store, Vaults.ForTests, default);
            token = new Tokens(key.Span, TimeProvider.System).Issue(Officer, Roles.Officer, ["SEGOT"], TimeSpan.FromHours(1));
            using var client = new HttpClient { BaseAddress = new Uri(host.Urls[0]) };
            foreach (var (path, body, type) in Story())
            {
                await SendAsync(client, path, body, type, Key);
                await SendAsync(client, path, body, type, token);
                await SendAsync(client, path, body, type, Key + "wrong");
            }

            await SendAsync(client, "/alerts/nothing/decide", $$"""{"outcome":"release","note":"{{Note}} {{Plate}}"}""", "application/json", token);
            await SendAsync(client, "/AisQueue", $$$"""{"Data":{"msg":"{{{Plate}}}"}}""", "application/json", Key);

            // What was landed is damaged, messages that are none lie in the queues, and then the store says no.
            await foreach (var landed in store.ListAsync("landing/", default))
            {
                await SpoilAsync(store, landed.Name);
            }

            await QueueAsync(store, "plates", $"not a note {Plate}");
            await QueueAsync(store, "manifests", $$"""{"format":1,"door":"manifests","landed":"landing/x/2026-05-01/aa","hash":"aa","length":1,"source":"{{Party}}","received_at_ms":"{{Plate}}"}""");
            await QueueAsync(store, "ais", $"not a message {Plate}");
            foreach (var (path, body, type) in Story())
            {
                await SendAsync(client, path, body, type, Key); // Wakes the doors' queues.
            }

            await Eventually.TrueAsync(() => log.Lines.Any(line => line.StartsWith("MessageFailed", StringComparison.Ordinal)), "a note fails");
            troubled.Trouble = name => name.StartsWith("queue/", StringComparison.Ordinal) ? StoreTrouble.Stop : null;
            foreach (var (path, body, type) in Story())
            {
                await SendAsync(client, path, body, type, Key);
            }

            troubled.Trouble = _ => null;
        }

        var leaks = log.Lines.Where(line => ((string[])[Plate, Party, "MARKERMAN", Key, Officer, Note, token])
            .Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase))).ToList();
        await TestContext.Out.WriteLineAsync($"{log.Lines.Count} lines: {string.Join(", ", log.Names.Distinct().Order(StringComparer.Ordinal))}");
        Assert.That(leaks, Is.Empty);
        Assert.That(log.Names, Does.Contain(nameof(LogEvents.Listening)).And.Contain(nameof(LogEvents.MessageFailed)));
        Assert.That(log.Ours.Where(line => line.Id == 0), Is.Empty, "every line of ours has a name");
    }

    [Test]
    public void Every_event_has_an_id_and_a_name_of_its_own()
    {
        Assert.That(LogEvents.All, Has.Count.GreaterThan(20));
        Assert.That(LogEvents.All.Select(one => one.Id), Is.Unique);
        Assert.That(LogEvents.All.Select(one => one.Name), Is.Unique);
    }

    private static IEnumerable<(string Path, string Body, string Type)> Story() =>
    [
        ("/plates", $$"""{"at":"2026-05-01T11:59:00Z","camera":"gate","plate":"{{Plate}}","confidence":0.9}""", "application/x-ndjson"),
        ("/plates", $$"""{"at":"yesterday","camera":"gate","plate":"{{Plate}}"}""", "application/x-ndjson"),
        ("/plates", $$"""{"at":1,"camera":"gate","plate":"{{Plate}}""", "application/json"),
        ("/plates", $"plate,camera\n{Plate},gate\n", "text/csv"),
        ("/manifests", $"UNA:+.? 'UNB+UNOA:4+SENDER+RECEIVER+260501:1200+1'UNH+1+CUSCAR:D:95B:UN'NAD+CN+++{Party}'UNT+3+1'UNZ+1+1'", "application/edifact"),
        ("/manifests", $$"""{"manifest":"A","consignee":"{{Party}}","manifest":"B"}""", "application/json"),
        ("/manifests", $"{Party} {Plate}", "application/edifact"),
        ("/notices", $$"""{"type":"pickup","plate":"{{Plate}}","container":"MSKU1234565"}""", "application/json"),
        ("/notices", $$"""{"eventType":"{{Party}}"}""", "application/json"),
        ("/ais", $"{Plate} is no sentence\n", "text/plain"),
        ("/findings/nothing/judgements", $$"""{"verdict":"false","reason":"{{Note}} {{Plate}}"}""", "application/json"),
    ];

    private static async Task SendAsync(HttpClient client, string path, string body, string type, string bearer)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using var answer = await client.SendAsync(request);
    }

    private static async Task SpoilAsync(IBlobStore store, string name)
    {
        var blob = (await store.GetAsync(name, default))!.Value;
        await store.PutAsync(name, Encoding.UTF8.GetBytes($"spoiled {Plate} {Party}"), PutCondition.IfMatch(blob.ETag), default);
    }

    private static async Task QueueAsync(IBlobStore store, string queue, string body) =>
        await new BlobQueue(store, queue, TimeProvider.System).SendAsync(Encoding.UTF8.GetBytes(body), TimeSpan.Zero);

    /// <summary>Keeps every line of every level, with its exception and every value that it was given.</summary>
    private sealed class KeptLog : ILoggerProvider
    {
        private readonly ConcurrentQueue<(string Category, EventId Event, string Line)> lines = new();

        public IReadOnlyList<string> Lines => [.. lines.Select(one => $"{one.Event.Name} {one.Line}")];

        public IReadOnlyList<string> Names => [.. lines.Select(one => one.Event.Name ?? "")];

        public IReadOnlyList<(int Id, string Line)> Ours =>
            [.. lines.Where(one => !one.Category.StartsWith("Microsoft", StringComparison.Ordinal)).Select(one => (one.Event.Id, one.Line))];

        public ILogger CreateLogger(string categoryName) => new Kept(categoryName, lines);

        public void Dispose()
        {
            // Nothing to end.
        }

        private sealed class Kept(string category, ConcurrentQueue<(string, EventId, string)> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs.Select(pair => $"{pair.Key}={pair.Value}")) : "";
                lines.Enqueue((category, eventId, $"{logLevel} {category} {formatter(state, exception)} {values} {exception}"));
            }
        }
    }
}
