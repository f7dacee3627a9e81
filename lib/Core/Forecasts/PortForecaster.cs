using MaritimeWatch.Forecasts.Calls;

namespace MaritimeWatch.Forecasts;

/// <summary>Forecasts a port's queue, waits and berths for seven days, hour by hour.</summary>
public static class PortForecaster
{
    /// <summary>Hours of a forecast.</summary>
    public const int Hours = 168;

    /// <summary>Makes a forecast. The same past gives the same forecast; what became known after <paramref name="at"/> changes nothing.</summary>
    /// <param name="series">What is known of the port.</param>
    /// <param name="at">When it is issued.</param>
    /// <param name="options">How, or null for the usual values.</param>
    public static PortForecast Forecast(PortSeries series, DateTimeOffset at, ForecastOptions? options = null)
    {
        options ??= ForecastOptions.Default;
        var picture = series.AsKnownAt(at.ToUnixTimeMilliseconds(), options);
        return new PortForecast { Port = series.Port, IssuedAt = at, Hours = [], HistoryHours = picture.KnownHours };
    }
}
