using MaritimeWatch.Log;

namespace MaritimeWatch.StandIn.Faults;

/// <summary>
/// A planted fault: checkpoints are written whatever is there. Everything rests on the one condition; the judge of the chaos
/// run must see what comes of leaving it out.
/// </summary>
/// <param name="inner">The store.</param>
public sealed class UnconditionalStore(IBlobStore inner) : IBlobStore
{
    /// <inheritdoc/>
    public ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) => inner.GetAsync(name, cancel);

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel) => inner.OpenReadAsync(name, offset, cancel);

    /// <inheritdoc/>
    public async ValueTask<PutResult> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel)
    {
        if (!name.EndsWith("/checkpoint", StringComparison.Ordinal))
        {
            return await inner.PutAsync(name, content, condition, cancel);
        }

        while (true)
        {
            var there = await inner.GetAsync(name, cancel);
            var put = await inner.PutAsync(name, content, there is { } blob ? PutCondition.IfMatch(blob.ETag) : PutCondition.IfAbsent, cancel);
            if (put.Written)
            {
                return put;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
        inner.PutStreamIfAbsentAsync(name, content, cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancel) => inner.DeleteAsync(name, cancel);
}
