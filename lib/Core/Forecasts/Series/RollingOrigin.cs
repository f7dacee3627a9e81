namespace MaritimeWatch.Forecasts.Series;

/// <summary>Scores a forecast of a series by rolling origin: at each origin only what came before is known.</summary>
public static class RollingOrigin
{
    /// <summary>Runs through the series. An origin counts where it has a value, and so has the time that is forecast.</summary>
    /// <param name="series">The series.</param>
    /// <param name="fromAt">The first origin.</param>
    /// <param name="horizons">Periods ahead, at least 1 each.</param>
    /// <param name="cancel">Stops.</param>
    public static IReadOnlyList<HorizonScore> Evaluate(
        RegularSeries series, DateTimeOffset fromAt, IReadOnlyList<int> horizons, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return [.. horizons.Select(horizon => new HorizonScore { Horizon = horizon })];
    }
}

/// <summary>Errors at one horizon; null where nothing could be compared.</summary>
public sealed record HorizonScore
{
    /// <summary>Periods ahead.</summary>
    public required int Horizon { get; init; }

    /// <summary>Origins that were compared.</summary>
    public int N { get; init; }

    /// <summary>Mean absolute error of the model's median.</summary>
    public double? MaeModel { get; init; }

    /// <summary>The same of the last known value.</summary>
    public double? MaePersistence { get; init; }

    /// <summary>The same of the latest known value of the same hour of day or weekday.</summary>
    public double? MaeSeasonal { get; init; }

    /// <summary>The same of the mean of up to 28 days before the origin.</summary>
    public double? MaeMean28 { get; init; }

    /// <summary>The same of their median.</summary>
    public double? MaeMedian28 { get; init; }

    /// <summary>Mean pinball loss of the model's 10, 50 and 90 % quantiles.</summary>
    public double? PinballModel { get; init; }

    /// <summary>The same where all three are the mean of up to 28 days.</summary>
    public double? PinballMean28 { get; init; }

    /// <summary>Share of what came between the 10 and the 90 % quantile; 0.8 is meant.</summary>
    public double? Coverage80 { get; init; }
}
