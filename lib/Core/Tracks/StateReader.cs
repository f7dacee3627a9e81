using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MaritimeWatch.Tracks;

/// <summary>Reads what <see cref="StateWriter"/> wrote; anything short or odd is an InvalidDataException.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The format of what is read, for codecs that read more than one; set by who reads the head.</summary>
    public uint Format { readonly get; set; }

    public int Consumed { get; private set; }

    public readonly int Left => _bytes.Length - Consumed;

    public byte Byte() => Take(1)[0];

    public bool Flag() => Byte() != 0;

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A count of things that take at least so many bytes each, so that damage cannot ask for memory.</summary>
    public int Count(int bytesEach)
    {
        var count = Int32();
        return count >= 0 && (long)count * bytesEach <= Left
            ? count
            : throw new InvalidDataException($"the count {count} cannot be right with {Left} bytes left");
    }

    public string Text() => Encoding.UTF8.GetString(Take(Count(1)));

    public string? TextOrNull() => Flag() ? Text() : null;

    public ReadOnlySpan<byte> Bytes() => Take(Count(1));

    public void Packed<T>(out T value)
        where T : unmanaged
    {
        value = default;
        var target = MemoryMarshal.AsBytes(new Span<T>(ref value));
        var at = 0;
        while (at < target.Length)
        {
            at += Byte();
            var own = Take(Byte());
            if (at + own.Length > target.Length)
            {
                throw new InvalidDataException("a packed value is longer than its type");
            }

            own.CopyTo(target[at..]);
            at += own.Length;
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > Left)
        {
            throw new InvalidDataException($"the bytes end {length - Left} short");
        }

        var taken = _bytes.Slice(Consumed, length);
        Consumed += length;
        return taken;
    }
}
