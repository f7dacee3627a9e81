using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Log;
using MaritimeWatch.StandIn.Load;

namespace MaritimeWatch.Benchmarks.Azure;

/// <summary>
/// The time from a report at the door to the finding, and to the alert, that it makes, committed where readers see them, at
/// 5,000 reports a second.
/// </summary>
internal static class PromptBenchmark
{
    private const int Vessels = 5_000;
    private const int PerSecond = 5_000;
    private const int AlertsPerSecond = 5;

    // The looks are part of the load: the alerts, which are to be quick, are looked at often, the findings of the groups seldom.
    private static readonly TimeSpan AlertsEvery = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FindingsEvery = TimeSpan.FromMilliseconds(250);

    public static async Task<object> RunAsync(TextWriter output, int groups, int workers, int seconds)
    {
        await using var bench = await AzureBench.StartAsync("prompt", groups, workers, clock: TimeSpan.FromMinutes(1));
        var planted = Math.Min(380, (seconds - 5) * AlertsPerSecond);
        var load = new AlertLoad(Vessels, planted);
        await PrepareAsync(bench, load);
        var plants = new Plants(planted, AlertsPerSecond);
        var before = bench.Store.Operations.Snapshot().Values.Sum();
        using var stop = new CancellationTokenSource();
        var findings = Enumerable.Range(0, groups)
            .Select(group => WatchAsync(bench, new GroupName(StageNames.Watch, group), "findings", FindingsEvery, plants, stop.Token)).ToArray();
        var alerts = WatchAsync(bench, new GroupName(StageNames.Alerts, 0), "alerts", AlertsEvery, plants, stop.Token);
        var (watch, cpuBefore) = (Stopwatch.StartNew(), bench.AzuriteCpu);
        var workersBefore = bench.WorkerCpu();
        using (var sender = await bench.ConnectAsync())
        {
            await Pacing.SendAsync(sender.GetStream(), load, PerSecond * seconds, PerSecond, plants);
        }

        var sentIn = watch.Elapsed.TotalSeconds;
        var azurite = (bench.AzuriteCpu - cpuBefore).TotalSeconds / sentIn;
        var workersCpu = bench.WorkerCpu().Zip(workersBefore, (now, then) => (now - then).TotalSeconds).Sum() / sentIn;
        var machine = await File.ReadAllTextAsync("/proc/loadavg");
        await Task.Delay(TimeSpan.FromSeconds(5));
        await stop.CancelAsync();
        var toFinding = (await Task.WhenAll(findings)).SelectMany(lags => lags).Order().ToArray();
        var toAlert = (await alerts).Order().ToArray();
        var looked = bench.Store.Operations.Snapshot().Values.Sum() - before;
        var committed = await bench.CommittedAsync();
        var counts = await bench.EndAsync();
        var total = counts.Values.Sum(kinds => kinds.Values.Sum());
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"prompt, {groups} groups, {workers} worker(s): {PerSecond * seconds} reports of {Vessels} vessels, 1 % out of order, sent in {sentIn:F0} s; {committed} committed; {total / sentIn:F0} storage operations/s (and {looked / sentIn:F0} of this measurement)"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  of a core: storage {azurite:P0}, workers {workersCpu:P0}; load of the machine {machine.Split(' ')[0]}"));
        foreach (var (process, kinds) in counts)
        {
            await output.WriteLineAsync($"  {process,-10} {string.Join("  ", kinds.Select(kind => $"{kind.Key} {kind.Value}"))}");
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  door to finding committed: {Words(toFinding, planted)}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  door to alert committed:   {Words(toAlert, planted)}"));
        return new { mode = "prompt", groups, workers, reports = PerSecond * seconds, sent_in_s = Math.Round(sentIn, 1), committed, planted, finding_ms = Figures(toFinding), alert_ms = Figures(toAlert), operations_per_s = Math.Round(total / sentIn), storage_core = Math.Round(azurite, 2), by_process = counts };
    }

    private static async Task PrepareAsync(AzureBench bench, AlertLoad load)
    {
        using var client = new HttpClient { BaseAddress = bench.DoorAddress };
        client.DefaultRequestHeaders.Add("X-Api-Key", AzureBench.ApiKey);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var (address, type, body) in (IEnumerable<(string, string, byte[])>)
            [("/notices", "application/x-ndjson", load.Notices(now)), ("/ais?source=prepare", "text/plain", load.Preparation(now))])
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new(type);
            using var answer = await client.PostAsync(new Uri(address, UriKind.Relative), content);
            answer.EnsureSuccessStatusCode();
        }

        await bench.Host.DryAsync(TimeSpan.FromSeconds(60));
        await bench.Host.FireAsync("ClockTimer");
        await bench.Host.DryAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>Looks at a group until cancelled; milliseconds from the door to where a reader sees the first line of each planted ship.</summary>
    private static async Task<IReadOnlyList<double>> WatchAsync(
        AzureBench bench, GroupName group, string collection, TimeSpan every, Plants plants, CancellationToken cancel)
    {
        var reader = new CheckpointReader(bench.Store.Blobs, group);
        var seen = new HashSet<int>();
        var lags = new List<double>();
        var generation = (await reader.ReadAsync(cancel))?.Generation ?? 0;
        using var tick = new PeriodicTimer(every);
        try
        {
            while (await tick.WaitForNextTickAsync(cancel))
            {
                if (await reader.NewsAsync(generation, cancel) is not { } news)
                {
                    continue;
                }

                var now = TimeProvider.System.GetUtcNow(); // From here on a reader can see it.
                generation = news.Checkpoint.Generation;
                foreach (var segment in news.Segments.Where(segment => segment.Collection == collection))
                {
                    foreach (var mmsi in MmsisOf((await SegmentReader.ReadAsync(bench.Store.Blobs, segment, cancel)).Span, collection))
                    {
                        if (plants.SentAt(mmsi) is { } at && seen.Add(mmsi))
                        {
                            lags.Add((now - at).TotalMilliseconds);
                        }
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }

        return lags;
    }

    private static List<int> MmsisOf(ReadOnlySpan<byte> lines, string collection)
    {
        var found = new List<int>();
        foreach (var range in lines.Split((byte)'\n'))
        {
            if (lines[range] is { Length: > 0 } line)
            {
                using var json = JsonDocument.Parse(line.ToArray());
                var of = json.RootElement.GetProperty("properties");
                if ((collection != "findings" || of.GetProperty("kind").GetString() == "zone-entry") && of.TryGetProperty("mmsi", out var mmsi)
                    && int.TryParse(mmsi.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    found.Add(number);
                }
            }
        }

        return found;
    }

    private static string Words(double[] sorted, int planted) => sorted.Length == 0
        ? $"none of {planted} seen"
        : string.Create(CultureInfo.InvariantCulture, $"p50 {At(sorted, 0.5):F0} ms, p99 {At(sorted, 0.99):F0} ms, max {sorted[^1]:F0} ms ({sorted.Length} of {planted})");

    private static object? Figures(double[] sorted) => sorted.Length == 0
        ? null
        : new { p50 = Math.Round(At(sorted, 0.5)), p99 = Math.Round(At(sorted, 0.99)), max = Math.Round(sorted[^1]), count = sorted.Length };

    private static double At(double[] sorted, double share) => sorted[(int)((sorted.Length - 1) * share)];
}
