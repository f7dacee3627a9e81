using System.IO.Compression;

namespace MaritimeWatch.Functions.Intake;

/// <summary>Unpacks a landed body that is gzip, within a bound; what is not gzip is passed on as it is.</summary>
internal static class PackedBytes
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>The plain bytes; cut off at the bound plus one, so that a reader with that bound refuses them.</summary>
    /// <param name="bytes">As received.</param>
    /// <param name="bytesMax">The bound.</param>
    public static ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> bytes, int bytesMax)
    {
        if (!bytes.Span.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            return bytes;
        }

        using var packed = new MemoryStream(bytes.ToArray(), writable: false);
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var chunk = new byte[ChunkBytes];
        try
        {
            int read;
            while (plain.Length <= bytesMax && (read = gzip.Read(chunk, 0, chunk.Length)) > 0)
            {
                plain.Write(chunk, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            // Damaged or cut short: what came before counts, and the reader says where it breaks off.
        }

        return plain.GetBuffer().AsMemory(0, (int)plain.Length);
    }
}
