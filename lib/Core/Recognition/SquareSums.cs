namespace MaritimeWatch.Recognition;

/// <summary>
/// Sums over any rectangle of a window in four look-ups: integral images of count, value and square of those pixels that
/// are background (Viola and Jones 2001 for the method). Reused from window to window.
/// </summary>
internal sealed class SquareSums
{
    private int[] counts = [];
    private double[] sums = [];
    private double[] squares = [];
    private int stride;
    private int height;

    /// <summary>Takes a window; NaN and what is brighter than a bound are left out.</summary>
    public void Take(ReadOnlySpan<float> pixels, int width, int rows, double brightest)
    {
        (stride, height) = (width + 1, rows + 1);
        if (counts.Length < stride * height)
        {
            counts = new int[stride * height];
            sums = new double[stride * height];
            squares = new double[stride * height];
        }

        Array.Clear(counts, 0, stride);
        Array.Clear(sums, 0, stride);
        Array.Clear(squares, 0, stride);
        for (var y = 0; y < rows; y++)
        {
            var row = pixels.Slice(y * width, width);
            var (above, here) = (y * stride, (y + 1) * stride);
            var (count, sum, square) = (0, 0.0, 0.0);
            (counts[here], sums[here], squares[here]) = (0, 0, 0);
            for (var x = 0; x < width; x++)
            {
                double value = row[x];
                if (value <= brightest)
                {
                    count++;
                    sum += value;
                    square += value * value;
                }

                counts[here + x + 1] = counts[above + x + 1] + count;
                sums[here + x + 1] = sums[above + x + 1] + sum;
                squares[here + x + 1] = squares[above + x + 1] + square;
            }
        }
    }

    /// <summary>Count, mean and variance of the ring between two squares around a pixel, cut at the window's edge.</summary>
    public RingStatistics Ring(int x, int y, int guard, int background)
    {
        var outer = Corners(x, y, background);
        var inner = Corners(x, y, guard);
        var count = Sum(counts, outer) - Sum(counts, inner);
        if (count <= 0)
        {
            return default;
        }

        var mean = (Sum(sums, outer) - Sum(sums, inner)) / count;
        var variance = ((Sum(squares, outer) - Sum(squares, inner)) / count) - (mean * mean);
        var area = Area(outer) - Area(inner);
        return new RingStatistics(count, mean, Math.Sqrt(Math.Max(0, variance)), area > 0 ? (double)count / area : 0);
    }

    private (int A, int B, int C, int D) Corners(int x, int y, int half)
    {
        var (left, top) = (Math.Max(0, x - half), Math.Max(0, y - half));
        var (right, bottom) = (Math.Min(stride - 1, x + half + 1), Math.Min(height - 1, y + half + 1));
        return ((top * stride) + left, (top * stride) + right, (bottom * stride) + left, (bottom * stride) + right);
    }

    private int Area((int A, int B, int C, int D) square) => (square.B - square.A) * ((square.C - square.A) / stride);

    private static int Sum(int[] table, (int A, int B, int C, int D) at) => table[at.D] - table[at.B] - table[at.C] + table[at.A];

    private static double Sum(double[] table, (int A, int B, int C, int D) at) =>
        table[at.D] - table[at.B] - table[at.C] + table[at.A];
}

/// <summary>The surroundings of a pixel.</summary>
/// <param name="Count">Pixels of background in them.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Share">Which share of the surroundings is background, 0 to 1.</param>
internal readonly record struct RingStatistics(int Count, double Mean, double Deviation, double Share);
