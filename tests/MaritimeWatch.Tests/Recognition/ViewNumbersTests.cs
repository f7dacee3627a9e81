using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Recognition;

/// <summary>What a view's numbers become before a network sees them, beside plain arithmetic.</summary>
[TestFixture]
public sealed class ViewNumbersTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(999)]
    [TestCase(4000)]
    public void Quantiles_are_those_of_the_sorted_valid_numbers(int count)
    {
        var random = new Random(count);
        var view = Enumerable.Range(0, count).Select(i => (i % 7) switch
        {
            3 => float.NaN,
            4 => 0f,
            5 => -random.NextSingle(),
            6 => random.Next(1, 400),
            _ => random.NextSingle() * 1000,
        }).ToArray();
        var sorted = view.Where(value => float.IsFinite(value) && value > 0).Order().ToArray();
        var quantile = new ViewQuantile();
        Assert.That(quantile.Of([float.NaN, 0, -1, float.PositiveInfinity], 500), Is.Zero);
        foreach (var milli in new[] { 100, 500, 990 })
        {
            var place = (sorted.Length - 1) * milli / 1000.0;
            var (below, above) = (sorted[(int)place], sorted[(int)Math.Ceiling(place)]);
            Assert.That(quantile.Of(view, milli), Is.EqualTo(below + ((above - below) * (place - (int)place))).Within(1e-3), $"seed {count}");
        }
    }

    [Test]
    public void Radar_becomes_the_logarithm_of_its_ratio_to_the_median()
    {
        var norm = new SarLogMedian(0.05, 2);
        var view = Enumerable.Range(-3, 41).Select(i => i == 5 ? float.NaN : i * 31f).ToArray();
        var made = new float[view.Length];
        norm.Apply(view, 0, new ViewLevels(100), made);
        var expected = view.Select(value => float.IsNaN(value) ? 0 : 2 * Math.Log((Math.Max(value, 0) + 5) / 105));
        Assert.That(made, Is.EqualTo(expected).Within(1e-5));
        norm.Apply(view, 0, default, made);
        Assert.That(made, Has.All.Zero, "a view without a median");
    }

    [Test]
    public void Reflectance_becomes_what_it_has_more_than_dark_water()
    {
        var view = Enumerable.Range(0, 41).Select(i => i == 5 ? float.NaN : i * 97f).ToArray();
        var made = new float[view.Length];
        new OpticalExcess(100, 0.02).Apply(view, 3, new ViewLevels(300, 10_000), made);
        var expected = view.Select(value => float.IsNaN(value) ? 0 : Math.Asinh((value - 300) / 200));
        Assert.That(made, Is.EqualTo(expected).Within(2e-6));
    }

    [TestCase(900, 10_000)]
    [TestCase(40_000, 65_535)]
    public void How_bright_a_file_is_says_which_number_is_a_reflectance_of_one(float bright, float expected)
    {
        var pixels = Enumerable.Range(0, 10_000).Select(i => i % 50 == 0 ? bright : 200f).ToArray();
        Assert.That(SceneLevels.FullScale(new MadeImage(100, 100, [pixels]), 0), Is.EqualTo(expected));
    }

    [Test]
    public void The_screen_says_what_a_plain_count_says()
    {
        const int Seed = 5;
        const int Width = 150;
        const int Height = 101;
        var view = MadeImage.Sea(Width, Height, Seed, (70, 40, 6, 3), (0, 99, 3, 2));
        view.AsSpan(0, 40 * Width).Fill(float.NaN);
        foreach (var sigmas in new[] { 2, 4.5, 6, 40 })
        {
            Assert.That(new SeaScreen().Look(view, Width, Height, 90, sigmas).ToArray(), Is.EqualTo(Plain(view, Width, Height, 90, sigmas)), $"seed {Seed}, sigmas {sigmas}");
        }
    }

    [Test]
    public void Pixels_that_grow_are_means_and_pixels_that_shrink_lie_on_lines()
    {
        var ramp = new float[40 * 30];
        for (var i = 0; i < ramp.Length; i++)
        {
            ramp[i] = (i % 40) + (100 * (i / 40));
        }

        var image = new MadeImage(40, 30, [ramp]);
        var coarse = new ResampledImage(image, 2.5, 2);
        var fine = new ResampledImage(image, 0.5, 0.5);
        Assert.That((coarse.Width, coarse.Height, fine.Width, fine.Height), Is.EqualTo((16, 15, 80, 60)));
        Assert.That(At(coarse, 4, 3), Is.EqualTo(((10 + 11 + (12 * 0.5f)) / 2.5f) + (100 * 6.5f)).Within(1e-3));
        Assert.That(At(fine, 21, 13), Is.EqualTo((21.5f * 0.5f) - 0.5f + (100 * ((13.5f * 0.5f) - 0.5f))).Within(1e-3));
        ramp[(6 * 40) + 10] = float.NaN;
        Assert.That(At(coarse, 4, 3), Is.Not.NaN, "a part of it is known");
        Assert.That(At(new ResampledImage(image, 1, 0.9), 10, 7), Is.NaN, "most of it is not");
    }

    private static float At(ResampledImage image, int x, int y)
    {
        var one = new float[1];
        image.Read(new SceneWindow(x, y, 1, 1), one);
        return one[0];
    }

    private static bool[] Plain(float[] view, int width, int height, float median, double sigmas)
    {
        const int Edge = SeaScreen.BlockPixels;
        var (columns, rows) = ((width + Edge - 1) / Edge, (height + Edge - 1) / Edge);
        float Pixel(int x, int y) => x < 0 || y < 0 || x >= width || y >= height || !(view[(y * width) + x] > 0) ? 0 : view[(y * width) + x];
        var pixels = Enumerable.Range(0, columns * rows).Select(block =>
            (from y in Enumerable.Range(block / columns * Edge, Edge)
             from x in Enumerable.Range(block % columns * Edge, Edge)
             where x < columns * Edge && y < height
             select (x, y)).ToArray()).ToArray();
        var means = pixels.Select(block => block.Select(p => Pixel(p.x, p.y)).Where(value => value > 0).ToArray())
            .Select(values => values.Length >= 64 ? values.Average() : float.PositiveInfinity).ToArray();
        float Nine(int x, int y) => Enumerable.Range(-1, 3).Sum(dy => Enumerable.Range(-1, 3).Sum(dx => Pixel(x + dx, y + dy)));
        var nines = pixels.Select(block => block.Select(p => Nine(p.x, p.y)).ToArray()).ToArray();
        var peaks = nines.Select(block => block.Max()).ToArray();
        var calm = nines.Zip(pixels, (block, places) =>
        {
            var (mean, square) = (block.Sum(value => (double)value) / (Edge * Edge), block.Sum(value => (double)value * value) / (Edge * Edge));
            return places.Count(p => Pixel(p.x, p.y) > 0) >= Edge * Edge * 9 / 10 ? mean + (sigmas * Math.Sqrt(square - (mean * mean))) : double.PositiveInfinity;
        }).ToArray();
        IEnumerable<int> Around(int block) =>
            from y in Enumerable.Range((block / columns) - 1, 3)
            from x in Enumerable.Range((block % columns) - 1, 3)
            where x >= 0 && y >= 0 && x < columns && y < rows
            select (y * columns) + x;
        var isBright = peaks.Select((peak, block) => peak > Math.Min(Around(block).Min(at => calm[at]), 9 * SeaScreen.RatioMost * Around(block).Min(at => Math.Min(median, means[at])))).ToArray();
        return [.. Enumerable.Range(0, isBright.Length).Select(block => Around(block).Any(at => isBright[at]))];
    }
}
