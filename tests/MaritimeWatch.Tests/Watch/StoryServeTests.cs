using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Reference;
using MaritimeWatch.Scenario;
using Microsoft.Extensions.Logging;

namespace MaritimeWatch.Tests.Watch;

/// <summary>
/// The simulated week through the doors of a serving host, four hours at a time, with and without deaths of the process:
/// the same findings and one alert.
/// </summary>
[TestFixture]
internal sealed class StoryServeTests
{
    private const ulong Seed = 7102;
    private static readonly TimeSpan Step = TimeSpan.FromHours(4);

    private string folder = null!;
    private string mmsi = null!;

    [OneTimeSetUp]
    public void Simulate()
    {
        folder = Directory.CreateTempSubdirectory("mw-serve-").FullName;
        ScenarioFolder.Write(folder, new ScenarioOptions { Seed = Seed, Days = 7, Vessels = 12, DuplicateShare = 0 });
        using var about = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "scenario.json")));
        mmsi = about.RootElement.GetProperty("story").GetProperty("mmsi").GetString()!;
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    [Test]
    public async Task A_serving_host_that_dies_anywhere_finds_the_same_and_raises_one_alert()
    {
        var random = new Random(31);
        await TestContext.Out.WriteLineAsync($"seeds {Seed} and 31");
        var (whole, alerts, _) = await ServeAsync(() => int.MaxValue);
        var (again, alertsAgain, deaths) = await ServeAsync(() => random.Next(60, 900));
        await TestContext.Out.WriteLineAsync($"{deaths} deaths, {whole.Count} findings");
        Assert.Multiple(() =>
        {
            Assert.That(deaths, Is.GreaterThanOrEqualTo(3));
            Assert.That(alerts, Is.EqualTo(new[] { mmsi }), "undisturbed");
            Assert.That(alertsAgain, Is.EqualTo(alerts), "with deaths");
            Assert.That(again, Is.EqualTo(whole));
        });
    }

    /// <summary>Serves the week; each life of the process may write so often, then it is gone.</summary>
    private async Task<(IReadOnlyList<string> Findings, IReadOnlyList<string> Alerts, int Deaths)> ServeAsync(Func<int> writesOfALife)
    {
        var store = new MemoryStore();
        var time = new StoryTime();
        var watch = await WatchStore.OpenOrCreateAsync(store, Vaults.ForTests, null, simulated: true, time, default);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, "reference")).Order(StringComparer.Ordinal))
        {
            await ReferenceEntries.AddAsync(
                store, watch.Format, Path.GetFileNameWithoutExtension(path), await File.ReadAllBytesAsync(path), time, default);
        }

        // The scenario's own token key, so that a vehicle is the same token in both stores.
        var key = await File.ReadAllTextAsync(Path.Combine(folder, "epoch.key"));
        await watch.Keys.ImportEpochAsync(SimulatedEpochKey.Parse(key), default);
        var deaths = 0;
        var host = await StartAsync(new MortalStore(store, writesOfALife()), time);
        foreach (var request in Requests())
        {
            time.Set(request.At);
            while (true)
            {
                if (await TryAsync(host, request, store, watch.Format))
                {
                    break;
                }

                deaths++;
                await host.DisposeAsync();
                Assert.That(deaths, Is.LessThan(60), "it must get on between two deaths");
                host = await StartAsync(new MortalStore(store, deaths > 6 ? int.MaxValue : writesOfALife()), time);
            }
        }

        await host.DisposeAsync();
        await using (var last = await StartAsync(store, time))
        {
            await CaughtUpAsync(store, watch.Format); // What a last death left; the clean end brings the stages up to date.
        }

        return (await FindingsAsync(watch), await AlertsAsync(watch), deaths);
    }

    private static Task<ServeHost> StartAsync(IBlobStore store, TimeProvider time) => ServeHost.StartAsync(
        new ServeOptions { Urls = ["http://127.0.0.1:0"] },
        new ServeParts { Store = store, Vault = Vaults.ForTests, Time = time, LogLevel = LogLevel.None });

    /// <summary>False where the process died; a client then sends again what was not acknowledged.</summary>
    private static async Task<bool> TryAsync(ServeHost host, Request request, IBlobStore store, StoreFormat format)
    {
        using var client = new HttpClient { BaseAddress = new Uri(host.Urls[0]), Timeout = TimeSpan.FromSeconds(60) };
        using var body = new ByteArrayContent(request.Body);
        body.Headers.ContentType = new MediaTypeHeaderValue(request.ContentType);
        using var answer = await client.PostAsync(new Uri(request.Address, UriKind.Relative), body);
        if (!answer.IsSuccessStatusCode)
        {
            Assert.That((int)answer.StatusCode, Is.GreaterThanOrEqualTo(500), await answer.Content.ReadAsStringAsync());
            return false;
        }

        return request.Address != "/ais?source=sim" || await CaughtUpAsync(store, format, host);
    }

    /// <summary>Waits until the watch has folded what was accepted; false where the process died over it.</summary>
    private static async Task<bool> CaughtUpAsync(IBlobStore store, StoreFormat format, ServeHost? host = null)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(60))
        {
            if (await IsCaughtUpAsync(store, format))
            {
                return true;
            }

            if (host?.Pipeline?.Troubles.Count > 0 || MortalStore.HasDied)
            {
                return false;
            }

            await Task.Delay(5);
        }

        return false;
    }

    private static async Task<bool> IsCaughtUpAsync(IBlobStore store, StoreFormat format)
    {
        await foreach (var waiting in store.ListAsync("queue/ais/", default))
        {
            return false;
        }

        for (var group = 0; group < format.Groups; group++)
        {
            var name = new GroupName(StageNames.Watch, group);
            var checkpoint = await new CheckpointReader(store, name).ReadAsync();
            if ((checkpoint?.NextEntry ?? 1) <= await new Inbox(store, name, TimeProvider.System).LastNumberAsync() || checkpoint?.NextRecord > 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What stands at the end: whether a passing suspicion was said before it was withdrawn depends on who was quicker.</summary>
    private static async Task<IReadOnlyList<string>> FindingsAsync(WatchStore store) =>
    [
        .. (await store.Output.LatestAsync("findings", default)).Values.Where(line => FindingTally.Read(line).Stands).Select(line =>
        {
            using var json = JsonDocument.Parse(line);
            var of = json.RootElement.GetProperty("properties");
            return $"{of.GetProperty("kind")} {of.GetProperty("subject")} {of.GetProperty("object")} {of.GetProperty("state")} {of.GetProperty("severity")} {MinuteOf(of, "start_at")} {MinuteOf(of, "end_at")}";
        }).Order(StringComparer.Ordinal),
    ];

    // What came through a door is known from when it was received, and that is a little later after a death.
    private static string? MinuteOf(JsonElement of, string member) => of.GetProperty(member).GetString()?[..16];

    private static async Task<IReadOnlyList<string>> AlertsAsync(WatchStore store) =>
    [
        .. (await store.Output.LatestAsync("alerts", default)).Values
            .Select(line => AlertLine.Parse(line.Span).Mmsi!.Value.ToString(CultureInfo.InvariantCulture)),
    ];

    private IEnumerable<Request> Requests()
    {
        var start = new ScenarioOptions().StartAt;
        var ais = new Queue<(DateTimeOffset At, byte[] Line)>(AisLines());
        var others = new Queue<Request>(Documents().OrderBy(request => request.At).ThenBy(request => request.Address, StringComparer.Ordinal));
        for (var end = start + Step; ais.Count > 0 || others.Count > 0; end += Step)
        {
            using var lines = new MemoryStream();
            while (ais.TryPeek(out var next) && next.At < end)
            {
                lines.Write(ais.Dequeue().Line);
                lines.WriteByte((byte)'\n');
            }

            yield return new Request(end, "/ais?source=sim", "text/plain", lines.ToArray());
            while (others.TryPeek(out var document) && document.At < end)
            {
                yield return others.Dequeue() with { At = end };
            }
        }
    }

    // The TAG block's c: is the time of receipt.
    private IEnumerable<(DateTimeOffset, byte[])> AisLines()
    {
        var at = new ScenarioOptions().StartAt;
        foreach (var line in File.ReadLines(Path.Combine(folder, "ais.nmea"), Encoding.ASCII))
        {
            var from = line.IndexOf("c:", StringComparison.Ordinal);
            if (line.StartsWith('\\') && from > 0)
            {
                var to = line.IndexOfAny([',', '*'], from);
                at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(line.AsSpan(from + 2, to - from - 2), CultureInfo.InvariantCulture));
            }

            yield return (at, Encoding.ASCII.GetBytes(line));
        }
    }

    private IEnumerable<Request> Documents()
    {
        foreach (var day in Lines("plates.ndjson", "at").GroupBy(line => line.At.Ticks / Step.Ticks))
        {
            yield return new Request(day.First().At, "/plates", "application/x-ndjson", Body(day.Select(line => line.Text)));
        }

        foreach (var day in Lines("notices.ndjson", "sent_at").GroupBy(line => line.At.Ticks / Step.Ticks))
        {
            yield return new Request(day.First().At, "/notices", "application/x-ndjson", Body(day.Select(line => line.Text)));
        }

        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, "manifests"), "*.json").Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(path);
            using var json = JsonDocument.Parse(bytes);
            yield return new Request(json.RootElement.GetProperty("document_at").GetDateTimeOffset(), "/manifests", "application/json", bytes);
        }

        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, "scenes"), "*.tif").Order(StringComparer.Ordinal))
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.ChangeExtension(path, ".json")));
            var of = json.RootElement.GetProperty("properties");
            yield return new Request(
                of.GetProperty("received_at").GetDateTimeOffset(), $"/scenes?at={of.GetProperty("datetime")}&sensor=sar", "image/tiff", File.ReadAllBytes(path));
        }
    }

    private IEnumerable<(DateTimeOffset At, string Text)> Lines(string file, string member)
    {
        foreach (var line in File.ReadLines(Path.Combine(folder, file)))
        {
            using var json = JsonDocument.Parse(line);
            yield return (json.RootElement.GetProperty(member).GetDateTimeOffset(), line);
        }
    }

    private static byte[] Body(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    private sealed record Request(DateTimeOffset At, string Address, string ContentType, byte[] Body);

    /// <summary>The week's time, set by the test; between two settings it runs on, so that commits become due.</summary>
    private sealed class StoryTime : TimeProvider
    {
        private readonly Stopwatch since = Stopwatch.StartNew();
        private long startTicks = new ScenarioOptions().StartAt.UtcTicks;

        public void Set(DateTimeOffset at) => Interlocked.Exchange(ref startTicks, at.UtcTicks - since.Elapsed.Ticks);

        public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref startTicks) + since.Elapsed.Ticks, TimeSpan.Zero);
    }

    /// <summary>A store as a process sees it that dies after so many writes: nothing is written after.</summary>
    private sealed class MortalStore : IBlobStore
    {
        private readonly IBlobStore inner;
        private int left;

        public MortalStore(IBlobStore inner, int writes)
        {
            (this.inner, left) = (inner, writes);
            HasDied = false;
        }

        public static bool HasDied { get; private set; }

        public ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) => inner.GetAsync(name, cancel);

        public ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel) => inner.OpenReadAsync(name, offset, cancel);

        public ValueTask<PutResult> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel) =>
            Lives() ? inner.PutAsync(name, content, condition, cancel) : throw new StoreException(StoreTrouble.Stop, "the process is dead");

        public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
            Lives() ? inner.PutStreamIfAbsentAsync(name, content, cancel) : throw new StoreException(StoreTrouble.Stop, "the process is dead");

        public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

        public ValueTask<bool> DeleteAsync(string name, CancellationToken cancel) =>
            Lives() ? inner.DeleteAsync(name, cancel) : throw new StoreException(StoreTrouble.Stop, "the process is dead");

        private bool Lives()
        {
            if (Interlocked.Decrement(ref left) > 0)
            {
                return true;
            }

            HasDied = true;
            return false;
        }
    }
}
