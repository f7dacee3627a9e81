namespace MaritimeWatch.Recognition;

/// <summary>What is told once for a whole scene, so that it does not differ from window to window.</summary>
internal static class SceneLevels
{
    /// <summary>Of a raster with no more pixels quantiles are those of the whole raster, not of a window.</summary>
    public const long WholePixelsMax = 4_000_000;

    // Products of ESA have 10,000 for a reflectance of 1, pictures stretched over 16 bits 65,535. Only in the second does
    // the near infrared have a 99th hundredth as bright as this.
    private const float UsualScale = 10_000;
    private const float StretchedScale = 65_535;
    private const float BrightOfStretched = 12_500;
    private const int BrightMilli = 990;

    private const int SampleEdge = 256;
    private const int SamplesAlong = 8;

    /// <summary>Which number in an optical file is a reflectance of 1.</summary>
    /// <param name="image">The scene.</param>
    /// <param name="band">Index of its near infrared.</param>
    public static float FullScale(ISceneImage image, int band) =>
        new ViewQuantile().Of(Sample(image, band), BrightMilli) > BrightOfStretched ? StretchedScale : UsualScale;

    /// <summary>Quantiles of whole bands of a small raster, or null where it is too large for that.</summary>
    /// <param name="image">The scene.</param>
    /// <param name="bands">Indices of its bands, negative where it has none.</param>
    /// <param name="milli">Which quantile.</param>
    public static float[]? Whole(ISceneImage image, IReadOnlyList<int> bands, int milli)
    {
        if ((long)image.Width * image.Height > WholePixelsMax)
        {
            return null;
        }

        var quantile = new ViewQuantile();
        var pixels = new float[image.Width * image.Height];
        var found = new float[bands.Count];
        for (var i = 0; i < found.Length; i++)
        {
            if (bands[i] >= 0)
            {
                image.Read(new SceneWindow(0, 0, image.Width, image.Height), bands[i], pixels);
                found[i] = quantile.Of(pixels, milli);
            }
        }

        return found;
    }

    private static float[] Sample(ISceneImage image, int band)
    {
        if ((long)image.Width * image.Height <= WholePixelsMax)
        {
            var whole = new float[image.Width * image.Height];
            image.Read(new SceneWindow(0, 0, image.Width, image.Height), band, whole);
            return whole;
        }

        var (width, height) = (Math.Min(SampleEdge, image.Width), Math.Min(SampleEdge, image.Height));
        var sample = new float[width * height * SamplesAlong * SamplesAlong];
        for (var i = 0; i < SamplesAlong * SamplesAlong; i++)
        {
            var (row, column) = Math.DivRem(i, SamplesAlong);
            var x = (int)((image.Width - width) * (column / (double)(SamplesAlong - 1)));
            var y = (int)((image.Height - height) * (row / (double)(SamplesAlong - 1)));
            image.Read(new SceneWindow(x, y, width, height), band, sample.AsSpan(i * width * height, width * height));
        }

        return sample;
    }
}
