using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Scenario;

/// <summary>Instants of times of arrival, which AIS says without a year.</summary>
internal static class SaidTimes
{
    /// <summary>The instant nearest to another that has the month, day, hour and minute said; null where not all are.</summary>
    /// <param name="said">What the ship says.</param>
    /// <param name="atMs">When it says so.</param>
    public static long? EtaAtMs(StaticReport said, long atMs)
    {
        if (said is not { EtaMonth: { } month, EtaDay: { } day, EtaHour: { } hour, EtaMinute: { } minute })
        {
            return null;
        }

        long? nearest = null;
        var year = DateTimeOffset.FromUnixTimeMilliseconds(atMs).Year;
        for (var of = year - 1; of <= year + 1; of++)
        {
            if (day > DateTime.DaysInMonth(of, month))
            {
                continue;
            }

            var eta = new DateTimeOffset(of, month, day, hour, minute, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
            nearest = nearest is { } best && Math.Abs(best - atMs) <= Math.Abs(eta - atMs) ? best : eta;
        }

        return nearest;
    }
}
