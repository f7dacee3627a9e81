using MaritimeWatch.Terms;

namespace MaritimeWatch.Recognition;

/// <summary>
/// A scene with larger or smaller pixels: means over area where pixels grow, straight lines between centres where they
/// shrink. Where less than half of a pixel is known it is not known.
/// </summary>
/// <param name="source">The scene.</param>
/// <param name="stepX">Width of a new pixel in old ones, 0.05 to 100.</param>
/// <param name="stepY">Height of a new pixel in old ones, 0.05 to 100.</param>
internal sealed class ResampledImage(ISceneImage source, double stepX, double stepY) : ISceneImage
{
    private const int BufferPixelsMax = 4 << 20;

    /// <inheritdoc/>
    public IReadOnlyList<SceneBand> Bands => source.Bands;

    /// <inheritdoc/>
    public int Width { get; } = Math.Max(1, (int)Math.Ceiling((source.Width / stepX) - 1e-6));

    /// <inheritdoc/>
    public int Height { get; } = Math.Max(1, (int)Math.Ceiling((source.Height / stepY) - 1e-6));

    /// <inheritdoc/>
    public void Read(SceneWindow window, Span<float> target) => Read(window, null, target);

    /// <inheritdoc/>
    public void Read(SceneWindow window, int band, Span<float> target) => Read(window, (int?)band, target);

    /// <inheritdoc/>
    public Position? PositionAt(double x, double y) => source.PositionAt(x * stepX, y * stepY);

    /// <inheritdoc/>
    public GroundSize PixelAt(double x, double y)
    {
        var old = source.PixelAt(x * stepX, y * stepY);
        return old with { WidthMetres = old.WidthMetres * stepX, HeightMetres = old.HeightMetres * stepY };
    }

    // In pieces of whole rows, so that a fine scene is never held whole.
    private void Read(SceneWindow window, int? band, Span<float> target)
    {
        var columns = Taps(window.X, window.Width, stepX, source.Width);
        var (left, right) = (columns[0].First, columns[^1].Last + 1);
        var rowsOld = Math.Max(1, BufferPixelsMax / (right - left));
        var rowsAtOnce = Math.Clamp((int)(rowsOld / stepY) - 2, 1, window.Height);
        var buffer = Array.Empty<float>();
        for (var y = 0; y < window.Height; y += rowsAtOnce)
        {
            var rows = Taps(window.Y + y, Math.Min(rowsAtOnce, window.Height - y), stepY, source.Height);
            var old = new SceneWindow(left, rows[0].First, right - left, rows[^1].Last + 1 - rows[0].First);
            if (buffer.Length < old.Width * old.Height)
            {
                buffer = new float[old.Width * old.Height];
            }

            var pixels = buffer.AsSpan(0, old.Width * old.Height);
            if (band is { } number)
            {
                source.Read(old, number, pixels);
            }
            else
            {
                source.Read(old, pixels);
            }

            for (var row = 0; row < rows.Length; row++)
            {
                for (var column = 0; column < columns.Length; column++)
                {
                    target[((y + row) * window.Width) + column] = Mean(pixels, old, rows[row], columns[column]);
                }
            }
        }
    }

    private static float Mean(ReadOnlySpan<float> pixels, SceneWindow old, Tap row, Tap column)
    {
        double sum = 0, known = 0, all = 0;
        for (var y = row.First; y <= row.Last; y++)
        {
            for (var x = column.First; x <= column.Last; x++)
            {
                var weight = row.WeightOf(y) * column.WeightOf(x);
                var value = pixels[((y - old.Y) * old.Width) + x - old.X];
                all += weight;
                if (!float.IsNaN(value))
                {
                    sum += weight * value;
                    known += weight;
                }
            }
        }

        return known > 0 && known * 2 >= all ? (float)(sum / known) : float.NaN;
    }

    private static Tap[] Taps(int from, int count, double step, int most)
    {
        var taps = new Tap[count];
        for (var i = 0; i < count; i++)
        {
            if (step >= 1)
            {
                var (start, end) = ((from + i) * step, Math.Min(most, (from + i + 1) * step));
                var first = Math.Min(most - 1, (int)start);
                var last = Math.Clamp((int)Math.Ceiling(end) - 1, first, most - 1);
                taps[i] = new Tap(first, last, first + 1 - start, first == last ? first + 1 - start : end - last);
            }
            else
            {
                var centre = Math.Clamp(((from + i + 0.5) * step) - 0.5, 0, most - 1);
                var first = Math.Min((int)centre, Math.Max(0, most - 2));
                var last = Math.Min(first + 1, most - 1);
                taps[i] = new Tap(first, last, first == last ? 1 : 1 - (centre - first), centre - first);
            }
        }

        return taps;
    }

    /// <summary>Old pixels from the first to the last, and how much of those two counts; those between count whole.</summary>
    private readonly record struct Tap(int First, int Last, double FirstWeight, double LastWeight)
    {
        public double WeightOf(int at) => at == First ? FirstWeight : at == Last ? LastWeight : 1;
    }
}
