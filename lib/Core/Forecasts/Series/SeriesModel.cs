namespace MaritimeWatch.Forecasts.Series;

/// <summary>
/// Forecasts a count from its own past: levels of seven memories and a profile of the hour of day (or weekday), mixed for
/// each horizon by how they did there; widths from its own errors at that horizon. It is fed value by value and knows
/// nothing but what it was fed, so a forecast cannot have seen the future.
/// </summary>
/// <remarks>
/// Short memories for near horizons and long ones for far horizons is what exponential smoothing with a damped trend
/// amounts to; that a mean of simple forecasts beats the choice of one is the finding of the M competitions (S.
/// Makridakis et al., International Journal of Forecasting 36, 2020).
/// </remarks>
public sealed class SeriesModel
{
    private const double SnapWithin = 0.05;
    private static readonly double[] ValueLevels = [0.1, 0.5, 0.9];
    private static readonly double[] ValueHalfLivesDays = [28, 56, 224];
    private static readonly double[] Boosts = [1, 2];
    private readonly int season;
    private readonly HorizonModel[] horizons;
    private readonly SeasonProfile profile;
    private readonly Levels levels = new();
    private readonly StrayFilter? strays;
    private readonly ValueCounts[] counts;
    private Standing? now;
    private bool areWhole = true;

    /// <summary>A model that has seen nothing.</summary>
    /// <param name="season">Values in a day (24) or week (7).</param>
    /// <param name="horizons">Periods ahead, at least 1 each, ascending for <see cref="ForecastAt"/>; other horizons lie between these.</param>
    /// <param name="filtersStrays">Leave out readings that cannot be (default); false for numbers that may really jump.</param>
    public SeriesModel(int season, IReadOnlyList<int> horizons, bool filtersStrays = true)
    {
        this.season = season;
        strays = filtersStrays ? new StrayFilter() : null;
        profile = new SeasonProfile(season);

        // Hourly series are counted with shorter memories: days of them are what weeks are to daily ones.
        var perDay = season == 24 ? 4 : 1;
        counts = [.. ValueHalfLivesDays.Select(days => new ValueCounts(season, days * perDay))];
        this.horizons = [.. horizons.Select(horizon => new HorizonModel(horizon, counts.Length * Boosts.Length))];
    }

    /// <summary>How many values it was fed, missing ones included.</summary>
    public int Count { get; private set; }

    /// <summary>Values that could not be and were not learned from.</summary>
    public int Strays => strays?.Strays ?? 0;

    /// <summary>True once there was a value.</summary>
    public bool IsReady => now is not null;

    /// <summary>Takes the next value; null where it is missing.</summary>
    /// <param name="value">The value.</param>
    public void Add(double? value)
    {
        var index = Count++;
        var isStray = strays is not null && value is { } given && !strays.Accepts(given);
        double? believed = isStray ? null : value;
        profile.Add(index, believed);
        areWhole &= value is null || Math.Abs(value.Value - Math.Round(value.Value)) < 1e-9;
        if (believed is { } known)
        {
            levels.Add(known - profile.Values[index % season]);
            Array.ForEach(counts, count => count.Add(index, known));
            now = new Standing(levels.Now(), profile.Values);
        }

        foreach (var horizon in horizons)
        {
            horizon.Step(index, value, isStray, now, now is null ? [] : ValueQuantiles((index + horizon.Horizon) % season));
        }
    }

    /// <summary>The forecast from the last value on, or null where there was none.</summary>
    /// <param name="horizonIndex">Which of the horizons that the model was made for, from 0.</param>
    public Band? Forecast(int horizonIndex)
    {
        var horizon = horizons[horizonIndex];
        if (horizon.Last is not { } saying)
        {
            return null;
        }

        var (low, middle, high) = horizon.Forecast(saying);
        return Whole(low, middle, high);
    }

    /// <summary>The forecast of any horizon: level weights and widths lie between those of the nearest horizons.</summary>
    /// <param name="horizon">Periods ahead, at least 1.</param>
    /// <returns>Null where there was no value.</returns>
    public Band? ForecastAt(int horizon)
    {
        if (now is null)
        {
            return null;
        }

        var above = Array.FindIndex(horizons, one => one.Horizon >= horizon);
        above = above < 0 ? horizons.Length - 1 : above;
        var below = horizons[above].Horizon <= horizon ? above : Math.Max(0, above - 1);
        var span = horizons[above].Horizon - horizons[below].Horizon;
        var share = span == 0 ? 0 : (double)(horizon - horizons[below].Horizon) / span;
        var hour = now.Profile[(Count - 1 + horizon) % season];
        var (a, b) = (Offsets(below, hour), Offsets(above, hour));
        return Whole(Between(a.Low, b.Low, share), Between(a.Middle, b.Middle, share), Between(a.High, b.High, share));
    }

    /// <summary>True where the model has seen how wrong it is at about this horizon.</summary>
    /// <param name="horizon">Periods ahead.</param>
    public bool KnowsItsErrorsAt(int horizon) =>
        (Array.Find(horizons, one => one.Horizon >= horizon) ?? horizons[^1]).KnowsItsErrors;

    // A mixed quantile of counts that is a hair above 0 means 0: else "none" would lie below the band.
    private Band Whole(double low, double middle, double high) => Band.Of(Snap(low), Snap(middle), Snap(high));

    private double Snap(double value) =>
        areWhole && Math.Abs(value - Math.Round(value)) < SnapWithin ? Math.Round(value) : value;

    private static double Between(double a, double b, double share) => a + (share * (b - a));

    // A horizon's forecast, moved from its own hour of day to another one.
    private (double Low, double Middle, double High) Offsets(int index, double hour)
    {
        var horizon = horizons[index];
        var (low, middle, high) = horizon.Forecast(horizon.Last!);
        var moved = hour - now!.Profile[(Count - 1 + horizon.Horizon) % season];
        return (low + moved, middle + moved, high + moved);
    }

    private double[] ValueQuantiles(int place)
    {
        var quantiles = new double[counts.Length * Boosts.Length * 3];
        for (var expert = 0; expert < counts.Length * Boosts.Length; expert++)
        {
            counts[expert / Boosts.Length].Quantiles(place, Boosts[expert % Boosts.Length], ValueLevels, quantiles.AsSpan(expert * 3, 3));
        }

        return quantiles;
    }
}
