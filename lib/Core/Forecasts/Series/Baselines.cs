namespace MaritimeWatch.Forecasts.Series;

/// <summary>The simple forecasts that a model must beat. They know what lies at or before the origin, no more.</summary>
/// <param name="series">The series.</param>
public sealed class Baselines(RegularSeries series)
{
    private int origin = -1;

    /// <summary>Mean of the known values of up to 28 days before the origin, the origin included; NaN where there is none.</summary>
    public double Mean28 { get; private set; } = double.NaN;

    /// <summary>Median of the same.</summary>
    public double Median28 { get; private set; } = double.NaN;

    /// <summary>Goes to an origin.</summary>
    /// <param name="index">The origin.</param>
    public void MoveTo(int index)
    {
        origin = index;
        var known = new List<double>(series.FourWeeks);
        for (var at = Math.Max(0, origin - series.FourWeeks + 1); at <= origin; at++)
        {
            if (series[at] is { } value)
            {
                known.Add(value);
            }
        }

        if (known.Count == 0)
        {
            (Mean28, Median28) = (double.NaN, double.NaN);
            return;
        }

        Mean28 = known.Average();
        Median28 = Quantiles.MedianOf(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(known));
    }

    /// <summary>The latest known value of the same hour of day (or weekday) as the target; null where there is none.</summary>
    /// <param name="horizon">Periods from the origin to the target, at least 1.</param>
    public double? Seasonal(int horizon)
    {
        for (var at = origin + horizon - ((horizon + series.Season - 1) / series.Season * series.Season); at >= 0; at -= series.Season)
        {
            if (series[at] is { } value)
            {
                return value;
            }
        }

        return null;
    }
}
