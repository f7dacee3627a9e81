using System.Globalization;
using System.Text.Json;
using MaritimeWatch.StandIn;

namespace MaritimeWatch.Benchmarks.Azure;

/// <summary>
/// A store on Azurite, delivered to by the stand-in host: both modes and two workers, in one command. The numbers go to
/// .mw/bench-azure.json too. MW_BENCH_SCALE (default 1) makes it shorter, for a try.
/// </summary>
internal static class AzureBenchmark
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static void Run(TextWriter output) => RunAsync(output).GetAwaiter().GetResult();

    private static async Task RunAsync(TextWriter output)
    {
        if (Azurite.Missing() is { } missing)
        {
            await output.WriteLineAsync($"left out: {missing}");
            return;
        }

        var scale = double.Parse(Environment.GetEnvironmentVariable("MW_BENCH_SCALE") ?? "1", CultureInfo.InvariantCulture);
        var parts = (Environment.GetEnvironmentVariable("MW_BENCH_PARTS") ?? "prompt,thrift,two").Split(',');
        var results = new List<object>();
        if (parts.Contains("prompt"))
        {
            results.Add(await PromptBenchmark.RunAsync(output, groups: 4, workers: 1, (int)(60 * scale)));
        }

        if (parts.Contains("thrift"))
        {
            results.Add(await ThriftBenchmark.RunAsync(output, groups: 4, (int)(3_000_000 * scale)));
            results.Add(await ThriftBenchmark.RunAsync(output, groups: 1, (int)(3_000_000 * scale)));
        }

        if (parts.Contains("two"))
        {
            results.Add(await TwoWorkersBenchmark.RunAsync(output, "prompt", (int)(10_000_000 * scale), perSecond: 0));
            results.Add(await TwoWorkersBenchmark.RunAsync(output, "prompt", (int)(2_000_000 * scale), perSecond: 20_000));
        }

        Directory.CreateDirectory(".mw");
        await File.WriteAllBytesAsync(Path.Combine(".mw", "bench-azure.json"), JsonSerializer.SerializeToUtf8Bytes(results, Json));
    }
}
