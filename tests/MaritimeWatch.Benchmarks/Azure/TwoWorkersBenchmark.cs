using System.Diagnostics;
using System.Globalization;
using MaritimeWatch.StandIn.Load;

namespace MaritimeWatch.Benchmarks.Azure;

/// <summary>
/// The same reports as fast as possible with one worker and with two: whether work is shared, and what sharing costs in CPU
/// time of the workers (the storage and the host run on the same machine, so that wall time says little).
/// </summary>
internal static class TwoWorkersBenchmark
{
    private const int Vessels = 5_000;

    public static async Task<object> RunAsync(TextWriter output, string mode, int reports)
    {
        var one = await MeasureAsync(mode, 1, reports);
        var two = await MeasureAsync(mode, 2, reports);
        var ratio = two.PerCpuSecond / one.PerCpuSecond;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"two workers, {mode}: {reports} reports; one: {one.Cpu.Sum():F1} s CPU, {one.PerCpuSecond:F0} reports per CPU second; two: {string.Join(" + ", two.Cpu.Select(cpu => cpu.ToString("F1", CultureInfo.InvariantCulture)))} s CPU, {two.PerCpuSecond:F0} reports per CPU second; ratio {ratio:F2}; shares of CPU {string.Join(" / ", two.Cpu.Select(cpu => (cpu / two.Cpu.Sum()).ToString("P0", CultureInfo.InvariantCulture)))}"));
        return new { what = "two workers", mode, reports, one, two, ratio = Math.Round(ratio, 2) };
    }

    private static async Task<Measured> MeasureAsync(string mode, int workers, int reports)
    {
        await using var bench = await AzureBench.StartAsync(mode, groups: 4, workers, clock: TimeSpan.FromMinutes(1));
        var before = bench.WorkerCpu();
        var watch = Stopwatch.StartNew();
        using (var sender = await bench.ConnectAsync())
        {
            await Pacing.SendAsync(sender.GetStream(), new AlertLoad(Vessels, 0), reports, 0, null);
        }

        await bench.CommittedAsync(reports, TimeSpan.FromMinutes(5));
        await bench.Host.DryAsync(TimeSpan.FromSeconds(60));
        var cpu = bench.WorkerCpu().Zip(before, (now, then) => Math.Round((now - then).TotalSeconds, 2)).ToArray();
        return new Measured(Math.Round(watch.Elapsed.TotalSeconds, 1), cpu, Math.Round(reports / cpu.Sum()));
    }

    private sealed record Measured(double Seconds, double[] Cpu, double PerCpuSecond);
}
