using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>What each band is comes from whoever knows; nobody guesses it.</summary>
[TestFixture]
public sealed class SceneBandTests
{
    private static readonly SceneBand[] Four = [SceneBand.Blue, SceneBand.Green, SceneBand.Red, SceneBand.NearInfrared];

    [SetUp]
    public void NeedsGdal() => SceneFiles.RequireGdal();

    [Test]
    public void Bands_that_the_file_names_are_known_in_any_order()
    {
        using var scene = Open(File(5, "B08|B11|red|GREEN|B2, central wavelength 490 nm"), new SceneDescription { Sensor = SceneSensor.Optical });
        Assert.That(scene.Bands, Is.EqualTo(new[]
        {
            SceneBand.NearInfrared, SceneBand.ShortWaveInfrared, SceneBand.Red, SceneBand.Green, SceneBand.Blue,
        }));
        Assert.That(One(scene, scene.MainBand), Is.EqualTo(1), "the near infrared is the band that counts");
        Assert.That(One(scene, 4), Is.EqualTo(5));
    }

    [Test]
    public void Bands_that_are_named_by_whoever_sent_it_are_those()
    {
        using var scene = Open(File(5), new SceneDescription { Bands = BandNames.Parse("b11, nir,B4,B3,B2") });
        Assert.That(scene.Bands[0], Is.EqualTo(SceneBand.ShortWaveInfrared));
        Assert.That(One(scene, scene.MainBand), Is.EqualTo(2));
        Assert.That(scene.Sensor, Is.EqualTo(SceneSensor.Optical), "colours are no radar's");
    }

    [TestCase(4)]
    [TestCase(5)]
    public void Sentinel_2_has_its_usual_order_where_it_is_said_to_be_the_one(int bands)
    {
        using var scene = Open(File(bands), SceneDescription.From(new Dictionary<string, string> { ["sensor"] = "sentinel-2" }));
        Assert.That(scene.Bands.Take(4), Is.EqualTo(Four));
        Assert.That(scene.Bands.Count, Is.EqualTo(bands));
        Assert.That(One(scene, scene.MainBand), Is.EqualTo(4));
    }

    [TestCase(4, SceneSensor.Optical, false)]
    [TestCase(3, SceneSensor.Optical, true)]
    [TestCase(13, SceneSensor.Optical, true)]
    [TestCase(2, SceneSensor.Sar, false)]
    [TestCase(4, null, false)]
    public void Bands_that_nobody_names_are_refused_with_what_to_say(int bands, SceneSensor? sensor, bool isSentinel2) => Assert.That(
        () => Open(File(bands), new SceneDescription { Sensor = sensor, IsSentinel2 = isSentinel2 }),
        Throws.TypeOf<RasterException>().With.Property("Trouble").EqualTo(RasterTrouble.UnknownBands).And.Message.Contains("--bands"));

    [Test]
    public void Of_two_polarisations_the_crossed_one_is_read_unless_another_is_asked_for()
    {
        var file = File(2, "Sigma0_VV|Sigma0_VH");
        using var crossed = Open(file, new SceneDescription());
        using var same = Open(file, new SceneDescription { Bands = "VV" });
        Assert.That((crossed.Sensor, One(crossed, 0), One(same, 0)), Is.EqualTo((SceneSensor.Sar, 2f, 1f)));
        Assert.That(crossed.Bands, Is.EqualTo(new[] { SceneBand.Amplitude }));
    }

    [Test]
    public void A_number_takes_one_band_whatever_it_is()
    {
        using var scene = Open(File(3), new SceneDescription { Band = 2, Sensor = SceneSensor.Optical });
        Assert.That((scene.Bands.Single(), One(scene, 0)), Is.EqualTo((SceneBand.Unknown, 2f)));
    }

    [TestCase("B02,B03", "2 bands were named")]
    [TestCase("B02,B03,B04,B08,B11", "5 bands were named")]
    public void Names_that_are_not_as_many_as_the_bands_are_refused(string names, string text) => Assert.That(
        () => Open(File(4), new SceneDescription { Bands = names }), Throws.TypeOf<RasterException>().With.Message.Contains(text));

    [TestCase("B02,B2")]
    [TestCase("B02,purple")]
    [TestCase("")]
    public void A_list_with_no_sense_is_refused_by_name(string list) =>
        Assert.That(() => BandNames.Parse(list), Throws.TypeOf<FormatException>().With.Message.Contains("bands"));

