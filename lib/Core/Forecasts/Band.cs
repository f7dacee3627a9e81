namespace MaritimeWatch.Forecasts;

/// <summary>
/// A forecast of one number as three quantiles: 10, 50 and 90 %. They never cross and are never negative, because what
/// is forecast here is a count or a length of time.
/// </summary>
/// <param name="P10">Nine times in ten it is more than this.</param>
/// <param name="P50">As often more as less.</param>
/// <param name="P90">Nine times in ten it is less than this.</param>
public readonly record struct Band(double P10, double P50, double P90)
{
    private const int Digits = 2;

    /// <summary>The same to 0.01, as forecasts are written.</summary>
    public Band Rounded() => new(Math.Round(P10, Digits), Math.Round(P50, Digits), Math.Round(P90, Digits));

    /// <summary>A band from three numbers in any order; negative ones become 0.</summary>
    /// <param name="low">The 10 % quantile as a method gave it.</param>
    /// <param name="middle">The median as a method gave it.</param>
    /// <param name="high">The 90 % quantile as a method gave it.</param>
    public static Band Of(double low, double middle, double high)
    {
        var (a, b, c) = (Clean(low), Clean(middle), Clean(high));
        if (a > b)
        {
            (a, b) = (b, a);
        }

        if (b > c)
        {
            (b, c) = (c, b);
        }

        return a > b ? new Band(b, a, c) : new Band(a, b, c);
    }

    /// <summary>Pinball loss, the mean over the three quantiles; the lower the better.</summary>
    /// <param name="actual">What came.</param>
    public double Pinball(double actual) =>
        (Quantiles.Pinball(0.1, P10, actual) + Quantiles.Pinball(0.5, P50, actual) + Quantiles.Pinball(0.9, P90, actual)) / 3;

    /// <summary>True where what came lies within the 10 and the 90 % quantile, both included.</summary>
    /// <param name="actual">What came.</param>
    public bool Holds(double actual) => actual >= P10 && actual <= P90;

    private static double Clean(double value) => double.IsFinite(value) && value > 0 ? value : 0;
}
