using MaritimeWatch.Forecasts.Calls;
using MaritimeWatch.Forecasts.Methods;

namespace MaritimeWatch.Forecasts;

/// <summary>
/// Forecasts a port's queue, waits and berths for seven days, hour by hour: by the better of two methods for each
/// quantity and class of horizons, as they did on the port's own past.
/// </summary>
public static class PortForecaster
{
    /// <summary>Hours of a forecast.</summary>
    public const int Hours = 168;

    private const int SeedFactor = 31;

    /// <summary>
    /// Makes a forecast. The same past gives the same forecast; what became known after <paramref name="at"/> changes nothing.
    /// </summary>
    /// <param name="series">What is known of the port.</param>
    /// <param name="at">When it is issued.</param>
    /// <param name="options">How, or null for the usual values.</param>
    public static PortForecast Forecast(PortSeries series, DateTimeOffset at, ForecastOptions? options = null)
    {
        options ??= ForecastOptions.Default;
        var picture = series.AsKnownAt(at.ToUnixTimeMilliseconds(), options);
        var choices = BackTest.Choose(series, picture, options);
        var seasonal = SeasonalMethod.Forecast(picture);
        var arrivals = ArrivalsAndService.Forecast(picture, options.Runs, SeedOf(picture, options));
        var seen = SeenAtAnchor.Of(series.SceneCounts, at.ToUnixTimeMilliseconds());
        return new PortForecast
        {
            Port = series.Port,
            PortName = picture.PortName,
            IssuedAt = at,
            Simulated = picture.IsSimulated || (seen is { } from && series.SceneCounts.Any(count => count.Scene == from.Scene && count.IsSimulated)),
            Basis = ForecastWords.Basis(picture, choices, options) + ForecastWords.Seen(seen),
            SeenAtAnchor = seen,
            CoverageNote = ForecastWords.Coverage(picture),
            HistoryHours = picture.KnownHours,
            UnknownHours = picture.UnknownHours,
            Methods = choices,
            Declared = [.. picture.Expected.Select(one => new ExpectedCall(Time(one.EtaAtMs), one.Mmsi, one.Name))],
            UnderWay =
            [
                .. picture.Sighted.OrderBy(one => one.EtaAtMs).ThenBy(one => one.Subject, StringComparer.Ordinal)
                    .Select(one => new SightedCall(Time(one.LowAtMs), Time(one.EtaAtMs), Time(one.HighAtMs), one.By, one.Probability, one.Mmsi, one.Name)),
            ],
            Observed = Observed(picture),
            Hours = Merge(picture, choices, seasonal, arrivals, options),
        };
    }

    /// <summary>The first whole hour after a time.</summary>
    internal static long FirstHourMs(long atMs) => ((atMs / PortPicture.HourMs) + 1) * PortPicture.HourMs;

    /// <summary>The same for the same port and hour, whatever the machine.</summary>
    internal static int SeedOf(PortPicture picture, ForecastOptions options)
    {
        var seed = unchecked((options.Seed * SeedFactor) + (int)(picture.AtMs / PortPicture.HourMs));
        foreach (var letter in picture.Port)
        {
            seed = unchecked((seed * SeedFactor) + letter);
        }

        return seed;
    }

    private static ForecastHour[] Merge(
        PortPicture picture, IReadOnlyList<MethodChoice> choices, WeekBands seasonal, WeekBands arrivals, ForecastOptions options)
    {
        var firstMs = FirstHourMs(picture.AtMs);
        var classes = ForecastErrors.Horizons.Count;
        var isShort = picture.KnownHours < options.HistoryHoursMin || picture.SilentSinceMs is not null;
        Band Of(int quantity, int hour)
        {
            var choice = choices[(quantity * classes) + BackTest.ClassOf(hour + 1)];
            // Of a port that is not known the seasonal method says just that.
            var isSeasonal = picture.KnownHours == 0 || choice.Method == SeasonalMethod.Name;
            var band = (isSeasonal ? seasonal : arrivals)[quantity, hour];
            return (isShort ? Widen(band) : band).Rounded();
        }

        return
        [
            .. Enumerable.Range(0, Hours).Select(hour =>
                new ForecastHour(Time(firstMs + (hour * PortPicture.HourMs)), Of(0, hour), Of(1, hour), Of(2, hour))),
        ];
    }

    // With little past, or none of the last hours, the spread that was seen is not the spread that there is.
    private static Band Widen(Band band) =>
        Band.Of(band.P10 / 2, band.P50, band.P90 + Math.Max(2, band.P90 - band.P50));

    private static ObservedHour[] Observed(PortPicture picture)
    {
        var first = Math.Max(0, picture.Queue.Count - Hours);
        return
        [
            .. Enumerable.Range(first, picture.Queue.Count - first).Select(hour => new ObservedHour(
                Time(picture.FromHourMs + (hour * PortPicture.HourMs)), picture.Queue[hour], picture.WaitingH[hour], picture.Berths[hour])),
        ];
    }

    private static DateTimeOffset Time(long atMs) => DateTimeOffset.FromUnixTimeMilliseconds(atMs);
}
