namespace MaritimeWatch.Forecasts.Series;

/// <summary>Numbers at equal distances in time; some may be missing.</summary>
public sealed class RegularSeries
{
    private readonly double?[] values;

    /// <summary>A series.</summary>
    /// <param name="fromAt">Time of the first value.</param>
    /// <param name="period">Time between two values: an hour or a day.</param>
    /// <param name="values">The values; null where there is none.</param>
    /// <exception cref="ArgumentException">The period is neither an hour nor a day.</exception>
    public RegularSeries(DateTimeOffset fromAt, TimeSpan period, IReadOnlyList<double?> values)
    {
        Season = period == TimeSpan.FromHours(1) ? 24 : period == TimeSpan.FromDays(1) ? 7
            : throw new ArgumentException("a series has a value an hour or a day", nameof(period));
        (FromAt, Period, this.values) = (fromAt, period, [.. values]);
    }

    /// <summary>Time of the first value.</summary>
    public DateTimeOffset FromAt { get; }

    /// <summary>Time between two values.</summary>
    public TimeSpan Period { get; }

    /// <summary>After how many values the clock or the week begins again: 24 hours or 7 days.</summary>
    public int Season { get; }

    /// <summary>Values in 28 days.</summary>
    public int FourWeeks => 28 * (Season == 24 ? 24 : 1);

    /// <summary>How many values, missing ones included.</summary>
    public int Count => values.Length;

    /// <summary>A value, or null where it is missing.</summary>
    /// <param name="index">From 0.</param>
    public double? this[int index] => values[index];

    /// <summary>The index of a time, rounded up; may lie outside the series.</summary>
    /// <param name="at">The time.</param>
    public long IndexOf(DateTimeOffset at) => (long)Math.Ceiling((at - FromAt) / Period);
}
