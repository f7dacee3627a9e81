using System.Text;

namespace MaritimeWatch.Reference.Destinations;

/// <summary>Names as they can be compared: capitals without marks, and a key that spellings of one name share.</summary>
internal static class PlainLetters
{
    // Letters with marks and without, written out: no table of the machine is asked, so that every machine says the same.
    private const string Marked =
        "ÀÁÂÃÄÅĀĂĄàáâãäåāăąÇĆČçćčĎĐÐďđðÈÉÊËĒĖĘĚèéêëēėęěĞĢğģÌÍÎÏĪĮİìíîïīįıĶķĹĻĽŁ"
        + "ĺļľłÑŃŅŇñńņňÒÓÔÕÖØŌŐòóôõöøōőŔŘŕřŚŞŠȘśşšșŤȚŢťțţÙÚÛÜŪŮŰŲùúûüūůűųÝŸýÿŹŻŽźżž";

    private const string Bare =
        "AAAAAAAAAAAAAAAAAACCCCCCDDDDDDEEEEEEEEEEEEEEEEGGGGIIIIIIIIIIIIIIKKLLLL"
        + "LLLLNNNNNNNNOOOOOOOOOOOOOOOORRRRSSSSSSSSTTTTTTUUUUUUUUUUUUUUUUYYYYZZZZZZ";

    /// <summary>Capitals of ASCII: marks dropped, ligatures written out; other characters stay.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="lengthMax">What is longer is cut.</param>
    public static string Of(string text, int lengthMax)
    {
        var plain = new StringBuilder();
        foreach (var letter in text)
        {
            if (plain.Length >= lengthMax)
            {
                break;
            }

            _ = letter switch
            {
                < (char)128 => plain.Append(char.ToUpperInvariant(letter)),
                'Æ' or 'æ' => plain.Append("AE"),
                'Œ' or 'œ' => plain.Append("OE"),
                'ß' => plain.Append("SS"),
                'Þ' or 'þ' => plain.Append("TH"),
                _ => plain.Append(Marked.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? Bare[at] : letter),
            };
        }

        return plain.ToString();
    }

    /// <summary>
    /// The key of a name: letters and digits only, a Scandinavian or German vowel and its two letters alike (AA, AE, OE, UE),
    /// Saint alike however long, doubled letters once, a nought for an O.
    /// </summary>
    /// <param name="plain">Capitals, from <see cref="Of"/>.</param>
    public static string Key(string plain)
    {
        var letters = string.Concat(plain.Where(char.IsAsciiLetterOrDigit)).Replace('0', 'O');
        foreach (var saint in (string[])["SAINT", "SANKT", "SINT", "SANCT"])
        {
            letters = letters.StartsWith(saint, StringComparison.Ordinal) && letters.Length > saint.Length + 3 ? "ST" + letters[saint.Length..] : letters;
        }

        letters = letters.Replace("AA", "A", StringComparison.Ordinal).Replace("AE", "A", StringComparison.Ordinal)
            .Replace("OE", "O", StringComparison.Ordinal).Replace("UE", "U", StringComparison.Ordinal);
        var key = new StringBuilder();
        foreach (var letter in letters)
        {
            if (key.Length == 0 || key[^1] != letter)
            {
                key.Append(letter);
            }
        }

        return key.ToString();
    }

    /// <summary>
    /// How many letters must be put in, taken out, exchanged or swapped with their neighbour (optimal string alignment; F. J.
    /// Damerau, Communications of the ACM 7 (3), 1964); one more than the limit where it is more.
    /// </summary>
    public static int Edits(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit || a.Length > 63 || b.Length > 63)
        {
            return limit + 1;
        }

        Span<byte> rows = stackalloc byte[3 * 64];
        var older = rows[..64];
        var before = rows[64..128];
        var now = rows[128..];
        for (var j = 0; j <= b.Length; j++)
        {
            before[j] = (byte)j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            now[0] = (byte)i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(before[j], now[j - 1]) + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost = Math.Min(cost, older[j - 2] + 1);
                }

                now[j] = (byte)cost;
                least = Math.Min(least, cost);
            }

            if (least > limit)
            {
                return limit + 1;
            }

            var next = older;
            older = before;
            before = now;
            now = next;
        }

        return Math.Min((int)before[b.Length], limit + 1);
    }
}
