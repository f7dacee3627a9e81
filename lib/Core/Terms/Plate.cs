using System.Text;

namespace MaritimeWatch.Terms;

/// <summary>
/// A number plate in two forms: as read (upper case, letters and digits only) and folded, where characters that cameras
/// take for one another are one: 0/O/D/Q, 1/I, 2/Z, 5/S, 8/B, 6/G. Clear text: never write it to a log or a feed.
/// </summary>
public readonly record struct Plate
{
    /// <summary>Most characters of a plate after normalising; the longest in use have 10.</summary>
    public const int LengthMax = 16;

    private const int RawLengthMax = 64;

    private Plate(string text, string folded) => (Text, Folded) = (text, folded);

    /// <summary>Upper case, letters and digits only, 2 to 16 characters.</summary>
    public string Text { get; }

    /// <summary>The same with look-alikes folded.</summary>
    public string Folded { get; }

    /// <summary>Reads a plate; false where less than 2 or more than 16 letters and digits are left of it.</summary>
    /// <param name="raw">As a camera or a person wrote it; spaces, hyphens and dots do not count.</param>
    /// <param name="plate">The plate when true.</param>
    public static bool TryParse(string? raw, out Plate plate)
    {
        plate = default;
        if (raw is null || raw.Length > RawLengthMax)
        {
            return false;
        }

        var text = new StringBuilder(LengthMax);
        foreach (var rune in raw.EnumerateRunes())
        {
            if (Normal(rune) is { } kept)
            {
                text.Append(kept.ToString());
            }
        }

        if (text.Length is < 2 or > LengthMax)
        {
            return false;
        }

        var normal = text.ToString();
        plate = new Plate(normal, Fold(normal));
        return true;
    }

    /// <summary>The folded plate with one character left out, each such text once, in ordinal order.</summary>
    public IReadOnlyList<string> Deletions()
    {
        var texts = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Folded.Length; i++)
        {
            texts.Add(Folded.Remove(i, 1));
        }

        return [.. texts];
    }

    /// <summary>Says nothing of the plate, so that it cannot slip into a log.</summary>
    public override string ToString() => "(plate)";

    private static string Fold(string text) => string.Create(text.Length, text, static (target, from) =>
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = from[i] switch
            {
                'O' or 'D' or 'Q' => '0',
                'I' => '1',
                'Z' => '2',
                'S' => '5',
                'B' => '8',
                'G' => '6',
                var other => other,
            };
        }
    });

    /// <summary>One letter or digit in upper case, its accent and its script folded to Latin where it looks so; else null.</summary>
    private static Rune? Normal(Rune rune)
    {
        // Full-width forms are ASCII moved by 0xFEE0.
        var value = rune.Value is >= 0xFF01 and <= 0xFF5E ? rune.Value - 0xFEE0 : rune.Value;
        var upper = Rune.ToUpperInvariant(new Rune(value));
        if (Rune.IsDigit(upper))
        {
            return new Rune((char)('0' + (int)Rune.GetNumericValue(upper)));
        }

        if (!Rune.IsLetter(upper))
        {
            return null;
        }

        var at = Foreign.IndexOf((char)Math.Min(upper.Value, char.MaxValue), StringComparison.Ordinal);
        return at < 0 ? upper : new Rune(Latin[at]);
    }

    // Accented Latin, then the Cyrillic and Greek capitals that look like Latin ones.
    private const string Foreign =
        "ÀÁÂÃÄÅĀĂĄÆÇĆČĎĐÈÉÊËĒĖĘĚĞĢÌÍÎÏĪĮİĶĹĻĽŁÑŃŅŇÒÓÔÕÖØŌŐŒŔŘŚŞŠȘŢŤȚÙÚÛÜŪŮŰŲÝŸŹŻŽАВЕКМНОРСТУХІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

    private const string Latin =
        "AAAAAAAAAACCCDDEEEEEEEEGGIIIIIIIKLLLLNNNNOOOOOOOOORRSSSSTTTUUUUUUUUYYZZZABEKMHOPCTYXISJABEZHIKMNOPTYX";
}