    [Test]
    public void Bands_in_files_of_their_own_are_one_scene_and_the_coarse_one_lies_on_the_fine_grid()
    {
        // 20 m pixels whose value is their column: on the grid of 10 m it rises by a half a pixel.
        var fine = SceneFiles.Write(new TiffMaker(64, 48).Make((x, _, _) => 100 + x), "x_B08.tif");
        var coarse = SceneFiles.Write(
            new TiffMaker(32, 24) { Place = (SceneFiles.West, SceneFiles.North, 2 * SceneFiles.PixelLon, 2 * SceneFiles.PixelLat) }
                .Make((x, _, _) => 1000 + (10 * x)),
            "x_B11.tif");
        using var scene = SceneFile.Open([coarse, fine], new SceneDescription(), RasterLimits.Default);
        Assert.That(scene.Bands, Is.EqualTo(new[] { SceneBand.ShortWaveInfrared, SceneBand.NearInfrared }));
        Assert.That((scene.Width, scene.Height, scene.MainBand, scene.Sensor), Is.EqualTo((64, 48, 1, SceneSensor.Optical)));
        var whole = new float[64 * 48];
        scene.Read(new SceneWindow(0, 0, 64, 48), 0, whole);
        Assert.That(whole[10], Is.EqualTo(1000 + (10 * 4.75)).Within(1e-3), "column 10 has its middle at 5.25 coarse columns");
        var random = new Random(7);
        for (var n = 0; n < 50; n++)
        {
            var (x, y) = (random.Next(60), random.Next(44));
            var part = new float[4 * 3];
            scene.Read(new SceneWindow(x, y, 4, 3), 0, part);
            for (var i = 0; i < part.Length; i++)
            {
                Assert.That(part[i], Is.EqualTo(whole[((y + (i / 4)) * 64) + x + (i % 4)]), $"window at {x}, {y}: no seams");
            }
        }
    }

    [Test]
    public void Files_that_do_not_lie_on_one_ground_are_refused()
    {
        var here = SceneFiles.Write(new TiffMaker(64, 48).Make((_, _, _) => 1), "x_B04.tif");
        var there = SceneFiles.Write(
            new TiffMaker(64, 48) { Place = (SceneFiles.West + 0.01, SceneFiles.North, SceneFiles.PixelLon, SceneFiles.PixelLat) }.Make((_, _, _) => 1),
            "x_B08.tif");
        Assert.That(
            () => SceneFile.Open([here, there], new SceneDescription(), RasterLimits.Default),
            Throws.TypeOf<RasterException>().With.Property("Trouble").EqualTo(RasterTrouble.NotOneScene));
        Assert.That(
            () => SceneFile.Open([here, here], new SceneDescription(), RasterLimits.Default),
            Throws.TypeOf<RasterException>().With.Property("Trouble").EqualTo(RasterTrouble.UnknownBands));
    }

    [Test]
    public void Real_bands_of_a_port_are_one_scene()
    {
        var bands = new[] { "B02", "B03", "B04", "B08", "B11" }
            .Select(band => SharedData.Require($"imagery/sentinel2_ports/gdynia/2023-06-11_{band}.tif")).ToArray();
        using var scene = SceneFile.Open(bands, new SceneDescription(), RasterLimits.Default);
        Assert.That(scene.Bands, Is.EqualTo(new[] { SceneBand.Blue, SceneBand.Green, SceneBand.Red, SceneBand.NearInfrared, SceneBand.ShortWaveInfrared }));
        Assert.That((scene.Width, scene.Height, scene.MainBand), Is.EqualTo((1980, 1038, 3)));
    }

    private static SceneFile Open(string file, SceneDescription given) => SceneFile.Open(file, given, RasterLimits.Default);

    // Every pixel is its band's number.
    private static string File(int bands, string? names = null) => SceneFiles.Write(
        new TiffMaker(20, 10) { Bands = bands, Names = names }
            .Make((_, _, band) => band + 1),
        "bands.tif");

    private static float One(SceneFile scene, int band)
    {
        var pixel = new float[1];
        scene.Read(new SceneWindow(3, 3, 1, 1), band, pixel);
        return pixel[0];
    }
}
