using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Operations;

/// <summary>What is asked of the store when metrics are read, and so seldom that it does not cost.</summary>
public sealed record StoreMetricsParts
{
    /// <summary>The queues: a name, and how many messages wait.</summary>
    public IReadOnlyList<(string Queue, Func<CancellationToken, ValueTask<int>> Count)> Queues { get; init; } = [];

    /// <summary>The dead letters of queues, in the same way.</summary>
    public IReadOnlyList<(string Queue, Func<CancellationToken, ValueTask<int>> Count)> DeadLetters { get; init; } = [];

    /// <summary>Requests to the storage since the start by kind; null where nobody counts them (a folder).</summary>
    public Func<IReadOnlyDictionary<string, long>>? Operations { get; init; }

    /// <summary>How long the counts of queues are kept; default 15 s. Every count is a paid operation on Azure.</summary>
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long they may take together; default 5 s. What does not answer in time is left out.</summary>
    public TimeSpan Within { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Depths of queues, dead letters and operations of the storage.</summary>
/// <param name="parts">Where they are asked.</param>
/// <param name="time">The clock.</param>
internal sealed class StoreMetrics(StoreMetricsParts parts, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private List<(string Queue, int Count)> queues = [];
    private List<(string Queue, int Count)> letters = [];
    private DateTimeOffset? keptAt;

    public async Task WriteAsync(PrometheusText text, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (keptAt is null || time.GetUtcNow() - keptAt >= parts.KeptFor)
            {
                using var limit = new CancellationTokenSource(parts.Within, time);
                queues = await CountAsync(parts.Queues, limit.Token);
                letters = await CountAsync(parts.DeadLetters, limit.Token);
                keptAt = time.GetUtcNow();
            }
        }
        finally
        {
            turn.Release();
        }

        Write(text, "maritimewatch_queue_messages", "Messages that wait in a queue; approximate.", queues);
        Write(text, "maritimewatch_queue_dead_letters", "Messages that failed too often and wait for a person.", letters);
        if (parts.Operations?.Invoke() is { Count: > 0 } operations)
        {
            text.Family("maritimewatch_storage_operations_total", "counter", "Requests to the storage, every try of every kind: what a bill counts.");
            foreach (var (kind, count) in operations)
            {
                text.Sample("maritimewatch_storage_operations_total", [("kind", kind)], count);
            }
        }
    }

    public void Dispose() => turn.Dispose();

    private static void Write(PrometheusText text, string name, string help, List<(string Queue, int Count)> counts)
    {
        if (counts.Count > 0)
        {
            text.Family(name, "gauge", help);
            counts.ForEach(one => text.Sample(name, [("queue", one.Queue)], one.Count));
        }
    }

    // A queue that cannot be asked has no sample: a gap in a graph is honest, a zero is not.
    private static async Task<List<(string Queue, int Count)>> CountAsync(
        IReadOnlyList<(string Queue, Func<CancellationToken, ValueTask<int>> Count)> asked, CancellationToken cancel)
    {
        List<(string Queue, int Count)> counts = [];
        foreach (var (queue, count) in asked)
        {
            try
            {
                counts.Add((queue, await count(cancel)));
            }
            catch (Exception trouble) when (trouble is StoreException or OperationCanceledException)
            {
                continue;
            }
        }

        return counts;
    }
}
