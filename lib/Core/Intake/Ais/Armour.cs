using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MaritimeWatch.Intake.Ais;

/// <summary>The six-bit armour of NMEA payloads (IEC 61162-1 table 7), and the sentence checksum.</summary>
public static class Armour
{
    /// <summary>More characters than this are no AIS message: five slots are 1,064 bits, nine parts of 62 are 3,348.</summary>
    public const int CharactersMax = 1024;

    /// <summary>Bytes that <see cref="TryUnpack"/> needs at most.</summary>
    public const int PackedMax = (CharactersMax * 6 / 8) + AisBits.Padding + 8;

    private const byte Bad = 0x80;
    private static readonly byte[] s_values = MakeValues();

    /// <summary>Unpacks armoured characters.</summary>
    /// <param name="armoured">The payload field.</param>
    /// <param name="fillBits">Bits of the last character that do not count, 0 to 5.</param>
    /// <param name="packed">At least <see cref="PackedMax"/> bytes; takes the bits and zero padding.</param>
    /// <param name="bitCount">How many bits there are.</param>
    /// <returns>False where a character is no armour or there are too many.</returns>
    public static bool TryUnpack(ReadOnlySpan<byte> armoured, int fillBits, Span<byte> packed, out int bitCount)
    {
        bitCount = Math.Max(0, (armoured.Length * 6) - fillBits);
        if (armoured.Length > CharactersMax)
        {
            return false;
        }

        ReadOnlySpan<byte> values = s_values;
        var seen = 0u;
        var target = 0;
        while (armoured.Length >= 8)
        {
            uint a = values[armoured[0]], b = values[armoured[1]], c = values[armoured[2]], d = values[armoured[3]];
            uint e = values[armoured[4]], f = values[armoured[5]], g = values[armoured[6]], h = values[armoured[7]];
            seen |= a | b | c | d | e | f | g | h;
            var high = (a << 18) | (b << 12) | (c << 6) | d;
            var low = (e << 18) | (f << 12) | (g << 6) | h;
            BinaryPrimitives.WriteUInt64BigEndian(packed[target..], ((ulong)high << 40) | ((ulong)low << 16));
            target += 6;
            armoured = armoured[8..];
        }

        var word = 0UL;
        for (var i = 0; i < armoured.Length; i++)
        {
            uint value = values[armoured[i]];
            seen |= value;
            word |= (ulong)value << (58 - (i * 6));
        }

        var tail = packed[target..];
        BinaryPrimitives.WriteUInt64BigEndian(tail, word);
        tail.Slice(8, AisBits.Padding).Clear();
        ClearFill(packed, bitCount);
        return (seen & Bad) == 0;
    }

    /// <summary>The value of an armoured character, 0 to 63, or 128 and more where it is none.</summary>
    public static byte ValueOf(byte character) => s_values[character];

    /// <summary>The exclusive or of all bytes (NMEA 0183), eight at a time.</summary>
    public static byte Checksum(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var all = 0UL;
        foreach (var word in words)
        {
            all ^= word;
        }

        all ^= all >> 32;
        all ^= all >> 16;
        all ^= all >> 8;
        var sum = (byte)all;
        foreach (var b in bytes[(words.Length * 8)..])
        {
            sum ^= b;
        }

        return sum;
    }

    /// <summary>The value of two hexadecimal digits, or -1.</summary>
    public static int Hex(byte high, byte low)
    {
        var value = (Digit(high) << 4) | Digit(low);
        return value < 256 ? value : -1;
    }

    private static int Digit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        _ => 0x100,
    };

    // Fill bits are not part of the message, so that a field that runs past the end reads zeros, never fill.
    private static void ClearFill(Span<byte> packed, int bitCount)
    {
        if ((bitCount & 7) != 0)
        {
            packed[bitCount >> 3] &= (byte)(0xFF00 >> (bitCount & 7));
        }

        packed[(bitCount + 7) >> 3] = 0;
    }

    private static byte[] MakeValues()
    {
        var values = new byte[256];
        for (var c = 0; c < 256; c++)
        {
            values[c] = c switch
            {
                >= 48 and <= 87 => (byte)(c - 48),
                >= 96 and <= 119 => (byte)(c - 56),
                _ => Bad,
            };
        }

        return values;
    }
}
