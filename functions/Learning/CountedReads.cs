using System.Runtime.CompilerServices;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Learning;

/// <summary>A store that counts what is asked of it. A list counts as a request for each 5,000 names, as on Azure.</summary>
/// <param name="inner">The store.</param>
internal sealed class CountedReads(IBlobStore inner) : IBlobStore
{
    private const int NamesPerList = 5_000;
    private long requests;
    private long bytes;

    /// <summary>Requests so far.</summary>
    public long Requests => Interlocked.Read(ref requests);

    /// <summary>Bytes read so far.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <inheritdoc/>
    public async ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel)
    {
        Interlocked.Increment(ref requests);
        var blob = await inner.GetAsync(name, cancel);
        Interlocked.Add(ref bytes, blob?.Bytes.Length ?? 0);
        return blob;
    }

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel)
    {
        Interlocked.Increment(ref requests);
        return inner.OpenReadAsync(name, offset, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetRangeAsync(string name, long offset, int length, CancellationToken cancel)
    {
        Interlocked.Increment(ref requests);
        var read = await inner.GetRangeAsync(name, offset, length, cancel);
        Interlocked.Add(ref bytes, read?.Length ?? 0);
        return read;
    }

    /// <inheritdoc/>
    public ValueTask<PutResult> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel)
    {
        Interlocked.Increment(ref requests);
        return inner.PutAsync(name, content, condition, cancel);
    }

    /// <inheritdoc/>
    public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel)
    {
        Interlocked.Increment(ref requests);
        return inner.PutStreamIfAbsentAsync(name, content, cancel);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        Interlocked.Increment(ref requests);
        var names = 0;
        await foreach (var entry in inner.ListAsync(prefix, cancel))
        {
            if (++names % NamesPerList == 0)
            {
                Interlocked.Increment(ref requests);
            }

            yield return entry;
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancel)
    {
        Interlocked.Increment(ref requests);
        return inner.DeleteAsync(name, cancel);
    }
}
