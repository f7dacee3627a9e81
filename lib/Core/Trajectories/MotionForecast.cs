using MaritimeWatch.Terms;

namespace MaritimeWatch.Trajectories;

/// <summary>
/// Where one ship will be in the next three hours: a best guess, and a mixture of normal distributions at each horizon.
/// Between the steps of ten minutes means and covariances lie on the straight line between those of the steps; before the
/// first step on the line from nothing at now.
/// </summary>
public sealed class MotionForecast
{
    private readonly MotionForecasts all;
    private readonly int row;

    internal MotionForecast(MotionForecasts all, int row, TrackPoint origin) => (this.all, this.row, Origin) = (all, row, origin);

    /// <summary>The report that was now.</summary>
    public TrackPoint Origin { get; }

    /// <summary>The best guess, as an offset from now: the place that makes the mean distance small, not the mixture's mean.</summary>
    /// <param name="horizon">How far ahead: more than nothing, up to <see cref="MotionSteps.HorizonMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is not in its range.</exception>
    public OffsetNm OffsetAt(TimeSpan horizon)
    {
        var (before, part) = MotionSteps.Of(horizon);
        return Offset(all.Point, row, before).Toward(Offset(all.Point, row, before + 1), part);
    }

    /// <summary>The best guess, as a place.</summary>
    /// <param name="horizon">How far ahead: more than nothing, up to <see cref="MotionSteps.HorizonMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is not in its range.</exception>
    public Position PlaceAt(TimeSpan horizon) => OffsetAt(horizon).From(Origin.Place);

    /// <summary>The distribution at a horizon, of offsets from now.</summary>
    /// <param name="horizon">How far ahead: more than nothing, up to <see cref="MotionSteps.HorizonMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is not in its range.</exception>
    public Mixture MixtureAt(TimeSpan horizon)
    {
        var (before, part) = MotionSteps.Of(horizon);
        var ways = new Way[all.Ways];
        for (var way = 0; way < ways.Length; way++)
        {
            var block = (row * all.Ways) + way;
            var mean = Offset(all.Mean, block, before).Toward(Offset(all.Mean, block, before + 1), part);
            ways[way] = new Way(
                all.Weight[block],
                mean,
                Covariance(block, before, 0, part),
                Covariance(block, before, 1, part),
                Covariance(block, before, 2, part));
        }

        return new Mixture(ways);
    }

    /// <summary>How dense the distribution is at a place, per square nautical mile.</summary>
    /// <param name="place">The place.</param>
    /// <param name="horizon">How far ahead: more than nothing, up to <see cref="MotionSteps.HorizonMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is not in its range.</exception>
    public double DensityAt(Position place, TimeSpan horizon) =>
        Math.Exp(MixtureAt(horizon).LogDensity(OffsetNm.Between(Origin.Place, place)));

    /// <summary>The regions of highest density at a horizon.</summary>
    /// <param name="horizon">How far ahead: more than nothing, up to <see cref="MotionSteps.HorizonMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is not in its range.</exception>
    public MotionRegion RegionAt(TimeSpan horizon) => new(Origin.Place, MixtureAt(horizon), MassesAt(horizon));

    /// <summary>The masses of the regions at a horizon.</summary>
    internal MassCurve MassesAt(TimeSpan horizon) => all.Masses.For(Origin.Place).At(horizon);

    private static OffsetNm Offset(float[] numbers, int block, int step)
    {
        var at = ((block * MotionSteps.Count) + step) * 2;
        return step < 0 ? default : new OffsetNm(numbers[at], numbers[at + 1]);
    }

    private double Covariance(int block, int before, int which, double part)
    {
        var at = (((block * MotionSteps.Count) + before) * 3) + which;
        var from = before < 0 ? 0 : (double)all.Covariance[at];
        return from + ((all.Covariance[at + 3] - from) * part);
    }
}
