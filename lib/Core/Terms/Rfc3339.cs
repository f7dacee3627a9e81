namespace MaritimeWatch.Terms;

/// <summary>
/// Reads RFC 3339 times by hand, because clients of OGC API - Features may ask from the year 0000 on, which
/// <see cref="DateTimeOffset"/> cannot hold (it begins in the year 0001).
/// </summary>
public static class Rfc3339
{
    private const long MsPerDay = 86_400_000;

    /// <summary>Reads a full date-time with an offset; fractions beyond a millisecond are dropped.</summary>
    /// <param name="text">For example <c>2026-11-21T09:30:00Z</c> or <c>0000-01-01T00:00:00.000+01:00</c>.</param>
    /// <param name="atMs">Milliseconds since 1970 UTC, negative before.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out long atMs)
    {
        atMs = 0;
        if (!TryParseDate(text, out var day) || text.Length < 20 || (text[10] | 0x20) is not ('t' or ' ')
            || !Number(text, 11, 2, 23, out var hour) || text[13] != ':' || !Number(text, 14, 2, 59, out var minute)
            || text[16] != ':' || !Number(text, 17, 2, 60, out var second))
        {
            return false;
        }

        var at = 19;
        var millisecond = 0;
        if (text[at] == '.')
        {
            var digits = 0;
            for (at++; at < text.Length && char.IsAsciiDigit((char)text[at]); at++, digits++)
            {
                millisecond = digits < 3 ? (millisecond * 10) + text[at] - '0' : millisecond;
            }

            millisecond *= digits switch { 1 => 100, 2 => 10, _ => 1 };
            if (digits == 0)
            {
                return false;
            }
        }

        if (!TryParseOffset(text[at..], out var offsetMinutes))
        {
            return false;
        }

        atMs = (day * MsPerDay) + ((((hour * 60L) + minute - offsetMinutes) * 60) + second) * 1000 + millisecond;
        return true;
    }

    /// <summary>Reads the full date that text begins with, as days since 1970-01-01.</summary>
    /// <param name="text">At least ten characters, <c>2026-11-21</c>.</param>
    /// <param name="day">Days since 1970-01-01 in the proleptic Gregorian calendar, year 0000 included.</param>
    public static bool TryParseDate(ReadOnlySpan<byte> text, out long day)
    {
        day = 0;
        if (text.Length < 10 || !Number(text, 0, 4, 9999, out var year) || text[4] != '-'
            || !Number(text, 5, 2, 12, out var month) || text[7] != '-' || !Number(text, 8, 2, 31, out var dayOfMonth)
            || month < 1 || dayOfMonth < 1 || dayOfMonth > DaysIn(year, month))
        {
            return false;
        }

        // Days from a civil date, counting years from March so that the leap day comes last.
        var y = month <= 2 ? year - 1 : year;
        var era = (y >= 0 ? y : y - 399) / 400;
        var yearOfEra = y - (era * 400);
        var dayOfYear = ((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5 + dayOfMonth - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        day = (era * 146_097L) + dayOfEra - 719_468;
        return true;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.Length == 1)
        {
            return (text[0] | 0x20) == 'z';
        }

        if (text.Length != 6 || text[0] is not ((byte)'+' or (byte)'-') || text[3] != ':'
            || !Number(text, 1, 2, 23, out var hours) || !Number(text, 4, 2, 59, out minutes))
        {
            return false;
        }

        minutes = (text[0] == '-' ? -1 : 1) * ((hours * 60) + minutes);
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> text, int from, int digits, int most, out int value)
    {
        value = 0;
        for (var i = from; i < from + digits; i++)
        {
            if (i >= text.Length || !char.IsAsciiDigit((char)text[i]))
            {
                return false;
            }

            value = (value * 10) + text[i] - '0';
        }

        return value <= most;
    }

    private static int DaysIn(int year, int month) => month switch
    {
        4 or 6 or 9 or 11 => 30,
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        _ => 31,
    };
}
