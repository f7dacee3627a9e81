namespace MaritimeWatch.Trajectories;

/// <summary>One way that a ship may go: a normal distribution on the plane.</summary>
/// <param name="Weight">The chance of this way, 0 to 1.</param>
/// <param name="Mean">Its middle, nautical miles from now.</param>
/// <param name="EastEast">Variance east, square nautical miles.</param>
/// <param name="NorthNorth">Variance north, square nautical miles.</param>
/// <param name="EastNorth">Covariance of both, square nautical miles.</param>
public readonly record struct Way(double Weight, OffsetNm Mean, double EastEast, double NorthNorth, double EastNorth)
{
    internal double Determinant => (EastEast * NorthNorth) - (EastNorth * EastNorth);
}

/// <summary>A mixture of normal distributions on the plane: where a ship may be at one horizon.</summary>
public sealed class Mixture
{
    /// <summary>The most ways of a mixture.</summary>
    public const int WaysMax = 32;

    private readonly Way[] ways;
    private readonly Curve[] curves;

    /// <summary>Takes the ways; their weights are brought to a sum of 1.</summary>
    /// <param name="ways">1 to <see cref="WaysMax"/> ways with covariances that are positive definite.</param>
    /// <exception cref="ArgumentException">No weight is above 0, or a covariance is none.</exception>
    public Mixture(IReadOnlyList<Way> ways)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ways.Count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ways.Count, WaysMax);
        var sum = ways.Sum(static way => way.Weight);
        if (!(sum > 0) || !ways.All(static way => way.Weight >= 0 && way.EastEast > 0 && way.Determinant > 0))
        {
            throw new ArgumentException("a mixture has weights above 0 and covariances that are positive definite", nameof(ways));
        }

        this.ways = [.. ways.Select(way => way with { Weight = way.Weight / sum })];
        curves = [.. this.ways.Select(static way => new Curve(way))];
    }

    /// <summary>The ways; their weights sum to 1.</summary>
    public IReadOnlyList<Way> Ways => ways;

    /// <summary>The natural logarithm of the density per square nautical mile; it never underflows.</summary>
    /// <param name="place">Offset from now.</param>
    public double LogDensity(OffsetNm place)
    {
        var most = double.NegativeInfinity;
        Span<double> logs = stackalloc double[curves.Length];
        for (var way = 0; way < curves.Length; way++)
        {
            logs[way] = curves[way].LogPeak - (0.5 * curves[way].SquaredDistance(place));
            most = Math.Max(most, logs[way]);
        }

        var sum = 0.0;
        foreach (var log in logs)
        {
            sum += Math.Exp(log - most);
        }

        return most + Math.Log(sum);
    }

    /// <summary>The place of a quasi-random point.</summary>
    /// <param name="point">Which of <see cref="QuasiNormal.Points"/>.</param>
    internal OffsetNm PlaceOf(in QuasiNormal point)
    {
        var (way, left) = (0, point.Choice);
        while (way < ways.Length - 1 && left >= ways[way].Weight)
        {
            left -= ways[way++].Weight;
        }

        return curves[way].PlaceOf(ways[way].Mean, point);
    }

    /// <summary>
    /// At most this much of the mixture lies where it is no denser than a level: each way alone has the part
    /// level / (its peak) below it, and the sum of all is denser than each. Of one way it is exact, of ways that
    /// lie apart nearly so.
    /// </summary>
    /// <param name="logDensity">The level, natural logarithm per square nautical mile.</param>
    /// <returns>Its natural logarithm, up to 0.</returns>
    internal double LogMassBelowAtMost(double logDensity)
    {
        var (most, sum) = (double.NegativeInfinity, 0.0);
        Span<double> logs = stackalloc double[curves.Length];
        for (var way = 0; way < curves.Length; way++)
        {
            logs[way] = ways[way].Weight > 0 ? Math.Log(ways[way].Weight) + Math.Min(0, logDensity - curves[way].LogPeak) : double.NegativeInfinity;
            most = Math.Max(most, logs[way]);
        }

        foreach (var log in logs)
        {
            sum += Math.Exp(log - most);
        }

        return most + Math.Log(sum);
    }

    // What a density needs of a way, worked out once: its root (Cholesky) and the logarithm of weight / (2 pi root of determinant).
    private readonly struct Curve
    {
        private readonly OffsetNm mean;
        private readonly double east;
        private readonly double mixed;
        private readonly double north;

        public Curve(Way way)
        {
            mean = way.Mean;
            east = Math.Sqrt(way.EastEast);
            mixed = way.EastNorth / east;
            north = Math.Sqrt(way.NorthNorth - (mixed * mixed));
            LogPeak = Math.Log(way.Weight) - Math.Log(2 * Math.PI * east * north);
        }

        public double LogPeak { get; }

        public double SquaredDistance(OffsetNm place)
        {
            var first = (place.EastNm - mean.EastNm) / east;
            var second = (place.NorthNm - mean.NorthNm - (mixed * first)) / north;
            return (first * first) + (second * second);
        }

        public OffsetNm PlaceOf(OffsetNm from, in QuasiNormal point) =>
            new(from.EastNm + (east * point.First), from.NorthNm + (mixed * point.First) + (north * point.Second));
    }
}
