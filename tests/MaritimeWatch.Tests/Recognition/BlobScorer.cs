using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Recognition;

/// <summary>
/// Stands in for a network: bright pixels of the first band that touch are one ship, upright, at their middle. Like a
/// network it sees only the view, and what is cut by the view's edge it sees cut.
/// </summary>
internal sealed class BlobScorer(int stride = 4, float bright = 1.5f) : IShipScorer
{
    private int views;

    public int Views => views;

    public void Score(float[] view, int bands, int height, int width, float[] scores)
    {
        Interlocked.Increment(ref views);
        Array.Clear(scores);
        var (rows, columns) = (height / stride, width / stride);
        var taken = new bool[height * width];
        for (var at = 0; at < height * width; at++)
        {
            if (taken[at] || view[at] <= bright)
            {
                continue;
            }

            var (left, top, right, bottom) = Grow(view, taken, at, width, height);
            var (x, y) = ((left + right) / 2.0 / stride, (top + bottom) / 2.0 / stride);
            var cell = ((int)y * columns) + (int)x;
            float[] planes =
            [
                0.9f, (float)(x - (int)x), (float)(y - (int)y), MathF.Log(right - left), MathF.Log(bottom - top),
                MathF.Log(Math.Max(right - left, bottom - top)), right - left >= bottom - top ? 1 : -1, 0,
            ];
            for (var plane = 0; plane < planes.Length; plane++)
            {
                scores[(plane * rows * columns) + cell] = planes[plane];
            }
        }
    }

    private (int Left, int Top, int Right, int Bottom) Grow(float[] view, bool[] taken, int from, int width, int height)
    {
        var (left, top, right, bottom) = (width, height, 0, 0);
        var open = new Stack<int>([from]);
        taken[from] = true;
        while (open.TryPop(out var at))
        {
            var (y, x) = Math.DivRem(at, width);
            (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
            foreach (var (nearX, nearY) in new[] { (x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1) })
            {
                var near = (nearY * width) + nearX;
                if (nearX >= 0 && nearY >= 0 && nearX < width && nearY < height && !taken[near] && view[near] > bright)
                {
                    taken[near] = true;
                    open.Push(near);
                }
            }
        }

        return (left, top, right, bottom);
    }
}
