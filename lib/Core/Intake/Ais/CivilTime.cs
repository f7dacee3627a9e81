using MaritimeWatch.Terms;

namespace MaritimeWatch.Intake.Ais;

/// <summary>Calendar arithmetic on integers (proleptic Gregorian, UTC, no leap seconds).</summary>
internal static class CivilTime
{
    public const long DayMs = 86_400_000;

    /// <summary>1990-01-01 and 2200-01-01: a time outside is a fault, not a time.</summary>
    public const long EarliestMs = 631_152_000_000;
    public const long LatestMs = 7_258_118_400_000;

    /// <summary>Milliseconds since 1970, or <see cref="Instants.None"/> where there is no such date or time.</summary>
    public static long ToMs(int year, int month, int day, int hour, int minute, int second)
    {
        var atDay = DayToMs(year, month, day);
        var inDay = TimeOfDayMs(hour, minute, second);
        return atDay == Instants.None || inDay < 0 ? Instants.None : atDay + inDay;
    }

    /// <summary>Milliseconds since 1970 at 00:00 of a day, or <see cref="Instants.None"/>.</summary>
    public static long DayToMs(int year, int month, int day)
    {
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return Instants.None;
        }

        // Days since 1970 by counting years from March, so that the leap day is a year's last.
        var y = month <= 2 ? year - 1 : year;
        var era = y / 400;
        var yearOfEra = y - (era * 400);
        var dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return ((era * 146097L) + dayOfEra - 719468) * DayMs;
    }

    /// <summary>Milliseconds since midnight, or -1.</summary>
    public static int TimeOfDayMs(int hour, int minute, int second) =>
        (uint)hour < 24 && (uint)minute < 60 && (uint)second < 60
            ? ((hour * 3600) + (minute * 60) + second) * 1000
            : -1;

    /// <summary>Whether a time can be one of AIS at all.</summary>
    public static bool IsPlausible(long atMs) => atMs is >= EarliestMs and < LatestMs;
}
