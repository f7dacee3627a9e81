using System.Globalization;

namespace MaritimeWatch.Intake;

/// <summary>Times of JSON and CSV from outside: RFC 3339 with a zone, from 1970 to 2100.</summary>
internal static class Rfc3339Text
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'",
    ];

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="atMs">Milliseconds since 1970 UTC.</param>
    public static bool TryRead(string? text, out long atMs)
    {
        atMs = 0;
        if (text is null || !DateTimeOffset.TryParseExact(
            text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return false;
        }

        atMs = at.ToUnixTimeMilliseconds();
        return at.UtcDateTime.Year is >= 1970 and <= 2100;
    }
}
