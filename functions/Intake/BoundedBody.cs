using System.Buffers;
using System.IO.Compression;

namespace MaritimeWatch.Functions.Intake;

/// <summary>What reading a body came to.</summary>
public enum BodyOutcome
{
    /// <summary>It is here and within its bound.</summary>
    Read,

    /// <summary>It is larger than the bound, as sent or unpacked.</summary>
    TooLarge,

    /// <summary>It is an archive of a kind that is not taken at a door.</summary>
    OtherArchive,

    /// <summary>It did not end in time.</summary>
    TooSlow,
}

/// <summary>
/// Reads the body of a request within a bound that counts unpacked bytes while unpacking, so that a small body that
/// unpacks to something enormous costs no more than the bound. Nothing unpacked is kept: the bytes are landed as
/// received and the reader unpacks them again.
/// </summary>
/// <param name="Bytes">The bytes as received.</param>
/// <param name="IsGzip">Whether they are packed, by their first bytes: senders forget the header.</param>
/// <param name="Outcome">Whether they may go on.</param>
public sealed record BoundedBody(ReadOnlyMemory<byte> Bytes, bool IsGzip, BodyOutcome Outcome)
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>
    /// How long a body may take to come. A door takes few at once: without an end a handful of senders that drip byte by
    /// byte would close it for everybody. A host in front cuts at 230 s anyway.
    /// </summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(200);

    /// <summary>Reads a body within <see cref="Within"/>.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="bytesMax">The bound, for the bytes as sent and for the unpacked ones.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async Task<BoundedBody> ReadAsync(Stream body, int bytesMax, TimeProvider time, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(Within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await ReadAsync(body, bytesMax, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return new BoundedBody(default, false, BodyOutcome.TooSlow);
        }
    }

    /// <summary>Reads a body.</summary>
    /// <param name="body">The request's body.</param>
    /// <param name="bytesMax">The bound, for the bytes as sent and for the unpacked ones.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async Task<BoundedBody> ReadAsync(Stream body, int bytesMax, CancellationToken cancel)
    {
        var buffer = new ArrayBufferWriter<byte>(ChunkBytes);
        int read;
        while ((read = await body.ReadAsync(buffer.GetMemory(ChunkBytes), cancel)) > 0)
        {
            buffer.Advance(read);
            if (buffer.WrittenCount > bytesMax)
            {
                return new BoundedBody(default, false, BodyOutcome.TooLarge);
            }
        }

        var bytes = buffer.WrittenMemory;
        if (bytes.Span.StartsWith("PK\x03\x04"u8) || bytes.Span.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]))
        {
            return new BoundedBody(bytes, false, BodyOutcome.OtherArchive);
        }

        var isGzip = bytes.Span.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]);
        var fits = !isGzip || UnpacksWithin(bytes, bytesMax, cancel);
        return new BoundedBody(bytes, isGzip, fits ? BodyOutcome.Read : BodyOutcome.TooLarge);
    }

    private static bool UnpacksWithin(ReadOnlyMemory<byte> bytes, int bytesMax, CancellationToken cancel)
    {
        using var packed = new MemoryStream(bytes.ToArray(), writable: false);
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            long total = 0;
            int read;
            while ((read = gzip.Read(chunk, 0, chunk.Length)) > 0)
            {
                cancel.ThrowIfCancellationRequested();
                total += read;
                if (total > bytesMax)
                {
                    return false;
                }
            }

            return true;
        }
        catch (InvalidDataException)
        {
            // Damaged or cut short: the part before it counts, and the reader says where it broke.
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }
}
