using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Findings.UnlikelyMotion;

/// <summary>A model made by hand: every ship goes on as it went in the last ten minutes, give or take half a mile for each step.</summary>
internal sealed class StraightOn : IMotionModel
{
    private const double SigmaNm = 0.5;

    // Learned between 56 and 58 degrees north and 10 and 12 east.
    private static readonly Water[] Waters = [new Water(57, 11, 1, 1)];

    public string Name => "straight-on";

    public int Version => 3;

    public RegionMasses Masses => RegionMasses.AtTheirWord;

    /// <summary>199 voyages were looked at.</summary>
    public WayScoreSettings Score { get; } = new([10, 30], 9, 199, [(4, 1 / 200.0), (3, 2 / 200.0), (2, 20 / 200.0)]);

    /// <summary>Batches that were asked for.</summary>
    public List<int> Batches { get; } = [];

    public static Lazy<LearnedMotion?> Learned(StraightOn? model = null) => new(new LearnedMotion(model ?? new StraightOn(), Waters));

    public MotionForecasts Forecast(MotionBatch batch)
    {
        Batches.Add(batch.Count);
        var offsets = new float[batch.Count * MotionSteps.Count * 2];
        var covariances = new float[batch.Count * MotionSteps.Count * 3];
        for (var row = 0; row < batch.Count; row++)
        {
            var last = batch.History.Slice(row * MotionBatch.HistoryNumbers, 3);
            for (var step = 0; step < MotionSteps.Count; step++)
            {
                var at = (row * MotionSteps.Count) + step;
                (offsets[2 * at], offsets[(2 * at) + 1]) = (-last[0] * (step + 1), -last[1] * (step + 1));
                var variance = (float)(SigmaNm * SigmaNm * (step + 1) * (step + 1));
                (covariances[3 * at], covariances[(3 * at) + 1]) = (variance, variance);
            }
        }

        var weights = new float[batch.Count];
        Array.Fill(weights, 1);
        return new MotionForecasts(batch.Origins, 1, Masses, offsets, weights, [.. offsets], covariances);
    }
}
