using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Trajectories;

/// <summary>A motion model of plain arithmetic: one way, straight on as in the last 30 minutes, with a round spread.</summary>
internal sealed class StraightMotion(float sigmaNmPerStep = 0.2f) : IMotionModel
{
    public string Name => "straight";

    public int Version => 1;

    public RegionMasses Masses => RegionMasses.AtTheirWord;

    public WayScoreSettings Score => WayScoreSettings.Usual;

    public int Batches { get; private set; }

    public MotionForecasts Forecast(MotionBatch batch)
    {
        Batches++;
        var rows = batch.Count;
        var (point, spread) = (new float[rows * 36], new float[rows * 54]);
        for (var row = 0; row < rows; row++)
        {
            var back = batch.History.Slice((row * MotionBatch.HistoryNumbers) + 6, 2);
            for (var step = 0; step < MotionSteps.Count; step++)
            {
                var at = (row * MotionSteps.Count) + step;
                (point[at * 2], point[(at * 2) + 1]) = (-back[0] * (step + 1) / 3, -back[1] * (step + 1) / 3);
                var sigma = sigmaNmPerStep * (step + 1);
                (spread[at * 3], spread[(at * 3) + 1]) = (sigma * sigma, sigma * sigma);
            }
        }

        return new MotionForecasts(batch.Origins, 1, Masses, point, [.. Enumerable.Repeat(1f, rows)], [.. point], spread);
    }
}
