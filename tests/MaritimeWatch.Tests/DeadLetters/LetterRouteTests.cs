using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Letters;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Letters;

/// <summary>Who sees dead letters and who sends them again.</summary>
[TestFixture]
public sealed class LetterRouteTests
{
    private const string Key = "a key that nobody guesses";

    private readonly ManualTime time = new();
    private MemoryStore store = null!;
    private DeadLetters letters = null!;
    private Tokens tokens = null!;
    private WebApplication app = null!;
    private HttpClient client = null!;
    private int sent;

    [SetUp]
    public async Task StartAsync()
    {
        (store, sent) = (new MemoryStore(), 0);
        letters = new DeadLetters(store, time);
        tokens = new Tokens(new byte[TokenKey.Bytes], time);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        var access = new Access(tokens);
        access.Use(app);
        var gate = new AccessGate(ApiKey.Parse(Key), IsExposed: true, OpenReads: true) { Lets = Access.Lets };
        gate.Use(app);
        DeadLetterRoutes.Map(app, letters, new Redrive(letters, store, name => name == QueueNames.Wake ? null : new Counted(this)), gate.HoldsKey);
        await app.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    [TearDown]
    public async Task StopAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [TestCase(null, null, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    [TestCase(Roles.Analyst, "*", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [TestCase(Roles.Officer, "SEGOT", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [TestCase(Roles.Planner, "*", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [TestCase(Roles.Admin, "SEGOT", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [TestCase(Roles.Admin, "*", HttpStatusCode.OK, HttpStatusCode.Accepted)]
    [TestCase("key", null, HttpStatusCode.OK, HttpStatusCode.Unauthorized)]
    [TestCase("wrong key", null, HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized)]
    public async Task Administrators_of_all_ports_see_and_send_and_the_key_sees(string? who, string? port, HttpStatusCode see, HttpStatusCode send)
    {
        var id = await letters.KeepAsync(QueueNames.Ais, "one"u8.ToArray());
        var token = who switch { null => null, "key" => Key, "wrong key" => Key + "!", _ => tokens.Issue("somebody", who, [port!], TimeSpan.FromHours(1)) };
        using var seen = await SendAsync(HttpMethod.Get, "/dead-letters", token);
        using var done = await SendAsync(HttpMethod.Post, $"/dead-letters/ais/{id}/redrive", token);
        Assert.That((seen.StatusCode, done.StatusCode), Is.EqualTo((see, send)));
        Assert.That(sent, Is.EqualTo(send == HttpStatusCode.Accepted ? 1 : 0));
    }

    [Test]
    public async Task The_list_says_what_waits_and_never_what_it_holds()
    {
        var id = await letters.KeepAsync(QueueNames.Manifests, "{\"file_name\":\"ACME consignee.edi\"}"u8.ToArray(), "it could not be read", 5);
        await letters.KeepAsync(QueueNames.Ais, "x"u8.ToArray());
        var (text, list) = await ListAsync(string.Empty);
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Not.Contain("ACME"));
            Assert.That(list.GetProperty("numberMatched").GetInt32(), Is.EqualTo(2));
            Assert.That(list.GetProperty("waiting").GetProperty("manifests").GetInt32(), Is.EqualTo(1));
            var letter = list.GetProperty("letters").EnumerateArray().Single(one => one.GetProperty("queue").GetString() == "manifests");
            Assert.That((letter.GetProperty("id").GetString(), letter.GetProperty("tries").GetInt32(), letter.GetProperty("length").GetInt32()), Is.EqualTo((id.ToString(), 5, 34)));
        });
        using var done = await SendAsync(HttpMethod.Post, $"/dead-letters/manifests/{id}/redrive", Admin);
        using var again = await SendAsync(HttpMethod.Post, $"/dead-letters/manifests/{id}/redrive", Admin);
        Assert.That((done.StatusCode, again.StatusCode, sent), Is.EqualTo((HttpStatusCode.Accepted, HttpStatusCode.OK, 1)));
        Assert.That((await ListAsync("?queue=manifests")).List.GetProperty("numberMatched").GetInt32(), Is.Zero);
        var all = (await ListAsync("?queue=manifests&state=all&limit=5")).List.GetProperty("letters")[0];
        Assert.That(all.GetProperty("redriven_by").GetString(), Is.EqualTo(Roles.Admin));
    }

    [TestCase("GET", "/dead-letters?queue=keys", 400)]
    [TestCase("GET", "/dead-letters?state=alive", 400)]
    [TestCase("GET", "/dead-letters?limit=0", 400)]
    [TestCase("GET", "/dead-letters?plate=X", 400)]
    [TestCase("POST", "/dead-letters/ais/2026-05-01.0a/redrive", 404)]
    [TestCase("POST", "/dead-letters/keys/2026-05-01.0a/redrive", 404)]
    [TestCase("POST", "/dead-letters/ais/..%2F..%2Fkeys/redrive", 404)]
    public async Task What_is_not_there_is_said_in_words(string method, string path, int status)
    {
        using var answer = await SendAsync(new HttpMethod(method), path, Admin);
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
    }

    [Test]
    public async Task A_queue_that_is_not_reached_from_here_is_said()
    {
        var id = await letters.KeepAsync(QueueNames.Wake, "x"u8.ToArray());
        using var answer = await SendAsync(HttpMethod.Post, $"/dead-letters/wake/{id}/redrive", Admin);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        Assert.That((await letters.CountAsync())[QueueNames.Wake], Is.EqualTo(1));
    }

    private string Admin => tokens.Issue("admin", Roles.Admin, ["*"], TimeSpan.FromHours(1));

    private async Task<(string Text, JsonElement List)> ListAsync(string query)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/dead-letters" + query, Admin);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), text);
        return (text, JsonDocument.Parse(text).RootElement);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request);
    }

    private sealed class Counted(LetterRouteTests test) : IWorkSender
    {
        public ValueTask SendAsync(ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancel = default)
        {
            test.sent++;
            return ValueTask.CompletedTask;
        }

        public ValueTask<int> CountAsync(CancellationToken cancel = default) => ValueTask.FromResult(test.sent);
    }
}
