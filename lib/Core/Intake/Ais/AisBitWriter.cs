namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// Fills a caller's bytes with the bit fields of an AIS payload, most significant bit first (ITU-R M.1371-5, annex 2).
/// It clears the bytes itself, so that a reused buffer leaks nothing of the last message.
/// </summary>
internal ref struct AisBitWriter
{
    private readonly Span<byte> bits;

    public AisBitWriter(Span<byte> bits)
    {
        this.bits = bits;
        bits.Clear();
    }

    /// <summary>How many bits have been written.</summary>
    public int Count { get; private set; }

    /// <summary>Writes the low <paramref name="width"/> bits; a negative number goes in two's complement.</summary>
    /// <param name="value">The value.</param>
    /// <param name="width">1 to 32.</param>
    public void Put(int value, int width)
    {
        var rest = width == 32 ? (uint)value : (uint)value & ((1u << width) - 1);
        var left = width;
        while (left > 0)
        {
            var free = 8 - (Count & 7);
            var take = Math.Min(free, left);
            var part = (rest >> (left - take)) & ((1u << take) - 1);
            bits[Count >> 3] |= (byte)(part << (free - take));
            Count += take;
            left -= take;
        }
    }

    /// <summary>Writes text in six-bit ASCII, upper case, padded with @; characters outside the set become a space.</summary>
    /// <param name="text">The text, cut to <paramref name="characters"/>; null is all padding ("not available").</param>
    /// <param name="characters">The field's length in characters.</param>
    public void PutText(ReadOnlySpan<char> text, int characters)
    {
        for (var index = 0; index < characters; index++)
        {
            Put(index < text.Length ? SixBit(text[index]) : 0, 6);
        }
    }

    internal static int SixBit(char character) => character switch
    {
        >= 'a' and <= 'z' => character - 'a' + 1,
        >= '@' and <= '_' => character - '@',
        >= ' ' and <= '?' => character,
        _ => ' ',
    };
}
