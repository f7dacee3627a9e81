using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Findings.Vehicles;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Intake.Anpr;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Tests.Intake.Doors;
using MaritimeWatch.Tests.Log.Sealing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Intake.Anpr;

[TestFixture]
public sealed class PlateDoorTests
{
    private const string PlateText = "SIM77QXW";
    private const string Line = """{"at":"2026-05-01T11:59:00Z","camera":"gate","plate":"SIM 77-QXW","confidence":0.9,"simulated":true}""";

    private const string Webhook =
        $$$"""{"hook":{"event":"recognition"},"data":{"camera_id":"gate","timestamp":"2026-05-01T11:59:00Z","results":[{"plate":"{{{PlateText}}}","score":0.9}]}}""";

    private SealedWorld world = null!;
    private List<LandedNote> queue = null!;
    private WebApplication app = null!;
    private HttpClient client = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        (world, queue) = (new SealedWorld(), []);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        var options = new PlateDoorOptions
        {
            BodyBytesMax = 100_000,
            Secrets = new Dictionary<string, ApiKey> { ["north"] = ApiKey.Parse("a long enough secret") },
        };
        new PlateDoor(world.Store, world.Keys, Enqueue, new FakeTime(), options).Map(app);
        await app.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    [TearDown]
    public async Task CloseAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public async Task A_webhook_is_landed_sealed_queued_and_decoded_to_tokens_alone()
    {
        var (status, receipt) = await PostAsync(Text(Webhook, "application/json"));
        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted), receipt.ToString());
        Assert.That(receipt.GetProperty("used").GetInt32(), Is.EqualTo(1));
        var outcome = await new PlateDecoder(world.Store, world.Keys, TimeProvider.System).DecodeAsync(queue.Single(), default);
        Assert.That((outcome.Items, outcome.Used), Is.EqualTo((1L, 1L)));
        var batch = TokenBatch.Parse((await Inbox().ReadAsync(1))!.Value.Body);
        Assert.Multiple(() =>
        {
            Assert.That(batch.Reads.Single().Camera, Is.EqualTo("gate"));
            Assert.That(batch.Reads.Single().KnownAtMs, Is.EqualTo(queue[0].ReceivedAtMs), "live it is known when it is received");
            Assert.That(batch.Landing, Is.EqualTo(queue[0].Landed).And.StartsWith("landing/plates.http/2026-05-01/"));
        });
        Assert.That(await world.BlobsWithAsync(PlateText, "SIM 77-QXW"), Is.Empty);
        Assert.That(receipt.ToString(), Does.Not.Contain(PlateText));
    }

    [Test]
    public async Task The_image_of_a_form_is_dropped_before_anything_is_kept()
    {
        var image = new string('J', 5_000);
        using var hook = Text(Webhook, "application/json");
        using var picture = new ByteArrayContent(Encoding.ASCII.GetBytes(image));
        using var form = new MultipartFormDataContent { { hook, "json" }, { picture, "upload", "a.jpg" } };
        var (status, receipt) = await PostAsync(form);
        Assert.Multiple(() =>
        {
            Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted), receipt.ToString());
            Assert.That(receipt.GetProperty("images_dropped").GetInt32(), Is.EqualTo(1));
            Assert.That(receipt.GetProperty("used").GetInt32(), Is.EqualTo(1));
            Assert.That(queue.Single().Length, Is.LessThan(1_000));
        });
    }

    [Test]
    public async Task A_webhook_that_is_sent_twice_is_acknowledged_twice_and_counted_once()
    {
        await PostAsync(Text(Webhook, "application/json"));
        await PostAsync(Text(Webhook, "application/json"));
        var decoder = new PlateDecoder(world.Store, world.Keys, TimeProvider.System);
        foreach (var note in queue)
        {
            await decoder.DecodeAsync(note, default);
        }

        Assert.That(queue[0].Hash, Is.Not.EqualTo(queue[1].Hash), "sealed bytes do not tell");
        var lines = new Lines();
        var fold = new GateFold(null);
        fold.Reset();
        await foreach (var entry in Inbox().EntriesAsync(1))
        {
            await fold.FoldAsync(entry, 0, int.MaxValue, lines, default);
        }

        fold.Publish(lines);
        var counts = JsonDocument.Parse(lines.Last).RootElement.GetProperty("properties");
        Assert.That((counts.GetProperty("reads").GetInt32(), counts.GetProperty("batches_repeated").GetInt32()), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task What_is_refused_of_a_good_body_is_kept_sealed()
    {
        var bad = $$"""{"at":"yesterday","camera":"gate","plate":"{{PlateText}}"}""";
        var (status, receipt) = await PostAsync(Text($"{Line}\n{bad}\n", "application/x-ndjson"));
        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted), receipt.ToString());
        await new PlateDecoder(world.Store, world.Keys, TimeProvider.System).DecodeAsync(queue.Single(), default);
        var rejects = await new SealedRejects(world.Store, world.Keys).OpenAsync(LandedBlob.FromName(queue[0].Landed));
        Assert.That(Encoding.UTF8.GetString(rejects!.Clear.Span), Does.Contain("bad_time").And.Contain(Convert.ToBase64String(Encoding.UTF8.GetBytes(bad))));
        Assert.That(await world.BlobsWithAsync(PlateText), Is.Empty);
    }

    [TestCase("", "application/json", HttpStatusCode.BadRequest)]
    [TestCase("hello", "text/plain", HttpStatusCode.BadRequest)]
    [TestCase("""{"data":{"camera_id":"gate","timesta""", "application/json", HttpStatusCode.BadRequest)]
    [TestCase("<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "application/json", HttpStatusCode.BadRequest)]
    [TestCase("<x/>", "application/xml", HttpStatusCode.UnsupportedMediaType)]
    [TestCase("PK\u0003\u0004zip", "application/json", HttpStatusCode.UnsupportedMediaType)]
    public async Task What_cannot_be_used_is_refused_clearly(string body, string type, HttpStatusCode expected)
    {
        var (status, problem) = await PostAsync(Text(body, type));
        Assert.That(status, Is.EqualTo(expected), problem.ToString());
        Assert.That(problem.GetProperty("detail").GetString(), Is.Not.Empty);
        Assert.That(queue, Is.Empty);
    }

    [Test]
    public async Task A_body_that_is_too_large_as_sent_or_unpacked_is_refused()
    {
        var large = await PostAsync(Text(new string('x', 100_001), "text/csv"));
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new byte[200_000]);
        }

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var bomb = await PostAsync(content);
        Assert.That((large.Status, bomb.Status), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge)));
    }

    [Test]
    public async Task A_source_with_a_key_must_send_it()
    {
        var without = await PostAsync(Text(Line, "application/json"), "north");
        var wrong = await PostAsync(Text(Line, "application/json"), "north", "another secret entirely");
        var right = await PostAsync(Text(Line, "application/json"), "north", "a long enough secret");
        var badName = await PostAsync(Text(Line, "application/json"), "../x");
        Assert.That(
            (without.Status, wrong.Status, right.Status, badName.Status),
            Is.EqualTo((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized, HttpStatusCode.Accepted, HttpStatusCode.BadRequest)));
    }

    [Test]
    public async Task A_note_whose_bytes_were_erased_meanwhile_is_said_and_passed_over()
    {
        await PostAsync(Text(Webhook, "application/json"));
        await new Purge(world.Store, world.Keys).RunAsync(queue[0].ReceivedAt.AddDays(90), new Retention());
        var outcome = await new PlateDecoder(world.Store, world.Keys, TimeProvider.System).DecodeAsync(queue[0], default);
        Assert.That(outcome.Refused, Is.EquivalentTo(new Dictionary<string, long> { ["erased"] = 1 }));
        Assert.That(outcome.EntryNumber, Is.Null);
    }

    [Test]
    public async Task Several_files_of_a_replay_come_in_order_of_time_over_all_of_them()
    {
        List<LandedNote> notes = [];
        foreach (var hour in (int[])[11, 9, 10])
        {
            var body = $$"""{"at":"2026-04-30T{{hour:D2}}:00:00Z","camera":"gate","plate":"SIM {{hour}}"}""";
            var landed = await world.Landing.LandAsync("plates.replay", new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero), Encoding.UTF8.GetBytes(body));
            notes.Add(new LandedNote
            {
                Door = "plates", Landed = landed.Name, Hash = landed.Hash, Length = landed.Length, Source = "replay",
                ReceivedAtMs = landed.ReceivedAt.ToUnixTimeMilliseconds(), IsRecorded = true,
            });
        }

        await new PlateDecoder(world.Store, world.Keys, TimeProvider.System).DecodeAllAsync(notes, default);
        List<long> times = [];
        await foreach (var entry in Inbox().EntriesAsync(1))
        {
            times.AddRange(TokenBatch.Parse(entry.Body).Reads.Select(read => read.KnownAtMs));
        }

        Assert.That(times, Has.Count.EqualTo(3).And.Ordered);
        Assert.That(DateTimeOffset.FromUnixTimeMilliseconds(times[0]).Hour, Is.EqualTo(9), "in a replay it is known when it was read");
    }

    private Task Enqueue(LandedNote note, CancellationToken cancel)
    {
        queue.Add(note);
        return Task.CompletedTask;
    }

    private Inbox Inbox() => new(world.Store, new GroupName(StageNames.Gate, 0), TimeProvider.System);

    private static StringContent Text(string body, string type) => new(body, Encoding.UTF8, type);

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(HttpContent content, string? source = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/plates") { Content = content };
        if (source is not null)
        {
            request.Headers.Add("X-Source", source);
        }

        if (key is not null)
        {
            request.Headers.Add("X-Camera-Key", key);
        }

        using var response = await client.SendAsync(request);
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
    }

    private sealed class Lines : IFoldOutput
    {
        public byte[] Last { get; private set; } = [];

        public void WriteLine(string collection, ReadOnlySpan<byte> line) => Last = line.ToArray();
    }
}
