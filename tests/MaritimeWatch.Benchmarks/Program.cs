namespace MaritimeWatch.Benchmarks;

/// <summary>Runs the named benchmarks, or all: each prints a table row beside its baseline.</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return 0;
    }
}
