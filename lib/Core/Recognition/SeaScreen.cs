using System.Numerics;
using System.Runtime.InteropServices;

namespace MaritimeWatch.Recognition;

/// <summary>
/// A cheap look at a radar view that says where a ship could be, so that the network need not look at empty water. The
/// brightest mean of 3 by 3 pixels of a block is held against the calmest of the blocks around it, by the mean and the
/// standard deviation of such means there: what is usual speckle is not looked at, however rough the speckle is. It errs
/// towards looking. One thread each.
/// </summary>
internal sealed class SeaScreen
{
    /// <summary>Edge of a block, pixels.</summary>
    public const int BlockPixels = 32;

    /// <summary>
    /// Standard deviations above the calmest block. Set on the training chips of SSDD; see
    /// lib/decisions/0024-learned-detector.md for what it leaves out and what it loses.
    /// </summary>
    public const double Sigmas = 6;

    /// <summary>So many times the darkest mean around it is always looked at, in whatever texture.</summary>
    public const double RatioMost = 2.5;

    private const int CountMin = 64;
    private const int CountFull = BlockPixels * BlockPixels * 9 / 10;

    private float[] clean = [];
    private float[] sums = [];
    private float[] maxima = [];
    private float[] means = [];
    private float[] counts = [];
    private float[] sumsOfNine = [];
    private float[] squaresOfNine = [];
    private bool[] near = [];

    /// <summary>Blocks along a row of the view.</summary>
    public int Columns { get; private set; }

    /// <summary>Blocks along a column of the view.</summary>
    public int Rows { get; private set; }

    /// <summary>Looks at a view of amplitudes; NaN is no data.</summary>
    /// <param name="view">Width times height numbers.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="median">The view's median, above 0.</param>
    /// <param name="sigmas">See <see cref="Sigmas"/>.</param>
    /// <returns>For every block, by rows, whether the network must look at it: bright ones and those beside them.</returns>
    public ReadOnlySpan<bool> Look(ReadOnlySpan<float> view, int width, int height, float median, double sigmas = Sigmas)
    {
        (Columns, Rows) = ((width + BlockPixels - 1) / BlockPixels, (height + BlockPixels - 1) / BlockPixels);
        Clear();
        var stride = Columns * BlockPixels;
        for (var y = 0; y <= height; y++)
        {
            // Three rows of sums of three are kept; the row before this one has all three now.
            var row = sums.AsSpan(y % 3 * stride, stride);
            if (y < height)
            {
                SumRow(view.Slice(y * width, width), row, y / BlockPixels * Columns);
            }
            else
            {
                row.Clear();
            }

            if (y > 0)
            {
                Maxima(stride, (y - 1) / BlockPixels * Columns);
            }
        }

        return Judge(median, (float)sigmas);
    }

    private void Clear()
    {
        var blocks = Columns * Rows;
        if (maxima.Length < blocks)
        {
            (maxima, means, counts) = (new float[blocks], new float[blocks], new float[blocks]);
            (sumsOfNine, squaresOfNine, near) = (new float[blocks], new float[blocks], new bool[blocks]);
        }

        var stride = Columns * BlockPixels;
        if (sums.Length < 3 * stride)
        {
            (sums, clean) = (new float[3 * stride], new float[stride + 2]);
        }

        Array.Clear(maxima, 0, blocks);
        Array.Clear(means, 0, blocks);
        Array.Clear(counts, 0, blocks);
        Array.Clear(sumsOfNine, 0, blocks);
        Array.Clear(squaresOfNine, 0, blocks);
        Array.Clear(near, 0, blocks);
        Array.Clear(sums);
        Array.Clear(clean);
    }

