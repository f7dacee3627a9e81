using System.IO.Compression;

namespace MaritimeWatch.Stores;

/// <summary>Opens a recording as its plain bytes: gz, zip and zst are recognised by their first bytes, never by name.</summary>
public static class RecordingFile
{
    /// <summary>More entries of a zip than this are not read.</summary>
    public const int ZipEntriesMax = 10_000;

    /// <summary>More unpacked bytes than this are not read: 1 TiB.</summary>
    public const long UnpackedBytesMax = 1L << 40;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>A stream to read forwards; the caller disposes it.</returns>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static RecordingStream Open(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        try
        {
            return Open(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens what a stream holds from its start; the stream is disposed with the answer.</summary>
    /// <param name="stream">A stream that can seek.</param>
    public static RecordingStream Open(Stream stream)
    {
        // Else .NET takes a gz or deflate stream that breaks off for one that ends.
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);
        Span<byte> head = stackalloc byte[4];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        head = head[..length];
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return new RecordingStream(stream, new GZipStream(stream, CompressionMode.Decompress), null);
        }

        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8))
        {
            return OpenZip(stream);
        }

        return head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD])
            ? new RecordingStream(stream, new ZstdStream(stream), null)
            : new RecordingStream(stream, stream, null);
    }

    private static RecordingStream OpenZip(Stream stream)
    {
        try
        {
            var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            _ = zip.Entries.Count;
            return new RecordingStream(stream, null, zip);
        }
        catch (InvalidDataException)
        {
            // A zip's directory is at its end: a truncated one can still be read entry by entry from its start.
            stream.Position = 0;
            return new RecordingStream(stream, new ZipSalvageStream(stream), null);
        }
    }
}
