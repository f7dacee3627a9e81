using System.Net;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Triggers;

/// <summary>What the Functions host posts, from files, and what others might post in its name.</summary>
[TestFixture]
public sealed class TriggerTests
{
    private const string Blobs = "simulated.blob.core.windows.net";

    [TestCase("AisQueue", "queue-work", "work landing/rx-1")]
    [TestCase("AisEventHub", "event-hub-many", "lines 2 !AIVDM,1,1,,A")]
    [TestCase("PlateRead", "queue-note-as-string", "note plates landing/plates.cam-1")]
    [TestCase("PlateRead", "queue-note-as-json-in-string", "note plates landing/plates.cam-1")]
    [TestCase("PlateRead", "queue-note-as-object", "note plates landing/plates.cam-1")]
    [TestCase("Manifest", "queue-manifest-note", "note manifests landing/manifests.agent")]
    [TestCase("Scene", "event-grid", "scene 1 https://simulated.blob.core.windows.net/scenes/s1.tif 1048576 image/tiff")]
    [TestCase("AlertDelivery", "queue-text", "alert hello")]
    [TestCase("ForecastTimer", "timer-object", "forecast False")]
    [TestCase("PurgeTimer", "timer-string", "purge True")]
    [TestCase("LearnTimer", "timer-object", "learn False")]
    [TestCase("LearnTimer", "timer-string", "learn True")]
    public async Task A_golden_envelope_reaches_the_one_thing_it_is_for_and_is_answered_as_the_host_wants(string function, string file, string heard)
    {
        await using var app = await App.StartAsync();
        using var response = await app.PostAsync(function, Golden(file));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("{}"));
        Assert.That(app.Heard.Single(), Does.StartWith(heard));
    }

    [Test]
    public void A_single_binary_message_is_base64()
    {
        using var envelope = Envelope.Parse(Golden("queue-binary"));
        Assert.That(envelope.Binary("msg").ToArray(), Is.EqualTo((byte[])[0, 1, 2, 3, 255]));
    }

    [TestCase("PlateRead", "", 400)]
    [TestCase("PlateRead", "{", 400)]
    [TestCase("PlateRead", "[]", 400)]
    [TestCase("PlateRead", "{\"Data\":[]}", 400)]
    [TestCase("PlateRead", "{\"Data\":{\"other\":{}}}", 400)]
    [TestCase("PlateRead", "{\"Data\":{\"msg\":null}}", 400)]
    [TestCase("PlateRead", "{\"Data\":{\"msg\":7}}", 400)]
    [TestCase("PlateRead", "{\"Data\":{\"msg\":\"not json\"}}", 400)]
    [TestCase("PlateRead", "{\"Data\":{\"msg\":{\"format\":99}}}", 400)]
    [TestCase("PlateRead", "{\"Data\":{\"msg\":{}},\"Data\":{}}", 400)]
    [TestCase("AisEventHub", "{\"Data\":{\"events\":\"\\\"one\\\"\"}}", 400)]
    [TestCase("AisEventHub", "{\"Data\":{\"events\":[[1]]}}", 400)]
    [TestCase("Scene", "{\"Data\":{\"ev\":{\"id\":\"1\",\"data\":{\"url\":\"http://169.254.169.254/x\"}}}}", 400)]
    [TestCase("Scene", "{\"Data\":{\"ev\":{\"id\":\"1\",\"data\":{\"url\":\"https://evil.example/x.tif\"}}}}", 400)]
    [TestCase("Scene", "{\"Data\":{\"ev\":{\"id\":\"1\",\"data\":{\"url\":\"https://simulated.blob.core.windows.net:8443/x.tif\"}}}}", 400)]
    [TestCase("Scene", "{\"Data\":{\"ev\":{\"id\":\"1\",\"data\":{\"url\":\"file:///etc/passwd\"}}}}", 400)]
    [TestCase("Scene", "{\"Data\":{\"ev\":{\"id\":\"1\",\"eventType\":\"Microsoft.Storage.BlobDeleted\",\"data\":{\"url\":\"https://simulated.blob.core.windows.net/x\"}}}}", 400)]
    [TestCase("PurgeTimer", "{\"Data\":{\"timer\":\"true\"}}", 400)]
    [TestCase("LearnTimer", "{\"Data\":{\"timer\":[]}}", 400)]
    public async Task A_wrong_envelope_fails_the_invocation_and_calls_nothing(string function, string body, int status)
    {
        await using var app = await App.StartAsync();
        using var response = await app.PostAsync(function, Encoding.UTF8.GetBytes(body));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(app.Heard, Is.Empty);
    }

    [Test]
    public async Task A_note_for_another_door_is_refused_and_metadata_changes_nothing()
    {
        await using var app = await App.StartAsync();
        using var wrong = await app.PostAsync("Manifest", Golden("queue-note-as-object"));
        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        using var forged = await app.PostAsync("PlateRead", Golden("queue-note-as-json-in-string"));
        Assert.That(app.Heard.Single(), Does.Not.Contain("forged"));
    }

    [Test]
    public async Task Envelopes_too_large_or_too_deep_are_refused()
    {
        await using var app = await App.StartAsync();
        using var large = await app.PostAsync("AlertDelivery", new byte[Envelope.BytesMax + 1]);
        var deep = $"{{\"Data\":{{\"msg\":{string.Concat(Enumerable.Repeat("{\"a\":", 40))}1{new string('}', 40)}}}}}";
        using var nested = await app.PostAsync("AlertDelivery", Encoding.UTF8.GetBytes(deep));
        Assert.That((large.StatusCode, nested.StatusCode), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest)));
        Assert.That(app.Heard, Is.Empty);
    }

    [Test]
    public async Task Trouble_outside_fails_the_invocation_so_that_the_trigger_tries_again()
    {
        await using var app = await App.StartAsync(new TriggerParts
        {
            AlertQueued = (_, _) => throw new StoreException(StoreTrouble.Retry, "the store is away"),
        });
        using var response = await app.PostAsync("AlertDelivery", Golden("queue-text"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
    }

    // The host sets x-ms-invocation-id on every request that it passes on, and overwrites what a caller set.
    [TestCase("x-ms-invocation-id", "5f0c")]
    [TestCase("X-Forwarded-For", "203.0.113.9")]
    [TestCase("X-ARR-LOG-ID", "1")]
    [TestCase("Host", "maritimewatch.example")]
    [TestCase("X-Azure-Functions-InvocationId", null)]
    public async Task A_forged_envelope_from_outside_finds_nothing_there(string header, string? value)
    {
        await using var app = await App.StartAsync();
        foreach (var path in (string[])["/PlateRead", "/plateread", "/PlateRead/", "/%50lateRead"])
        {
            using var request = App.Request(path, Golden("queue-note-as-object"));
            request.Headers.Remove(header);
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(header, value);
            }

            using var response = await app.Client.SendAsync(request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }

        Assert.That(app.Heard, Is.Empty);
    }

    [Test]
    public async Task Other_paths_and_methods_go_their_usual_way()
    {
        await using var app = await App.StartAsync();
        Assert.That(await app.Client.GetStringAsync(new Uri("/", UriKind.Relative)), Is.EqualTo("home"));
        using var get = await app.Client.GetAsync(new Uri("/PlateRead", UriKind.Relative));
        Assert.That(get.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Without_a_host_no_trigger_is_open_and_a_part_that_is_not_given_is_not_either()
    {
        await using var none = await App.StartAsync(port: null);
        using var response = await none.PostAsync("PlateRead", Golden("queue-note-as-object"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        await using var some = await App.StartAsync(new TriggerParts());
        using var closed = await some.PostAsync("PlateRead", Golden("queue-note-as-object"));
        Assert.That(closed.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [TestCase("7071", 7071)]
    [TestCase("0", null)]
    [TestCase("70000", null)]
    [TestCase("-1", null)]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void The_hosts_port_is_read_or_there_is_none(string? text, int? port) => Assert.That(CustomHandler.PortOf(text), Is.EqualTo(port));

    [Test]
    public void Every_function_has_a_folder_and_its_binding_is_the_name_that_is_read()
    {
        var root = Path.Combine(NodeTools.Root(), "functions");
        var folders = Directory.EnumerateFiles(root, "function.json", SearchOption.AllDirectories)
            .Where(file => Path.GetDirectoryName(Path.GetDirectoryName(file)) == root)
            .ToDictionary(file => Path.GetFileName(Path.GetDirectoryName(file))!, file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("bindings"));
        Assert.That(folders.Keys, Is.EquivalentTo(TriggerRoutes.FunctionNames.Append("Http")));
        Assert.Multiple(() =>
        {
            foreach (var (name, bindings) in folders)
            {
                var trigger = bindings[0];
                var key = trigger.GetProperty("name").GetString()!;
                Assert.That(key, Does.Not.EndWith("trigger").IgnoreCase, "the host never sends such a key");
                Assert.That(bindings.EnumerateArray().Count(b => b.GetProperty("direction").GetString() == "out"), Is.EqualTo(name == "Http" ? 1 : 0), name);
            }

            Assert.That(folders["Http"][0].GetProperty("route").GetString(), Is.EqualTo("{*path}"));
            Assert.That(folders["AisEventHub"][0].GetProperty("cardinality").GetString(), Is.EqualTo("many"));
            Assert.That(folders["AisEventHub"][0].GetProperty("dataType").GetString(), Is.EqualTo("string"));
        });
        var host = JsonDocument.Parse(File.ReadAllText(Path.Combine(NodeTools.Root(), "host.json"))).RootElement;
        var handler = host.GetProperty("customHandler");
        Assert.That(handler.GetProperty("enableProxyingHttpRequest").GetBoolean());
        Assert.That(handler.TryGetProperty("http", out _), Is.False, "routes there beside function.json make the host throw");
        Assert.That(handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString(), Is.EqualTo("maritimewatch"));
        Assert.That(host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString(), Is.Empty);
    }

    private static byte[] Golden(string name) =>
        File.ReadAllBytes(Path.Combine(NodeTools.Root(), "tests", "MaritimeWatch.Tests", "Triggers", "Golden", name + ".json"));

    private sealed class App : IAsyncDisposable
    {
        private readonly WebApplication app;

        private App(WebApplication app, List<string> heard)
        {
            (this.app, Heard) = (app, heard);
            Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        }

        public HttpClient Client { get; }

        public List<string> Heard { get; }

        public static async Task<App> StartAsync(TriggerParts? parts = null, int? port = 7071)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var heard = new List<string>();
            Task Hear(string what)
            {
                heard.Add(what);
                return Task.CompletedTask;
            }

            TriggerRoutes.Use(
                app,
                parts ?? new TriggerParts
                {
                    AisLanded = (work, _) => Hear($"work {work.Landed}"),
                    AisLines = (lines, _) => Hear($"lines {lines.Count} {Encoding.UTF8.GetString(lines[0].Span)}"),
                    PlatesLanded = (note, _) => Hear($"note {note.Door} {note.Landed}"),
                    ManifestLanded = (note, _) => Hear($"note {note.Door} {note.Landed}"),
                    SceneHost = Blobs,
                    SceneCreated = (scene, _) => Hear($"scene {scene.EventId} {scene.Url} {scene.Length} {scene.ContentType}"),
                    AlertQueued = (alert, _) => Hear($"alert {Encoding.UTF8.GetString(alert.Span)}"),
                    ForecastDue = (timer, _) => Hear($"forecast {timer.IsPastDue}"),
                    PurgeDue = (timer, _) => Hear($"purge {timer.IsPastDue}"),
                    LearnDue = (timer, _) => Hear($"learn {timer.IsPastDue}"),
                },
                port,
                NullLogger.Instance);
            app.MapGet("/", () => "home");
            await app.StartAsync();
            return new App(app, heard);
        }

        /// <summary>As the host makes a request for a trigger.</summary>
        public static HttpRequestMessage Request(string path, byte[] body)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
            {
                Content = new ByteArrayContent(body),
            };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=utf-8");
            request.Headers.TryAddWithoutValidation("X-Azure-Functions-InvocationId", "2e8f6a52-0001");
            request.Headers.TryAddWithoutValidation("X-Azure-Functions-HostVersion", "4.1041.200");
            request.Headers.TryAddWithoutValidation("User-Agent", "Azure-Functions-Host/4.1041.200");
            return request;
        }

        public async Task<HttpResponseMessage> PostAsync(string function, byte[] body)
        {
            using var request = Request("/" + function, body);
            return await Client.SendAsync(request);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await app.DisposeAsync();
        }
    }
}
