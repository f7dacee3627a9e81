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

    /// <summary>
    /// The median of counts by the mid-distribution (Y. Ma, M. Genton, E. Parzen, 2011): lies between two counts as chance
    /// lies between them, instead of jumping from one to the other with the draw.
    /// </summary>
    /// <param name="sorted">Ascending, each value usually often; at least one.</param>
    public static double MidMedianOfSorted(ReadOnlySpan<double> sorted)
    {
        var (lastValue, lastMiddle) = (sorted[0], 0.0);
        for (var from = 0; from < sorted.Length;)
        {
            var to = from;
            while (to < sorted.Length && sorted[to] == sorted[from])
            {
                to++;
            }

            var middle = (from + to) / 2.0 / sorted.Length;
            if (middle >= 0.5)
            {
                return from == 0 ? sorted[0] : lastValue + ((0.5 - lastMiddle) / (middle - lastMiddle) * (sorted[from] - lastValue));
            }

            (lastValue, lastMiddle, from) = (sorted[from], middle, to);
        }

        return lastValue;
    }

    /// <summary>The middle of some numbers, in any order; the span is sorted by this.</summary>
    /// <param name="values">At least one.</param>
    public static double MedianOf(Span<double> values)
    {
        values.Sort();
        return OfSorted(values, 0.5);
    }
}
