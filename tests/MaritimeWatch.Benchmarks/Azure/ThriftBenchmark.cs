using System.Diagnostics;
using System.Globalization;
using MaritimeWatch.StandIn.Load;

namespace MaritimeWatch.Benchmarks.Azure;

/// <summary>Storage operations for each million reports from one source in thrift mode: one worker, one door that batches; the start of both and a run of the learning are among them.</summary>
internal static class ThriftBenchmark
{
    private const int Vessels = 5_000;
    private const int PerSecond = 5_000;

    public static async Task<object> RunAsync(TextWriter output, int groups, int reports)
    {
        await using var bench = await AzureBench.StartAsync("thrift", groups, workers: 1, clock: TimeSpan.FromMinutes(5));
        var load = new AlertLoad(Vessels, 0);
        var watch = Stopwatch.StartNew();
        using (var sender = await bench.ConnectAsync())
        {
            await Pacing.SendAsync(sender.GetStream(), load, reports, PerSecond, null);
        }

        await bench.CommittedAsync(reports, TimeSpan.FromMinutes(5));
        var seconds = watch.Elapsed.TotalSeconds;
        await bench.LearnAsync();
        var counts = await bench.EndAsync();
        var total = counts.Values.Sum(kinds => kinds.Values.Sum());
        var ofHost = counts["host"].Values.Sum();
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"thrift, {groups} groups: {reports} reports at {PerSecond}/s in {seconds:F0} s: {total} storage operations ({total * 1e6 / reports:F0} per million), {ofHost} of them the host's own"));
        foreach (var (process, kinds) in counts)
        {
            await output.WriteLineAsync($"  {process,-10} {string.Join("  ", kinds.Select(kind => $"{kind.Key} {kind.Value}"))}");
        }

        return new { mode = "thrift", groups, reports, per_second = PerSecond, seconds = Math.Round(seconds, 1), operations = total, of_host = ofHost, per_million = Math.Round(total * 1e6 / reports), by_process = counts };
    }
}
