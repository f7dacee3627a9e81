using System.Net;
using System.Text.Json;
using MaritimeWatch.Forecasts;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Forecasts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace MaritimeWatch.Tests.Outlet;

/// <summary>Forecasts over HTTP.</summary>
internal sealed class ForecastRouteTests
{
    private WebApplication app = null!;
    private ForecastDesk desk = null!;
    private HttpClient client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var blobs = new MemoryStore();
        desk = new ForecastDesk(blobs, 1);
        var run = new ForecastRun(
            new PortLines().Traffic(81, 3).History(), desk.Issued, ForecastOptions.Default with { Runs = 50, TrialsMax = 1 });
        await run.RunDaysAsync(PortLines.At(70));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        ForecastRoutes.Map(app, desk, (_, port) => port == "SEGOT" ? new FeedProblem(403, "Not for you", "This port is not yours.") : null);
        await app.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        desk.Dispose();
    }

    [Test]
    public async Task The_latest_forecast_is_given_and_an_earlier_one_by_its_time()
    {
        var latest = await GetAsync("forecasts/NOSIM");
        var earlier = await GetAsync("forecasts/nosim?at=2026-03-03T10:00:00Z");
        Assert.Multiple(() =>
        {
            Assert.That(latest.GetProperty("issued_at").GetString(), Is.EqualTo("2026-03-04T22:00:00Z"));
            Assert.That(earlier.GetProperty("issued_at").GetString(), Is.EqualTo("2026-03-03T00:00:00Z"));
            Assert.That(latest.GetProperty("hours").GetArrayLength(), Is.EqualTo(168));
            Assert.That(
                latest.GetProperty("hours")[0].EnumerateObject().Select(member => member.Name), Is.EqualTo(["at", "queue", "waiting_h", "berths"]));
            Assert.That(
                latest.GetProperty("hours")[0].GetProperty("queue").EnumerateObject().Select(member => member.Name),
                Is.EqualTo(["p10", "p50", "p90"]));
            Assert.That(latest.GetProperty("simulated").GetBoolean(), Is.True);
        });
    }

    [Test]
    public async Task The_list_names_ports_and_times()
    {
        var ports = (await GetAsync("forecasts")).GetProperty("ports");
        Assert.That(ports.GetArrayLength(), Is.EqualTo(1));
        Assert.That(ports[0].GetProperty("issued_at").GetArrayLength(), Is.EqualTo(3));
    }

    [Test]
    public async Task Errors_are_counted_by_horizon()
    {
        // The desk's own store has no calls: nothing can be compared, and that is said, not guessed.
        var errors = await GetAsync("forecasts/NOSIM/errors?at=2026-03-04T22:00:00Z");
        Assert.That(
            errors.GetProperty("by_horizon").EnumerateArray().Select(one => one.GetProperty("horizon_h").GetInt32()), Is.EqualTo([6, 24, 72, 168]));
        Assert.That(errors.GetProperty("by_horizon")[0].GetProperty("queue").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase("forecasts/NOXXX", HttpStatusCode.NotFound)]
    [TestCase("forecasts/NOSIM?at=2020-01-01T00:00:00Z", HttpStatusCode.NotFound)]
    [TestCase("forecasts/NOSIM?at=soon", HttpStatusCode.BadRequest)]
    [TestCase("forecasts/NOSIM?when=2026-03-03", HttpStatusCode.BadRequest)]
    [TestCase("forecasts/nowhere", HttpStatusCode.NotFound)]
    [TestCase("forecasts/..%2f..%2fetc", HttpStatusCode.NotFound)]
    [TestCase("forecasts/SEGOT", HttpStatusCode.Forbidden)]
    [TestCase("forecasts/segot/errors", HttpStatusCode.Forbidden)]
    [TestCase("forecasts/SEGOT?at=soon", HttpStatusCode.Forbidden)]
    public async Task What_cannot_be_given_is_said(string address, HttpStatusCode status)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        Assert.That(answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
    }

    private async Task<JsonElement> GetAsync(string address)
    {
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
