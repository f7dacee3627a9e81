namespace MaritimeWatch.Forecasts;

/// <summary>Quantiles and their loss.</summary>
public static class Quantiles
{
    /// <summary>Pinball (quantile) loss of one quantile: R. Koenker, G. Bassett, Econometrica 46 (1978).</summary>
    /// <param name="level">The level, 0 to 1.</param>
    /// <param name="forecast">The quantile as it was forecast.</param>
    /// <param name="actual">What came.</param>
    public static double Pinball(double level, double forecast, double actual) =>
        actual >= forecast ? level * (actual - forecast) : (1 - level) * (forecast - actual);

    /// <summary>A quantile of sorted numbers, with a straight line between neighbours (type 7 of R. Hyndman, Y. Fan, 1996).</summary>
    /// <param name="sorted">Ascending; at least one.</param>
    /// <param name="level">0 to 1.</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double level)
    {
        var place = level * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>The middle of some numbers, in any order; the span is sorted by this.</summary>
    /// <param name="values">At least one.</param>
    public static double MedianOf(Span<double> values)
    {
        values.Sort();
        return OfSorted(values, 0.5);
    }
}
