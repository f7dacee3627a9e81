using System.Text;

namespace MaritimeWatch.Intake.Ais;

/// <summary>The words that some files write in the place of the codes of ITU-R M.1371.</summary>
internal static class RowWords
{
    /// <summary>Navigation status as a code or in words; 15 where it is neither.</summary>
    public static byte NavigationStatus(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 15;
        }

        if (RowFields.TrySmall(text, 15, out var code))
        {
            return (byte)code;
        }

        if (Begins(text, "under way us"u8))
        {
            return 0;
        }

        return Begins(text, "at anchor"u8) ? (byte)1
            : Begins(text, "not under c"u8) ? (byte)2
            : Begins(text, "restricted"u8) ? (byte)3
            : Begins(text, "constrained"u8) ? (byte)4
            : Begins(text, "moored"u8) ? (byte)5
            : Begins(text, "aground"u8) ? (byte)6
            : Begins(text, "engaged in"u8) ? (byte)7
            : Begins(text, "under way sa"u8) ? (byte)8
            : Begins(text, "reserved for future amendment of navigational status for ships carrying dg, hs, or mp, or imo hazard or pollutant category c"u8) || Begins(text, "reserved for future amendment [hsc]"u8) ? (byte)9
            : Begins(text, "reserved for future amendment [wig]"u8) ? (byte)10
            : Begins(text, "power-driven vessel towing"u8) ? (byte)11
            : Begins(text, "power-driven vessel pushing"u8) ? (byte)12
            : Begins(text, "ais-sart"u8) ? (byte)14
            : (byte)15;
    }

    /// <summary>Ship type as a code, or the first code of the group that a word names; null where it is neither.</summary>
    public static byte? ShipType(ReadOnlySpan<byte> text)
    {
        if (RowFields.TrySmall(text, 255, out var code))
        {
            return code == 0 ? null : (byte)code;
        }

        return Begins(text, "wig"u8) ? (byte)20
            : Begins(text, "fishing"u8) ? (byte)30
            : Begins(text, "towing long"u8) ? (byte)32
            : Begins(text, "towing"u8) ? (byte)31
            : Begins(text, "dredging"u8) ? (byte)33
            : Begins(text, "diving"u8) ? (byte)34
            : Begins(text, "military"u8) ? (byte)35
            : Begins(text, "sailing"u8) ? (byte)36
            : Begins(text, "pleasure"u8) ? (byte)37
            : Begins(text, "hsc"u8) ? (byte)40
            : Begins(text, "pilot"u8) ? (byte)50
            : Begins(text, "sar"u8) ? (byte)51
            : Begins(text, "tug"u8) ? (byte)52
            : Begins(text, "port tender"u8) ? (byte)53
            : Begins(text, "anti-pollution"u8) ? (byte)54
            : Begins(text, "law enf"u8) ? (byte)55
            : Begins(text, "medical"u8) ? (byte)58
            : Begins(text, "passenger"u8) ? (byte)60
            : Begins(text, "cargo"u8) ? (byte)70
            : Begins(text, "tanker"u8) ? (byte)80
            : Begins(text, "other"u8) ? (byte)90
            : null;
    }

    /// <summary>Text without blanks around it, cut to a length; null where it says nothing.</summary>
    public static string? TextOrNull(ReadOnlySpan<byte> text, int longest)
    {
        text = text.Trim(" @"u8);
        if (RowFields.IsNothing(text))
        {
            return null;
        }

        var full = Encoding.UTF8.GetString(text).Replace("\"\"", "\"", StringComparison.Ordinal);
        return full.Length > longest ? full[..longest] : full;
    }

    /// <summary>The digits of an IMO number as files write it (<c>IMO9347346</c>); null for 0 and for anything else.</summary>
    public static int? ImoNumber(ReadOnlySpan<byte> text)
    {
        text = text.StartsWith("IMO"u8) ? text[3..].Trim((byte)' ') : text;
        var number = RowFields.Mmsi(text);
        return number == 0 ? null : number;
    }

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length >= word.Length && Ascii.EqualsIgnoreCase(text[..word.Length], word);
}
