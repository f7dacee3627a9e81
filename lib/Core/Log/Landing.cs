using System.Security.Cryptography;

namespace MaritimeWatch.Log;

/// <summary>
/// Keeps bytes as they came, under their hash. The same bytes of one source on one day are one blob, so landing again
/// after a failure does no harm. Nothing may be acknowledged before this has returned.
/// </summary>
/// <param name="store">Where they are kept.</param>
public sealed class Landing(IBlobStore store)
{
    private const int HashBufferBytes = 128 * 1024;

    /// <summary>Lands bytes that are in memory.</summary>
    /// <param name="source">Who sent them: one segment of a blob name.</param>
    /// <param name="receivedAt">When they came.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancel">Stops the writing.</param>
    /// <exception cref="StoreException">The bytes are not (or not surely) kept: do not acknowledge them.</exception>
    public async ValueTask<LandedBlob> LandAsync(
        string source, DateTimeOffset receivedAt, ReadOnlyMemory<byte> content, CancellationToken cancel = default)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content.Span));
        var name = LandedBlob.NameOf(source, receivedAt, hash);
        await store.PutAsync(name, content, PutCondition.IfAbsent, cancel);
        return new LandedBlob(name, hash, content.Length, source, receivedAt.ToUniversalTime());
    }

    /// <summary>
    /// Lands a file of any size without holding it: reads it once for its hash and once to copy it. If it changes
    /// in between, that is found and nothing is said to be landed.
    /// </summary>
    /// <param name="source">Who sent them: one segment of a blob name.</param>
    /// <param name="receivedAt">When they came.</param>
    /// <param name="content">A stream that can seek, read from where it stands to its end.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <exception cref="ArgumentException">The stream cannot seek: bound it and land its bytes instead.</exception>
    /// <exception cref="StoreException">The bytes are not (or not surely) kept: do not acknowledge them.</exception>
    public async ValueTask<LandedBlob> LandAsync(
        string source, DateTimeOffset receivedAt, Stream content, CancellationToken cancel = default)
    {
        if (!content.CanSeek)
        {
            throw new ArgumentException("a stream that cannot seek is landed as bytes, within a bound", nameof(content));
        }

        var start = content.Position;
        var (hash, length) = await HashAsync(content, cancel);
        content.Position = start;
        var name = LandedBlob.NameOf(source, receivedAt, hash);
        try
        {
            await using var copy = new HashingStream(content, hash, name, leaveOpen: true);
            await store.PutStreamIfAbsentAsync(name, copy, cancel);
        }
        catch (InvalidDataException e)
        {
            throw new StoreException(StoreTrouble.Retry, "the file changed while it was being read", e);
        }

        return new LandedBlob(name, hash, length, source, receivedAt.ToUniversalTime());
    }

    /// <summary>Opens landed bytes, or null where they are gone (purged).</summary>
    /// <param name="name">The landed name.</param>
    /// <param name="offset">From which byte on.</param>
    /// <param name="cancel">Stops the opening.</param>
    public ValueTask<Stream?> OpenAsync(string name, long offset = 0, CancellationToken cancel = default) =>
        store.OpenReadAsync(name, offset, cancel);

    /// <summary>
    /// Opens landed bytes, or null where they are gone, and checks their hash while they are read: the read that would
    /// report the end throws <see cref="InvalidDataException"/> instead when a byte has been altered.
    /// </summary>
    /// <param name="name">The landed name.</param>
    /// <param name="cancel">Stops the opening.</param>
    public async ValueTask<Stream?> OpenVerifiedAsync(string name, CancellationToken cancel = default)
    {
        var expected = LandedBlob.HashOf(name);
        var stream = await store.OpenReadAsync(name, 0, cancel);
        return stream is null ? null : new HashingStream(stream, expected, name);
    }

    private static async ValueTask<(string Hash, long Length)> HashAsync(Stream content, CancellationToken cancel)
    {
        var buffer = new byte[HashBufferBytes];
        await using var hashing = new HashingStream(content, null, "", leaveOpen: true);
        while (await hashing.ReadAsync(buffer, cancel) > 0)
        {
        }

        return (hashing.Finish(), hashing.Passed);
    }
}
