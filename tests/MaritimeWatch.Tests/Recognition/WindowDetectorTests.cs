using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Recognition;

/// <summary>A network looks window by window, and nobody can tell from the ships where the windows lay.</summary>
[TestFixture]
public sealed class WindowDetectorTests
{
    private const int Seed = 21;

    [Test]
    public void Ships_on_seams_and_corners_of_windows_are_found_once_each()
    {
        var ships = Planted();
        var found = Look(Scene(ships), 1);
        Assert.That(Middles(found), Is.EquivalentTo(ships.Select(ship => (ship.X + (ship.Width / 2.0), ship.Y + (ship.Height / 2.0)))), $"seed {Seed}");
    }

    [TestCase(2)]
    [TestCase(5)]
    public void Any_number_of_threads_finds_the_same(int threads)
    {
        var scene = Scene(Planted());
        Assert.That(Look(scene, threads), Is.EqualTo(Look(scene, 1)));
    }

    [Test]
    public void The_screen_leaves_out_empty_water_and_loses_no_ship()
    {
        var scene = Scene(Planted());
        var screened = new WindowDetector(Settings(), new BlobScorer());
        var all = new WindowDetector(Settings(), new BlobScorer(), new WindowSwitches { ScreenSigmas = null });
        Assert.That(screened.Detect(scene, null, 2, default), Is.EqualTo(all.Detect(scene, null, 2, default)));
        Assert.Multiple(() =>
        {
            Assert.That(all.Counts.WindowsLeftOut, Is.Zero);
            Assert.That(screened.Counts.WindowsLeftOut, Is.GreaterThan(0));
            Assert.That(screened.Counts.PixelsScored, Is.LessThan(all.Counts.PixelsScored / 2));
            Assert.That(screened.Counts.Pixels, Is.EqualTo(scene.Width * scene.Height));
        });
    }

    [Test]
    public void A_small_picture_is_looked_at_once_and_whole()
    {
        var scorer = new BlobScorer();
        var found = new WindowDetector(Settings(), scorer).Detect(new MadeImage(790, 413, Seed, (500, 300, 40, 12)), null, 4, default);
        Assert.That((scorer.Views, found.Count), Is.EqualTo((1, 1)));
        Assert.That(found[0].Outline, Is.EqualTo(new PixelBox(500, 300, 540, 312)));
        Assert.That(found[0].Where, Is.Null);
    }

    [Test]
    public void Metres_and_bearings_come_from_the_ground_size()
    {
        var scene = new MadeImage(1000, 700, Seed, (300, 200, 20, 4), (600, 500, 4, 20)) { PixelMetres = (10, 12) };
        var found = Look(scene, 1);
        Assert.That(found.Select(ship => (ship.LengthMetres, ship.WidthMetres, ship.AxisDegrees)), Is.EqualTo(new (int, int, int?)[] { (200, 48, 90), (240, 40, 0) }));
        Assert.That(found[0].Where!.Value.LongitudeDegrees, Is.EqualTo(310 * 10 / 111_195.0).Within(1e-6));
    }

    [Test]
    public void Decibel_and_amplitude_of_one_sea_show_the_same_ships()
    {
        var scene = Scene(Planted());
        var decibel = new MadeImage(scene.Width, scene.Height, [[.. scene.Pixels.Select(value => (20 * MathF.Log10(value)) - 60)]]);
        var (a, b) = (Look(scene, 1), Look(decibel, 1));
        Assert.That(b.Select(ship => ship.Outline), Is.EqualTo(a.Select(ship => ship.Outline)));
    }

    [Test]
    public void Pixels_far_from_those_of_the_training_are_brought_near_them()
    {
        // One metre a pixel: brought to three, so that a ship fits into the margins.
        var scene = new MadeImage(2100, 1500, Seed, (900, 600, 240, 42)) { PixelMetres = (1, 1) };
        var ship = Look(scene, 1).Single();
        Assert.Multiple(() =>
        {
            Assert.That(ship.X, Is.EqualTo(1020).Within(3));
            Assert.That(ship.Y, Is.EqualTo(621).Within(3));
            Assert.That(ship.LengthMetres, Is.EqualTo(240).Within(6));
            Assert.That(ship.WidthMetres, Is.EqualTo(42).Within(6));
        });
    }

    [Test]
    public void No_data_is_not_looked_at()
    {
        var pixels = MadeImage.Sea(1400, 1300, Seed, (200, 200, 20, 5));
        for (var i = 700 * 1400; i < pixels.Length; i++)
        {
            pixels[i] = float.NaN;
        }

        var detector = new WindowDetector(Settings(), new BlobScorer(), new WindowSwitches { ScreenSigmas = null });
        Assert.That(detector.Detect(new MadeImage(1400, 1300, [pixels]), null, 1, default), Has.Count.EqualTo(1));
        Assert.That(detector.Counts.WindowsLeftOut, Is.EqualTo(18), "three rows of six windows hold nothing");
    }

    [Test]
    public void Bands_are_taken_by_name_and_a_scene_without_them_is_refused()
    {
        var sea = MadeImage.Sea(400, 300, Seed);
        var ships = MadeImage.Sea(400, 300, Seed, (200, 100, 30, 10));
        var settings = Settings() with
        {
            Name = "ship-optical",
            Inputs = [SceneBand.NearInfrared, SceneBand.Blue, SceneBand.Green, SceneBand.Red, SceneBand.ShortWaveInfrared],
            Norm = new OpticalExcess(100, 0.02),
        };
        var scene = new MadeImage(400, 300, [sea, sea, sea, ships])
        {
            Bands = [SceneBand.Red, SceneBand.Green, SceneBand.Blue, SceneBand.NearInfrared],
        };
        var detector = new WindowDetector(settings, new BlobScorer(bright: 2.2f));
        Assert.That(detector.Detect(scene, null, 1, default).Single().X, Is.EqualTo(215).Within(0.1));
        var grey = new MadeImage(400, 300, [ships]) { Bands = [SceneBand.NearInfrared] };
        Assert.That(WindowDetector.Obstacle(settings, grey), Does.Contain("Blue, Green, Red"));
        Assert.That(() => detector.Detect(grey, null, 1, default), Throws.TypeOf<NotSupportedException>());
    }

    internal static ShipNetSettings Settings() => new()
    {
        Name = "ship-sar",
        Version = 1,
        Hash = new string('0', 64),
        Inputs = [SceneBand.Amplitude],
        Stride = 4,
        Multiple = 32,
        Window = 256,
        Margin = 64,
        Norm = new SarLogMedian(0.05, 1),
        ThresholdMilli = 400,
        NmsIouMilli = 400,
    };

    // The seams of windows of 256 lie at its multiples.
    private static (int X, int Y, int Width, int Height)[] Planted() =>
    [
        (40, 40, 12, 4), (250, 100, 12, 4), (100, 252, 4, 9), (250, 506, 13, 13), (764, 764, 8, 8), (254, 255, 4, 2),
        (508, 700, 40, 10), (1000, 300, 24, 12), (1019, 1019, 11, 11),
    ];

    private static MadeImage Scene((int X, int Y, int Width, int Height)[] ships) => new(1100, 1300, Seed, ships);

    private static IReadOnlyList<ShipDetection> Look(MadeImage scene, int threads) =>
        new WindowDetector(Settings(), new BlobScorer()).Detect(scene, null, threads, default);

    private static IEnumerable<(double X, double Y)> Middles(IReadOnlyList<ShipDetection> found) => found.Select(ship => (ship.X, ship.Y));
}
