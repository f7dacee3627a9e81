using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Functions;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Intake.Doors;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Watch;

internal sealed class ServeTests
{
    private const string KeyText = "a-key-of-sufficient-length";

    private static readonly string Body = Nmea.Positions(vessels: 10, reports: 3, fromSeconds: 1_777_000_000);

    private readonly TroubledStore store = new(new MemoryStore());
    private readonly HttpClient client = new();

    [OneTimeTearDown]
    public void End() => client.Dispose();

    [SetUp]
    public void Begin() => store.Trouble = static _ => null;

    [Test]
    public async Task A_posted_body_is_answered_with_counts_after_landing_and_is_folded_at_the_end()
    {
        var own = new MemoryStore();
        await using var host = await StartAsync(Options(), own);
        using var answer = await PostAsync(host, Body + "!AIVDM,1,1,,A,broken*00\r\n");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(json.RootElement.GetProperty("lines").GetInt64(), Is.EqualTo(31));
        Assert.That(json.RootElement.GetProperty("used").GetInt64(), Is.EqualTo(30));
        Assert.That(json.RootElement.GetProperty("refused").GetProperty("checksum_wrong").GetInt64(), Is.EqualTo(1));
        Assert.That(json.RootElement.GetProperty("no_time").GetInt64(), Is.Zero);
        var hash = json.RootElement.GetProperty("landed").GetString()!;
        Assert.That(await NamesAsync(own, "landing/"), Has.Some.EndsWith(hash));
        await host.StopAsync();
        Assert.That((await LiveWorld.CountsAsync(own)).Batches, Is.EqualTo(4));
        Assert.That(await NamesAsync(own, "rejects/"), Has.Count.EqualTo(1));
        Assert.That(await NamesAsync(own, "queue/"), Is.Empty);
    }

