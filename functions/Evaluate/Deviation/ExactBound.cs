namespace MaritimeWatch.Functions.Evaluate.Deviation;

/// <summary>The bound of Clopper and Pearson on a rate (Biometrika 26, 1934).</summary>
internal static class ExactBound
{
    /// <summary>The upper 95 % bound of a rate: the one at which so few cases would come about with a chance of 5 %.</summary>
    /// <param name="cases">Cases seen, not negative.</param>
    /// <param name="of">How often they could have been, at least <paramref name="cases"/>.</param>
    /// <returns>0 to 1; 1 where nothing was looked at or all were cases.</returns>
    public static double Upper95(int cases, int of)
    {
        if (cases >= of)
        {
            return 1;
        }

        var (low, high) = (0.0, 1.0);
        for (var round = 0; round < 100; round++)
        {
            var middle = (low + high) / 2;
            (low, high) = AtMost(cases, of, middle) > 0.05 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    // The chance of so many cases or fewer, summed in logarithms.
    private static double AtMost(int cases, int of, double rate)
    {
        if (rate is <= 0 or >= 1)
        {
            return rate <= 0 ? 1 : 0;
        }

        var (log, sum) = (of * Math.Log(1 - rate), 0.0);
        for (var k = 0; k <= cases; k++)
        {
            sum += Math.Exp(log);
            log += Math.Log((of - k) / (k + 1.0)) + Math.Log(rate) - Math.Log(1 - rate);
        }

        return sum;
    }
}
