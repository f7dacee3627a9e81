namespace MaritimeWatch.Forecasts.Series;

/// <summary>
/// How often each value came, the older the less: gives quantiles of the values themselves, with more weight on the
/// same hour of day (or weekday) where asked. Values are kept to three digits, which is exact for counts below 1,000.
/// </summary>
internal sealed class ValueCounts(int season, double halfLife)
{
    private const double RescaleAt = 1e200;
    private readonly double growth = Math.Pow(2, 1 / halfLife);
    private readonly List<double> values = [];
    private readonly List<double> totals = [];
    private readonly List<double[]> bySeason = [];
    private double weight = 1;

    /// <summary>Takes the next value.</summary>
    public void Add(int index, double value)
    {
        value = ThreeDigits(value);
        var place = values.BinarySearch(value);
        if (place < 0)
        {
            place = ~place;
            values.Insert(place, value);
            totals.Insert(place, 0);
            bySeason.Insert(place, new double[season]);
        }

        // Later values weigh more, instead of all earlier ones less.
        weight *= growth;
        totals[place] += weight;
        bySeason[place][index % season] += weight;
        if (weight > RescaleAt)
        {
            Rescale();
        }
    }

    /// <summary>Writes the quantiles of the levels, ascending; nothing where no value came.</summary>
    /// <param name="season">The place in the season that is asked about.</param>
    /// <param name="boost">How much more a value of that place counts; 1 for no more.</param>
    /// <param name="levels">Ascending, 0 to 1.</param>
    /// <param name="target">As long as the levels.</param>
    public void Quantiles(int season, double boost, ReadOnlySpan<double> levels, Span<double> target)
    {
        var total = 0.0;
        for (var index = 0; index < values.Count; index++)
        {
            total += totals[index] + ((boost - 1) * bySeason[index][season]);
        }

        var (sum, level) = (0.0, 0);
        for (var index = 0; index < values.Count && level < levels.Length; index++)
        {
            sum += totals[index] + ((boost - 1) * bySeason[index][season]);
            while (level < levels.Length && (sum >= levels[level] * total || index == values.Count - 1))
            {
                target[level++] = values[index];
            }
        }
    }

    private static double ThreeDigits(double value)
    {
        if (value == 0)
        {
            return 0;
        }

        var unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - 2);
        return unit >= 1 ? Math.Round(value / unit) * unit : Math.Round(value * Math.Round(1 / unit)) / Math.Round(1 / unit);
    }

    private void Rescale()
    {
        for (var index = 0; index < values.Count; index++)
        {
            totals[index] /= RescaleAt;
            for (var place = 0; place < season; place++)
            {
                bySeason[index][place] /= RescaleAt;
            }
        }

        weight /= RescaleAt;
    }
}
