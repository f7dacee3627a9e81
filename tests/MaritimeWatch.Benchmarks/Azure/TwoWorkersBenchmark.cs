using System.Diagnostics;
using System.Globalization;
using MaritimeWatch.StandIn.Load;

namespace MaritimeWatch.Benchmarks.Azure;

/// <summary>
/// The same reports with one worker and with two: whether work is shared (records that each has committed), and what sharing costs
/// in CPU time of the workers (the storage and the host run on the same machine, so that wall time says little). A third as many
/// reports come before, uncounted in the CPU time: each worker compiles its code while it takes them.
/// </summary>
/// <remarks>
/// As fast as the door takes them, how many reports a commit holds is chance, and a commit costs much beside a report: only many
/// reports give a steady number. At a pace that one worker holds easily both commit as often.
/// </remarks>
internal static class TwoWorkersBenchmark
{
    private const int Vessels = 5_000;
    private const int WarmShare = 3;

    /// <summary>Measures.</summary>
    /// <param name="output">Takes the words.</param>
    /// <param name="mode">prompt or thrift.</param>
    /// <param name="reports">How many.</param>
    /// <param name="perSecond">The pace; 0 for as fast as the door takes them.</param>
    public static async Task<object> RunAsync(TextWriter output, string mode, int reports, int perSecond)
    {
        var one = await MeasureAsync(mode, 1, reports, perSecond);
        var two = await MeasureAsync(mode, 2, reports, perSecond);
        var ratio = two.PerCpuSecond / one.PerCpuSecond;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"two workers, {mode}, {(perSecond == 0 ? "at full speed" : string.Create(CultureInfo.InvariantCulture, $"{perSecond}/s"))}: {reports} reports after {reports / WarmShare} to warm up; one: {one.Cpu.Sum():F1} s CPU, {one.PerCpuSecond:F0} reports per CPU second; two: {string.Join(" + ", two.Cpu.Select(cpu => cpu.ToString("F1", CultureInfo.InvariantCulture)))} s CPU, {two.PerCpuSecond:F0} reports per CPU second; ratio {ratio:F2} ({two.PerCpuSecondWithStart / one.PerCpuSecondWithStart:F2} with the start and the warming up); records folded {string.Join(" / ", two.Folded.Select(folded => (folded / (double)two.Folded.Sum()).ToString("P0", CultureInfo.InvariantCulture)))}"));
        return new { what = "two workers", mode, reports, per_second = perSecond, one, two, ratio = Math.Round(ratio, 2) };
    }

    private static async Task<Measured> MeasureAsync(string mode, int workers, int reports, int perSecond)
    {
        await using var bench = await AzureBench.StartAsync(mode, groups: 4, workers, clock: TimeSpan.FromMinutes(1));
        var (load, warm) = (new AlertLoad(Vessels, 0), reports / WarmShare);
        await TakeAsync(bench, load, warm, 0, perSecond);
        var before = bench.WorkerCpu();
        var watch = Stopwatch.StartNew();
        await TakeAsync(bench, load, reports, warm, perSecond);
        var seconds = watch.Elapsed.TotalSeconds;
        var after = bench.WorkerCpu();
        await bench.EndAsync();
        var cpu = after.Zip(before, (now, then) => Math.Round((now - then).TotalSeconds, 2)).ToArray();
        return new Measured(
            Math.Round(seconds, 1), cpu, Math.Round(reports / cpu.Sum()), Math.Round((reports + warm) / after.Sum(all => all.TotalSeconds)), bench.Folded());
    }

    private static async Task TakeAsync(AzureBench bench, AlertLoad load, int reports, int before, int perSecond)
    {
        using (var sender = await bench.ConnectAsync())
        {
            await Pacing.SendAsync(sender.GetStream(), load, reports, perSecond, null, before);
        }

        await bench.CommittedAsync(before + reports, TimeSpan.FromMinutes(5));
        await bench.Host.DryAsync(TimeSpan.FromSeconds(60));
    }

    private sealed record Measured(double Seconds, double[] Cpu, double PerCpuSecond, double PerCpuSecondWithStart, IReadOnlyList<long> Folded);
}
