using MaritimeWatch.Forecasts.Calls;

namespace MaritimeWatch.Forecasts;

/// <summary>Counts errors of forecasts against what came.</summary>
internal static class ErrorTable
{
    private const int DayAheadFromH = 12;
    private const int DayAheadToH = 36;

    public static HorizonError Of(int horizonH, PortForecast[] forecasts, PortPicture came)
    {
        var before = ForecastErrors.Horizons.LastOrDefault(horizon => horizon < horizonH);
        QuantityError? Count(Func<ForecastHour, Band> forecast, IReadOnlyList<double?> actual, Func<ObservedHour, double?>? atIssue) =>
            Error(forecasts, before, horizonH, forecast, hour => ValueAt(came, actual, hour.At), atIssue);
        return new HorizonError(
            horizonH,
            Count(hour => hour.Queue, came.Queue, last => last.Queue),
            Count(hour => hour.WaitingH, came.WaitingH, null),
            Count(hour => hour.Berths, came.Berths, last => last.Berths));
    }

    public static IReadOnlyList<PastForecast> DayAhead(PortForecast[] forecasts, PortPicture came)
    {
        // The forecast whose issue lies nearest to a day before the hour; each hour once.
        var best = new SortedDictionary<long, (double Off, PastForecast Said)>();
        foreach (var forecast in forecasts)
        {
            foreach (var hour in forecast.Hours)
            {
                var aheadH = (hour.At - forecast.IssuedAt).TotalHours;
                var atMs = hour.At.ToUnixTimeMilliseconds();
                if (aheadH is > DayAheadFromH and <= DayAheadToH && atMs <= came.AtMs
                    && (!best.TryGetValue(atMs, out var kept) || Math.Abs(aheadH - 24) < kept.Off))
                {
                    best[atMs] = (Math.Abs(aheadH - 24),
                        new PastForecast(hour.At, forecast.IssuedAt, hour.Queue, ValueAt(came, came.Queue, hour.At)));
                }
            }
        }

        return [.. best.Values.Select(kept => kept.Said)];
    }

    private static QuantityError? Error(
        PortForecast[] forecasts, int afterH, int toH, Func<ForecastHour, Band> forecast, Func<ForecastHour, double?> actual,
        Func<ObservedHour, double?>? atIssue)
    {
        var (n, sum, held) = (0, 0.0, 0);
        var (persistent, persistence) = (0, 0.0);
        foreach (var issued in forecasts)
        {
            var last = atIssue is not null && issued.Observed.Count > 0 ? atIssue(issued.Observed[^1]) : null;
            foreach (var hour in issued.Hours)
            {
                var aheadH = (hour.At - issued.IssuedAt).TotalHours;
                if (aheadH <= afterH || aheadH > toH || actual(hour) is not { } came)
                {
                    continue;
                }

                var band = forecast(hour);
                n++;
                sum += Math.Abs(came - band.P50);
                held += band.Holds(came) ? 1 : 0;
                persistent += last is null ? 0 : 1;
                persistence += last is { } same ? Math.Abs(came - same) : 0;
            }
        }

        return n == 0
            ? null
            : new QuantityError(
                n, Math.Round(sum / n, 3), persistent == n ? Math.Round(persistence / n, 3) : null, Math.Round((double)held / n, 3));
    }

    private static double? ValueAt(PortPicture came, IReadOnlyList<double?> hours, DateTimeOffset at)
    {
        var atMs = at.ToUnixTimeMilliseconds();
        var hour = (atMs - came.FromHourMs) / PortPicture.HourMs;
        return atMs >= came.FromHourMs && hour < hours.Count ? hours[(int)hour] : null;
    }
}
