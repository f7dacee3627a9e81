using MaritimeWatch.Findings.IdentityChange;

namespace MaritimeWatch.Findings.VoyageChange;

/// <summary>
/// Whether two destinations, typed by hand, are one place: the same letters, one letter mistyped, one within the other, or
/// a UN/LOCODE and the name that it stands for (its three letters stand in the name in their order, the first one first).
/// No names of ports are needed for that, so it holds for every port; a code that does not follow its name (USLAX) is told
/// as a change, which is a note and no alarm.
/// </summary>
internal static class Destinations
{
    private static readonly string[] Nowhere =
        ["ORDER", "FORORDER", "FORORDERS", "TOORDER", "ORDERS", "TBA", "TBN", "TBC", "SEA", "ATSEA", "HIGHSEA", "HIGHSEAS", "NA", "NIL", "NONE", "UNKNOWN", "TEST"];

    /// <summary>The place itself, letters only, in capitals; empty where the text names none.</summary>
    public static string Bare(string text)
    {
        var to = text[(text.LastIndexOf('>') + 1)..];
        var letters = string.Concat(to.Where(char.IsAsciiLetter)).ToUpperInvariant();
        return letters.Length < 3 || Array.IndexOf(Nowhere, letters) >= 0 ? string.Empty : letters;
    }

    /// <summary>True where both name a place and it is another one.</summary>
    public static bool Differ(string before, string now)
    {
        var (a, b) = (Bare(before), Bare(now));
        if (a.Length == 0 || b.Length == 0 || a == b)
        {
            return false;
        }

        var areCodes = a.Length == 5 && b.Length == 5;
        return !(!areCodes && (Holds(a, b) || Holds(b, a)))
            && !(Math.Min(a.Length, b.Length) >= 6 && NameText.Edits(a, b) <= 1)
            && !StandsFor(a, b) && !StandsFor(b, a);
    }

    private static bool Holds(string text, string part) => part.Length >= 4 && text.Contains(part, StringComparison.Ordinal);

    private static bool StandsFor(string code, string name)
    {
        if (code.Length != 5 || name.Length <= 5 || name[0] != code[2])
        {
            return false;
        }

        var at = 2;
        foreach (var letter in name)
        {
            at += at < code.Length && letter == code[at] ? 1 : 0;
        }

        return at == code.Length;
    }
}
