using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Operations;

/// <summary>A store around another, to change one thing of it.</summary>
internal class WrappedStore(IBlobStore inner) : IBlobStore
{
    public virtual ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) => inner.GetAsync(name, cancel);

    public virtual ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel) => inner.OpenReadAsync(name, offset, cancel);

    public virtual ValueTask<PutResult> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel) =>
        inner.PutAsync(name, content, condition, cancel);

    public virtual ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
        inner.PutStreamIfAbsentAsync(name, content, cancel);

    public virtual IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

    public virtual ValueTask<bool> DeleteAsync(string name, CancellationToken cancel) => inner.DeleteAsync(name, cancel);
}
