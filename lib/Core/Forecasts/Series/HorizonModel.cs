namespace MaritimeWatch.Forecasts.Series;

/// <summary>
/// What a model has learned about one horizon: how to mix the levels into a point, and for each quantile how to mix that
/// point plus its own past errors with quantiles of the values themselves.
/// </summary>
internal sealed class HorizonModel
{
    private const int ErrorsMax = 672;
    private const int RecentErrorsMax = 168;
    private const int ErrorsNeeded = 20;
    private const double PointPrior = 0.6;
    private const double WideShare = 0.6;
    private const double WideMin = 2;
    private const double WideSpreads = 2;
    private const int SpreadNeeds = 48;
    private static readonly double[] QuantileLevels = [0.1, 0.5, 0.9];
    private readonly ExpertMix point = ExpertMix.Even(Levels.Count);
    private readonly ExpertMix[] quantiles;
    private readonly SortedWindow errors = new(ErrorsMax);
    private readonly SortedWindow recentErrors = new(RecentErrorsMax);
    private readonly Saying?[] said;
    private readonly int valueExperts;

    public HorizonModel(int horizon, int valueExperts)
    {
        (Horizon, this.valueExperts) = (horizon, valueExperts);
        said = new Saying?[horizon];
        quantiles = [.. QuantileLevels.Select(_ => new ExpertMix(Prior(valueExperts)))];
    }

    /// <summary>Periods ahead.</summary>
    public int Horizon { get; }

    /// <summary>
    /// True where it has seen how wrong it is at this horizon. Errors of neighbouring origins overlap, so that many of
    /// them within one horizon are little more than one.
    /// </summary>
    public bool KnowsItsErrors => errors.Count >= Math.Min(ErrorsNeeded + Horizon, ErrorsMax);

    /// <summary>The weights of the levels.</summary>
    public ReadOnlySpan<double> LevelWeights => point.Weights;

    /// <summary>Learns from what came, then says what will come; in this order, so that nothing is known too early.</summary>
    /// <param name="index">Now.</param>
    /// <param name="actual">The value now, strays included, or null.</param>
    /// <param name="isStray">The value is not to be learned levels from.</param>
    /// <param name="now">Where the series stands, or null before its first value.</param>
    /// <param name="valueQuantiles">Quantiles of the values, 3 of each expert.</param>
    public void Step(int index, double? actual, bool isStray, Standing? now, double[] valueQuantiles)
    {
        ref var slot = ref said[index % Horizon];
        if (slot is { } saying && actual is { } came)
        {
            Learn(saying, came, isStray, index);
        }

        slot = now is null ? null : Say(now, index, valueQuantiles);
        Last = slot;
    }

    /// <summary>What was said at the last step, or null before the first value.</summary>
    public Saying? Last { get; private set; }

    /// <summary>The quantiles of what was said last.</summary>
    public (double Low, double Middle, double High) Forecast(Saying saying)
    {
        var per = 2 + valueExperts;
        Span<double> sorted = stackalloc double[3];
        for (var level = 0; level < 3; level++)
        {
            sorted[level] = quantiles[level].Mix(saying.Experts.AsSpan(level * per, per));
        }

        sorted.Sort();
        return (sorted[0], sorted[1], sorted[2]);
    }

    private static double[] Prior(int valueExperts) =>
    [
        PointPrior / 2, PointPrior / 2, .. Enumerable.Repeat((1 - PointPrior) / valueExperts, valueExperts),
    ];

    private void Learn(Saying saying, double came, bool isStray, int index)
    {
        errors.Add(came - saying.Point);
        recentErrors.Add(came - saying.Point);
        if (!isStray)
        {
            var target = came - saying.Standing.Profile[index % saying.Standing.Profile.Length];
            var off = point.Mix(saying.Standing.Levels) - target;

            // Near the target the slope is soft (Huber), or a single unit would swing the weights.
            var soft = Math.Max(1e-6, point.Scale);
            point.Learn(saying.Standing.Levels, Math.Clamp(off / soft, -1, 1), Math.Abs(off));
        }

        var per = 2 + valueExperts;
        for (var level = 0; level < 3; level++)
        {
            var experts = saying.Experts.AsSpan(level * per, per);
            var mixed = quantiles[level].Mix(experts);
            var slope = came > mixed ? -QuantileLevels[level] : came < mixed ? 1 - QuantileLevels[level] : 0;
            quantiles[level].Learn(experts, 2 * slope, 2 * Quantiles.Pinball(QuantileLevels[level], mixed, came));
        }
    }

    private Saying Say(Standing now, int index, double[] valueQuantiles)
    {
        var middle = Math.Max(0, point.Mix(now.Levels) + now.Profile[(index + Horizon) % now.Profile.Length]);
        var wide = Wide(index, middle, valueQuantiles);
        var per = 2 + valueExperts;
        var experts = new double[3 * per];
        for (var level = 0; level < 3; level++)
        {
            experts[level * per] = Math.Max(0, middle + Offset(errors, level, wide));
            experts[(level * per) + 1] = Math.Max(0, middle + Offset(recentErrors, level, wide));
            for (var expert = 0; expert < valueExperts; expert++)
            {
                // Before it knows its errors nothing may make it look sure.
                experts[(level * per) + 2 + expert] = KnowsItsErrors ? valueQuantiles[(expert * 3) + level] : experts[level * per];
            }
        }

        return new Saying(now, middle, experts);
    }

    // Before it knows its errors: twice the spread of the values themselves, or a good part of the level where even that
    // is not known.
    private double Wide(int index, double middle, double[] valueQuantiles)
    {
        var longest = valueQuantiles.AsSpan((valueExperts - 2) * 3, 3);
        return Math.Max(WideMin, index < SpreadNeeds
            ? WideShare * middle
            : WideSpreads * Math.Max(longest[2] - longest[1], longest[1] - longest[0]));
    }

    private double Offset(SortedWindow known, int level, double wide)
    {
        if (level == 1)
        {
            return 0; // The point is a median already: its weights were learned by absolute error.
        }

        return KnowsItsErrors ? known.Quantile(QuantileLevels[level]) : (level - 1) * wide;
    }
}

/// <summary>Where a series stands.</summary>
/// <param name="Levels">See <see cref="Series.Levels"/>.</param>
/// <param name="Profile">See <see cref="SeasonProfile"/>.</param>
internal sealed record Standing(double[] Levels, double[] Profile);

/// <summary>What was said about one horizon.</summary>
/// <param name="Standing">On what.</param>
/// <param name="Point">The point forecast.</param>
/// <param name="Experts">What each expert said, quantile after quantile.</param>
internal sealed record Saying(Standing Standing, double Point, double[] Experts);
