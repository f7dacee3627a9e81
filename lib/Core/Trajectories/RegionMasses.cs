using MaritimeWatch.Terms;

namespace MaritimeWatch.Trajectories;

/// <summary>
/// What mass a region of highest density must hold by the mixture so that it held 50 and 90 % of what ships did on vessels
/// that the model had not learned from, step by step. Between them, and from 0 and up to 1, the share goes in straight lines.
/// </summary>
public sealed record RegionMasses
{
    private readonly double[] mass50;
    private readonly double[] mass90;

    /// <summary>Takes the masses of the steps.</summary>
    /// <param name="mass50">For 50 %: 18 numbers, each over 0 and under that for 90 %.</param>
    /// <param name="mass90">For 90 %: 18 numbers, each under 1.</param>
    /// <exception cref="ArgumentException">There are not 18, or one is out of its range.</exception>
    public RegionMasses(IReadOnlyList<double> mass50, IReadOnlyList<double> mass90)
    {
        (this.mass50, this.mass90) = ([.. mass50], [.. mass90]);
        if (this.mass50.Length != MotionSteps.Count || this.mass90.Length != MotionSteps.Count
            || !this.mass50.Zip(this.mass90).All(static pair => pair.First > 0 && pair.First < pair.Second && pair.Second < 1))
        {
            throw new ArgumentException($"there are {MotionSteps.Count} masses for 50 and for 90 %, over 0 and under 1, the first less than the second", nameof(mass50));
        }
    }

    /// <summary>Masses of a mixture that is taken at its word: 0.5 and 0.9.</summary>
    public static RegionMasses AtTheirWord { get; } =
        new([.. Enumerable.Repeat(0.5, MotionSteps.Count)], [.. Enumerable.Repeat(0.9, MotionSteps.Count)]);

    /// <summary>Waters where other masses held what they promise; the first that holds a place counts; default none.</summary>
    public IReadOnlyList<(Water Water, RegionMasses Masses)> ByWater { get; init; } = [];

    /// <summary>The masses for ships in a place.</summary>
    /// <param name="place">Where a ship is when it is asked where it goes.</param>
    public RegionMasses For(Position place)
    {
        foreach (var (water, masses) in ByWater)
        {
            if (water.Holds(place))
            {
                return masses;
            }
        }

        return this;
    }

    /// <summary>The masses at a horizon: on the line between those of the steps, before the first step as there.</summary>
    /// <param name="horizon">How far ahead: more than nothing, up to <see cref="MotionSteps.HorizonMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is not in its range.</exception>
    public MassCurve At(TimeSpan horizon)
    {
        var (before, part) = MotionSteps.Of(horizon);
        return new MassCurve(Between(mass50, before, part), Between(mass90, before, part));
    }

    private static double Between(double[] masses, int before, double part)
    {
        var from = masses[Math.Max(0, before)];
        return from + ((masses[before + 1] - from) * part);
    }
}

/// <summary>The masses at one horizon.</summary>
/// <param name="Mass50">The mass of the region that held 50 %, over 0 and under <paramref name="Mass90"/>.</param>
/// <param name="Mass90">The mass of the region that held 90 %, under 1.</param>
public readonly record struct MassCurve(double Mass50, double Mass90)
{
    /// <summary>
    /// How many times as wide a normal distribution on the plane must be so that its own 90 % region is the one that held 90 %: the
    /// region of a mass m reaches out to the root of -2 ln(1 - m) standard deviations.
    /// </summary>
    internal double Spread => Math.Sqrt(Math.Log(1 - Mass90) / Math.Log(0.1));

    /// <summary>The mass of the region that holds a share.</summary>
    /// <param name="share">Share of what ships do, 0 to 1.</param>
    public double MassOf(double share) => share <= 0.5
        ? Mass50 * share / 0.5
        : share <= 0.9 ? Mass50 + ((Mass90 - Mass50) * (share - 0.5) / 0.4) : Mass90 + ((1 - Mass90) * (share - 0.9) / 0.1);

    /// <summary>The logarithm to base 10 of the share of ships beyond a region, from the mass beyond it.</summary>
    /// <param name="logMassBeyond">Natural logarithm of the mass beyond, up to 0: far out it is too small for a number.</param>
    public double Log10ShareBeyond(double logMassBeyond)
    {
        var (beyond50, beyond90, beyond) = (1 - Mass50, 1 - Mass90, Math.Exp(logMassBeyond));
        return beyond <= beyond90
            ? ((logMassBeyond - Math.Log(beyond90)) / Math.Log(10)) - 1
            : Math.Log10(beyond <= beyond50
                ? 0.1 + (0.4 * (beyond - beyond90) / (beyond50 - beyond90))
                : Math.Min(1, 0.5 + (0.5 * (beyond - beyond50) / Mass50)));
    }
}
