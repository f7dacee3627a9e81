namespace MaritimeWatch.Findings.IdentityChange;

/// <summary>Names and call signs as far as they tell ships apart: capital letters and digits.</summary>
internal static class NameText
{
    private const int Most = 40;

    /// <summary>Most letters that a name in a message of class A or B holds: longer ones are cut there.</summary>
    private const int OnAir = 20;

    /// <summary>Letters and digits only, in capitals, at most 40.</summary>
    public static string Bare(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit).Take(Most)).ToUpperInvariant();

    /// <summary>True where two names differ by more than so many letters, and not only because one was cut.</summary>
    public static bool Differs(string before, string now, int editsMost)
    {
        if (before.Length >= OnAir && now.StartsWith(before.TrimEnd(), StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        if (now.Length >= OnAir && before.StartsWith(now.TrimEnd(), StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var (a, b) = (Bare(before), Bare(now));
        return a.Length > 0 && b.Length > 0 && Edits(a, b) > editsMost;
    }

    /// <summary>Letters to insert, drop or exchange to make one of the other (Levenshtein).</summary>
    public static int Edits(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        Span<int> row = stackalloc int[Most + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var exchanged = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
