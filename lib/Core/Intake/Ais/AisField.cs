using System.Text;

namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// One field of a message: where its bits stand and what they mean. Decoder, encoder, documentation and referee all
/// read this table. Reading a field allocates nothing. A field that is cut off is not there.
/// </summary>
public sealed record AisField
{
    private const int Nothing = int.MinValue;

    private readonly string name = string.Empty;
    private readonly byte[] nameUtf8 = [];

    /// <summary>Name as in <c>decode --format ndjson</c>, the unit last.</summary>
    public required string Name
    {
        get => name;
        init => (name, nameUtf8) = (value, Encoding.UTF8.GetBytes(value));
    }

    /// <summary>The same as bytes.</summary>
    public ReadOnlySpan<byte> NameUtf8 => nameUtf8;

    /// <summary>First bit, from 0; below 0 it is counted from the end of the message.</summary>
    public required int Start { get; init; }

    /// <summary>How many bits; 0 for a field that runs to the end, or to <see cref="Behind"/> bits before it.</summary>
    public required int Length { get; init; }

    /// <summary>How to read it.</summary>
    public required AisForm Form { get; init; }

    /// <summary>The number on the air that means "not available", where there is one.</summary>
    public int? NotAvailable { get => NoneOf(None); init => None = value ?? Nothing; }

    /// <summary>A second such number that is sent in practice.</summary>
    public int? NotAvailableToo { get => NoneOf(NoneToo); init => NoneToo = value ?? Nothing; }

    /// <summary>Decimals, 0 to 7: the value is stated as a whole number times 10 to their power.</summary>
    public int Decimals { get; init; }

    /// <summary>The number on the air is multiplied by this; for an angle it is the grain in 1/10,000 minute.</summary>
    public int Factor { get; init; } = 1;

    /// <summary>Then this is added.</summary>
    public int Added { get; init; }

    /// <summary>A flag whose 0 means true.</summary>
    public bool IsInverted { get; init; }

    /// <summary>Not available where all 30 bits from here on are 0 (a ship's dimensions); -1 for no such rule.</summary>
    public int BlankFrom { get; init; } = -1;

    /// <summary>The only number that this field has in its layout, where it decides which layout that is.</summary>
    public int? Fixed { get; init; }

    /// <summary>Bits between a field that runs to the end and the end.</summary>
    public int Behind { get; init; }

    /// <summary>A field counted from the end stands no earlier than this.</summary>
    public int NotBefore { get; init; }

    /// <summary>Where the message ends within the field, the bits that came count; the missing ones read 0.</summary>
    public bool MayBeCut { get; init; }

    /// <summary>The most bits that a field which runs to the end may have.</summary>
    public int LengthMax { get; init; }

    /// <summary>The name of a field whose bits these are too; empty for bits of its own.</summary>
    public string PartOf { get; init; } = string.Empty;

    /// <summary>Unit of the value, for people; empty for a number of its own kind.</summary>
    public string Unit { get; init; } = string.Empty;

    /// <summary>What it says, for people.</summary>
    public string Meaning { get; init; } = string.Empty;

    internal int None { get; private init; } = Nothing;

    internal int NoneToo { get; private init; } = Nothing;

    /// <summary>Whether the field is a number, flag or angle, so that it has a <see cref="Value"/>.</summary>
    public bool IsNumber => Form is not (AisForm.Text or AisForm.Data);

    /// <summary>The number on the air; false where the message ends before it, or the field is none.</summary>
    public bool TryRaw(AisBits bits, out int raw)
    {
        var start = Start >= 0 ? Start : bits.Count + Start;
        var length = Length;
        raw = 0;
        if (Start < 0 && start < NotBefore)
        {
            return false;
        }

        if (!bits.Has(start, length))
        {
            // Of a communication state cut short it is the bits that came, as the reference decoders have it.
            length = Form == AisForm.Communication ? bits.Count - start : MayBeCut && bits.Has(start, 1) ? length : 0;
        }

        if (length <= 0 || !IsNumber)
        {
            return false;
        }

        raw = Form is AisForm.Angle or AisForm.Turn
            ? bits.SignedField(start, length)
            : (int)bits.Field(start, length);
        return true;
    }

    /// <summary>
    /// The value in <see cref="Unit"/> times 10 to the power of <see cref="Decimals"/> (an angle in 1e-7 degree, a flag
    /// as 0 or 1), or null where it is not available.
    /// </summary>
    public long? Value(AisBits bits)
    {
        if (!TryRaw(bits, out var raw) || raw == None || raw == NoneToo
            || (BlankFrom >= 0 && bits.Field(BlankFrom, 30) == 0))
        {
            return null;
        }

        return ValueOf(raw);
    }

    /// <summary>Text in ASCII, without its filler; returns how many characters, 0 where there is none.</summary>
    /// <param name="bits">The message.</param>
    /// <param name="target">At least 176 bytes, or a sixth of the field's bits.</param>
    public int Text(AisBits bits, Span<byte> target) =>
        Form == AisForm.Text ? bits.Text(Start, Math.Min(BitCount(bits) / 6, target.Length), target) : 0;

    /// <summary>How many bits of a text or of data there are.</summary>
    public int BitCount(AisBits bits)
    {
        var end = Length > 0 ? Math.Min(bits.Count, Start + Length) : bits.Count - Behind;
        end = LengthMax > 0 ? Math.Min(end, Start + LengthMax) : end;
        return Math.Max(0, end - Start);
    }

    /// <summary>Data as bytes, the first bit highest; what the last byte misses is 0. Returns how many.</summary>
    /// <param name="bits">The message.</param>
    /// <param name="target">Takes as many bytes as it has room for; 133 are always enough for one message.</param>
    public int Data(AisBits bits, Span<byte> target)
    {
        var count = BitCount(bits);
        var length = Math.Min((count + 7) / 8, target.Length);
        for (var index = 0; index < length; index++)
        {
            var left = Math.Min(8, count - (index * 8));
            target[index] = (byte)(bits.Field(Start + (index * 8), left) << (8 - left));
        }

        return length;
    }

    /// <summary>The value that a number on the air has.</summary>
    internal long ValueOf(int raw) => Form switch
    {
        AisForm.Angle => Degrees((long)raw * Factor),
        AisForm.Flag => IsInverted ? 1 - raw : raw,
        _ => ((long)raw * Factor) + Added,
    };

    /// <summary>The number on the air that stands for a value; what falls between two is rounded.</summary>
    internal long RawOf(long value) => Form switch
    {
        AisForm.Angle => Rounded(value * 6, 100L * Factor),
        AisForm.Flag => IsInverted ? 1 - value : value,
        _ => Rounded(value - Added, Factor),
    };

    private static int? NoneOf(int none) => none == Nothing ? null : none;

    // 1/10,000 minute to 1e-7 degree is 50/3, rounded to the nearest; it never falls on a half.
    private static long Degrees(long tenThousandthMinutes)
    {
        var scaled = tenThousandthMinutes * 50;
        return (scaled + (scaled >= 0 ? 1 : -1)) / 3;
    }

    private static long Rounded(long value, long by) => (value + (Math.Sign(value) * (by / 2))) / by;
}
