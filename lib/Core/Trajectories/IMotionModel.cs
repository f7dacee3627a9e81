namespace MaritimeWatch.Trajectories;

/// <summary>Says where ships go next, as a distribution. The same row gives the same forecast whatever else is in the batch.</summary>
public interface IMotionModel
{
    /// <summary>What it is called where a line names it: <c>motion</c>.</summary>
    string Name { get; }

    /// <summary>Its version, from 1; another version may say other things.</summary>
    int Version { get; }

    /// <summary>The masses of its regions, by which they hold what they promise.</summary>
    RegionMasses Masses { get; }

    /// <summary>How the ways of ships are scored with it.</summary>
    WayScoreSettings Score { get; }

    /// <summary>Forecasts every row.</summary>
    /// <param name="batch">What is known, 0 to <see cref="MotionBatch.RowsMax"/> rows.</param>
    /// <returns>One forecast for each row, in the order of the rows; it does not change when the batch does.</returns>
    MotionForecasts Forecast(MotionBatch batch);
}
