using System.Globalization;

namespace MaritimeWatch.Intake.Manifests;

/// <summary>Times of DTM (code list 2379). Without a zone they are taken as UTC.</summary>
internal static class EdifactTime
{
    private static readonly (string Code, string Format)[] Formats =
    [
        ("101", "yyMMdd"), ("102", "yyyyMMdd"), ("201", "yyMMddHHmm"), ("202", "yyMMddHHmmss"),
        ("203", "yyyyMMddHHmm"), ("204", "yyyyMMddHHmmss"), ("2", "ddMMyy"),
    ];

    // Codes with a zone at the end: its digits are hours and minutes from UTC, or letters such as UTC.
    private static readonly (string Code, string Base)[] Zoned = [("303", "203"), ("304", "204"), ("205", "203"), ("301", "201")];

    /// <summary>Reads a time.</summary>
    /// <param name="text">The digits.</param>
    /// <param name="code">The format's code.</param>
    /// <param name="atMs">Milliseconds since 1970 UTC.</param>
    /// <param name="doubt">What was wrong with the code, or null.</param>
    public static bool TryRead(string text, string code, out long atMs, out string? doubt)
    {
        doubt = null;
        foreach (var (zoned, plain) in Zoned)
        {
            if (zoned == code)
            {
                var length = Math.Min(text.Length, Formats.First(f => f.Code == plain).Format.Length);
                return TryPlain(text[..length], plain, out atMs) && TryZone(text[length..], ref atMs);
            }
        }

        if (TryPlain(text, code, out atMs))
        {
            return true;
        }

        foreach (var (other, format) in Formats)
        {
            if (format.Length == text.Length && other != "2" && TryPlain(text, other, out atMs))
            {
                doubt = $"format code '{code}' does not fit {text.Length} digits: read as {other}";
                return true;
            }
        }

        return false;
    }

    private static bool TryPlain(string text, string code, out long atMs)
    {
        atMs = 0;
        var format = Formats.FirstOrDefault(f => f.Code == code).Format;
        if (format is null || text.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return false;
        }

        var midnight = text.EndsWith("2400", StringComparison.Ordinal) && format.EndsWith("HHmm", StringComparison.Ordinal);
        var plain = midnight ? text[..^4] + "0000" : text;
        if (!DateTimeOffset.TryParseExact(
            plain, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            return false;
        }

        atMs = (midnight ? at.AddDays(1) : at).ToUnixTimeMilliseconds();
        return at.Year is >= 1970 and <= 2100;
    }

    private static bool TryZone(string zone, ref long atMs)
    {
        if (zone is "" or "UTC" or "GMT" or "Z")
        {
            return true;
        }

        var sign = zone[0] == '-' ? -1 : 1;
        var digits = zone.TrimStart('+', '-');
        if (digits.Length is not (2 or 4) || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var minutes = digits.Length == 2 ? number * 60 : (number / 100 * 60) + (number % 100);
        atMs -= sign * minutes * 60_000L;
        return minutes <= 14 * 60;
    }
}
