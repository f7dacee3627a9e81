namespace MaritimeWatch.Recognition;

/// <summary>How bright the sea is in a window, and how much it varies: by median and median deviation of its darker part.</summary>
/// <param name="Median">The usual brightness.</param>
/// <param name="Deviation">The usual deviation, made comparable to a standard deviation.</param>
internal readonly record struct SeaLevel(double Median, double Deviation)
{
    private const int SampleMax = 40_000;

    /// <summary>Two lumps are told apart when splitting removes this share of the variance; one bell alone gives 0.64.</summary>
    private const double TwoLumps = 0.74;

    /// <summary>The least share of the window that can be the sea.</summary>
    private const double SeaShareLeast = 0.04;

    private const double ToStandardDeviation = 1.4826;

    /// <summary>Measures; NaN is left out. A window without data has level 0.</summary>
    /// <param name="pixels">The window.</param>
    /// <param name="sample">Room for the sample, reused.</param>
    public static SeaLevel Of(ReadOnlySpan<float> pixels, ref float[] sample)
    {
        if (sample.Length < SampleMax)
        {
            sample = new float[SampleMax];
        }

        // A step without small factors, so that the sample does not follow rows or columns.
        var step = Math.Max(1, pixels.Length / SampleMax) | 1;
        var count = 0;
        for (var i = 0; i < pixels.Length && count < SampleMax; i += step)
        {
            if (!float.IsNaN(pixels[i]))
            {
                sample[count++] = pixels[i];
            }
        }

        if (count == 0)
        {
            return default;
        }

        var sorted = sample.AsSpan(0, count);
        sorted.Sort();
        var sea = sorted[..Darker(sorted)];
        var median = sea[sea.Length / 2];
        for (var i = 0; i < sea.Length; i++)
        {
            sea[i] = Math.Abs(sea[i] - median);
        }

        sea.Sort();
        return new SeaLevel(median, sea[sea.Length / 2] * ToStandardDeviation);
    }

    // Otsu's split of the logarithms (Otsu 1979): where they are two lumps, the darker is the sea and the other land.
    private static int Darker(ReadOnlySpan<float> sorted)
    {
        var count = sorted.Length;
        double all = 0, squares = 0;
        foreach (var value in sorted)
        {
            var log = Math.Log(1 + Math.Max(0, value));
            all += log;
            squares += log * log;
        }

        var variance = (squares / count) - (all / count * (all / count));
        if (variance <= 1e-9)
        {
            return count;
        }

        double below = 0, best = 0;
        var at = count;
        for (var i = 1; i < count; i++)
        {
            below += Math.Log(1 + Math.Max(0, sorted[i - 1]));
            var share = (double)i / count;
            var gap = (below / i) - ((all - below) / (count - i));
            var between = share * (1 - share) * gap * gap;
            if (between > best)
            {
                (best, at) = (between, i);
            }
        }

        return best / variance >= TwoLumps && at >= count * SeaShareLeast ? at : count;
    }
}
