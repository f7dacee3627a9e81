namespace MaritimeWatch.Functions.Evaluate.Deviation;

/// <summary>
/// How a file rounds a number: to multiples of a step, or to the middles between them. What is injected is rounded the same
/// way, so that nothing tells it by its decimals.
/// </summary>
/// <param name="Step">The step; 0 where the file rounds to nothing that is known.</param>
/// <param name="Phase">Where the first value lies in a step: 0, or half a step.</param>
internal readonly record struct Quantum(double Step, double Phase)
{
    // So many of a hundred values must lie on the steps: some files have values of another source among them.
    private const double Share = 0.99;
    private const int ValuesMax = 20_000;
    private static readonly double[] Steps =
    [
        10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001, 1 / 6000.0, 5e-5, 2e-5, 1e-5, 5e-6, 2e-6, 1 / 600_000.0, 1e-6,
    ];

    /// <summary>Finds the widest step on which at least 99 of 100 values lie.</summary>
    /// <param name="values">Values of a file; at most 20,000 of them, evenly spread, are looked at.</param>
    public static Quantum Of(IReadOnlyList<double> values)
    {
        double[] looked = [.. Enumerable.Range(0, Math.Min(values.Count, ValuesMax)).Select(at => values[(int)((long)at * values.Count / Math.Min(values.Count, ValuesMax))])];
        foreach (var step in Steps)
        {
            foreach (var phase in (double[])[0, step / 2])
            {
                // Places are held to 1e-7 degree, so a value may be half of that off its step.
                if (looked.Length > 0 && looked.Count(value => Math.Abs(value - new Quantum(step, phase).Round(value)) <= 6e-8) >= Share * looked.Length)
                {
                    return new Quantum(step, phase);
                }
            }
        }

        return default;
    }

    /// <summary>Rounds a value as the file does.</summary>
    public double Round(double value) => Step == 0 ? value : (Math.Round((value - Phase) / Step) * Step) + Phase;
}
