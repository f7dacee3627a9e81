using System.Buffers.Text;

namespace MaritimeWatch.Intake.Ais;

/// <summary>What stands around a payload in its sentences.</summary>
/// <param name="Channel">A or B.</param>
/// <param name="SequenceId">0 to 9, written only where a message needs more than one sentence.</param>
/// <param name="TagSeconds">TAG block <c>c:</c>, seconds since 1970 UTC; negative for none.</param>
public readonly record struct AisFrame(char Channel, int SequenceId, long TagSeconds);

/// <summary>
/// Payload bits to <c>!AIVDM</c> sentences (IEC 61162-1): armour, fill bits, parts, checksum, and before each sentence
/// a TAG block (<c>\s:SOURCE,c:SECONDS*hh\</c>) where a source or a time is given. Lines end in CR LF.
/// </summary>
public static class AisSentenceWriter
{
    /// <summary>A target of this many bytes is always enough (two sentences with TAG blocks).</summary>
    public const int BytesMax = 320;

    /// <summary>As much for the longest message, 1,064 bits in four sentences.</summary>
    public const int LongBytesMax = 640;

    /// <summary>Armour characters in one sentence, so that it stays within 82 characters.</summary>
    private const int ArmourPerSentence = 56;

    private const int SourceBytesMax = 15;

    /// <summary>Writes the sentences of one message; returns how many bytes.</summary>
    /// <param name="bits">The payload.</param>
    /// <param name="bitCount">How many bits of it count.</param>
    /// <param name="frame">Channel, sequence id and time.</param>
    /// <param name="tagSource">TAG block <c>s:</c>, at most 15 characters; empty for none.</param>
    /// <param name="target">At least <see cref="BytesMax"/> bytes for payloads of up to 672 bits.</param>
    /// <exception cref="ArgumentException">The source is too long, or the target too small.</exception>
    public static int Write(
        ReadOnlySpan<byte> bits, int bitCount, in AisFrame frame, ReadOnlySpan<byte> tagSource, Span<byte> target)
    {
        if (tagSource.Length > SourceBytesMax)
        {
            throw new ArgumentException("a TAG source is at most 15 characters", nameof(tagSource));
        }

        var characters = (bitCount + 5) / 6;
        var parts = Math.Max(1, (characters + ArmourPerSentence - 1) / ArmourPerSentence);
        var written = 0;
        for (var part = 0; part < parts; part++)
        {
            written += Tag(frame, tagSource, target[written..]);
            var from = part * ArmourPerSentence;
            var to = Math.Min(characters, from + ArmourPerSentence);
            var fill = part == parts - 1 ? (characters * 6) - bitCount : 0;
            written += Sentence(bits, from, to, new Numbering(parts, part + 1, fill), frame, target[written..]);
        }

        return written;
    }

    private static int Tag(in AisFrame frame, ReadOnlySpan<byte> source, Span<byte> target)
    {
        if (source.IsEmpty && frame.TagSeconds < 0)
        {
            return 0;
        }

        var at = 0;
        target[at++] = (byte)'\\';
        if (!source.IsEmpty)
        {
            "s:"u8.CopyTo(target[at..]);
            source.CopyTo(target[(at + 2)..]);
            at += 2 + source.Length;
        }

        if (frame.TagSeconds >= 0)
        {
            if (at > 1)
            {
                target[at++] = (byte)',';
            }

            "c:"u8.CopyTo(target[at..]);
            at += 2;
            Utf8Formatter.TryFormat(frame.TagSeconds, target[at..], out var digits);
            at += digits;
        }

        at += Checksum(target[1..at], target[at..]);
        target[at++] = (byte)'\\';
        return at;
    }

    private static int Sentence(
        ReadOnlySpan<byte> bits, int from, int to, Numbering numbering, in AisFrame frame, Span<byte> target)
    {
        "!AIVDM,"u8.CopyTo(target);
        var at = 7;
        target[at++] = (byte)('0' + numbering.Parts);
        target[at++] = (byte)',';
        target[at++] = (byte)('0' + numbering.Part);
        target[at++] = (byte)',';
        if (numbering.Parts > 1)
        {
            target[at++] = (byte)('0' + (frame.SequenceId % 10));
        }

        target[at++] = (byte)',';
        target[at++] = (byte)frame.Channel;
        target[at++] = (byte)',';
        for (var index = from; index < to; index++)
        {
            target[at++] = Armour(bits, index * 6);
        }

        target[at++] = (byte)',';
        target[at++] = (byte)('0' + numbering.FillBits);
        at += Checksum(target[1..at], target[at..]);
        target[at++] = (byte)'\r';
        target[at++] = (byte)'\n';
        return at;
    }

    private static byte Armour(ReadOnlySpan<byte> bits, int bit)
    {
        var index = bit >> 3;
        var pair = (bits[index] << 8) | (index + 1 < bits.Length ? bits[index + 1] : 0);
        var value = (pair >> (10 - (bit & 7))) & 0x3F;
        return (byte)(value < 40 ? value + 48 : value + 56);
    }

    private static int Checksum(ReadOnlySpan<byte> body, Span<byte> target)
    {
        byte sum = 0;
        foreach (var one in body)
        {
            sum ^= one;
        }

        target[0] = (byte)'*';
        target[1] = Hex(sum >> 4);
        target[2] = Hex(sum & 15);
        return 3;
    }

    private static byte Hex(int digit) => (byte)(digit < 10 ? '0' + digit : 'A' + digit - 10);

    private readonly record struct Numbering(int Parts, int Part, int FillBits);
}
