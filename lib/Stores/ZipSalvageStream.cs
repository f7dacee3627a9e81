using System.Buffers.Binary;
using System.IO.Compression;

namespace MaritimeWatch.Stores;

/// <summary>
/// The first entry of a zip whose directory, which lies at the end, is missing: what a download that broke off leaves.
/// Reading ends in <see cref="InvalidDataException"/>, because the rest is not there.
/// </summary>
internal sealed class ZipSalvageStream : Stream
{
    private const int LocalHeaderBytes = 30;
    private readonly Stream _content;

    public ZipSalvageStream(Stream zip)
    {
        Span<byte> header = stackalloc byte[LocalHeaderBytes];
        header = header[..zip.ReadAtLeast(header, LocalHeaderBytes, throwOnEndOfStream: false)];
        _content = Null;
        if (header.Length == LocalHeaderBytes)
        {
            var method = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
            var skip = BinaryPrimitives.ReadUInt16LittleEndian(header[26..])
                + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            zip.Position = Math.Min(zip.Length, LocalHeaderBytes + skip);
            _content = method switch
            {
                0 => zip,
                8 => new DeflateStream(zip, CompressionMode.Decompress, leaveOpen: true),
                _ => Null,
            };
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = _content.Read(buffer);
        return read > 0 || buffer.IsEmpty
            ? read
            : throw new InvalidDataException("the zip ends early: its directory is missing and only its first entry was read");
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _content is DeflateStream)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }
}
