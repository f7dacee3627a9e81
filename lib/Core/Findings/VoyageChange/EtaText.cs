using System.Globalization;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Findings.VoyageChange;

/// <summary>An ETA as AIS sends it, month, day and time without a year, and the year that it means.</summary>
internal static class EtaText
{
    /// <summary>An ETA lies no farther back than this: else it is the next year's.</summary>
    private const long PastMs = 90L * 86_400_000;

    /// <summary><c>MM-dd HH:mm</c>, or null where month, day or hour is not available or there is no such day.</summary>
    public static string? Of(StaticReport report) =>
        report is { EtaMonth: >= 1 and <= 12 and { } month, EtaDay: >= 1 and <= 31 and { } day, EtaHour: <= 23 and { } hour }
        && day <= DateTime.DaysInMonth(2024, month)
            ? string.Create(CultureInfo.InvariantCulture, $"{month:D2}-{day:D2} {hour:D2}:{Math.Min(report.EtaMinute ?? 0, (byte)59):D2}")
            : null;

    /// <summary>The instant that it means when it is said at a time: the first one that lies no farther back than three months.</summary>
    public static long Resolve(string eta, long atMs)
    {
        int Part(int from) => int.Parse(eta.AsSpan(from, 2), CultureInfo.InvariantCulture);
        var (month, day, hour, minute) = (Part(0), Part(3), Part(6), Part(9));
        for (var year = DateTimeOffset.FromUnixTimeMilliseconds(atMs).Year - 1; ; year++)
        {
            // 29 February of a common year is the day after the 28th.
            var date = new DateTimeOffset(year, month, 1, hour, minute, 0, TimeSpan.Zero).AddDays(day - 1);
            if (date.ToUnixTimeMilliseconds() >= atMs - PastMs)
            {
                return date.ToUnixTimeMilliseconds();
            }
        }
    }
}
