using System.Buffers.Text;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>What a TAG block (NMEA 0183 4.0, IEC 61162-450) says; empty where it says nothing.</summary>
internal readonly ref struct TagBlock
{
    private TagBlock(long atMs, long group, ReadOnlySpan<byte> source)
    {
        AtMs = atMs;
        Group = group;
        Source = source;
    }

    /// <summary>Its <c>c:</c>, or <see cref="Instants.None"/>.</summary>
    public long AtMs { get; }

    /// <summary>The group number of its <c>g:</c>, or -1.</summary>
    public long Group { get; }

    /// <summary>Its <c>s:</c>, or empty.</summary>
    public ReadOnlySpan<byte> Source { get; }

    /// <summary>Reads the text between the two backslashes.</summary>
    /// <param name="block">For example <c>s:r123,c:1418169601*37</c>.</param>
    /// <param name="tag">What it says, when null is returned.</param>
    public static IntakeFault? Read(ReadOnlySpan<byte> block, out TagBlock tag)
    {
        tag = default;
        if (block.Length < 3 || block[^3] != '*' || Armour.Hex(block[^2], block[^1]) != Armour.Checksum(block[..^3]))
        {
            return IntakeFault.ChecksumWrong;
        }

        var rest = block[..^3];
        long atMs = Instants.None, group = -1;
        var source = ReadOnlySpan<byte>.Empty;
        while (!rest.IsEmpty)
        {
            var comma = rest.IndexOf((byte)',');
            var field = comma < 0 ? rest : rest[..comma];
            rest = comma < 0 ? [] : rest[(comma + 1)..];
            if (field.Length < 3 || field[1] != ':')
            {
                continue;
            }

            var value = field[2..];
            switch (field[0])
            {
                case (byte)'s':
                    source = value;
                    break;
                case (byte)'c' when !TryTime(value, out atMs):
                    return IntakeFault.TimeInvalid;
                case (byte)'g':
                    group = GroupOf(value);
                    break;
                default:
                    break;
            }
        }

        tag = new TagBlock(atMs, group, source);
        return null;
    }

    /// <summary>Reads seconds (with or without a fraction) or milliseconds since 1970.</summary>
    /// <param name="text">Digits.</param>
    /// <param name="atMs">The time when true.</param>
    public static bool TryTime(ReadOnlySpan<byte> text, out long atMs)
    {
        atMs = Instants.None;
        if (!Utf8Parser.TryParse(text, out long value, out var used) || value < 0)
        {
            return false;
        }

        var isMs = value > 100_000_000_000;
        if (!isMs && value > CivilTime.LatestMs / 1000)
        {
            return false;
        }

        var at = isMs ? value : value * 1000;
        if (used < text.Length)
        {
            if (text[used] != '.' || !TryThousandths(text[(used + 1)..], out var thousandths))
            {
                return false;
            }

            at += isMs ? 0 : thousandths;
        }

        atMs = CivilTime.IsPlausible(at) ? at : Instants.None;
        return atMs != Instants.None;
    }

    private static bool TryThousandths(ReadOnlySpan<byte> digits, out int thousandths)
    {
        thousandths = 0;
        for (var i = 0; i < Math.Max(3, digits.Length); i++)
        {
            var digit = i < digits.Length ? digits[i] - '0' : 0;
            if ((uint)digit > 9)
            {
                return false;
            }

            thousandths = i < 3 ? (thousandths * 10) + digit : thousandths;
        }

        return true;
    }

    // g:sentence-total-group
    private static long GroupOf(ReadOnlySpan<byte> value)
    {
        var dash = value.LastIndexOf((byte)'-');
        return dash >= 0 && Utf8Parser.TryParse(value[(dash + 1)..], out uint group, out _) ? group : -1;
    }
}