    private void SumRow(ReadOnlySpan<float> pixels, Span<float> row, int block)
    {
        var own = clean.AsSpan(1, row.Length);
        pixels.CopyTo(own);
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(own);
        var perBlock = BlockPixels / Vector<float>.Count;
        for (var at = 0; at < vectors.Length; at += perBlock)
        {
            var (sum, count) = (Vector<float>.Zero, Vector<float>.Zero);
            for (var i = at; i < at + perBlock; i++)
            {
                var isValid = Vector.GreaterThan(vectors[i], Vector<float>.Zero);
                vectors[i] = Vector.ConditionalSelect(isValid, vectors[i], Vector<float>.Zero);
                sum += vectors[i];
                count += Vector.ConditionalSelect(isValid, Vector<float>.One, Vector<float>.Zero);
            }

            means[block] += Vector.Sum(sum);
            counts[block++] += Vector.Sum(count);
        }

        var made = MemoryMarshal.Cast<float, Vector<float>>(row);
        var before = MemoryMarshal.Cast<float, Vector<float>>(clean.AsSpan(0, row.Length));
        var after = MemoryMarshal.Cast<float, Vector<float>>(clean.AsSpan(2, row.Length));
        for (var i = 0; i < made.Length; i++)
        {
            made[i] = before[i] + vectors[i] + after[i];
        }
    }

    private void Maxima(int stride, int block)
    {
        var a = MemoryMarshal.Cast<float, Vector<float>>(sums.AsSpan(0, stride));
        var b = MemoryMarshal.Cast<float, Vector<float>>(sums.AsSpan(stride, stride));
        var c = MemoryMarshal.Cast<float, Vector<float>>(sums.AsSpan(2 * stride, stride));
        var perBlock = BlockPixels / Vector<float>.Count;
        for (var at = 0; at < a.Length; at += perBlock)
        {
            var (most, sum, squares) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            for (var i = at; i < at + perBlock; i++)
            {
                var nine = a[i] + b[i] + c[i];
                most = Vector.Max(most, nine);
                sum += nine;
                squares += nine * nine;
            }

            sumsOfNine[block] += Vector.Sum(sum);
            squaresOfNine[block] += Vector.Sum(squares);

            var one = maxima[block];
            for (var i = 0; i < Vector<float>.Count; i++)
            {
                one = Math.Max(one, most[i]);
            }

            maxima[block++] = one;
        }
    }

    private ReadOnlySpan<bool> Judge(float median, float sigmas)
    {
        const float Area = BlockPixels * BlockPixels;
        var blocks = Columns * Rows;
        for (var i = 0; i < blocks; i++)
        {
            var mean = sumsOfNine[i] / Area;
            var deviation = MathF.Sqrt(Math.Max(0, (squaresOfNine[i] / Area) - (mean * mean)));
            sumsOfNine[i] = counts[i] >= CountFull ? mean + (sigmas * deviation) : float.PositiveInfinity;
            means[i] = counts[i] >= CountMin ? means[i] / counts[i] : float.PositiveInfinity;
        }

        for (var i = 0; i < blocks; i++)
        {
            if (maxima[i] > Math.Min(LeastAround(sumsOfNine, i), (float)(9 * RatioMost) * Math.Min(median, LeastAround(means, i))))
            {
                MarkAround(i);
            }
        }

        return near.AsSpan(0, blocks);
    }

    private float LeastAround(float[] values, int block)
    {
        var (left, right, top, bottom) = Around(block);
        var least = float.PositiveInfinity;
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                least = Math.Min(least, values[(y * Columns) + x]);
            }
        }

        return least;
    }

    private void MarkAround(int block)
    {
        var (left, right, top, bottom) = Around(block);
        for (var y = top; y <= bottom; y++)
        {
            near.AsSpan((y * Columns) + left, right - left + 1).Fill(true);
        }
    }

    private (int Left, int Right, int Top, int Bottom) Around(int block)
    {
        var (y, x) = Math.DivRem(block, Columns);
        return (Math.Max(0, x - 1), Math.Min(Columns - 1, x + 1), Math.Max(0, y - 1), Math.Min(Rows - 1, y + 1));
    }
}
