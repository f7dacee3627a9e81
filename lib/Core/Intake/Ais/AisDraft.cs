namespace MaritimeWatch.Intake.Ais;

/// <summary>
/// A message that is being written: every field of every type by the same table that the decoder reads. All fields
/// begin as not available, or 0 where there is no such number. Nothing is allocated.
/// </summary>
public ref struct AisDraft
{
    /// <summary>How many bytes every message fits in (1,064 bits are five slots).</summary>
    public const int BytesMax = 136;

    private readonly Span<byte> bits;
    private readonly AisLayout layout;
    private int count;
    private int behindState;

    /// <summary>Begins a message.</summary>
    /// <param name="layout">Which one.</param>
    /// <param name="repeat">Repeat indicator, 0 to 3.</param>
    /// <param name="mmsi">Who sends it, 0 to 2^30 - 1; 98....... where the layout is an auxiliary craft's.</param>
    /// <param name="bits">At least <see cref="BytesMax"/> bytes; cleared here.</param>
    public AisDraft(AisLayout layout, int repeat, int mmsi, Span<byte> bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits.Length, BytesMax, nameof(bits));
        bits.Clear();
        this.bits = bits;
        this.layout = layout;
        Store(0, 6, layout.MessageType);
        Store(6, 2, repeat);
        Store(8, 30, mmsi);
        for (var index = 0; index < layout.Fields.Count; index++) // An enumerator of the list would be an object.
        {
            var field = layout.Fields[index];
            if (field.IsNumber && field.PartOf.Length == 0 && field.Start >= 0)
            {
                Store(field.Start, field.Length, field.Fixed ?? (field.None == int.MinValue ? 0 : field.None));
            }
        }

        count = layout.Lengths[0];
    }

    /// <summary>
    /// Writes a value as <see cref="AisField.Value"/> gives it; null is "not available". It makes the message long
    /// enough for the field.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not fit, or "not available" cannot be said.</exception>
    public void Put(AisField field, long? value)
    {
        var hasNone = field.None != int.MinValue || field.BlankFrom >= 0;
        if (value is null && !hasNone)
        {
            throw new ArgumentOutOfRangeException(nameof(value), $"{field.Name} cannot say that it is not available");
        }

        PutRaw(field, value is { } given ? field.RawOf(given) : field.BlankFrom >= 0 ? 0 : field.None);
    }

    /// <summary>Writes a number as it is on the air.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number does not fit in the field.</exception>
    public void PutRaw(AisField field, long raw)
    {
        var isSigned = field.Form is AisForm.Angle or AisForm.Turn;
        var low = isSigned ? -(1L << (field.Length - 1)) : 0;
        var high = isSigned ? (1L << (field.Length - 1)) - 1 : (1L << field.Length) - 1;
        if (!field.IsNumber || raw < low || raw > high || (field.Fixed is { } only && raw != only))
        {
            throw new ArgumentOutOfRangeException(nameof(raw), raw, $"{field.Name} cannot be that");
        }

        if (field.Start < 0)
        {
            behindState = (int)raw;
            return;
        }

        Store(field.Start, field.Length, (int)raw);
        Reach(field);
    }

    /// <summary>Writes text, upper case, padded with the filler; what runs to the end is as long as the text.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The text is too long for the field.</exception>
    public void PutText(AisField field, scoped ReadOnlySpan<char> text)
    {
        var most = (field.Length > 0 ? field.Length : field.LengthMax) / 6;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, most, field.Name);
        var characters = field.Length > 0 ? most : text.Length;
        for (var index = 0; index < characters; index++)
        {
            Store(field.Start + (index * 6), 6, index < text.Length ? AisBitWriter.SixBit(text[index]) : 0);
        }

        Grow(field, characters * 6);
    }

    /// <summary>Writes the bits of an application, the first one highest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Too many for the field, or more than the bytes hold.</exception>
    public void PutData(AisField field, scoped ReadOnlySpan<byte> data, int bitCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitCount, field.LengthMax, field.Name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitCount, data.Length * 8, field.Name);
        for (var at = 0; at < bitCount; at += 8)
        {
            var width = Math.Min(8, bitCount - at);
            Store(field.Start + at, width, data[at >> 3] >> (8 - width));
        }

        Grow(field, bitCount);
    }

    /// <summary>Ends the message; returns its length in bits.</summary>
    public readonly int Finish()
    {
        if (layout.Fields[^1] is { Start: < 0 } state)
        {
            Store(count + state.Start, state.Length, behindState);
        }

        return count;
    }

    private void Grow(AisField field, int length) =>
        count = field.Length > 0 ? Math.Max(count, field.Start + field.Length) : field.Start + length + field.Behind;

    // To the next length that the message may have; what runs to the end sets its own.
    private void Reach(AisField field)
    {
        var end = field.Start + field.Length;
        for (var index = 0; end > count && field.PartOf.Length == 0; index++)
        {
            count = index == layout.Lengths.Count ? end : layout.Lengths[index] >= end ? layout.Lengths[index] : count;
        }
    }

    private readonly void Store(int start, int width, int value)
    {
        for (var index = 0; index < width; index++)
        {
            var at = start + index;
            var mask = (byte)(0x80 >> (at & 7));
            var isSet = ((value >> (width - 1 - index)) & 1) != 0;
            bits[at >> 3] = (byte)(isSet ? bits[at >> 3] | mask : bits[at >> 3] & ~mask);
        }
    }
}
