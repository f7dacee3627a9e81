namespace MaritimeWatch.Forecasts.Series;

/// <summary>Scores a forecast of a series by rolling origin: at each origin only what came before is known.</summary>
public static class RollingOrigin
{
    private const double NoForecast = double.NaN;

    /// <summary>
    /// Runs through the series once, value by value. An origin counts where it has a value and so has the time that is
    /// forecast; persistence is the value at the origin.
    /// </summary>
    /// <param name="series">The series.</param>
    /// <param name="fromAt">The first origin.</param>
    /// <param name="horizons">Periods ahead, at least 1 each.</param>
    /// <param name="cancel">Stops.</param>
    public static IReadOnlyList<HorizonScore> Evaluate(
        RegularSeries series, DateTimeOffset fromAt, IReadOnlyList<int> horizons, CancellationToken cancel = default)
    {
        var model = new SeriesModel(series.Season, horizons);
        var baselines = new Baselines(series);
        var sums = horizons.Select(_ => new ErrorSums()).ToArray();
        var first = series.IndexOf(fromAt);
        for (var origin = 0; origin < series.Count; origin++)
        {
            cancel.ThrowIfCancellationRequested();
            model.Add(series[origin]);
            baselines.MoveTo(origin);
            if (origin < first || series[origin] is not { } last)
            {
                continue;
            }

            for (var index = 0; index < horizons.Count; index++)
            {
                var target = origin + horizons[index];
                if (target < series.Count && series[target] is { } came)
                {
                    sums[index].Add(
                        came, model.Forecast(index)!.Value, last, baselines.Seasonal(horizons[index]) ?? NoForecast, baselines.Mean28, baselines.Median28);
                }
            }
        }

        return [.. horizons.Select((horizon, index) => sums[index].ToScore(horizon))];
    }

    private sealed class ErrorSums
    {
        private int n;
        private int seasonalN;
        private double model;
        private double persistence;
        private double seasonal;
        private double mean;
        private double median;
        private double pinball;
        private double pinballMean;
        private int held;

        public void Add(double came, Band forecast, double last, double season, double mean28, double median28)
        {
            n++;
            model += Math.Abs(came - forecast.P50);
            persistence += Math.Abs(came - last);
            mean += Math.Abs(came - mean28);
            median += Math.Abs(came - median28);
            pinball += forecast.Pinball(came);
            pinballMean += new Band(mean28, mean28, mean28).Pinball(came);
            held += forecast.Holds(came) ? 1 : 0;
            if (!double.IsNaN(season))
            {
                seasonalN++;
                seasonal += Math.Abs(came - season);
            }
        }

        // A baseline that could not always answer is not compared: it would be scored on other hours.
        public HorizonScore ToScore(int horizon) => n == 0 ? new HorizonScore { Horizon = horizon } : new HorizonScore
        {
            Horizon = horizon,
            N = n,
            MaeModel = model / n,
            MaePersistence = persistence / n,
            MaeSeasonal = seasonalN == n ? seasonal / n : null,
            MaeMean28 = mean / n,
            MaeMedian28 = median / n,
            PinballModel = pinball / n,
            PinballMean28 = pinballMean / n,
            Coverage80 = (double)held / n,
        };
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
