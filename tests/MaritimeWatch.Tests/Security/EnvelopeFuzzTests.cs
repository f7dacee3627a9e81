using System.Globalization;
using System.Net;
using System.Text;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Log;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Security;

/// <summary>Envelopes that no host posts, through the whole of the triggers' door but without a network.</summary>
[NonParallelizable]
public sealed class EnvelopeFuzzTests
{
    private const int Seed = 20261122;
    private const int AllocatedBytesMax = 2 << 20;

    private readonly List<string> wrong = [];
    private RequestDelegate door = null!;
    private WebApplication app = null!;
    private int heard;

    private static int Envelopes => int.TryParse(
        Environment.GetEnvironmentVariable("MW_FUZZ_ENVELOPES"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 20_000;

    [OneTimeSetUp]
    public void Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        TriggerRoutes.Use(app, Parts(), 7071, NullLogger.Instance);
        app.Run(context =>
        {
            context.Response.StatusCode = 599;
            return Task.CompletedTask;
        });
        door = ((IApplicationBuilder)app).Build();
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await app.DisposeAsync();

    [Test]
    public async Task Twenty_thousand_mutated_envelopes_crash_nothing_take_no_memory_and_reach_no_handler_out_of_bounds()
    {
        var (mutations, good) = (new Mutations(Seed), Golden());
        var (statuses, most) = (new SortedDictionary<int, int>(), 0L);
        foreach (var (function, body) in good)
        {
            Assert.That((await PostAsync(function, body)).Status, Is.EqualTo(200), $"{function}: what is mutated must be good");
        }

        heard = 0;
        for (var i = 0; i < Envelopes; i++)
        {
            var (function, body) = good[i % good.Count];
            var bad = mutations.Of(body);
            var (status, allocated) = await PostAsync(function, bad);
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            most = Math.Max(most, allocated);
            Assert.That(status, Is.AnyOf(200, 400), $"seed {Seed}, envelope {i}: {Encoding.Latin1.GetString(bad)}");
            Assert.That(allocated, Is.LessThan(AllocatedBytesMax), $"seed {Seed}, envelope {i}");
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(statuses[400], Is.GreaterThan(Envelopes / 2), "most of them must be bad, or nothing was tried");
        await TestContext.Out.WriteLineAsync(
            $"seed {Seed}: {Envelopes} envelopes, {string.Join(", ", statuses.Select(s => $"{s.Key}: {s.Value}"))}; {heard} reached a handler, all within bounds; at most {most} bytes allocated for one");
    }

    [TestCase("{\"Data\":{\"msg\":\"\\ud800\"}}", 400, TestName = "Half_a_character_in_an_envelope_is_refused")]
    [TestCase("{\"Data\":{\"msg\":{\"door\":\"\\udc00\"}}}", 400, TestName = "Half_a_character_deep_in_an_envelope_is_refused")]
    [TestCase("{\"Data\":{\"msg\":\"\\\"\\\\ud800\\\"\"}}", 400, TestName = "Half_a_character_in_a_text_in_a_text_is_refused")]
    public async Task Half(string body, int status)
    {
        foreach (var function in TriggerRoutes.FunctionNames.Where(name => !name.EndsWith("Dead", StringComparison.Ordinal))) // What died is kept whatever it is.
        {
            Assert.That((await PostAsync(function, Encoding.UTF8.GetBytes(body))).Status, Is.EqualTo(status), function);
        }
    }

    [Test]
    public async Task The_largest_envelopes_cost_no_more_than_their_size_allows()
    {
        string[] large =
        [
            $"{{\"Data\":{{\"events\":[{string.Join(',', Enumerable.Repeat("\"\"", 1_000_000))}]}}}}",
            $"{{\"Data\":{{\"events\":[{string.Join(',', Enumerable.Repeat("{}", 300_000))}]}}}}",
            $"{{\"Data\":{{\"msg\":\"{new string('x', 7_000_000)}\"}}}}",
            $"{{\"Data\":{{\"msg\":{{\"facts\":{{{string.Join(',', Enumerable.Range(0, 100_000).Select(n => $"\"k{n}\":\"v\""))}}}}}}}}}",
            $"{{\"Data\":{{\"msg\":\"{string.Concat(Enumerable.Repeat("\\u0022", 1_300_000))}\"}}}}",
        ];
        foreach (var body in large)
        {
            foreach (var function in (string[])["AisEventHub", "PlateRead"])
            {
                var (status, allocated) = await PostAsync(function, Encoding.UTF8.GetBytes(body));
                Assert.That(status, Is.EqualTo(400), function);
                Assert.That(allocated, Is.LessThan(256L << 20), $"{function}: {body[..40]}");
            }
        }

        Assert.That((await PostAsync("AisQueue", new byte[Envelope.BytesMax + 1])).Status, Is.EqualTo(413));
    }

    private async Task<(int Status, long Allocated)> PostAsync(string function, byte[] body)
    {
        var context = new DefaultHttpContext { RequestServices = app.Services };
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        (context.Request.Method, context.Request.Path, context.Request.Scheme) = ("POST", "/" + function, "http");
        context.Request.Host = new HostString("127.0.0.1", 7071);
        context.Request.ContentType = "application/json";
        context.Request.Headers[TriggerGuard.InvocationHeader] = "2e8f6a52-0001";
        context.Request.Body = new MemoryStream(body, writable: false);
        var before = GC.GetTotalAllocatedBytes();
        await door(context);
        return (context.Response.StatusCode, GC.GetTotalAllocatedBytes() - before);
    }

    private TriggerParts Parts() => new()
    {
        AisLanded = (work, _) => Check(
            LandedBlob.TryFromName(work.Landed) is { } landed && landed.Hash == work.Hash && landed.Source == work.Source
            && work.Length is >= 0 and < 8L << 30 && work.Marks.Count is > 0 and <= 4096 && work.Marks.All(mark => mark.Offset >= 0 && mark.Offset <= work.Length)
            && work.ReceivedAt > DateTimeOffset.UnixEpoch && work.Part >= 0,
            work),
        AisLines = (lines, _) => Check(lines.Count <= Envelope.MessagesMax && lines.Sum(line => (long)line.Length) <= Envelope.BytesMax, lines.Count),
        PlatesLanded = (note, _) => Check(IsSound(note, "plates"), note),
        ManifestLanded = (note, _) => Check(IsSound(note, "manifests") || IsSound(note, "notices"), note),
        SceneLanded = (note, _) => Check(IsSound(note, "scenes"), note),
        SceneHost = "simulated.blob.core.windows.net",
        SceneCreated = (scene, _) => Check(scene.Url.Host == "simulated.blob.core.windows.net" && scene.Url.Scheme == "https" && scene.EventId.Length <= 128, scene),
        Woken = (wake, _) => Check(
            StageNames.AllGroups(256).Contains(new GroupName(wake.Stage, wake.Group)) || (wake.Group is >= 0 and < 256 && StageNames.AfterWatch.Contains(wake.Stage)), wake),
        AlertQueued = (bytes, _) => Check(bytes.Length <= Envelope.BytesMax, bytes.Length),
        DeadLetter = (queue, bytes, _) => Check(QueueNames.All.Contains(queue) && bytes.Length <= Envelope.BytesMax, queue),
        ForecastDue = (_, _) => Check(true, 0),
        PurgeDue = (_, _) => Check(true, 0),
        LearnDue = (_, _) => Check(true, 0),
        MinuteOver = (_, _) => Check(true, 0),
    };

    private static bool IsSound(LandedNote note, string door) =>
        note.Door == door && LandedBlob.TryFromName(note.Landed) is { } landed && landed.Hash == note.Hash && note.Hash.Length == 64
        && landed.Source.StartsWith(door + ".", StringComparison.Ordinal) && note.ReceivedAt.UtcDateTime.Date == landed.ReceivedAt.UtcDateTime.Date
        && note.Facts.Count <= 32 && (note.FileName?.Length ?? 0) <= 2048 && (note.ContentType?.Length ?? 0) <= 2048;

    private Task Check(bool isSound, object what)
    {
        heard++;
        if (!isSound)
        {
            wrong.Add(what.ToString()!);
        }

        return Task.CompletedTask;
    }

    private static List<(string Function, byte[] Body)> Golden()
    {
        var folder = Path.Combine(NodeTools.Root(), "tests", "MaritimeWatch.Tests", "Triggers", "Golden");
        byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(folder, name + ".json"));
        byte[] Queue(byte[] message) => [.. "{\"Data\":{\"msg\":"u8, .. message, .. "},\"Metadata\":{\"DequeueCount\":\"1\"}}"u8];
        var wake = new WakeMessage { Stage = StageNames.Watch, Group = 3, Number = 17, Generation = 5 };
        var hash = new string('e', 64);
        var scene = new LandedNote
        {
            Door = "scenes", Landed = $"landing/scenes.sat/2026-03-01/{hash}", Hash = hash, Length = 1 << 20, Source = "sat",
            ReceivedAtMs = 1_772_352_000_000, Facts = { ["at"] = "2026-03-01T08:00:00Z", ["sensor"] = "sar" },
        };
        return
        [
            ("AisQueue", File("queue-work")), ("AisEventHub", File("event-hub-many")), ("PlateRead", File("queue-note-as-string")),
            ("PlateRead", File("queue-note-as-object")), ("PlateRead", File("queue-note-as-json-in-string")), ("Manifest", File("queue-manifest-note")),
            ("Scene", File("event-grid")), ("SceneQueue", Queue(scene.ToBytes())), ("Wake", Queue(wake.ToBytes())), ("AlertDelivery", File("queue-text")),
            ("AisDead", File("queue-work")), ("ForecastTimer", File("timer-object")), ("PurgeTimer", File("timer-string")), ("LearnTimer", File("timer-string")), ("ClockTimer", File("timer-object")),
        ];
    }
}
