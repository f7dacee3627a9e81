namespace MaritimeWatch.Stores.Azure;

/// <summary>
/// Reads a blob forward in ranges, one in memory at a time. All of them are of the version that the first one had: a
/// blob that is replaced meanwhile is trouble, never a mixture.
/// </summary>
internal sealed class BlobRangeStream(AzureBlobStore store, string name, long offset, BlobRange first) : Stream
{
    private long rangeStart = offset;
    private BlobRange range = first;
    private int at;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (at == range.Bytes.Length && !await NextAsync(cancellationToken))
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, range.Bytes.Length - at);
        range.Bytes.Slice(at, count).CopyTo(buffer);
        at += count;
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        // Readers that know no async wait here, on a thread of their own.
        var read = ReadAsync(buffer.AsMemory(offset, count), CancellationToken.None);
        return read.IsCompleted ? read.GetAwaiter().GetResult() : read.AsTask().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask<bool> NextAsync(CancellationToken cancel)
    {
        var next = rangeStart + range.Bytes.Length;
        if (next >= range.BlobLength)
        {
            return false;
        }

        var count = (int)Math.Min(BlobRange.NextBytes, range.BlobLength - next);
        range = (await store.RangeAsync(name, next, count, range.Version, cancel))!;
        (rangeStart, at) = (next, 0);
        return range.Bytes.Length > 0;
    }
}
