namespace MaritimeWatch.Stores.Azure;

/// <summary>
/// A blob that somebody else put into a container of ours: opened for reading by ranges, at one version. The
/// caller disposes it.
/// </summary>
/// <param name="Content">Its bytes: can seek, holds one range at a time, throws <see cref="Log.StoreException"/> for trouble outside.</param>
/// <param name="Length">Bytes.</param>
/// <param name="ModifiedAt">When it was written: the same however often its event is delivered.</param>
public sealed record IncomingBlob(Stream Content, long Length, DateTimeOffset ModifiedAt) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
