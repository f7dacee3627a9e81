using System.Globalization;
using System.Runtime.CompilerServices;

namespace MaritimeWatch.Log;

/// <summary>Blobs in memory: for tests and for looking at something once. Safe for many threads.</summary>
public sealed class MemoryStore : IBlobStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, BlobContent> blobs = new(StringComparer.Ordinal);
    private readonly SortedSet<string> names = new(StringComparer.Ordinal);
    private long writes;

    /// <inheritdoc/>
    public ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel)
    {
        BlobName.Check(name);
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new(blobs.TryGetValue(name, out var blob) ? blob : null);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        if (await GetAsync(name, cancel) is not { } blob)
        {
            return null;
        }

        var from = (int)Math.Min(offset, blob.Bytes.Length);
        return new MemoryStream(blob.Bytes[from..].ToArray(), writable: false);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetRangeAsync(string name, long offset, int length, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (await GetAsync(name, cancel) is not { } blob)
        {
            return null;
        }

        var from = (int)Math.Min(offset, blob.Bytes.Length);
        return blob.Bytes.Slice(from, Math.Min(length, blob.Bytes.Length - from));
    }

    /// <inheritdoc/>
    public ValueTask<PutResult> PutAsync(
        string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel)
    {
        BlobName.Check(name);
        cancel.ThrowIfCancellationRequested();
        var copy = content.ToArray();
        lock (gate)
        {
            var current = blobs.TryGetValue(name, out var there) ? there.ETag : null;
            if (current != condition.ETag)
            {
                return new(new PutResult(false, null));
            }

            var eTag = (++writes).ToString(CultureInfo.InvariantCulture);
            blobs[name] = new BlobContent(copy, eTag);
            names.Add(name);
            return new(new PutResult(true, eTag));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancel);
        return await PutAsync(name, copy.ToArray(), PutCondition.IfAbsent, cancel);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        BlobName.CheckPrefix(prefix);
        List<BlobEntry> found = [];
        lock (gate)
        {
            // '~' sorts after every character that a name may have.
            foreach (var name in names.GetViewBetween(prefix, prefix + "~"))
            {
                found.Add(new BlobEntry(name, blobs[name].Bytes.Length));
            }
        }

        await ValueTask.CompletedTask;
        foreach (var entry in found)
        {
            cancel.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancel)
    {
        BlobName.Check(name);
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            return new(blobs.Remove(name) && names.Remove(name));
        }
    }
}
