using System.Buffers.Binary;

namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// The bits of one AIS message, most significant first, as ITU-R M.1371 numbers them from 0. Bits past the end read
/// as 0; ask <see cref="Has"/> where that matters.
/// </summary>
public readonly ref struct AisBits
{
    /// <summary>How many bytes must follow the last bit in the buffer, so that a field is read with one load.</summary>
    public const int Padding = 16;

    private readonly ReadOnlySpan<byte> _packed;

    /// <summary>Wraps packed bits.</summary>
    /// <param name="packed">The bits, then at least <see cref="Padding"/> zero bytes.</param>
    /// <param name="count">How many bits.</param>
    public AisBits(ReadOnlySpan<byte> packed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(packed.Length, ((count + 7) / 8) + Padding, nameof(packed));
        _packed = packed;
        Count = count;
    }

    /// <summary>How many bits.</summary>
    public int Count { get; }

    /// <summary>AIS message type, 0 to 63 as sent.</summary>
    public int MessageType => (int)Field(0, 6);

    /// <summary>Repeat indicator, 0 to 3.</summary>
    public int Repeat => (int)Field(6, 2);

    /// <summary>The sender's MMSI as sent, 0 to 2^30 - 1.</summary>
    public int Mmsi => (int)Field(8, 30);

    /// <summary>The bytes that hold the bits, without padding; unused bits of the last one are 0.</summary>
    public ReadOnlySpan<byte> Packed => _packed[..((Count + 7) / 8)];

    /// <summary>Whether the message is long enough for a field.</summary>
    public bool Has(int start, int length) => start + length <= Count;

    /// <summary>A field of at most 32 bits.</summary>
    public uint Field(int start, int length)
    {
        var at = start >> 3;
        if ((uint)at > (uint)(_packed.Length - 8))
        {
            return 0;
        }

        var word = BinaryPrimitives.ReadUInt64BigEndian(_packed[at..]) << (start & 7);
        return (uint)(word >> (64 - length));
    }

    /// <summary>A field of at most 32 bits in two's complement.</summary>
    public int SignedField(int start, int length)
    {
        var at = start >> 3;
        if ((uint)at > (uint)(_packed.Length - 8))
        {
            return 0;
        }

        var word = BinaryPrimitives.ReadUInt64BigEndian(_packed[at..]) << (start & 7);
        return (int)((long)word >> (64 - length));
    }

    /// <summary>One bit.</summary>
    public bool Flag(int at) => Field(at, 1) != 0;

    /// <summary>
    /// Six-bit text as ASCII: it ends at the first <c>@</c> (the filler), then trailing blanks are cut.
    /// </summary>
    /// <param name="start">First bit.</param>
    /// <param name="characters">How many characters at most.</param>
    /// <param name="target">At least that long.</param>
    /// <returns>How many characters there are.</returns>
    public int Text(int start, int characters, Span<byte> target)
    {
        var length = 0;
        characters = Math.Min(characters, Math.Max(0, (Count - start) / 6));
        for (; length < characters; length++)
        {
            var six = Field(start + (length * 6), 6);
            if (six == 0)
            {
                break;
            }

            target[length] = (byte)(six < 32 ? six + 64 : six);
        }

        while (length > 0 && target[length - 1] == ' ')
        {
            length--;
        }

        return length;
    }

    /// <summary>Six-bit text as a string, or null where it is empty.</summary>
    public string? TextOrNull(int start, int characters)
    {
        Span<byte> ascii = stackalloc byte[200];
        var length = Text(start, Math.Min(characters, ascii.Length), ascii);
        return length == 0 ? null : System.Text.Encoding.ASCII.GetString(ascii[..length]);
    }
}
