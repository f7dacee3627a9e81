using System.Globalization;
using System.Net;
using System.Text;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Intake.Doors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Operations;

[NonParallelizable]
internal sealed class LoadTests
{
    private readonly FakeTime time = new();

    [Test]
    public void A_level_begins_and_ends_at_different_depths()
    {
        var depth = new QueueDepth(100);
        var gauge = new LoadGauge(depth, new LoadLimits(), time);
        LoadLevel At(int waiting)
        {
            depth.Set(waiting);
            return gauge.Level;
        }

        int[] up = [0, 49, 50, 74, 75, 99, 100, 149, 150];
        int[] down = [120, 119, 90, 89, 60, 59, 40, 39];
        Assert.That(
            up.Select(At),
            Is.EqualTo(new[] { LoadLevel.All, LoadLevel.All, LoadLevel.NoExtras, LoadLevel.NoExtras, LoadLevel.NoDocuments, LoadLevel.NoDocuments, LoadLevel.NoStreams, LoadLevel.NoStreams, LoadLevel.NoScenes }));
        Assert.That(
            down.Select(At),
            Is.EqualTo(new[] { LoadLevel.NoScenes, LoadLevel.NoStreams, LoadLevel.NoStreams, LoadLevel.NoDocuments, LoadLevel.NoDocuments, LoadLevel.NoExtras, LoadLevel.NoExtras, LoadLevel.All }));
    }

    [Test]
    public void Scenes_are_turned_away_once_holding_the_streams_back_was_not_enough()
    {
        var depth = new QueueDepth(100);
        var gauge = new LoadGauge(depth, new LoadLimits(), time);
        depth.Set(100);
        Assert.That(gauge.Level, Is.EqualTo(LoadLevel.NoStreams));
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.That(gauge.Level, Is.EqualTo(LoadLevel.NoStreams));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(gauge.Level, Is.EqualTo(LoadLevel.NoScenes));
        depth.Set(95);
        Assert.That(gauge.Level, Is.EqualTo(LoadLevel.NoScenes), "still at the limit, give or take");
        depth.Set(89);
        Assert.That(gauge.Level, Is.EqualTo(LoadLevel.NoDocuments));
        depth.Set(100);
        Assert.That(gauge.Level, Is.EqualTo(LoadLevel.NoStreams), "the minute begins anew");
    }

    [Test]
    public void What_the_store_says_counts_for_a_moment()
    {
        var gauge = new LoadGauge(new QueueDepth(100), new LoadLimits(), time);
        gauge.OnStoreLater();
        Assert.That(gauge.Level, Is.EqualTo(LoadLevel.NoExtras));
        gauge.OnStoreStopped();
        gauge.OnStoreLater();
        Assert.That(gauge.Level, Is.EqualTo(LoadLevel.NoDocuments));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(gauge.Level, Is.EqualTo(LoadLevel.All));
    }

