namespace MaritimeWatch.Forecasts.Series;

/// <summary>
/// Tells readings that cannot be (a receiver that heard seven reports in an hour sees a queue of two where there were
/// forty) from changes: a stray is far from the last day's median and also far from the reading before. Strays are
/// believed once there are twelve in a row. Looks only back.
/// </summary>
internal sealed class StrayFilter
{
    private const int Remembered = 24;
    private const int NeededMin = 8;
    private const int BelievedAfter = 12;
    private const double Spreads = 5;
    private const double StepShareMin = 0.4;
    private const double StepMin = 3;
    private const double MadToSigma = 1.4826; // of a normal distribution
    private readonly Queue<double> accepted = new();
    private double last;
    private int straysInRow;

    /// <summary>How many were strays.</summary>
    public int Strays { get; private set; }

    /// <summary>True where the value is to be believed.</summary>
    public bool Accepts(double value)
    {
        if (accepted.Count >= NeededMin && IsFar(value))
        {
            if (++straysInRow <= BelievedAfter)
            {
                Strays++;
                return false;
            }

            accepted.Clear();
        }

        straysInRow = 0;
        last = value;
        accepted.Enqueue(value);
        if (accepted.Count > Remembered)
        {
            accepted.Dequeue();
        }

        return true;
    }

    private bool IsFar(double value)
    {
        double[] known = [.. accepted];
        var step = 0.0;
        for (var index = 1; index < known.Length; index++)
        {
            step += Math.Abs(known[index] - known[index - 1]) / (known.Length - 1);
        }

        var median = Quantiles.MedianOf(known);
        double[] off = [.. known.Select(one => Math.Abs(one - median))];
        var spread = Math.Max(Math.Max(MadToSigma * Quantiles.MedianOf(off), 0.05 * Math.Abs(median)), 1);
        return Math.Abs(value - median) > Spreads * spread
            && Math.Abs(value - last) > Math.Max(Math.Max(Spreads * step, StepShareMin * Math.Abs(median)), StepMin);
    }
}
