using System.Buffers;
using System.Globalization;
using System.Xml.Linq;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Rasters.Safe;

/// <summary>
/// The table that turns a product's numbers into backscatter: sigma nought = number squared / A squared, with A given every
/// 40 pixels of every 600 or so lines and interpolated linearly both ways. What comes out is the root of sigma nought, an
/// amplitude. Thermal noise is not taken off. Source: Miranda and Meadows, "Radiometric calibration of S-1 level-1
/// products", ESA-EOPG-CSCOP-TN-0002, 2015; Sentinel-1 product specification, S1-RS-MDA-52-7441.
/// </summary>
internal sealed class SafeCalibration
{
    private const int VectorsMax = 2000;
    private const int KnotsMax = 10_000;

    private readonly double[] lines;
    private readonly double[] knots;
    private readonly float[][] values;

    private SafeCalibration(double[] lines, double[] knots, float[][] values) =>
        (this.lines, this.knots, this.values) = (lines, knots, values);

    /// <summary>Reads a calibration file.</summary>
    /// <exception cref="RasterException">It has no table of sigma nought, or one with no sense.</exception>
    public static SafeCalibration Read(string path)
    {
        var vectors = SafeXml.Load(path).All("calibrationVector").Take(VectorsMax + 1)
            .Select(vector => (Line: vector.Number("line"), Knots: Numbers(vector, "pixel"), Values: Numbers(vector, "sigmaNought")))
            .OrderBy(vector => vector.Line)
            .ToList();
        if (vectors.Count is 0 or > VectorsMax)
        {
            throw SafeXml.Wrong(path, $"{vectors.Count} vectors of calibration");
        }

        var knots = vectors[0].Knots;
        foreach (var (line, pixels, sigma) in vectors)
        {
            if (line is null || pixels.Length != sigma.Length || pixels.Length is < 2 or > KnotsMax || !pixels.SequenceEqual(knots)
                || !IsRising(pixels) || !sigma.All(value => value is > 0 and < 1e9))
            {
                throw SafeXml.Wrong(path, "a vector of calibration has no line, other pixels than the first, or a value that is not above zero");
            }
        }

        double[] lines = [.. vectors.Select(vector => vector.Line!.Value)];
        return IsRising(lines)
            ? new SafeCalibration(lines, knots, [.. vectors.Select(vector => Array.ConvertAll(vector.Values, value => (float)value))])
            : throw SafeXml.Wrong(path, "two vectors of calibration have the same line");
    }

    /// <summary>A at a pixel.</summary>
    public double At(double column, double row)
    {
        var (above, below, v) = Between(lines, row);
        var (left, right, u) = Between(knots, column);
        return (((values[above][left] * (1 - u)) + (values[above][right] * u)) * (1 - v))
            + (((values[below][left] * (1 - u)) + (values[below][right] * u)) * v);
    }

    /// <summary>Divides a window's numbers by A.</summary>
    public void Apply(SceneWindow window, Span<float> pixels)
    {
        var rented = ArrayPool<float>.Shared.Rent(knots.Length);
        try
        {
            for (var y = 0; y < window.Height; y++)
            {
                var (above, below, v) = Between(lines, window.Y + y);
                for (var knot = 0; knot < knots.Length; knot++)
                {
                    rented[knot] = (float)((values[above][knot] * (1 - v)) + (values[below][knot] * v));
                }

                Divide(pixels.Slice(y * window.Width, window.Width), window.X, rented);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    private void Divide(Span<float> row, int from, float[] table)
    {
        for (var x = 0; x < row.Length;)
        {
            var (left, right, u) = Between(knots, from + x);
            var step = right > left ? (float)((table[right] - table[left]) / (knots[right] - knots[left])) : 0;
            var value = (float)(table[left] + ((table[right] - table[left]) * u));
            var end = right > left ? (int)Math.Min(row.Length, Math.Max(x + 1, Math.Ceiling(knots[right]) - from)) : row.Length;
            for (var first = x; x < end; x++)
            {
                row[x] /= value + (step * (x - first));
            }
        }
    }

    // The two nodes around a place and how far it is towards the second; beyond the ends the end counts.
    private static (int First, int Second, double Part) Between(double[] nodes, double place)
    {
        var after = Array.BinarySearch(nodes, place);
        after = after >= 0 ? after + 1 : ~after;
        return after == 0 ? (0, 0, 0)
            : after == nodes.Length ? (nodes.Length - 1, nodes.Length - 1, 0)
            : (after - 1, after, (place - nodes[after - 1]) / (nodes[after] - nodes[after - 1]));
    }

    private static bool IsRising(double[] numbers)
    {
        for (var i = 1; i < numbers.Length; i++)
        {
            if (!(numbers[i] > numbers[i - 1]))
            {
                return false;
            }
        }

        return true;
    }

    private static double[] Numbers(XElement vector, string name)
    {
        var parts = (vector.Text(name) ?? string.Empty).Split((char[]?)null, KnotsMax + 1, StringSplitOptions.RemoveEmptyEntries);
        return Array.ConvertAll(
            parts, part => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN);
    }
}
