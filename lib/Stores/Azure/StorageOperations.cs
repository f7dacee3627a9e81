namespace MaritimeWatch.Stores.Azure;

/// <summary>Counts requests to the storage by service and kind: what a bill counts.</summary>
public sealed class StorageOperations
{
    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Adds a request.</summary>
    /// <param name="kind">Service and kind, for example <c>blob.put</c>, <c>blob.get</c>, <c>blob.list</c>, <c>queue.send</c>.</param>
    public void Add(string kind)
    {
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
