namespace MaritimeWatch.Benchmarks;

/// <summary>Runs the named benchmarks, or all: each prints a table beside its baseline.</summary>
public static class Program
{
    private static readonly (string Name, Action<TextWriter> Run)[] All =
    [
        ("ais", AisReaderBenchmark.Run),
        ("fold", WatchFoldBenchmark.Run),
        ("log", LogBenchmark.Run),
        ("reference", ReferenceBenchmark.Run),
        ("lanes", LanesBenchmark.Run),
        ("feeds", FeedBenchmark.Run),
        ("live", LiveBenchmark.Run),
        ("scenes", Scenes.ScenesBenchmark.Run),
        ("motion", MotionBenchmark.Run),
        ("azure", Azure.AzureBenchmark.Run),
    ];

    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var unknown = args.Except(All.Select(benchmark => benchmark.Name)).ToList();
        if (unknown.Count > 0)
        {
            Console.Error.WriteLine($"no benchmark {unknown[0]}; there are {string.Join(", ", All.Select(benchmark => benchmark.Name))}");
            return 2;
        }

        foreach (var (name, run) in All.Where(benchmark => args.Length == 0 || args.Contains(benchmark.Name)))
        {
            Console.Out.WriteLine($"== {name}");
            run(Console.Out);
            Console.Out.WriteLine();
        }

        return 0;
    }
}
