namespace MaritimeWatch.Forecasts.Series;

/// <summary>
/// How much each hour of the day (or weekday) usually lies above the mean: decayed means of the deviation from the
/// centred mean of one season, shrunk towards nothing as far as chance alone would make them differ (W. James, C. Stein,
/// 1961).
/// </summary>
internal sealed class SeasonProfile(int season)
{
    private const double HalfLifeSeasons = 28;
    private const double SeasonsMin = 2;
    private readonly double fade = Math.Pow(0.5, 1 / (HalfLifeSeasons * season));
    private readonly double[] sums = new double[season];
    private readonly double[] squares = new double[season];
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
            squares[place] *= fade;
            weights[place] *= fade;
        }

        var off = centre - (sum / count);
        sums[middle % season] += off;
        squares[middle % season] += off * off;
        weights[middle % season]++;
        Values = Centred();
    }

    private double[] Centred()
    {
        var (values, within, seasons) = (new double[season], 0.0, 0.0);
        for (var place = 0; place < season; place++)
        {
            values[place] = weights[place] > 0 ? sums[place] / weights[place] : 0;
            within += Math.Max(0, squares[place] - (values[place] * sums[place]));
            seasons += weights[place];
        }

        var perPlace = seasons / season;
        var mean = values.Average();
        var between = values.Sum(value => (value - mean) * (value - mean)) / (season - 1);
        var chance = perPlace > SeasonsMin ? within / (season * (perPlace - 1)) / perPlace : double.PositiveInfinity;
        var kept = between > chance ? (between - chance) / between : 0;
        for (var place = 0; place < season; place++)
        {
            values[place] = kept * (values[place] - mean);
        }

        return values;
    }
}