    [TestCase("GET", "/collections/vessels/items", LoadLevel.NoExtras)]
    [TestCase("GET", "/collections/findings/items?limit=1000&f=json", LoadLevel.NoExtras)]
    [TestCase("GET", "/Collections/findings/items/?limit=1000", LoadLevel.NoExtras)]
    [TestCase("GET", "/forecasts/SEGOT/errors", LoadLevel.NoExtras)]
    [TestCase("POST", "/scenes", LoadLevel.NoScenes)]
    [TestCase("GET", "/collections/findings/items?bbox=10,57,11,58", null)]
    [TestCase("GET", "/collections/findings/items?kind=gap", null)]
    [TestCase("GET", "/collections/findings/items/abc", null)]
    [TestCase("GET", "/forecasts/SEGOT", null)]
    [TestCase("GET", "/alerts", null)]
    [TestCase("GET", "/alerts/stream", null)]
    [TestCase("POST", "/alerts/abc/acknowledge", null)]
    [TestCase("POST", "/plates", null)]
    [TestCase("POST", "/manifests", null)]
    [TestCase("POST", "/notices", null)]
    [TestCase("POST", "/AisQueue", null)]
    [TestCase("POST", "/Wake", null)]
    [TestCase("GET", "/health/ready", null)]
    [TestCase("GET", "/metrics", null)]
    public void Every_request_has_its_place_in_the_order(string method, string address, object? level)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = address.Split('?')[0];
        context.Request.QueryString = address.Contains('?', StringComparison.Ordinal) ? new QueryString(address[address.IndexOf('?', StringComparison.Ordinal)..]) : default;
        Assert.That(LoadShedding.LevelOf(context.Request), Is.EqualTo(level));
    }

    [TestCase(0, "202 200 415 404")]
    [TestCase(5, "202 503 415 404")]
    [TestCase(8, "503 503 415 404")]
    [TestCase(10, "503 503 415 404")]
    [TestCase(15, "503 503 503 404")]
    public async Task A_serving_host_turns_away_in_that_order_and_says_when_to_come_again(int waiting, string answers)
    {
        using var listener = new MetricsListener();
        var store = new MemoryStore();
        var queue = new BlobQueue(store, "ais", TimeProvider.System);
        for (var i = 0; i < waiting; i++)
        {
            await queue.SendAsync(Encoding.ASCII.GetBytes($"waits {i}"), TimeSpan.Zero);
        }

        await using var host = await ServeHost.StartAsync(
            new ServeOptions { Urls = ["http://127.0.0.1:0"], Doors = ["ais", "feeds", "scenes", "forecasts"] },
            new ServeParts { Store = store, Vault = Vaults.ForTests, LogLevel = LogLevel.None, Pipeline = new LivePipelineOptions { WaitingMax = 10 } });
        using var client = new HttpClient { BaseAddress = new Uri(host.Urls[0]) };
        List<HttpResponseMessage> all =
        [
            await client.PostAsync(new Uri("/ais", UriKind.Relative), new StringContent(Nmea.Position(219000001, 55, 10, 1_777_000_000))),
            await client.GetAsync(new Uri("/collections/vessels/items", UriKind.Relative)),
            await SceneAsync(client),
            await client.GetAsync(new Uri("/collections/vessels/items/none", UriKind.Relative)),
        ];
        Assert.That(string.Join(' ', all.Select(answer => ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture))), Is.EqualTo(answers));
        Assert.That(all.Where(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable), Has.All.Matches<HttpResponseMessage>(answer => answer.Headers.RetryAfter?.Delta > TimeSpan.Zero));
        var text = new PrometheusText();
        listener.Write(text);
        var shed = PrometheusGrammar.Read(text.ToString()).Samples.Where(sample => sample.Key.StartsWith("maritimewatch_intake_shed_total", StringComparison.Ordinal));
        Assert.That(shed.Sum(sample => sample.Value), Is.EqualTo(all.Count(answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable)));
        Assert.That(shed.Select(sample => sample.Key), Has.All.Contain("reason=\"load\""));
        all.ForEach(answer => answer.Dispose());
    }

    [Test]
    public async Task Streams_are_held_back_at_the_limit_and_go_on_when_there_is_room()
    {
        var store = new MemoryStore();
        var depth = new QueueDepth(2);
        var intake = new DurableIntake(
            new Landing(store), new BlobQueue(store, "ais", time), depth, time, Microsoft.Extensions.Logging.Abstractions.NullLogger<DurableIntake>.Instance)
        {
            Load = new LoadGauge(depth, new LoadLimits(), time),
        };
        depth.Set(2);
        var held = intake.AcceptAsync(
            SourceName.Parse("mast"), DeliveryKind.Stream, new MaritimeWatch.Intake.Ais.LandingCut("x"u8.ToArray(), [new MaritimeWatch.Intake.Ais.ReceivedMark(0, 1)]), default).AsTask();
        Assert.That((held.IsCompleted, intake.IsTooDeep), Is.EqualTo((false, true)));
        depth.Set(1);
        await held;
        Assert.That(depth.Waiting, Is.EqualTo(2));
    }

    // No scene by its type: the door says so where the level lets it come so far.
    private static Task<HttpResponseMessage> SceneAsync(HttpClient client) =>
        client.PostAsync(new Uri("/scenes", UriKind.Relative), new StringContent("no scene"));
}
