using System.Buffers;

namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// Cuts a stream into physical lines with exact byte offsets, in bounded memory. Lines end in LF or CR LF; the last
/// one may lack its end. The spans that it gives are good until the next call.
/// </summary>
internal sealed class LineBuffer
{
    /// <summary>The longest line; the rest of a longer one is skipped.</summary>
    public const int LineMax = 8192;

    private const int Capacity = 1 << 20;

    private readonly Stream _stream;
    private readonly CancellationToken _cancel;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Capacity);
    private byte[]? _longHead;
    private long _base;
    private int _at;
    private int _end;
    private bool _over;

    public LineBuffer(Stream stream, CancellationToken cancel)
    {
        _stream = stream;
        _cancel = cancel;
    }

    /// <summary>Where the present line begins in the stream.</summary>
    public long Offset { get; private set; }

    /// <summary>How long the present line is, its end not counted; more than was given when it was too long.</summary>
    public long Length { get; private set; }

    /// <summary>Number of the present line, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Fills the buffer with the first bytes (all of them where there are fewer) and shows them.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (_end - _at < count && Fill())
        {
        }

        return _buffer.AsSpan(_at, Math.Min(count, _end - _at));
    }

    /// <summary>Passes over bytes that belong to no line (a byte order mark).</summary>
    public void Skip(int count) => _at += count;

    /// <summary>The next line without its end; false when there is none.</summary>
    /// <param name="line">The line, or the first <see cref="LineMax"/> bytes of a longer one.</param>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        Offset = _base + _at;
        Number++;
        var looked = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_at + looked, _end - _at - looked);
            var found = rest.IndexOf((byte)'\n');
            if (found >= 0)
            {
                var length = looked + found;
                line = _buffer.AsSpan(_at, length);
                _at += length + 1;
                return Give(ref line);
            }

            looked += rest.Length;
            if (looked > LineMax)
            {
                line = ReadLong();
                return true;
            }

            if (!Fill())
            {
                line = _buffer.AsSpan(_at, _end - _at);
                _at = _end;
                Number -= line.IsEmpty ? 1 : 0;
                return !line.IsEmpty && Give(ref line);
            }
        }
    }

    /// <summary>Gives the buffer back; the stream belongs to the caller.</summary>
    public void Release()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool Give(ref ReadOnlySpan<byte> line)
    {
        if (line.Length > 0 && line[^1] == '\r')
        {
            line = line[..^1];
        }

        Length = line.Length;
        line = line.Length > LineMax ? line[..LineMax] : line;
        return true;
    }

    private ReadOnlySpan<byte> ReadLong()
    {
        _longHead ??= new byte[LineMax];
        _buffer.AsSpan(_at, LineMax).CopyTo(_longHead);
        var last = (byte)0;
        while (true)
        {
            var rest = _buffer.AsSpan(_at, _end - _at);
            var found = rest.IndexOf((byte)'\n');
            if (found >= 0)
            {
                last = found > 0 ? rest[found - 1] : last;
                _at += found + 1;
                Length = _base + _at - 1 - Offset - (last == '\r' ? 1 : 0);
                return _longHead;
            }

            last = rest.IsEmpty ? last : rest[^1];
            _at = _end;
            if (!Fill())
            {
                Length = _base + _at - Offset - (last == '\r' ? 1 : 0);
                return _longHead;
            }
        }
    }

    private bool Fill()
    {
        if (_over)
        {
            return false;
        }

        _cancel.ThrowIfCancellationRequested();
        if (_at > 0 && (_at == _end || _buffer.Length - _end < LineMax * 2))
        {
            _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
            _base += _at;
            _end -= _at;
            _at = 0;
        }

        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _over = read <= 0;
        _end += Math.Max(0, read);
        return !_over;
    }
}
