using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Watch;

/// <summary>A store whose writes fail where a test says so.</summary>
internal sealed class TroubledStore(IBlobStore inner) : IBlobStore
{
    /// <summary>The trouble of a write to a name, or null.</summary>
    public Func<string, StoreTrouble?> Trouble { get; set; } = static _ => null;

    public ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) => inner.GetAsync(name, cancel);

    public ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel) =>
        inner.OpenReadAsync(name, offset, cancel);

    public ValueTask<PutResult> PutAsync(
        string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel) =>
        Trouble(name) is { } trouble
            ? throw new StoreException(trouble, "the disk is full")
            : inner.PutAsync(name, content, condition, cancel);

    public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
        Trouble(name) is { } trouble
            ? throw new StoreException(trouble, "the disk is full")
            : inner.PutStreamIfAbsentAsync(name, content, cancel);

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancel) => inner.DeleteAsync(name, cancel);
}
