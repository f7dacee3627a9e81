namespace MaritimeWatch.Trajectories;

/// <summary>The forecasts of a batch, row by row, in the form that a motion model gives.</summary>
public sealed class MotionForecasts
{
    private readonly TrackPoint[] origins;

    /// <summary>Takes the numbers of a model; they are not copied.</summary>
    /// <param name="origins">The reports that were now.</param>
    /// <param name="ways">How many ways each mixture has, 1 to <see cref="Mixture.WaysMax"/>.</param>
    /// <param name="masses">The masses of the regions.</param>
    /// <param name="point">Rows of 18 offsets (east, north), nautical miles.</param>
    /// <param name="weight">Rows of one chance for each way.</param>
    /// <param name="mean">Rows of 18 offsets for each way, nautical miles.</param>
    /// <param name="covariance">Rows of 18 covariances for each way (east-east, north-north, east-north), square nautical miles.</param>
    /// <exception cref="ArgumentException">The numbers are not as many as the rows ask.</exception>
    public MotionForecasts(
        ReadOnlySpan<TrackPoint> origins, int ways, RegionMasses masses, float[] point, float[] weight, float[] mean, float[] covariance)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ways, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ways, Mixture.WaysMax);
        this.origins = origins.ToArray();
        (Ways, Masses) = (ways, masses);
        (Point, Weight, Mean, Covariance) = (point, weight, mean, covariance);
        var rows = origins.Length;
        if (point.Length != rows * MotionSteps.Count * 2 || weight.Length != rows * ways
            || mean.Length != rows * ways * MotionSteps.Count * 2 || covariance.Length != rows * ways * MotionSteps.Count * 3)
        {
            throw new ArgumentException($"the numbers are not those of {rows} rows of {ways} ways", nameof(origins));
        }
    }

    /// <summary>How many forecasts there are.</summary>
    public int Count => origins.Length;

    /// <summary>How many ways each mixture has.</summary>
    public int Ways { get; }

    /// <summary>The masses of the regions.</summary>
    public RegionMasses Masses { get; }

    internal float[] Point { get; }

    internal float[] Weight { get; }

    internal float[] Mean { get; }

    internal float[] Covariance { get; }

    /// <summary>One forecast.</summary>
    /// <param name="row">Its row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public MotionForecast this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(row);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
            return new MotionForecast(this, row, origins[row]);
        }
    }
}
