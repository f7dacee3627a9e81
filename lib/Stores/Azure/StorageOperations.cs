using System.Diagnostics.Metrics;

namespace MaritimeWatch.Stores.Azure;

/// <summary>
/// Counts requests to the storage by service and kind: what a bill counts. Every request of every try is one. Also a
/// counter of <see cref="Meter"/>.
/// </summary>
/// <remarks>
/// Kinds: <c>blob.get</c>, <c>blob.head</c>, <c>blob.put</c>, <c>blob.block</c> (a part of a large blob),
/// <c>blob.commit</c> (its parts made one), <c>blob.list</c>, <c>blob.delete</c>, <c>blob.container</c> (made, or asked
/// whether it is there); <c>queue.send</c>, <c>queue.receive</c>, <c>queue.peek</c>, <c>queue.update</c>,
/// <c>queue.delete</c>, <c>queue.count</c>, <c>queue.queue</c> (made); <c>blob.other</c> and <c>queue.other</c>.
/// </remarks>
public sealed class StorageOperations
{
    /// <summary>The name of the meter, and of its one counter <c>maritimewatch.storage.operations</c> (tag <c>kind</c>).</summary>
    public const string MeterName = "MaritimeWatch.Stores";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Counter = Meter.CreateCounter<long>(
        "maritimewatch.storage.operations", "{request}", "Requests to Azure Storage by kind, every try counted.");

    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Adds a request.</summary>
    /// <param name="kind">Service and kind, for example <c>blob.put</c>, <c>blob.get</c>, <c>blob.list</c>, <c>queue.send</c>.</param>
    public void Add(string kind)
    {
        Counter.Add(1, new KeyValuePair<string, object?>("kind", kind));
        lock (gate)
        {
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
        }
    }

    /// <summary>The counts now, by kind.</summary>
    public IReadOnlyDictionary<string, long> Snapshot()
    {
        lock (gate)
        {
            return new SortedDictionary<string, long>(counts, StringComparer.Ordinal);
        }
    }
}
