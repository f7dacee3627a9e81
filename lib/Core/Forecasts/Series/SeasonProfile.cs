namespace MaritimeWatch.Forecasts.Series;

/// <summary>
/// How much each hour of the day (or weekday) usually lies above the mean: decayed means of the deviation from the
/// centred mean of one season, shrunk towards nothing as long as little was seen.
/// </summary>
internal sealed class SeasonProfile(int season)
{
    private const double HalfLifeSeasons = 28;
    private const double ShrinkSeasons = 8;
    private readonly double fade = Math.Pow(0.5, 1 / (HalfLifeSeasons * season));
    private readonly double[] sums = new double[season];
    private readonly double[] weights = new double[season];
    private readonly double?[] lastSeason = new double?[season];

    /// <summary>What to add, by place in the season; a new array after each change.</summary>
    public double[] Values { get; private set; } = new double[season];

    /// <summary>Takes the next value; null where there is none.</summary>
    public void Add(int index, double? value)
    {
        lastSeason[index % season] = value;
        var (sum, count) = (0.0, 0);
        foreach (var one in lastSeason)
        {
            (sum, count) = one is { } known ? (sum + known, count + 1) : (sum, count);
        }

        var middle = index - (season / 2);
        if (middle < 0 || lastSeason[middle % season] is not { } centre || count <= season / 2)
        {
            return;
        }

        for (var place = 0; place < season; place++)
        {
            sums[place] *= fade;
            weights[place] *= fade;
        }

        sums[middle % season] += centre - (sum / count);
        weights[middle % season]++;
        Values = Centred();
    }

    private double[] Centred()
    {
        var values = new double[season];
        for (var place = 0; place < season; place++)
        {
            values[place] = sums[place] / (weights[place] + ShrinkSeasons);
        }

        var mean = values.Average();
        for (var place = 0; place < season; place++)
        {
            values[place] -= mean;
        }

        return values;
    }
}
