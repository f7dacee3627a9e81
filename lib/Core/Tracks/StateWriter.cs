using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace MaritimeWatch.Tracks;

/// <summary>Writes state and batches: little-endian integers, counted texts and bytes.</summary>
internal readonly ref struct StateWriter(IBufferWriter<byte> target)
{
    public void Byte(byte value)
    {
        target.GetSpan(1)[0] = value;
        target.Advance(1);
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target.GetSpan(4), value);
        target.Advance(4);
    }

    public void UInt32(uint value) => Int32((int)value);

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target.GetSpan(8), value);
        target.Advance(8);
    }

    public void UInt64(ulong value) => Int64((long)value);

    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Int32(length);
        Encoding.UTF8.GetBytes(value, target.GetSpan(Math.Max(1, length)));
        target.Advance(length);
    }

    public void TextOrNull(string? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void Bytes(scoped ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        target.Write(value);
    }

    /// <summary>A struct as it lies in memory, runs of zero bytes written as their length (state is mostly zero).</summary>
    public void Packed<T>(in T value)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));
        var at = 0;
        while (at < bytes.Length)
        {
            var zeros = 0;
            while (at + zeros < bytes.Length && zeros < 255 && bytes[at + zeros] == 0)
            {
                zeros++;
            }

            at += zeros;
            var own = 0;
            while (at + own < bytes.Length && own < 255 && !IsRunOfZeros(bytes, at + own))
            {
                own++;
            }

            var room = target.GetSpan(own + 2);
            room[0] = (byte)zeros;
            room[1] = (byte)own;
            bytes.Slice(at, own).CopyTo(room[2..]);
            target.Advance(own + 2);
            at += own;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsRunOfZeros(ReadOnlySpan<byte> bytes, int at) =>
        bytes[at] == 0 && (at + 2 >= bytes.Length || (bytes[at + 1] == 0 && bytes[at + 2] == 0));
}
