using System.Security.Cryptography;

namespace MaritimeWatch.Log;

/// <summary>
/// Reads through another stream and hashes what passes. With an expected hash, the end of the stream is reported only
/// when the bytes were right; an altered byte ends in <see cref="InvalidDataException"/> instead.
/// </summary>
internal sealed class HashingStream(Stream inner, string? expected, string name, bool leaveOpen = false) : Stream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private string? found;

    /// <summary>How many bytes have passed.</summary>
    public long Passed { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => inner.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => Passed;
        set => throw new NotSupportedException();
    }

    /// <summary>The hash of all that has passed.</summary>
    public string Finish() => found ??= Convert.ToHexStringLower(hash.GetHashAndReset());

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => Note(buffer, buffer.IsEmpty ? 0 : inner.Read(buffer));

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = buffer.IsEmpty ? 0 : await inner.ReadAsync(buffer, cancellationToken);
        return Note(buffer.Span, count);
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

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

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hash.Dispose();
            if (!leaveOpen)
            {
                inner.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private int Note(ReadOnlySpan<byte> buffer, int count)
    {
        if (count > 0)
        {
            hash.AppendData(buffer[..count]);
            Passed += count;
        }
        else if (!buffer.IsEmpty && expected is not null && Finish() != expected)
        {
            throw new InvalidDataException($"{name} has been altered: its SHA-256 is {Finish()}");
        }

        return count;
    }
}
