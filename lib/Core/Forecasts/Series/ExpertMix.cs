namespace MaritimeWatch.Forecasts.Series;

/// <summary>
/// A weighted mean of several forecasts whose weights follow from how each did so far: exponentiated gradient (J.
/// Kivinen, M. Warmuth, Information and Computation 132, 1997) on the loss that is to be small. It starts from given
/// weights and never drops a forecast altogether, so that little data cannot lead it far astray.
/// </summary>
internal sealed class ExpertMix
{
    private const double Rate = 1;
    private const double Share = 0.01;
    private const double ScaleFade = 0.99;
    private const double ClipScales = 3;
    private const double RateSettlesAfter = 100;
    private readonly double[] prior;
    private readonly double[] regret;
    private readonly double[] weights;
    private double lossSum;
    private double lossWeight;

    public ExpertMix(double[] prior)
    {
        this.prior = prior;
        regret = new double[prior.Length];
        weights = [.. prior];
    }

    /// <summary>Mean loss so far, recent ones more; 0 at first.</summary>
    public double Scale => lossWeight == 0 ? 0 : lossSum / lossWeight;

    /// <summary>The weights, which add up to 1.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Equal weights.</summary>
    public static ExpertMix Even(int count) => new([.. Enumerable.Repeat(1.0 / count, count)]);

    /// <summary>The mixed forecast.</summary>
    public double Mix(ReadOnlySpan<double> forecasts)
    {
        var sum = 0.0;
        for (var index = 0; index < weights.Length; index++)
        {
            sum += weights[index] * forecasts[index];
        }

        return sum;
    }

    /// <summary>Learns from what came.</summary>
    /// <param name="forecasts">What each had said.</param>
    /// <param name="slope">Slope of the loss at the mixed forecast: above 0 where it was too high.</param>
    /// <param name="loss">The mixed forecast's loss.</param>
    public void Learn(ReadOnlySpan<double> forecasts, double slope, double loss)
    {
        var mixed = Mix(forecasts);
        lossSum = (lossSum * ScaleFade) + loss;
        lossWeight = (lossWeight * ScaleFade) + 1;
        var scale = Math.Max(1e-6, Scale);
        var rate = Rate / Math.Sqrt(Math.Clamp(lossWeight, 1, RateSettlesAfter));
        var best = double.PositiveInfinity;
        for (var index = 0; index < regret.Length; index++)
        {
            regret[index] += slope * Math.Clamp((forecasts[index] - mixed) / scale, -ClipScales, ClipScales);
            best = Math.Min(best, regret[index]);
        }

        var total = 0.0;
        for (var index = 0; index < weights.Length; index++)
        {
            weights[index] = prior[index] * Math.Exp(-rate * (regret[index] - best));
            total += weights[index];
        }

        for (var index = 0; index < weights.Length; index++)
        {
            weights[index] = (weights[index] / total * (1 - Share)) + (Share * prior[index]);
        }
    }
}
