using System.IO.Compression;

namespace MaritimeWatch.Stores;

/// <summary>
/// The plain bytes of a recording. Where the packed data end early or are damaged it ends there as if that were the
/// end, and says so in <see cref="Trouble"/>: the good part is kept.
/// </summary>
public sealed class RecordingStream : Stream
{
    private readonly Stream _file;
    private readonly ZipArchive? _zip;
    private Stream? _part;
    private int _entry;
    private long _unpacked;
    private byte _last = (byte)'\n';

    internal RecordingStream(Stream file, Stream? part, ZipArchive? zip)
    {
        _file = file;
        _part = part;
        _zip = zip;
    }

    /// <summary>What went wrong with the packed data, or null; final when reading has come to the end.</summary>
    public string? Trouble { get; private set; }

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
        get => _unpacked;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty && Trouble is null)
        {
            if (_part is null && !NextEntry())
            {
                return 0;
            }

            var read = ReadPart(buffer);
            if (read > 0)
            {
                _last = buffer[read - 1];
                _unpacked += read;
                Trouble = _unpacked > RecordingFile.UnpackedBytesMax ? "it unpacks to more than 1 TiB" : null;
                return read;
            }

            if (_zip is null)
            {
                return 0;
            }

            _part?.Dispose();
            _part = null;

            // An entry whose last line lacks its end must not run into the next entry's first line.
            if (_last != '\n' && _entry < _zip.Entries.Count)
            {
                buffer[0] = (byte)'\n';
                _last = (byte)'\n';
                _unpacked++;
                return 1;
            }
        }

        return 0;
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

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _part?.Dispose();
            _zip?.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadPart(Span<byte> buffer)
    {
        try
        {
            return _part!.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            Trouble = e.Message;
            return 0;
        }
        catch (EndOfStreamException e)
        {
            Trouble = e.Message;
            return 0;
        }
    }

    private bool NextEntry()
    {
        if (_zip is null || _entry >= _zip.Entries.Count)
        {
            return false;
        }

        if (_entry >= RecordingFile.ZipEntriesMax)
        {
            Trouble = "the zip has more than 10,000 entries";
            return false;
        }

        try
        {
            _part = _zip.Entries[_entry++].Open();
            return true;
        }
        catch (InvalidDataException e)
        {
            Trouble = e.Message;
            return false;
        }
    }
}
