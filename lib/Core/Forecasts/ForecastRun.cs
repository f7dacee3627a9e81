using MaritimeWatch.Forecasts.Calls;

namespace MaritimeWatch.Forecasts;

/// <summary>
/// Issues forecasts and keeps them: what the timer does each hour, and what a replay does for each day that it brought.
/// </summary>
/// <param name="history">What is known of the ports.</param>
/// <param name="store">Where forecasts are kept.</param>
/// <param name="options">How they are made, or null for the usual values.</param>
public sealed class ForecastRun(PortHistory history, ForecastStore store, ForecastOptions? options = null)
{
    /// <summary>More days of a replay than this get no forecast of their own; the last ones do.</summary>
    public const int DaysMax = 62;

    private static readonly TimeSpan QuietMax = TimeSpan.FromDays(1);

    private readonly ForecastOptions options = options ?? ForecastOptions.Default;

    /// <summary>Issues one forecast of each port as of a time.</summary>
    /// <param name="ports">The ports, or null for every port that was called at by then.</param>
    /// <param name="at">What became known later is not in it.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>How many were new; one that was issued before stays as it was.</returns>
    /// <exception cref="Log.StoreException">Trouble in the store.</exception>
    public async Task<int> RunAsync(IReadOnlyList<string>? ports, DateTimeOffset at, CancellationToken cancel = default)
    {
        var issued = 0;
        foreach (var port in ports ?? history.Ports)
        {
            cancel.ThrowIfCancellationRequested();
            if (await store.HasAsync(port, at, cancel))
            {
                continue;
            }

            var forecast = PortForecaster.Forecast(history.Of(port), at, options);
            if (ports is not null || forecast.HistoryHours > 0)
            {
                issued += await store.AddAsync(forecast, cancel) ? 1 : 0;
            }
        }

        return issued;
    }

    /// <summary>
    /// Issues one forecast per port for each midnight (UTC) that the history covers and that has none yet, and one for its end: a
    /// planner then sees what past forecasts were worth.
    /// </summary>
    /// <param name="until">The end, or null for when the last line became known.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>How many were new.</returns>
    /// <exception cref="Log.StoreException">Trouble in the store.</exception>
    public async Task<int> RunDaysAsync(DateTimeOffset? until = null, CancellationToken cancel = default)
    {
        if (history.FirstKnownAtMs is not { } first)
        {
            return 0;
        }

        var end = until ?? DateTimeOffset.FromUnixTimeMilliseconds(history.LastKnownAtMs!.Value);
        var days = new List<DateTimeOffset>();
        var day = new DateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(first).UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
        for (; day < end; day = day.AddDays(1))
        {
            days.Add(day);
        }

        var issued = 0;
        foreach (var at in days.TakeLast(DaysMax).Append(WholeSecond(end)))
        {
            issued += await RunAsync(null, at, cancel);
        }

        return issued;
    }

    /// <summary>
    /// Issues what is due by the clock (the timer): as of the last whole hour, or, where nothing has become known for a day
    /// (a recording that is looked at), as of the last whole hour in which something did.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>How many were new.</returns>
    /// <exception cref="Log.StoreException">Trouble in the store.</exception>
    public async Task<int> RunDueAsync(DateTimeOffset now, CancellationToken cancel = default)
    {
        if (history.LastKnownAtMs is not { } last)
        {
            return 0;
        }

        var known = DateTimeOffset.FromUnixTimeMilliseconds(last);
        var at = known < now - QuietMax || known > now ? known : now;
        return await RunAsync(null, at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerHour)), cancel);
    }

    // Blob names carry whole seconds.
    private static DateTimeOffset WholeSecond(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % TimeSpan.TicksPerSecond));
}
