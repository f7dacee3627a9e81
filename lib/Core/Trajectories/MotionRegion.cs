using MaritimeWatch.Terms;

namespace MaritimeWatch.Trajectories;

/// <summary>
/// The regions of highest density of a forecast at one horizon: the smallest that hold a given share of what ships do. They are
/// known by their level of density, found from 512 quasi-random points of the mixture: the level of a mass m is the (1 - m)
/// quantile of the points' densities, the area is the mean over all points of 1 / density where it is at least the level.
/// </summary>
/// <remarks>R. J. Hyndman, Computing and graphing highest density regions, The American Statistician 50 (2), 1996.</remarks>
public sealed class MotionRegion
{
    // Below this many of the points, 3 % of the mass, the points are too few: the mixture's own tail goes on from there.
    private const int TailPoints = 16;

    private readonly Mixture mixture;
    private readonly MassCurve masses;
    private readonly Position origin;
    private readonly double[] logDensities = new double[QuasiNormal.Count];

    /// <summary>Works the region out.</summary>
    /// <param name="origin">Where the ship was when the forecast was made.</param>
    /// <param name="mixture">The distribution of offsets from there.</param>
    /// <param name="masses">The masses by which the regions hold what they promise.</param>
    public MotionRegion(Position origin, Mixture mixture, MassCurve masses)
    {
        (this.origin, this.mixture, this.masses) = (origin, mixture, masses);
        for (var point = 0; point < logDensities.Length; point++)
        {
            logDensities[point] = mixture.LogDensity(mixture.PlaceOf(QuasiNormal.Points[point]));
        }

        Array.Sort(logDensities);
    }

    /// <summary>The area of the region that holds a share of what ships do, square nautical miles.</summary>
    /// <param name="share">The share, over 0 and under 1; 0.5 and 0.9 were measured, the others lie between.</param>
    public double AreaNm2(double share) => AreaOfMassNm2(masses.MassOf(share));

    /// <summary>True where a place lies in the region that holds a share of what ships do, or on its edge.</summary>
    /// <param name="place">The place.</param>
    /// <param name="share">The share, over 0 and under 1.</param>
    public bool Holds(Position place, double share) => LogDensity(place) >= LogLevelOfMass(masses.MassOf(share));

    /// <summary>The calibrated chance that a ship is at a place as unlikely as this: 1 less the share that the region through it holds.</summary>
    /// <param name="place">The place.</param>
    /// <returns>0 to 1; it is 0 only where it is too small for a number.</returns>
    public double ChanceAsUnlikely(Position place) => Math.Pow(10, -Surprise(place));

    /// <summary>The same as its negative logarithm to base 10: 2 is one in a hundred, 3 one in a thousand.</summary>
    /// <param name="place">The place.</param>
    /// <returns>From 0, without an end.</returns>
    public double Surprise(Position place) => Math.Max(0, -masses.Log10ShareBeyond(LogMassBeyond(LogDensity(place))));

    /// <summary>The area of the region with a mass of the mixture, uncalibrated, square nautical miles.</summary>
    /// <param name="mass">The mass, over 0 and under 1.</param>
    internal double AreaOfMassNm2(double mass)
    {
        var (level, sum) = (LogLevelOfMass(mass), 0.0);
        for (var point = logDensities.Length - 1; point >= 0 && logDensities[point] >= level; point--)
        {
            sum += Math.Exp(-logDensities[point]);
        }

        return sum / logDensities.Length;
    }

    private double LogDensity(Position place) => mixture.LogDensity(OffsetNm.Between(origin, place));

    // The quantile of the densities, not of their logarithms, on the line between two points.
    private double LogLevelOfMass(double mass)
    {
        var at = Math.Clamp(1 - mass, 0, 1) * (logDensities.Length - 1);
        var below = Math.Min((int)at, logDensities.Length - 2);
        var (low, high) = (logDensities[below], logDensities[below + 1]);
        return high + Math.Log(Math.Exp(low - high) + ((at - below) * (1 - Math.Exp(low - high))));
    }

    private double LogMassBeyond(double logDensity)
    {
        var above = Array.BinarySearch(logDensities, logDensity);
        above = above < 0 ? ~above : above;
        if (above < TailPoints)
        {
            var edge = logDensities[TailPoints - 1];
            return Math.Log(MassAt(TailPoints - 1)) + mixture.LogMassBelowAtMost(Math.Min(logDensity, edge)) - mixture.LogMassBelowAtMost(edge);
        }

        if (above == logDensities.Length)
        {
            return 0;
        }

        var (low, high) = (logDensities[above - 1], logDensities[above]);
        var part = high > low ? (logDensity - low) / (high - low) : 1;
        return Math.Log(MassAt(above - 1) + (part / logDensities.Length));
    }

    private double MassAt(int point) => (point + 0.5) / logDensities.Length;
}
