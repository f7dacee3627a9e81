using MaritimeWatch.Forecasts.Calls;

namespace MaritimeWatch.Forecasts.Methods;

/// <summary>
/// Which of the two methods did better on the past, by quantity and class of horizons: from moments of the past, with
/// what was known then and nothing more, held against what is known now.
/// </summary>
internal static class BackTest
{
    private const long HourMs = PortPicture.HourMs;
    private const int EveryHoursMin = 6;
    private const int PastHoursMin = 24;
    private const int LookBackHours = 21 * 24;
    private const int OriginsNeeded = 2;

    public static IReadOnlyList<MethodChoice> Choose(PortSeries series, PortPicture picture, ForecastOptions options)
    {
        var classes = ForecastErrors.Horizons;
        Loss[][] losses = [.. WeekBands.Quantities.Select(_ => new Loss[classes.Count])];
        foreach (var originMs in Origins(picture, options))
        {
            var past = series.AsKnownAt(originMs, options);
            if (past.KnownHours >= PastHoursMin)
            {
                var seasonal = SeasonalMethod.Forecast(past);
                var arrivals = ArrivalsAndService.Forecast(past, options.TrialRuns, PortForecaster.SeedOf(past, options));
                Score(losses, seasonal, arrivals, originMs, picture);
            }
        }

        var choices = new List<MethodChoice>();
        for (var quantity = 0; quantity < WeekBands.Quantities.Count; quantity++)
        {
            for (var horizon = 0; horizon < classes.Count; horizon++)
            {
                choices.Add(losses[quantity][horizon].ToChoice(WeekBands.Quantities[quantity], classes[horizon]));
            }
        }

        return choices;
    }

    private static IEnumerable<long> Origins(PortPicture picture, ForecastOptions options)
    {
        var hours = Math.Min(LookBackHours, picture.Queue.Count - PastHoursMin);
        var every = Math.Max(EveryHoursMin, hours / Math.Max(1, options.TrialsMax));
        for (var back = every; back <= hours && back <= every * options.TrialsMax; back += every)
        {
            yield return picture.AtMs - (back * HourMs);
        }
    }

    private static void Score(Loss[][] losses, WeekBands seasonal, WeekBands arrivals, long originMs, PortPicture came)
    {
        IReadOnlyList<double?>[] actual = [came.Queue, came.WaitingH, came.Berths];
        var first = (PortForecaster.FirstHourMs(originMs) - came.FromHourMs) / HourMs;
        for (var quantity = 0; quantity < actual.Length; quantity++)
        {
            var trial = new Loss[ForecastErrors.Horizons.Count];
            for (var hour = 0; hour < PortForecaster.Hours && first + hour < actual[quantity].Count; hour++)
            {
                if (actual[quantity][(int)(first + hour)] is { } value)
                {
                    trial[ClassOf(hour + 1)].Add(seasonal[quantity, hour].Pinball(value), arrivals[quantity, hour].Pinball(value));
                }
            }

            for (var horizon = 0; horizon < trial.Length; horizon++)
            {
                losses[quantity][horizon].AddTrial(trial[horizon]);
            }
        }
    }

    internal static int ClassOf(int aheadHours)
    {
        var index = 0;
        while (index < ForecastErrors.Horizons.Count - 1 && aheadHours > ForecastErrors.Horizons[index])
        {
            index++;
        }

        return index;
    }

    private record struct Loss(double Seasonal, double Arrivals, int Hours, int Trials)
    {
        public void Add(double seasonal, double arrivals) =>
            (Seasonal, Arrivals, Hours) = (Seasonal + seasonal, Arrivals + arrivals, Hours + 1);

        public void AddTrial(Loss trial)
        {
            if (trial.Hours > 0)
            {
                (Seasonal, Arrivals, Hours, Trials) =
                    (Seasonal + trial.Seasonal, Arrivals + trial.Arrivals, Hours + trial.Hours, Trials + 1);
            }
        }

        // Without a past to try them on, who is there and who comes says more than a pattern that has not been seen.
        public readonly MethodChoice ToChoice(string quantity, int horizon) => new(
            quantity,
            horizon,
            Trials >= OriginsNeeded && Seasonal < Arrivals ? SeasonalMethod.Name : ArrivalsAndService.Name,
            Hours == 0 ? null : Math.Round(Seasonal / Hours, 3),
            Hours == 0 ? null : Math.Round(Arrivals / Hours, 3),
            Trials);
    }
}
