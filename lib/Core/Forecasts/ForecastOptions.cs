namespace MaritimeWatch.Forecasts;

/// <summary>How a forecast is made.</summary>
public sealed record ForecastOptions
{
    /// <summary>The usual values.</summary>
    public static ForecastOptions Default { get; } = new();

    /// <summary>Seed of the simulated arrivals, any number; default 20261122. Port and time are mixed in.</summary>
    public int Seed { get; init; } = 20_261_122;

    /// <summary>Simulated courses of the week, at least 50; default 240.</summary>
    public int Runs { get; init; } = 240;

    /// <summary>Simulated courses in each trial of the back-test, at least 20; default 40.</summary>
    public int TrialRuns { get; init; } = 40;

    /// <summary>Moments of the past from which both methods are tried, at most; default 6.</summary>
    public int TrialsMax { get; init; } = 6;

    /// <summary>How much of the past is looked at, days; default 42.</summary>
    public int HistoryDays { get; init; } = 42;

    /// <summary>Less past than this makes a forecast wide and says so, hours; default 48.</summary>
    public int HistoryHoursMin { get; init; } = 48;

    /// <summary>A ship may take this long from an anchorage of a port to its berth; default 12 hours.</summary>
    public TimeSpan AnchorToBerthMax { get; init; } = TimeSpan.FromHours(12);

    /// <summary>A declared ship that has not come this long after its time is no longer waited for; default 24 hours.</summary>
    public TimeSpan OverdueMax { get; init; } = TimeSpan.FromHours(24);

    /// <summary>
    /// No news of any port for this long, where news usually come much faster, is a hole in reception; default 6 hours.
    /// </summary>
    public TimeSpan HoleMin { get; init; } = TimeSpan.FromHours(6);
}
