namespace MaritimeWatch.Log;

/// <summary>Reads the bytes of a segment that a checkpoint names. The only way to them: where they lie is ours.</summary>
public static class SegmentReader
{
    /// <summary>The whole segment: lines, each with its newline.</summary>
    /// <param name="store">The store.</param>
    /// <param name="segment">As a checkpoint names it.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="StoreException">Stop: it is gone or damaged. Retry: try again.</exception>
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(IBlobStore store, SegmentName segment, CancellationToken cancel = default) =>
        await store.GetAsync(segment.Blob, cancel) is { } blob
            ? blob.Bytes
            : throw new StoreException(StoreTrouble.Stop, $"{segment.Blob} is named by a checkpoint and is gone");
}
