namespace MaritimeWatch.Forecasts.Series;

/// <summary>Where the series stands, seen with seven memories: from the last value alone to the mean of all.</summary>
internal sealed class Levels
{
    /// <summary>How many there are.</summary>
    public const int Count = 7;

    // Half-lives in periods; each about four times the one before.
    private static readonly double[] Fades = [0, Fade(3), Fade(12), Fade(48), Fade(168), Fade(672), 1];
    private readonly double[] means = new double[Count];
    private readonly double[] weights = new double[Count];

    /// <summary>True once there was a value.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>A copy of the levels.</summary>
    public double[] Now() => [.. means];

    /// <summary>Takes the next value, its usual deviation at that hour taken off.</summary>
    public void Add(double value)
    {
        for (var index = 0; index < Count; index++)
        {
            weights[index] = (weights[index] * Fades[index]) + 1;
            means[index] += (value - means[index]) / weights[index];
        }

        IsKnown = true;
    }

    private static double Fade(double halfLife) => Math.Pow(0.5, 1 / halfLife);
}
