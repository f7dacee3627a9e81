using System.Globalization;
using Azure;

namespace MaritimeWatch.Stores.Azure;

/// <summary>A part of a blob as read.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="BlobLength">Length of the whole blob.</param>
/// <param name="Version">Its version.</param>
internal sealed record BlobRange(ReadOnlyMemory<byte> Bytes, long BlobLength, ETag Version)
{
    /// <summary>How much the first request asks for: most blobs are read whole with it.</summary>
    public const int FirstBytes = 4 << 20;

    /// <summary>How much later requests ask for: few requests, and a bounded buffer.</summary>
    public const int NextBytes = 8 << 20;

    /// <summary>Nothing: the blob ends before the range.</summary>
    public static BlobRange Empty { get; } = new(ReadOnlyMemory<byte>.Empty, 0, default);

    /// <summary>The length of a blob in a Content-Range header, <c>bytes 0-99/1234</c>.</summary>
    /// <param name="contentRange">The header.</param>
    /// <exception cref="IOException">It says no length: something between us and the service took the range away.</exception>
    public static long LengthIn(string? contentRange) =>
        contentRange is not null
        && long.TryParse(contentRange.AsSpan(contentRange.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new IOException("the storage answered a range without saying how long the blob is");
}
