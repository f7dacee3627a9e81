using System.Diagnostics;
using MaritimeWatch.Models;
using MaritimeWatch.Terms;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Benchmarks;

/// <summary>Windows of motion a second on one core: built, forecast in batches, scored; beside dead reckoning.</summary>
internal static class MotionBenchmark
{
    private const int Tracks = 500;
    private const int Reports = 58;
    private const int First = 18;
    private const int Rounds = 3;

    public static void Run(TextWriter output)
    {
        var tracks = Enumerable.Range(0, Tracks).Select(Track).ToArray();
        var windows = Tracks * (Reports - First);
        var sum = 0.0;
        var baseline = Row(output, "dead reckoning (baseline)", windows, null, () => Each(tracks, (track, at) =>
            sum += DeadReckoning.OffsetAt(track, at, TimeSpan.FromHours(1))!.Value.EastNm));
        var batch = new MotionBatch();
        Row(output, "build windows", windows, baseline, () =>
        {
            batch.Clear();
            Each(tracks, (track, at) => batch.TryAdd(track, at));
        });
        MotionNet net;
        try
        {
            net = MotionNet.Load(MotionNet.ShippedPath);
        }
        catch (ModelException trouble)
        {
            output.WriteLine($"not measured: {trouble.Message}");
            return;
        }

        using (net)
        {
            MotionForecasts? forecasts = null;
            Row(output, $"forecast, {MotionNet.BatchRows} rows a run", windows, baseline, () => forecasts = net.Forecast(batch));
            Row(output, "build and forecast", windows, baseline, () =>
            {
                batch.Clear();
                Each(tracks, (track, at) => batch.TryAdd(track, at));
                forecasts = net.Forecast(batch);
            });
            var horizon = TimeSpan.FromHours(1);
            Row(output, "one region of a forecast", 2000, baseline, () =>
            {
                for (var row = 0; row < 2000; row++)
                {
                    sum += forecasts![row].RegionAt(horizon).AreaNm2(0.9);
                }
            });
            Row(output, "moments scored (forecast and three regions)", 50 * (Reports - 6), baseline, () =>
            {
                var score = new WayScore(net);
                foreach (var track in tracks.AsSpan(0, 50))
                {
                    sum += score.Moments(track).Count;
                }
            });
        }

        output.WriteLine($"(sum {sum:F1}, so that nothing is left out)");
    }

    private static void Each(TrackPoint[][] tracks, Action<TrackPoint[], int> what)
    {
        foreach (var track in tracks)
        {
            for (var at = First; at < track.Length; at++)
            {
                what(track, at);
            }
        }
    }

    // The best of some rounds after one to warm up: others use this machine too.
    private static double Row(TextWriter output, string what, int count, double? baseline, Action run)
    {
        run();
        var (best, before) = (TimeSpan.MaxValue, GC.GetAllocatedBytesForCurrentThread());
        for (var round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            run();
            best = clock.Elapsed < best ? clock.Elapsed : best;
        }

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Rounds / count;
        var nanoseconds = best.TotalNanoseconds / count;
        var ratio = baseline is { } other ? $", {nanoseconds / other:F1} times the baseline" : string.Empty;
        output.WriteLine($"{what}: {count / best.TotalSeconds:F0}/s, {nanoseconds:F0} ns each, {bytes:F0} B allocated{ratio}");
        return nanoseconds;
    }

    private static TrackPoint[] Track(int number)
    {
        var origin = Position.FromDegrees(45 + (number % 10), (number % 90) - 45);
        var (course, knots) = (number * 37 % 360, 8 + (number % 11));
        return
        [
            .. Enumerable.Range(0, Reports).Select(at =>
            {
                var turned = (course + at) * Math.PI / 180;
                var miles = knots * at / 6.0;
                var place = new OffsetNm(miles * Math.Sin(turned), miles * Math.Cos(turned)).From(origin);
                return new TrackPoint(1_500_000_000_000 + (at * MotionSteps.Ms), place, knots, (course + at) % 360);
            }),
        ];
    }
}
