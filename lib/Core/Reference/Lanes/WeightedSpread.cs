namespace MaritimeWatch.Reference.Lanes;

/// <summary>
/// Quantiles of a few weighted values. Where there are enough of them, as they were; where there are not, by their spread
/// with Student's distribution, so that few voyages make a wide lane and not a narrow one.
/// </summary>
internal readonly struct WeightedSpread
{
    // A quantile is read off where this many values lie beyond it.
    private const double BeyondMin = 3;
    private readonly (double Value, double Weight)[] _sorted;
    private readonly double _sum;

    public WeightedSpread(IEnumerable<(double Value, double Weight)> values)
    {
        _sorted = [.. values.OrderBy(one => one.Value)];
        _sum = _sorted.Sum(one => one.Weight);
        var squares = _sorted.Sum(one => one.Weight * one.Weight);
        Count = _sorted.Length;
        Effective = squares > 0 ? _sum * _sum / squares : 0;
    }

    public int Count { get; }

    /// <summary>How many values of equal weight would tell as much.</summary>
    public double Effective { get; }

    public double Mean => Sum(one => one) / _sum;

    /// <summary>The value below which a part lies, as it was; between two values a line.</summary>
    public double Quantile(double part)
    {
        if (Count == 1)
        {
            return _sorted[0].Value;
        }

        var wanted = part * _sum;
        double below = 0, before = 0;
        for (var i = 0; i < Count; i++)
        {
            var middle = below + (_sorted[i].Weight / 2);
            if (middle >= wanted)
            {
                return i == 0
                    ? _sorted[0].Value
                    : _sorted[i - 1].Value + ((_sorted[i].Value - _sorted[i - 1].Value) * (wanted - before) / (middle - before));
            }

            below += _sorted[i].Weight;
            before = middle;
        }

        return _sorted[^1].Value;
    }

    /// <summary>
    /// Of values that spread to both sides of 0: within how much of 0 the next one lies with a chance. At least as it was.
    /// </summary>
    public double Within(double part)
    {
        var seen = new WeightedSpread(_sorted.Select(one => (Math.Abs(one.Value), one.Weight)));
        return Effective * (1 - part) >= BeyondMin
            ? seen.Quantile(part)
            : Math.Max(seen.Quantile(part), Next(Math.Sqrt(Sum(one => one * one) / _sum), (1 + part) / 2));
    }

    /// <summary>The value that the next one is below with a chance.</summary>
    public double Below(double part)
    {
        if (Effective * Math.Min(part, 1 - part) >= BeyondMin || Count < 2)
        {
            return Quantile(part);
        }

        var mean = Mean;
        var spread = Next(Math.Sqrt(Sum(one => (one - mean) * (one - mean)) / _sum), Math.Max(part, 1 - part));
        return part >= 0.5 ? Math.Max(Quantile(part), mean + spread) : Math.Min(Quantile(part), mean - spread);
    }

    private double Sum(Func<double, double> of)
    {
        var sum = 0.0;
        foreach (var (value, weight) in _sorted)
        {
            sum += weight * of(value);
        }

        return sum;
    }

    // The bound for one more value of a normal distribution whose spread was estimated.
    private double Next(double deviation, double part)
    {
        var n = Math.Max(2, Effective);
        return deviation * Math.Sqrt(n / (n - 1)) * Math.Sqrt(1 + (1 / n)) * Student(part, n - 1);
    }

    // Student's quantile by the expansion of Cornish and Fisher around the normal one (Abramowitz and Stegun 26.7.5).
    private static double Student(double part, double freedom)
    {
        var z = Normal(part);
        var (z2, f) = (z * z, Math.Max(1, freedom));
        var sum = z;
        sum += z * (z2 + 1) / (4 * f);
        sum += z * ((((5 * z2) + 16) * z2) + 3) / (96 * f * f);
        return sum + (z * ((((((3 * z2) + 19) * z2) + 17) * z2) - 15) / (384 * f * f * f));
    }

    // The normal quantile (Abramowitz and Stegun 26.2.23, error below 4.5e-4), for parts from a half on.
    private static double Normal(double part)
    {
        if (part <= 0.5)
        {
            return 0;
        }

        var t = Math.Sqrt(-2 * Math.Log(1 - part));
        return t - ((((0.010328 * t) + 0.802853) * t) + 2.515517) / ((((((0.001308 * t) + 0.189269) * t) + 1.432788) * t) + 1);
    }
}
