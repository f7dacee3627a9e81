using MaritimeWatch.Forecasts.Calls;
using MaritimeWatch.Forecasts.Series;

namespace MaritimeWatch.Forecasts.Methods;

/// <summary>The port goes on as it did, hour of day by hour of day: each quantity from its own past (<see cref="SeriesModel"/>).</summary>
internal static class SeasonalMethod
{
    public const string Name = "seasonal";
    private static readonly int[] Horizons = [1, 6, 24, 72, 168];

    // Where nothing is known at all the band says just that.
    private static readonly Band[] Unknown = [new(0, 1, 10), new(0, 6, 48), new(0, 2, 20)];

    public static WeekBands Forecast(PortPicture picture)
    {
        var week = new WeekBands();
        IReadOnlyList<double?>[] series = [picture.Queue, picture.WaitingH, picture.Berths];
        for (var quantity = 0; quantity < series.Length; quantity++)
        {
            // Counts of calls may really jump, and waits are mostly 0: nothing here is a stray reading.
            var model = new SeriesModel(24, Horizons, filtersStrays: false);
            foreach (var value in series[quantity])
            {
                model.Add(value);
            }

            for (var hour = 0; hour < PortForecaster.Hours; hour++)
            {
                week[quantity, hour] = model.ForecastAt(hour + 1) ?? Unknown[quantity];
            }
        }

        return week;
    }
}
