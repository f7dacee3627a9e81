using System.Globalization;

namespace MaritimeWatch.Terms;

/// <summary>
/// Instants on the hot path are milliseconds since 1970-01-01T00:00:00Z in a <see cref="long"/> whose name ends in
/// <c>AtMs</c>. These are the only conversions.
/// </summary>
public static class Instants
{
    /// <summary>Stands for "no time known"; never leaves intake as a time.</summary>
    public const long None = long.MinValue;

    /// <summary>RFC 3339 in UTC; seconds, with milliseconds only where there are any.</summary>
    /// <param name="atMs">Milliseconds since 1970 UTC.</param>
    public static string ToText(long atMs)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(atMs).UtcDateTime;
        return at.ToString(atMs % 1000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
    }

    /// <summary>A length of time in words: <c>13 h 2 min</c>, <c>45 s</c>, <c>3 d 4 h</c>.</summary>
    /// <param name="milliseconds">The length, not negative.</param>
    public static string ToWords(long milliseconds)
    {
        var seconds = milliseconds / 1000;
        return seconds switch
        {
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
            < 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min"),
            < 48 * 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h {seconds / 60 % 60} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86400} d {seconds / 3600 % 24} h"),
        };
    }
}
