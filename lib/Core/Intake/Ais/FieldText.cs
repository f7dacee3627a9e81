using System.Buffers.Text;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>Numbers and times as files write them, to integers, exactly.</summary>
internal static class FieldText
{
    /// <summary>A decimal number times a power of ten, rounded half away from zero by its own digits.</summary>
    /// <param name="text">Digits with an optional sign and point, or with an exponent; nothing else.</param>
    /// <param name="decimals">The power of ten, 0 to 7.</param>
    /// <param name="value">The number when true; its magnitude is below 10^17.</param>
    public static bool TryScaled(ReadOnlySpan<byte> text, int decimals, out long value)
    {
        value = 0;
        var at = 0;
        var asked = decimals;
        var isNegative = false;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            isNegative = text[0] == '-';
            at = 1;
        }

        var digits = 0;
        for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++, digits++)
        {
            value = (value * 10) + (text[at] - '0');
        }

        if (digits > 10)
        {
            return false;
        }

        if (at < text.Length && text[at] == '.')
        {
            at++;
            for (; at < text.Length && (uint)(text[at] - '0') <= 9; at++, digits++)
            {
                if (decimals > 0)
                {
                    value = (value * 10) + (text[at] - '0');
                    decimals--;
                }
                else if (decimals == 0)
                {
                    value += text[at] >= '5' ? 1 : 0;
                    decimals = -1;
                }
            }
        }

        if (at < text.Length || digits == 0)
        {
            return digits > 0 && text[at] is (byte)'e' or (byte)'E' && TryExponent(text, asked, out value);
        }

        for (; decimals > 0; decimals--)
        {
            value *= 10;
        }

        value = isNegative ? -value : value;
        return true;
    }

    /// <summary>A time; a time of day alone goes to <paramref name="timeOfDayMs"/>.</summary>
    /// <param name="text">ISO 8601 or its habits, day/month/year, seconds or milliseconds since 1970, HH:mm:ss.</param>
    /// <param name="monthFirst">Reads month/day/year.</param>
    /// <param name="atMs">The time, or <see cref="Instants.None"/>.</param>
    /// <param name="timeOfDayMs">Milliseconds since midnight where there is no date, else -1.</param>
    /// <returns>False where it is neither.</returns>
    public static bool TryTime(ReadOnlySpan<byte> text, bool monthFirst, out long atMs, out int timeOfDayMs)
    {
        atMs = Instants.None;
        timeOfDayMs = -1;
        if (text.Length < 8)
        {
            return false;
        }

        if (text[2] == ':')
        {
            return TryClock(text, out timeOfDayMs, out var left) && left.IsEmpty;
        }

        if (text.Length >= 10 && (text[4] is (byte)'-' or (byte)'/' || text[2] is (byte)'/' or (byte)'-' or (byte)'.'))
        {
            return TryDateAndClock(text, monthFirst, out atMs);
        }

        return TagBlock.TryTime(text, out atMs) || (text.Length == 14 && TryCompact(text, out atMs))
            || TryPower(text, out atMs);
    }

    // Statistics packages write round milliseconds as 1.522551e+12.
    private static bool TryPower(ReadOnlySpan<byte> text, out long atMs)
    {
        atMs = Instants.None;
        if (text.Length > 20 || text.IndexOfAny((byte)'e', (byte)'E') < 0
            || !Utf8Parser.TryParse(text, out double value, out var used) || used != text.Length || !(value is > 0 and < 1e13))
        {
            return false;
        }

        var at = (long)Math.Round(value > 1e11 ? value : value * 1000);
        atMs = CivilTime.IsPlausible(at) ? at : Instants.None;
        return atMs != Instants.None;
    }

    private static bool TryDateAndClock(ReadOnlySpan<byte> text, bool monthFirst, out long atMs)
    {
        atMs = Instants.None;
        int year, month, day;
        if (text[4] is (byte)'-' or (byte)'/')
        {
            (year, month, day) = ((Two(text) * 100) + Two(text[2..]), Two(text[5..]), Two(text[8..]));
        }
        else
        {
            (day, month, year) = (Two(text), Two(text[3..]), (Two(text[6..]) * 100) + Two(text[8..]));
            (day, month) = monthFirst ? (month, day) : (day, month);
        }

        var atDay = year < 0 ? Instants.None : CivilTime.DayToMs(year, month, day);
        if (atDay == Instants.None)
        {
            return false;
        }

        text = text[10..];
        var timeOfDayMs = 0;
        var zoneMs = 0L;
        if (!text.IsEmpty)
        {
            if (text[0] is not ((byte)' ' or (byte)'T') || !TryClock(text[1..], out timeOfDayMs, out var zone)
                || !TryZone(zone, out zoneMs))
            {
                return false;
            }
        }

        var at = atDay + timeOfDayMs - zoneMs;
        atMs = CivilTime.IsPlausible(at) ? at : Instants.None;
        return atMs != Instants.None;
    }

    private static bool TryClock(ReadOnlySpan<byte> text, out int timeOfDayMs, out ReadOnlySpan<byte> rest)
    {
        rest = [];
        timeOfDayMs = -1;
        if (text.Length < 5 || text[2] != ':')
        {
            return false;
        }

        var second = 0;
        rest = text[5..];
        if (rest.Length >= 3 && rest[0] == ':')
        {
            second = Two(rest[1..]);
            rest = rest[3..];
        }

        timeOfDayMs = CivilTime.TimeOfDayMs(Two(text), Two(text[3..]), second);
        if (timeOfDayMs < 0 || rest.IsEmpty || rest[0] != '.')
        {
            return timeOfDayMs >= 0;
        }

        var weight = 100;
        for (rest = rest[1..]; !rest.IsEmpty && (uint)(rest[0] - '0') <= 9; rest = rest[1..])
        {
            timeOfDayMs += (rest[0] - '0') * weight;
            weight /= 10;
        }

        return true;
    }

    private static bool TryZone(ReadOnlySpan<byte> text, out long zoneMs)
    {
        zoneMs = 0;
        text = text.Trim((byte)' ');
        if (text.IsEmpty || text.SequenceEqual("Z"u8) || text.SequenceEqual("UTC"u8))
        {
            return true;
        }

        if (text[0] is not ((byte)'+' or (byte)'-') || text.Length is not (3 or 5 or 6))
        {
            return false;
        }

        var minute = text.Length == 3 ? 0 : Two(text[^2..]);
        var ms = CivilTime.TimeOfDayMs(Two(text[1..]), minute, 0);
        zoneMs = text[0] == '-' ? -ms : ms;
        return ms >= 0;
    }

    // yyyyMMddHHmmss
    private static bool TryCompact(ReadOnlySpan<byte> t, out long atMs)
    {
        var year = (Two(t) * 100) + Two(t[2..]);
        var at = CivilTime.ToMs(year, Two(t[4..]), Two(t[6..]), Two(t[8..]), Two(t[10..]), Two(t[12..]));
        atMs = CivilTime.IsPlausible(at) ? at : Instants.None;
        return atMs != Instants.None;
    }

    // Two digits, or so far below zero that no sum of them is a date or a time.
    private static int Two(ReadOnlySpan<byte> text)
    {
        uint tens = (uint)(text[0] - '0'), ones = (uint)(text[1] - '0');
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -10_000_000;
    }

    // A rare spelling of numbers near 0 (-9e-05).
    private static bool TryExponent(ReadOnlySpan<byte> text, int decimals, out long value)
    {
        value = 0;
        if (!Utf8Parser.TryParse(text, out double number, out var used) || used != text.Length || !(Math.Abs(number) < 1e9))
        {
            return false;
        }

        value = (long)Math.Round(number * Math.Pow(10, decimals), MidpointRounding.AwayFromZero);
        return true;
    }
}
