namespace MaritimeWatch.Log;

/// <summary>Bounds of a <see cref="CachedStore"/>.</summary>
public sealed record CachedStoreOptions
{
    /// <summary>Bytes kept at most, those used last; at least 0, default 64 MiB.</summary>
    public long BytesMax { get; init; } = 64L << 20;
}

/// <summary>
/// A store that keeps what it wrote or read whole a moment ago: what a process commits, its relays, followers and later
/// stages read within the same second, and every reading is paid for. Only names whose bytes never change are kept (what was
/// landed, inbox entries, packs, snapshots, deltas, manifests); never checkpoints, plans, keys or anything that is written
/// under a condition. That something is absent is never remembered.
/// </summary>
/// <remarks>
/// A deletion by another process is not seen while the bytes are kept here. For what the collector and retention delete
/// that does no harm: nobody names it any more. For the purge of personal data it means that a <i>sealed</i> blob can be
/// handed out a little longer than it exists; its key is never kept, so it stays as unreadable as the purge made it.
/// </remarks>
public sealed class CachedStore : IBlobStore, ILeftovers
{
    private const int BytesPerEntry = 256;

    // One blob may not drive out all others.
    private const int ShareMax = 4;

    private readonly IBlobStore inner;
    private readonly long bytesMax;
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<Kept>> byName = new(StringComparer.Ordinal);
    private readonly LinkedList<Kept> order = new();
    private long bytes;
    private long deletions;
    private long served;

    /// <summary>A cache in front of a store, for one process.</summary>
    /// <param name="inner">The store.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    public CachedStore(IBlobStore inner, CachedStoreOptions? options = null)
    {
        (this.inner, bytesMax) = (inner, (options ?? new CachedStoreOptions()).BytesMax);
        ArgumentOutOfRangeException.ThrowIfNegative(bytesMax, nameof(options));
    }

    /// <summary>Readings that made no request, since the start.</summary>
    public long Served => Interlocked.Read(ref served);

    /// <summary>Bytes kept now, with what keeping them costs.</summary>
    public long BytesKept
    {
        get
        {
            lock (gate)
            {
                return bytes;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel)
    {
        if (Find(name) is { } kept)
        {
            cancel.ThrowIfCancellationRequested();
            return kept;
        }

        var before = Interlocked.Read(ref deletions);
        var read = await inner.GetAsync(name, cancel);
        if (read is { } blob && Holds(name) != Holding.Not)
        {
            Keep(name, blob, before);
        }

        return read;
    }

    /// <inheritdoc/>
    public async ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        return Find(name) is { } kept
            ? new MemoryStream(kept.Bytes[(int)Math.Min(offset, kept.Bytes.Length)..].ToArray(), writable: false)
            : await inner.OpenReadAsync(name, offset, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetRangeAsync(string name, long offset, int length, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (Find(name) is not { } kept)
        {
            return await inner.GetRangeAsync(name, offset, length, cancel);
        }

        var from = (int)Math.Min(offset, kept.Bytes.Length);
        return kept.Bytes.Slice(from, Math.Min(length, kept.Bytes.Length - from));
    }

    /// <inheritdoc/>
    public async ValueTask<PutResult> PutAsync(
        string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel)
    {
        var holding = condition.ETag is null ? Holds(name) : Holding.Not;
        if (holding == Holding.Not)
        {
            Drop(name); // A test, or a hand, that changes what never changes: what was kept is not it any more.
            return await inner.PutAsync(name, content, condition, cancel);
        }

        var before = Interlocked.Read(ref deletions);
        var put = await inner.PutAsync(name, content, condition, cancel);

        // Lost means that the same bytes are there where the name is their hash; elsewhere those of another.
        if ((put.Written || holding == Holding.ByHash) && IsSmall(content.Length))
        {
            Keep(name, new BlobContent(content.ToArray(), put.ETag ?? "kept"), before);
        }

        return put;
    }

    /// <inheritdoc/>
    public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
        inner.PutStreamIfAbsentAsync(name, content, cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string name, CancellationToken cancel)
    {
        // A put or a reading that is under way while something is deleted keeps nothing.
        Interlocked.Increment(ref deletions);
        Drop(name);
        try
        {
            return await inner.DeleteAsync(name, cancel);
        }
        finally
        {
            Interlocked.Increment(ref deletions);
            Drop(name);
        }
    }

    /// <inheritdoc/>
    public ValueTask<int> RemoveLeftoversAsync(DateTimeOffset before, CancellationToken cancel) =>
        inner is ILeftovers leftovers ? leftovers.RemoveLeftoversAsync(before, cancel) : new(0);

    /// <summary>True for a name whose bytes never change, so that it may be kept.</summary>
    /// <param name="name">A blob's name.</param>
    public static bool IsImmutable(string name) => Holds(name) != Holding.Not;

    private static Holding Holds(string name)
    {
        var parts = name.Split('/');
        return parts switch
        {
            ["landing", _, _, { Length: 64 }] => Holding.ByHash,
            ["inbox", _, _, { Length: 12 } number] when !number.AsSpan().ContainsAnyExceptInRange('0', '9') => Holding.ByNumber,
            ["groups", _, _, _] when GroupName.BaseGenerationOf(name) is not null => Holding.ByHash,
            _ => Holding.Not,
        };
    }

    private bool IsSmall(long length) => length + BytesPerEntry <= bytesMax / ShareMax;

    private BlobContent? Find(string name)
    {
        lock (gate)
        {
            if (!byName.TryGetValue(name, out var node))
            {
                return null;
            }

            order.Remove(node);
            order.AddFirst(node);
            Interlocked.Increment(ref served);
            return node.Value.Content;
        }
    }

    private void Keep(string name, BlobContent content, long deletionsBefore)
    {
        lock (gate)
        {
            if (!IsSmall(content.Bytes.Length) || Interlocked.Read(ref deletions) != deletionsBefore || byName.ContainsKey(name))
            {
                return;
            }

            byName.Add(name, order.AddFirst(new Kept(name, content)));
            bytes += content.Bytes.Length + BytesPerEntry;
            while (bytes > bytesMax && order.Last is { } last)
            {
                Remove(last);
            }
        }
    }

    private void Drop(string name)
    {
        lock (gate)
        {
            if (byName.TryGetValue(name, out var node))
            {
                Remove(node);
            }
        }
    }

    private void Remove(LinkedListNode<Kept> node)
    {
        order.Remove(node);
        byName.Remove(node.Value.Name);
        bytes -= node.Value.Content.Bytes.Length + BytesPerEntry;
    }

    private enum Holding
    {
        /// <summary>Never kept.</summary>
        Not,

        /// <summary>The name tells the bytes.</summary>
        ByHash,

        /// <summary>Who came first wrote the bytes.</summary>
        ByNumber,
    }

    private sealed record Kept(string Name, BlobContent Content);
}