    [Test]
    public async Task A_gzip_body_is_read_and_one_that_unpacks_to_too_much_is_refused()
    {
        await using var host = await StartAsync(Options() with { BodyBytesMax = 100_000 });
        using var good = await PostAsync(host, Gzip(Encoding.ASCII.GetBytes(Body)), request => request.Content!.Headers.ContentEncoding.Add("gzip"));
        using var bomb = await PostAsync(host, Gzip(new byte[50_000_000]));
        using var large = await PostAsync(host, new byte[200_000]);
        using var cut = await PostAsync(host, Gzip(Encoding.ASCII.GetBytes(Body))[..^40]);

        Assert.That(good.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(bomb.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(large.StatusCode, Is.EqualTo(HttpStatusCode.RequestEntityTooLarge));
        Assert.That(await cut.Content.ReadAsStringAsync(), Does.Contain("\"truncated\":1"));
    }

    [Test]
    public async Task What_cannot_be_used_is_said_clearly_and_kept()
    {
        var own = new MemoryStore();
        await using var host = await StartAsync(Options(), own);
        using var garbage = await PostAsync(host, "nothing of the kind\n");
        using var empty = await PostAsync(host, "");
        using var named = await PostAsync(host, Body, request => request.Headers.Add("X-Source", "../../etc"));
        using var zip = await PostAsync(host, "PK\u0003\u0004 and so on");

        Assert.That(garbage.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(garbage.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(await NamesAsync(own, "landing/"), Has.Count.EqualTo(1));
        Assert.That(empty.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(named.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(zip.StatusCode, Is.EqualTo(HttpStatusCode.UnsupportedMediaType));
    }

    [TestCase("landing/")]
    [TestCase("queue/")]
    public async Task Nothing_is_acknowledged_that_is_not_landed_and_queued(string prefix)
    {
        await using var host = await StartAsync(Options() with { Doors = ["ais"] });
        store.Trouble = name => name.StartsWith(prefix, StringComparison.Ordinal) ? StoreTrouble.Stop : null;
        using var refused = await PostAsync(host, Body);

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(await NamesAsync(store, "queue/"), Is.Empty);
    }

    [Test]
    public async Task When_too_much_waits_a_request_is_told_to_come_again()
    {
        var own = new MemoryStore();
        await using var host = await StartAsync(
            Options() with { Doors = ["ais"] }, own, parts => parts with { Pipeline = new LivePipelineOptions { WaitingMax = 2 } });
        for (var i = 0; i < 3; i++)
        {
            using var answer = await PostAsync(host, Nmea.Position(219000001 + i, 55, 10, 1_777_000_000));
            Assert.That(
                answer.StatusCode, Is.EqualTo(i < 2 ? HttpStatusCode.Accepted : HttpStatusCode.ServiceUnavailable));
        }

        Assert.That(await NamesAsync(own, "queue/"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task With_a_key_every_write_needs_it_and_beyond_this_machine_every_read_too()
    {
        await using var host = await StartAsync(Options() with { Key = ApiKey.Parse(KeyText), IsHosted = true });
        using var none = await PostAsync(host, Body);
        using var wrong = await PostAsync(host, Body, request => request.Headers.Add("X-Api-Key", KeyText + "x"));
        using var right = await PostAsync(host, Body, request => request.Headers.Add("X-Api-Key", KeyText));
        using var bearer = await PostAsync(host, Body, request => request.Headers.Authorization = new("Bearer", KeyText));
        using var basic = await PostAsync(host, Body, request => request.Headers.Authorization = Basic(KeyText));
        using var read = await GetAsync(host, "/", null);
        using var readBasic = await GetAsync(host, "/", Basic(KeyText));

        Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(bearer.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(basic.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), "a browser sends it by itself");
        Assert.That(read.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(readBasic.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_web_page_of_another_site_can_neither_write_nor_read_under_another_name()
    {
        await using var host = await StartAsync(Options());
        using var foreign = await PostAsync(host, Body, request => request.Headers.Add("Origin", "https://evil.example"));
        using var own = await PostAsync(host, Body, request => request.Headers.Add("Origin", host.Urls[0]));
        using var rebound = await PostAsync(host, Body, request => request.Headers.Host = "evil.example");

        Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(own.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(rebound.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    [TestCase("http://0.0.0.0:0", null, "MW_API_KEY")]
    [TestCase("http://*:0", null, "MW_API_KEY")]
    [TestCase("https://localhost:0", KeyText, "proxy")]
    public async Task It_does_not_start_where_it_would_be_open_to_others(string url, string? key, string says)
    {
        var options = Options() with { Urls = [url], Key = key is null ? null : ApiKey.Parse(key) };
        await using var error = new StringWriter();
        Assert.That(await ServeVerb.RunAsync(options, Parts(store), error, default), Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(error.ToString(), Does.Contain(says));
    }

    [Test]
    public void A_raw_socket_beyond_this_machine_needs_a_key_and_a_list_of_senders()
    {
        var open = Options() with { UdpListen = [DoorAddress.Parse("0.0.0.0:10110", "udp", listens: true)] };
        var keyed = open with { Key = ApiKey.Parse(KeyText) };

        Assert.That(open.Refusal(), Does.Contain("--allow"));
        Assert.That(keyed.Refusal(), Does.Contain("--allow"));
        Assert.That((keyed with { Allow = AllowList.Parse(["192.0.2.0/24"]) }).Refusal(), Is.Null);
        Assert.That((Options() with { Doors = ["kites"] }).Refusal(), Does.Contain("kites"));
        Assert.That(() => ApiKey.Parse("short"), Throws.TypeOf<FormatException>());
    }

    [Test]
    public async Task A_taken_port_says_what_to_do()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var options = Options() with { Urls = [$"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}"] };
        await using var error = new StringWriter();

        Assert.That(await ServeVerb.RunAsync(options, Parts(store), error, default), Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(error.ToString(), Does.Contain("URLS=http://localhost:7072 ./mw run"));
    }

    [Test]
    public void Under_a_functions_host_it_listens_where_the_host_says()
    {
        var hosted = Options().UnderHost("4321");
        Assert.That(hosted.Urls, Has.Exactly(1).EqualTo("http://127.0.0.1:4321"));
        Assert.That((hosted.IsHosted, hosted.Refusal()), Is.EqualTo((true, (string?)null)));
        Assert.That(Options().UnderHost(null).IsHosted, Is.False);
    }

    [Test]
    public async Task What_comes_over_TCP_ends_in_a_commit_when_told_to_end()
    {
        var own = new MemoryStore();
        var port = FreePort();
        var options = Options() with { TcpConnect = [DoorAddress.Parse($"127.0.0.1:{port},name=mast", "tcp", listens: false)] };
        using var receiver = new TcpListener(IPAddress.Loopback, port);
        receiver.Start();
        await using var host = await StartAsync(options, own);
        using var connection = await receiver.AcceptTcpClientAsync();
        await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Body));
        await Eventually.TrueAsync(() => host.Board.Snapshot().Single().Lines == 30, "all lines");
        await host.StopAsync();

        Assert.That(host.Pipeline!.Reports, Is.EqualTo(30));
        Assert.That((await LiveWorld.CountsAsync(own)).Batches, Is.GreaterThanOrEqualTo(4));
        Assert.That(await NamesAsync(own, "queue/"), Is.Empty);
    }

    private static ServeOptions Options() => new() { Urls = ["http://127.0.0.1:0"] };

    private static ServeParts Parts(IBlobStore store) =>
        new() { Store = store, Vault = Vaults.ForTests, NewFold = _ => new CountingFold(), LogLevel = LogLevel.None };

    private static AuthenticationHeaderValue Basic(string key) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{key}")));

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(plain);
        }

        return packed.ToArray();
    }

    private static async Task<List<string>> NamesAsync(IBlobStore store, string prefix)
    {
        List<string> names = [];
        await foreach (var entry in store.ListAsync(prefix, default))
        {
            names.Add(entry.Name);
        }

        return names;
    }

    private Task<ServeHost> StartAsync(ServeOptions options, IBlobStore? own = null, Func<ServeParts, ServeParts>? change = null)
    {
        var parts = Parts(own ?? store);
        return ServeHost.StartAsync(options, change?.Invoke(parts) ?? parts);
    }

    private Task<HttpResponseMessage> PostAsync(ServeHost host, string body, Action<HttpRequestMessage>? change = null) =>
        PostAsync(host, Encoding.Latin1.GetBytes(body), change);

    private async Task<HttpResponseMessage> PostAsync(ServeHost host, byte[] body, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Urls[0] + "/ais") { Content = new ByteArrayContent(body) };
        change?.Invoke(request);
        return await client.SendAsync(request);
    }

    private async Task<HttpResponseMessage> GetAsync(ServeHost host, string path, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, host.Urls[0] + path);
        request.Headers.Authorization = authorization;
        return await client.SendAsync(request);
    }
}
