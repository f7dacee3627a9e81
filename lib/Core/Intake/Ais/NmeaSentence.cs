using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>One <c>!xxVDM</c> or <c>!xxVDO</c> sentence, cut into its fields (IEC 61162-1).</summary>
internal ref struct NmeaSentence
{
    /// <summary>The talker's two characters, as a number.</summary>
    public int Talker;

    /// <summary>How many parts the message has, 1 to 9.</summary>
    public int PartCount;

    /// <summary>Which part this is, 1 to 9.</summary>
    public int PartNumber;

    /// <summary>Sequence id 0 to 9, or -1.</summary>
    public int Sequence;

    /// <summary>Channel, or 0.</summary>
    public byte Channel;

    /// <summary>Fill bits 0 to 5.</summary>
    public int FillBits;

    /// <summary>The checksum as sent.</summary>
    public int Checksum;

    /// <summary>The armoured payload.</summary>
    public ReadOnlySpan<byte> Payload;

    /// <summary>What follows the checksum: empty, or receiver fields that begin with a comma.</summary>
    public ReadOnlySpan<byte> Trailer;

    /// <summary>Whether a line is such a sentence at all (its content may still be wrong).</summary>
    public static bool IsAis(ReadOnlySpan<byte> line) =>
        line.Length >= 7 && line[0] == '!' && line[3] == 'V' && line[4] == 'D' && line[5] is (byte)'M' or (byte)'O'
        && line[6] == ',';

    /// <summary>Cuts a line for which <see cref="IsAis"/> holds, and verifies its checksum.</summary>
    /// <param name="line">From the exclamation mark on.</param>
    /// <param name="sentence">The fields, when null is returned.</param>
    public static IntakeFault? Read(ReadOnlySpan<byte> line, out NmeaSentence sentence)
    {
        sentence = default;
        if (line.Length < 16 || line[8] != ',' || line[10] != ',')
        {
            return FaultOf(line);
        }

        sentence.PartCount = line[7] - '0';
        sentence.PartNumber = line[9] - '0';
        var at = 11;
        sentence.Sequence = -1;
        if (line[at] != ',')
        {
            sentence.Sequence = line[at++] - '0';
        }

        if (line[at] != ',' || at + 4 > line.Length)
        {
            return FaultOf(line);
        }

        at++;
        if (line[at] != ',')
        {
            sentence.Channel = line[at++];
        }

        if (at >= line.Length || line[at] != ',')
        {
            return FaultOf(line);
        }

        at++;
        var length = line[at..].IndexOf((byte)',');
        var end = at + length;
        if (length < 0 || end + 5 > line.Length || line[end + 2] != '*')
        {
            return FaultOf(line);
        }

        sentence.Payload = line.Slice(at, length);
        sentence.FillBits = line[end + 1] - '0';
        sentence.Checksum = Armour.Hex(line[end + 3], line[end + 4]);
        sentence.Trailer = line[(end + 5)..];
        sentence.Talker = (line[1] << 8) | line[2];
        if (sentence.Checksum != Armour.Checksum(line[1..(end + 2)]))
        {
            return IntakeFault.ChecksumWrong;
        }

        var fine = sentence.PartCount is >= 1 and <= 9 && sentence.PartNumber >= 1
            && sentence.PartNumber <= sentence.PartCount && sentence.Sequence is >= -1 and <= 9
            && sentence.FillBits is >= 0 and <= 5
            && (sentence.FillBits == 0 || sentence.PartNumber == sentence.PartCount);
        return fine ? null : IntakeFault.Malformed;
    }

    /// <summary>
    /// The time that a receiver appended as the last field, seconds since 1970 (the habit of the US Coast Guard's
    /// network), or <see cref="Instants.None"/>.
    /// </summary>
    public readonly long TrailingTimeMs()
    {
        var comma = Trailer.LastIndexOf((byte)',');
        if (comma < 0)
        {
            return Instants.None;
        }

        var last = Trailer[(comma + 1)..].Trim((byte)' ');
        return last.Length >= 9 && TagBlock.TryTime(last, out var atMs) ? atMs : Instants.None;
    }

    // A sentence that is cut off or garbled fails its checksum first; only one with a right checksum is malformed.
    private static IntakeFault FaultOf(ReadOnlySpan<byte> line)
    {
        var star = line.LastIndexOf((byte)'*');
        return star > 0 && star + 3 <= line.Length
            && Armour.Hex(line[star + 1], line[star + 2]) == Armour.Checksum(line[1..star])
            ? IntakeFault.Malformed
            : IntakeFault.ChecksumWrong;
    }
}
