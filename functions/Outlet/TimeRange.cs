using System.Text;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>The datetime parameter: an instant, <c>a/b</c>, <c>../b</c> or <c>a/..</c>; a date stands for its day.</summary>
internal static class TimeRange
{
    private const long MsPerDay = 86_400_000;

    /// <summary>Reads the parameter into milliseconds since 1970, both ends belonging to the range.</summary>
    public static bool TryParse(string value, out long fromMs, out long toMs)
    {
        (fromMs, toMs) = (long.MinValue, long.MaxValue);
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return TryParseEnd(value, out fromMs, out toMs);
        }

        var (first, last) = (value[..slash], value[(slash + 1)..]);
        var (openFirst, openLast) = (IsOpen(first), IsOpen(last));
        return !(openFirst && openLast)
            && (openFirst || TryParseEnd(first, out fromMs, out _))
            && (openLast || TryParseEnd(last, out _, out toMs))
            && fromMs <= toMs;
    }

    private static bool IsOpen(string text) => text is "" or "..";

    private static bool TryParseEnd(string text, out long fromMs, out long toMs)
    {
        (fromMs, toMs) = (long.MinValue, long.MaxValue);
        Span<byte> bytes = stackalloc byte[40];
        if (text.Length > bytes.Length || !Ascii.IsValid(text))
        {
            return false;
        }

        // A plus that was not escaped arrives as a space.
        var span = bytes[..Encoding.ASCII.GetBytes(text, bytes)];
        if (span.Length > 19 && span[^6] == ' ')
        {
            span[^6] = (byte)'+';
        }

        if (span.Length == 10 && Rfc3339.TryParseDate(span, out var day))
        {
            (fromMs, toMs) = (day * MsPerDay, (day * MsPerDay) + MsPerDay - 1);
            return true;
        }

        var isTime = Rfc3339.TryParse(span, out var at);
        (fromMs, toMs) = isTime ? (at, at) : (fromMs, toMs);
        return isTime;
    }
}
