using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Correlation.Declared;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Tests.Intake.Manifests;
using MaritimeWatch.Tests.Intake.Notices;
using MaritimeWatch.Tests.Log.Sealing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Intake.Doors;

/// <summary>From a request at the doors for manifests and notices to the entry that the declared stage folds.</summary>
[TestFixture]
public sealed class DeclaredDoorTests
{
    [Test]
    public async Task A_posted_manifest_is_landed_sealed_queued_and_becomes_an_entry_with_tokens()
    {
        await using var world = await World.StartAsync();
        var (status, answer) = await world.PostAsync("/manifests", Cuscar.Interchange(Cuscar.Body), "application/edifact");
        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted), answer.ToString());
        Assert.That(answer.GetProperty("consignments").GetInt32(), Is.EqualTo(1));
        var outcome = await world.DecodeAsync();
        var entry = (await world.EntriesAsync()).Single();
        var bill = entry.Manifests.Single().Consignments.Single();
        Assert.That(await world.Sealed.BlobsWithAsync("SENDER AS", "RECEIVER"), Is.Empty);
        Assert.Multiple(() =>
        {
            Assert.That((outcome.Items, outcome.Used, outcome.EntryNumber), Is.EqualTo((1L, 1L, 1L)));
            Assert.That(bill.Parties.Select(p => p.Role), Is.EqualTo((string[])["consignor", "consignee"]));
            Assert.That(bill.Parties.Select(p => p.Token!.Length), Is.All.EqualTo(32));
        });
    }

    [Test]
    public async Task A_pickup_names_its_truck_by_the_token_that_the_gate_uses()
    {
        await using var world = await World.StartAsync();
        var (status, _) = await world.PostAsync("/notices", $"{NoticeTests.Event}\n{NoticeTests.Pickup}\n", "application/x-ndjson");
        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted));
        await world.DecodeAsync();
        var entry = (await world.EntriesAsync()).Single();
        var tokens = await world.Sealed.Keys.TokensAsync(world.Time.GetUtcNow(), isSimulated: true, default);
        Assert.That(MaritimeWatch.Terms.Plate.TryParse("abc-123", out var plate));
        Assert.That(entry.Pickups.Single().Token, Is.EqualTo(tokens.Current.Of(plate).Exact));
        Assert.That(entry.Calls.Single().KnownAtMs, Is.EqualTo(world.Time.GetUtcNow().ToUnixTimeMilliseconds()), "live: known when received");
        Assert.That(await world.Sealed.BlobsWithAsync("ABC 123", "ABC123"), Is.Empty);
    }

    [Test]
    public async Task In_a_replay_things_are_known_at_their_own_time()
    {
        await using var world = await World.StartAsync();
        await world.PostAsync("/notices", $"{NoticeTests.Event}\n{NoticeTests.Pickup}\n");
        await world.PostAsync("/manifests", Cuscar.Interchange(Cuscar.Body));
        await world.DecodeAsync(note => note with { IsRecorded = true });
        var entries = await world.EntriesAsync();
        Assert.That(entries.SelectMany(e => e.Calls.Select(c => c.KnownAtMs).Concat(e.Pickups.Select(p => p.KnownAtMs)).Concat(e.Manifests.Select(m => m.KnownAtMs)))
            .Select(MaritimeWatch.Terms.Instants.ToText), Is.EqualTo((string[])["2026-03-01T09:00:00Z", "2026-03-02T20:00:00Z", "2026-03-01T09:00:00Z"]));
    }

    [Test]
    public async Task A_body_that_is_sent_again_is_landed_again_and_folded_once()
    {
        await using var world = await World.StartAsync();
        await world.PostAsync("/manifests", Cuscar.Interchange(Cuscar.Body));
        await world.PostAsync("/manifests", Cuscar.Interchange(Cuscar.Body));
        await world.DecodeAsync();
        var entries = await world.EntriesAsync();
        Assert.That(entries.Select(e => e.Key).Distinct().Count(), Is.EqualTo(1));
        Assert.That(entries.Select(e => e.Hash).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_store_without_ports_is_asked_by_name_once_for_a_document_and_the_first_notice_after_ports_come_has_their_place()
    {
        await using var world = await World.StartAsync();
        await world.PostAsync("/notices", $"{NoticeTests.Event}\n{NoticeTests.Event.Replace("a7f0b4c2", "b7f0b4c2", StringComparison.Ordinal)}\n", "application/x-ndjson");
        var asked = new AskedStore(world.Sealed.Store);
        var decoder = new NoticeDecoder(asked, world.Sealed.Keys, world.Time);
        await decoder.DecodeAsync(world.Notes.Single(), default);
        Assert.That(asked.Asked.Where(name => name.StartsWith("reference/", StringComparison.Ordinal)), Is.EqualTo((string[])["reference/ports/000001"]));
        Assert.That((await world.EntriesAsync()).Single().Calls.Select(call => call.PortLatitudeE7), Is.EqualTo(new int?[] { null, null }));

        var port = """{"type":"FeatureCollection","features":[{"type":"Feature","id":"SEGOT","geometry":{"type":"Point","coordinates":[11.9,57.7]},"properties":{"name":"Gothenburg"}}]}""";
        await new MaritimeWatch.Reference.ReferenceStore(world.Sealed.Store).AddAsync("ports", Encoding.UTF8.GetBytes(port), default);
        await decoder.DecodeAsync(world.Notes.Single(), default);
        Assert.That((await world.EntriesAsync())[^1].Calls.Select(call => call.PortLatitudeE7), Is.All.EqualTo(577_000_000));
    }

    [Test]
    public async Task A_packed_body_is_unpacked()
    {
        await using var world = await World.StartAsync();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.ASCII.GetBytes(Cuscar.Interchange(Cuscar.Body)));
        }

        var (status, _) = await world.PostAsync("/manifests", packed.ToArray(), "application/gzip");
        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That((await world.DecodeAsync()).Used, Is.EqualTo(1));
    }

    [TestCase("/manifests", "", null, 400, "empty")]
    [TestCase("/manifests", "UNB+UNOA:1+A", null, 400, "breaks off in segment 1")]
    [TestCase("/manifests", "<!DOCTYPE bomb []><x/>", "application/xml", 400, "document type definition (DOCTYPE bomb")]
    [TestCase("/manifests", "hello", null, 400, "neither with UNA")]
    [TestCase("/manifests", "hello", "image/png", 415, "image/png")]
    [TestCase("/manifests", "{\"manifest\":\"A\",\"manifest\":\"B\"}", "application/json", 400, "stands twice")]
    [TestCase("/notices", "{\"eventType\":\"x\"}", "application/json", 400, "no notice")]
    [TestCase("/notices", "{\"type\":\"pickup\",\"plate\":\"SECRET1\"}", "application/json", 400, "no notice")]
    [TestCase("/notices", "<x/>", "text/plain", 400, "XML")]
    public async Task A_bad_body_is_refused_clearly_kept_sealed_and_never_queued(string door, string body, string? type, int status, string says)
    {
        await using var world = await World.StartAsync();
        var (code, answer) = await world.PostAsync(door, body, type);
        Assert.That((int)code, Is.EqualTo(status), answer.ToString());
        Assert.That(answer.GetProperty("detail").GetString(), Does.Contain(says));
        Assert.That(world.Notes, Is.Empty);
        Assert.That(answer.ToString(), Does.Not.Contain("SECRET1"));
        Assert.That(await world.Sealed.BlobsWithAsync("hello", "SECRET1", "DOCTYPE"), Is.Empty);
        if (status == 400 && body.Length > 0)
        {
            var landed = await world.OnlyLandedAsync();
            var kept = await new SealedRejects(world.Sealed.Store, world.Sealed.Keys).OpenAsync(landed, default);
            Assert.That(Encoding.UTF8.GetString(kept!.Clear.Span), Does.Contain("\"refused\":1"));
        }
    }

    [Test]
    public async Task A_body_that_is_too_large_as_sent_or_unpacked_is_refused()
    {
        await using var world = await World.StartAsync(bodyBytesMax: 1_000);
        var (plain, _) = await world.PostAsync("/manifests", new string('x', 2_000), null);
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(new byte[100_000]);
        }

        var (bomb, _) = await world.PostAsync("/notices", packed.ToArray(), null);
        Assert.That((plain, bomb), Is.EqualTo((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestEntityTooLarge)));
        Assert.That(world.Notes, Is.Empty);
    }

    [Test]
    public async Task The_refused_part_of_a_body_is_kept_sealed_when_the_good_part_is_decoded()
    {
        await using var world = await World.StartAsync();
        await world.PostAsync("/notices", $"{NoticeTests.Event}\n{NoticeTests.Pickup.Replace("SEGOT", "??", StringComparison.Ordinal)}\n");
        var outcome = await world.DecodeAsync();
        Assert.That((outcome.Items, outcome.Used, outcome.Refused["port"]), Is.EqualTo((2L, 1L, 1L)));
        var kept = await new SealedRejects(world.Sealed.Store, world.Sealed.Keys).OpenAsync(await world.OnlyLandedAsync(), default);
        Assert.That(Encoding.UTF8.GetString(kept!.Clear.Span), Does.Contain("\"fault\":\"port\""));
        Assert.That(await world.Sealed.BlobsWithAsync("ABC 123"), Is.Empty);
    }

    [Test]
    public async Task The_schema_of_manifests_is_shown()
    {
        await using var world = await World.StartAsync();
        using var response = await world.Client.GetAsync(new Uri("/schemas/manifest.json", UriKind.Relative));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/schema+json"));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("2020-12"));
    }

    [Test]
    public async Task The_finnish_calls_go_through_door_decoder_and_fold()
    {
        await using var world = await World.StartAsync();
        var (status, answer) = await world.PostAsync("/notices", await File.ReadAllBytesAsync(SharedData.Require("portcalls/finland_2025-03_port_calls.csv")), "text/csv");
        Assert.That(status, Is.EqualTo(HttpStatusCode.Accepted), answer.ToString());
        var outcome = await world.DecodeAsync(note => note with { IsRecorded = true });
        using var fold = new DeclaredFold();
        var output = new Lines();
        foreach (var entry in await world.EntriesAsync())
        {
            await fold.FoldAsync(new InboxEntry(1, EntryKind.Batch, entry.ToBytes()), 0, 1, output, default);
        }

        await TestContext.Out.WriteLineAsync($"{outcome.Items} rows, {outcome.Used} used, {fold.CallCount} calls, {output.Count} lines; refused: {string.Join(", ", outcome.Refused)}");
        Assert.That(outcome.Used + outcome.Refused.Values.Sum(), Is.EqualTo(317));
        Assert.That(fold.CallCount, Is.GreaterThan(300));
        Assert.That(output.Ids, Has.Count.EqualTo(fold.CallCount));
    }

    private sealed class Lines : IFoldOutput
    {
        public int Count { get; private set; }

        public HashSet<string> Ids { get; } = [];

        public void WriteLine(string collection, ReadOnlySpan<byte> line)
        {
            Count++;
            Ids.Add(JsonDocument.Parse(line.ToArray()).RootElement.GetProperty("id").GetString()!);
        }
    }

    private sealed class AskedStore(IBlobStore inner) : Operations.WrappedStore(inner)
    {
        public List<string> Asked { get; } = [];

        public override ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel)
        {
            Asked.Add(name);
            return base.GetAsync(name, cancel);
        }

        public override IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel)
        {
            Asked.Add(prefix + "*");
            return base.ListAsync(prefix, cancel);
        }
    }

    private sealed class World : IAsyncDisposable
    {
        private readonly WebApplication app;

        private World(WebApplication app, SealedWorld world, List<LandedNote> notes)
        {
            (this.app, Sealed, Notes) = (app, world, notes);
            Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        }

        public HttpClient Client { get; }

        public SealedWorld Sealed { get; }

        public List<LandedNote> Notes { get; }

        public FakeTime Time { get; private init; } = null!;

        public static async Task<World> StartAsync(int bodyBytesMax = 1 << 20)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var (world, time, notes) = (new SealedWorld(), new FakeTime(), new List<LandedNote>());
            var options = new DeclaredDoorOptions { BodyBytesMax = bodyBytesMax };
            Task Queue(LandedNote note, CancellationToken cancel)
            {
                notes.Add(LandedNote.Parse(note.ToBytes()));
                return Task.CompletedTask;
            }

            new ManifestDoor(world.Store, world.Keys, Queue, time, options).Map(app);
            new NoticeDoor(world.Store, world.Keys, Queue, time, options).Map(app);
            await app.StartAsync();
            return new World(app, world, notes) { Time = time };
        }

        public Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string door, string body, string? type = null) =>
            PostAsync(door, Encoding.UTF8.GetBytes(body), type);

        public async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(string door, byte[] body, string? type = null)
        {
            using var content = new ByteArrayContent(body);
            if (type is not null)
            {
                content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            using var response = await Client.PostAsync(new Uri(door, UriKind.Relative), content);
            return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync()));
        }

        public async Task<LandedOutcome> DecodeAsync(Func<LandedNote, LandedNote>? change = null)
        {
            LandedOutcome? last = null;
            foreach (var note in Notes)
            {
                ILandedDecoder decoder = note.Door == "manifests"
                    ? new ManifestDecoder(Sealed.Store, Sealed.Keys, Time)
                    : new NoticeDecoder(Sealed.Store, Sealed.Keys, Time);
                last = await decoder.DecodeAsync(change?.Invoke(note) ?? note, default);
            }

            return last!;
        }

        public async Task<List<DeclaredEntry>> EntriesAsync()
        {
            var entries = new List<DeclaredEntry>();
            await foreach (var entry in new Inbox(Sealed.Store, new GroupName(StageNames.Declared, 0), Time).EntriesAsync())
            {
                entries.Add(DeclaredEntry.Parse(entry.Body.Span));
            }

            return entries;
        }

        public async Task<LandedBlob> OnlyLandedAsync()
        {
            var names = new List<string>();
            await foreach (var entry in Sealed.Store.ListAsync("landing/", default))
            {
                names.Add(entry.Name);
            }

            return LandedBlob.FromName(names.Single());
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await app.DisposeAsync();
        }
    }
}
