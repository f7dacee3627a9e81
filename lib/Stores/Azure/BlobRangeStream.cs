namespace MaritimeWatch.Stores.Azure;

/// <summary>
/// Reads a blob in ranges, one in memory at a time; who seeks pays with a request where he leaves the range. All of them
/// are of the version that the first one had: a blob that is replaced meanwhile is trouble, never a mixture.
/// </summary>
/// <param name="store">Reads the ranges.</param>
/// <param name="name">The blob.</param>
/// <param name="offset">Where the stream begins in the blob.</param>
/// <param name="first">The range that begins there.</param>
internal sealed class BlobRangeStream(AzureBlobStore store, string name, long offset, BlobRange first) : Stream
{
    private readonly long length = Math.Max(0, first.BlobLength - offset);
    private BlobRange range = first;
    private long rangeStart;
    private long position;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            position = value;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= length || buffer.Length == 0)
        {
            return 0;
        }

        if (position < rangeStart || position >= rangeStart + range.Bytes.Length)
        {
            await FetchAsync(cancellationToken);
        }

        var at = (int)(position - rangeStart);
        var count = Math.Min(buffer.Length, range.Bytes.Length - at);
        range.Bytes.Slice(at, count).CopyTo(buffer);
        position += count;
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
    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Current => position,
        SeekOrigin.End => length,
        _ => 0,
    };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask FetchAsync(CancellationToken cancel)
    {
        // Who reads on gets more at once than who has jumped.
        var wanted = position == rangeStart + range.Bytes.Length ? BlobRange.NextBytes : BlobRange.FirstBytes;
        var count = (int)Math.Min(wanted, length - position);
        range = (await store.RangeAsync(name, offset + position, count, range.Version, cancel))!;
        rangeStart = position;
    }
}
