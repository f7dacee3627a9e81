using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>
/// Reads one version of a blob by ranges and holds one of them at a time, so that a scene may be larger than memory. A blob
/// that is written anew meanwhile is found by its version and is trouble that passes.
/// </summary>
internal sealed class RangeStream(BlobClient blob, long length, ETag version) : Stream
{
    private const int RangeBytes = 4 << 20;

    private readonly byte[] range = new byte[(int)Math.Min(RangeBytes, Math.Max(1, length))];
    private long rangeStart;
    private int rangeLength;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= length || buffer.IsEmpty)
        {
            return 0;
        }

        if (position < rangeStart || position >= rangeStart + rangeLength)
        {
            await FetchAsync(cancellationToken);
        }

        var from = (int)(position - rangeStart);
        var count = Math.Min(buffer.Length, rangeLength - from);
        range.AsMemory(from, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read it asynchronously");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
        // It is not written to.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async ValueTask FetchAsync(CancellationToken cancel)
    {
        var count = (int)Math.Min(range.Length, length - position);
        rangeLength = 0;
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(position, count), Conditions = new BlobRequestConditions { IfMatch = version } };
            using var part = (await blob.DownloadStreamingAsync(options, cancel)).Value;
            await part.Content.ReadExactlyAsync(range.AsMemory(0, count), cancel);
        }
        catch (RequestFailedException changed) when (changed.Status is 404 or 412)
        {
            throw new StoreException(StoreTrouble.Retry, "the scene was replaced or removed while it was being read", changed);
        }
        catch (Exception trouble) when (IncomingContainer.IsTrouble(trouble, cancel))
        {
            throw IncomingContainer.TroubleOf(trouble);
        }

        (rangeStart, rangeLength) = (position, count);
    }
}
