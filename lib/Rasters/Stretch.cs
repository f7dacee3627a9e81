namespace MaritimeWatch.Rasters;

/// <summary>Which values of a scene are black and which are white in a picture of it.</summary>
/// <param name="Black">Values up to this are black.</param>
/// <param name="White">Values from this are white; above <paramref name="Black"/>.</param>
public sealed record Stretch(IReadOnlyList<float> Black, IReadOnlyList<float> White)
{
    private const double LowShare = 0.01;
    private const double HighShare = 0.99;

    // The square root lifts the sea out of the dark.
    private const double Gamma = 0.6;

    /// <summary>From the 1st and the 99th part in a hundred of some pixels.</summary>
    /// <param name="planes">Pixels of each band; NaN does not count.</param>
    public static Stretch Of(IReadOnlyList<float[]> planes)
    {
        var (black, white) = (new float[planes.Count], new float[planes.Count]);
        for (var plane = 0; plane < planes.Count; plane++)
        {
            float[] sorted = [.. planes[plane].Where(float.IsFinite)];
            Array.Sort(sorted);
            (black[plane], white[plane]) = sorted.Length == 0 ? (0, 1) : (At(sorted, LowShare), At(sorted, HighShare));
            white[plane] = white[plane] > black[plane] ? white[plane] : black[plane] + 1;
        }

        return new Stretch(black, white);
    }

    /// <summary>The same black, and white no darker than the brightest half of a hundredth of a chip: a ship shows its shape.</summary>
    public Stretch ForChip(IReadOnlyList<float[]> planes)
    {
        const double BrightestShare = 0.995;
        return this with
        {
            White = [.. planes.Select((plane, index) =>
            {
                float[] sorted = [.. plane.Where(float.IsFinite)];
                Array.Sort(sorted);
                return sorted.Length == 0 ? White[index] : Math.Max(White[index], At(sorted, BrightestShare));
            })],
        };
    }

    /// <summary>The bytes of a picture.</summary>
    /// <param name="planes">One band or three, as many pixels each.</param>
    /// <param name="channels">1: grey of the first; 3: red, green and blue, of one band all the same.</param>
    internal byte[] Pixels(IReadOnlyList<float[]> planes, int channels)
    {
        var bytes = new byte[planes[0].Length * channels];
        for (var channel = 0; channel < channels; channel++)
        {
            var plane = Math.Min(channel, planes.Count - 1);
            var (black, range) = (Black[plane], White[plane] - Black[plane]);
            for (var at = 0; at < planes[plane].Length; at++)
            {
                var part = (planes[plane][at] - black) / range;
                bytes[(at * channels) + channel] = part > 0 ? (byte)(255 * Math.Pow(Math.Min(1, part), Gamma)) : (byte)0;
            }
        }

        return bytes;
    }

    private static float At(float[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
