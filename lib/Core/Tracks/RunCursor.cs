using System.Runtime.InteropServices;

namespace MaritimeWatch.Tracks;

/// <summary>Walks over one sorted run.</summary>
internal abstract class RunCursor : IDisposable
{
    public long EventAtMs { get; protected set; }

    public ulong Vessel { get; protected set; }

    /// <summary>The current record, valid until the next move.</summary>
    public abstract ReadOnlySpan<byte> Record { get; }

    public abstract bool MoveNext();

    public abstract void Dispose();
}

/// <summary>A run that is still in memory.</summary>
internal sealed class MemoryCursor(SortBuffer buffer) : RunCursor
{
    public int Number { get; private set; } = -1;

    public override ReadOnlySpan<byte> Record => buffer[Number];

    public override bool MoveNext()
    {
        if (++Number >= buffer.Count)
        {
            return false;
        }

        ref readonly var entry = ref buffer.EntryAt(Number);
        EventAtMs = entry.EventAtMs;
        Vessel = entry.Vessel;
        return true;
    }

    public override void Dispose()
    {
        // The sorter owns the buffer.
    }
}

/// <summary>A run that was written to disk.</summary>
internal sealed class FileCursor(string path, int bufferBytes) : RunCursor
{
    private readonly FileStream _file = SortFiles.Open(path, 1);
    private readonly byte[] _buffer = new byte[bufferBytes];
    private int _filled;
    private int _at;
    private int _next;

    public override ReadOnlySpan<byte> Record => _buffer.AsSpan(_at, _next - _at);

    public override bool MoveNext()
    {
        var length = NextLength();
        if (length == 0 || length > _filled - _next)
        {
            Refill();
            length = NextLength();
            if (length == 0)
            {
                return false;
            }
        }

        _at = _next;
        _next += length;

        // Positions and static data have time and vessel at the same place.
        ref readonly var packed = ref MemoryMarshal.AsRef<PackedPosition>(_buffer.AsSpan(_at));
        EventAtMs = packed.EventAtMs;
        Vessel = packed.Vessel;
        return true;
    }

    public override void Dispose() => _file.Dispose();

    private int NextLength() => _next == _filled ? 0 : RecordReader.LengthAt(_buffer.AsSpan(_next, _filled - _next));

    private void Refill()
    {
        var left = _filled - _next;
        _buffer.AsSpan(_next, left).CopyTo(_buffer);
        _filled = left + _file.ReadAtLeast(_buffer.AsSpan(left), _buffer.Length - left, throwOnEndOfStream: false);
        _at = 0;
        _next = 0;
    }
}
