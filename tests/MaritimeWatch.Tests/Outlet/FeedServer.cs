using System.Net;
using System.Text.Json;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Tests.Feeds;
using Microsoft.AspNetCore.Builder;

namespace MaritimeWatch.Tests.Outlet;

/// <summary>The feeds on a free port of this machine, for one test.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FeedServer(FeedWorld world, WebApplication app)
    {
        (World, _app) = (world, app);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public FeedWorld World { get; }

    public HttpClient Client { get; }

    public static async Task<FeedServer> StartAsync(FeedAppOptions? options = null)
    {
        var world = new FeedWorld();
        var app = FeedApp.Build(
            world.Model, options ?? new FeedAppOptions(), world.Clock, new Uri("http://127.0.0.1:0"));
        await app.StartAsync();
        return new FeedServer(world, app);
    }

    /// <summary>Gets JSON and expects it to be there.</summary>
    public async Task<JsonElement> GetAsync(string address)
    {
        using var response = await Client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"{address}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Gets JSON and expects a problem of that status.</summary>
    public async Task<JsonElement> ProblemAsync(string address, HttpStatusCode status)
    {
        using var response = await Client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(status), $"{address}: {text}");
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"), address);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Gets a page for people.</summary>
    public async Task<string> PageAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        using var response = await Client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), address);
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/html"), address);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The address of a link, or null.</summary>
    public static string? Link(JsonElement document, string rel) =>
        document.GetProperty("links").EnumerateArray()
            .Where(l => l.GetProperty("rel").GetString() == rel)
            .Select(l => l.GetProperty("href").GetString()).FirstOrDefault();

    /// <summary>The ids of a page's features.</summary>
    public static List<string> Ids(JsonElement page) =>
        [.. page.GetProperty("features").EnumerateArray().Select(f => f.GetProperty("id").GetString()!)];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
