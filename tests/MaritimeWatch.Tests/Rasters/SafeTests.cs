using System.IO.Compression;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>A Sentinel-1 product (a SIMULATED one: no real one is at hand) is read with its calibration, time and geometry.</summary>
[TestFixture]
public sealed class SafeTests
{
    private readonly SafeMaker maker = new(new RadarOrbit(nearRangeMetres: 500_000));

    [SetUp]
    public void NeedsGdal() => SceneFiles.RequireGdal();

    [TestCase("folder")]
    [TestCase("manifest")]
    [TestCase("zip")]
    public void A_product_is_one_scene_with_its_time_and_the_crossed_polarisation(string kind)
    {
        var root = maker.Write(Folder(), "VV", "VH");
        var path = kind switch { "folder" => root, "manifest" => Path.Combine(root, "manifest.safe"), _ => Zip(root) };
        using var scene = SceneFile.Open(path, new SceneDescription(), RasterLimits.Default);
        var middle = scene.PositionAt(SafeMaker.Width / 2.0, SafeMaker.Height / 2.0)!.Value;
        var truth = maker.Ground(SafeMaker.Width / 2.0, SafeMaker.Height / 2.0);
        Assert.Multiple(() =>
        {
            Assert.That((scene.Polarisation, scene.Sensor, scene.IsCalibrated), Is.EqualTo(("VH", SceneSensor.Sar, true)));
            Assert.That(scene.Bands, Is.EqualTo(new[] { SceneBand.Amplitude }));
            Assert.That(scene.Description.AtMs!.Value, Is.EqualTo(maker.MiddleAt.ToUnixTimeMilliseconds()).Within(1));
            Assert.That(scene.Description.IsSimulated);
            Assert.That(GreatCircle.DistanceMetres(middle, Place(truth)), Is.LessThan(3));
        });
    }

    [TestCase(null, "VH")]
    [TestCase("VV", "VV")]
    public void Numbers_become_the_root_of_sigma_nought(string? wanted, string polarisation)
    {
        using var scene = SceneFile.Open(maker.Write(Folder(), "VV", "VH"), new SceneDescription { Bands = wanted }, RasterLimits.Default);
        var worst = 0.0;
        foreach (var window in (SceneWindow[])[new(0, 0, SafeMaker.Width, SafeMaker.Height), new(37, 61, 90, 77), new(419, 299, 1, 1)])
        {
            var pixels = new float[window.Width * window.Height];
            scene.Read(window, pixels);
            for (var i = 0; i < pixels.Length; i++)
            {
                var (x, y) = (window.X + (i % window.Width), window.Y + (i / window.Width));
                var expected = SafeMaker.Number(polarisation, x, y) / SafeMaker.A(x, y);
                worst = Math.Max(worst, Math.Abs((pixels[i] / expected) - 1));
            }
        }

        TestContext.Out.WriteLine($"at worst {worst:E2} of the value off");
        Assert.That(worst, Is.LessThan(1e-5));
    }

    [Test]
    public void Range_speed_incidence_and_directions_are_those_of_the_orbit()
    {
        var orbit = new RadarOrbit(nearRangeMetres: 500_000);
        using var scene = SceneFile.Open(maker.Write(Folder(), "VV", "VH"), new SceneDescription(), RasterLimits.Default);
        var radar = scene.Description.Radar!;
        var (x, y) = (SafeMaker.Width / 2, SafeMaker.Height / 2);
        var truth = maker.Ground(x, y);
        var (_, velocity) = orbit.Platform(y * SafeMaker.PixelMetres * orbit.SecondsPerMetre);
        var speed = Math.Sqrt(velocity.Sum(part => part * part));
        var look = GreatCircle.InitialBearingDegrees(Place(maker.Ground(x - 5, y)), Place(maker.Ground(x + 5, y)));
        var flight = GreatCircle.InitialBearingDegrees(Place(maker.Ground(x, y - 5)), Place(maker.Ground(x, y + 5)));
        TestContext.Out.WriteLine(radar);
        Assert.Multiple(() =>
        {
            Assert.That(radar.SlantRangeOverSpeedMs / 1000.0, Is.EqualTo(truth.RangeMetres / speed).Within(1.5));
            Assert.That(radar.IncidenceMillidegrees / 1000.0, Is.EqualTo(truth.IncidenceDegrees).Within(0.5));
            Assert.That(radar.LookMillidegrees / 1000.0, Is.EqualTo(look).Within(0.5));
            Assert.That(radar.FlightMillidegrees / 1000.0, Is.EqualTo(flight).Within(0.5));
            Assert.That(SceneDescription.From(scene.Description.ToFacts()), Is.EqualTo(scene.Description), "a note carries all of it");
        });
    }

    [Test]
    public void A_ship_that_moves_away_is_seen_behind_along_the_flight_and_one_across_it_is_not_shifted()
    {
        // Range over speed 113 s, 38 degrees: 10 m/s straight away from the radar is 10 x sin 38 x 113 m behind.
        var radar = new RadarGeometry(113_000, 280_000, 38_000, 190_000);
        Assert.Multiple(() =>
        {
            Assert.That(radar.AzimuthShiftMetres(10, 280), Is.EqualTo(-695.7).Within(0.1));
            Assert.That(radar.AzimuthShiftMetres(10, 100), Is.EqualTo(695.7).Within(0.1));
            Assert.That(radar.AzimuthShiftMetres(10, 190), Is.Zero.Within(1e-6));
        });
    }

    [Test]
    public void The_shift_is_that_of_the_doppler_effect_in_the_orbit_itself()
    {
        // The line in which the radar sees a moving ship is that in which the ship's range stops falling, its own motion counted.
        var orbit = new RadarOrbit(nearRangeMetres: 500_000);
        using var scene = SceneFile.Open(maker.Write(Folder(), "VH"), new SceneDescription(), RasterLimits.Default);
        var radar = scene.Description.Radar!;
        var (x, y) = (SafeMaker.Width / 2.0, SafeMaker.Height / 2.0);
        var here = maker.Ground(x, y);
        const double Speed = 8;
        var (seconds, course) = (y * SafeMaker.PixelMetres * orbit.SecondsPerMetre, 250.0);
        double Range(double at)
        {
            var moved = (at - seconds) * Speed;
            var (north, east) = (moved * Math.Cos(course * Math.PI / 180), moved * Math.Sin(course * Math.PI / 180));
            var latitude = here.Lat + (north / 111_200);
            return Distance(orbit.Platform(at).At, Earth(latitude, here.Lon + (east / (111_300 * Math.Cos(latitude * Math.PI / 180)))));
        }

        var (low, high) = (seconds - 3, seconds + 3);
        for (var step = 0; step < 80; step++)
        {
            var (a, b) = (low + ((high - low) / 3), high - ((high - low) / 3));
            (low, high) = Range(a) < Range(b) ? (low, b) : (a, high);
        }

        var seen = (low - seconds) / orbit.SecondsPerMetre;
        var told = radar.AzimuthShiftMetres(Speed, course);
        TestContext.Out.WriteLine($"by the orbit {seen:F1} m along the flight, by the formula {told:F1} m");
        Assert.That(told, Is.EqualTo(seen).Within(Math.Abs(seen) * 0.05));
    }

    [Test]
    public void A_product_of_complex_numbers_is_refused()
    {
        var root = maker.Write(Folder(), "VV");
        var file = Directory.GetFiles(Path.Combine(root, "annotation"), "*.xml").Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace(">GRD<", ">SLC<", StringComparison.Ordinal));
        Refuses(root, RasterTrouble.NotOneScene, "only GRD");
    }

    [TestCase("measurement", RasterTrouble.NotOneScene, "send the whole folder")]
    [TestCase("annotation", RasterTrouble.NotOneScene, "no annotation")]
    public void A_product_without_a_part_is_refused(string part, RasterTrouble trouble, string text)
    {
        var root = maker.Write(Folder(), "VV");
        Directory.Delete(Path.Combine(root, part), recursive: true);
        Refuses(root, trouble, text);
    }

    [Test]
    public void A_product_without_a_table_is_read_as_it_is()
    {
        var root = maker.Write(Folder(), "VV");
        Directory.Delete(Path.Combine(root, "annotation", "calibration"), recursive: true);
        using var scene = SceneFile.Open(root, new SceneDescription(), RasterLimits.Default);
        var pixel = new float[1];
        scene.Read(new SceneWindow(7, 9, 1, 1), pixel);
        Assert.That((scene.IsCalibrated, pixel[0]), Is.EqualTo((false, (float)SafeMaker.Number("VV", 7, 9))));
    }

    [TestCase("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><product>&a;</product>")]
    [TestCase("<product>")]
    public void An_annotation_that_is_hostile_or_damaged_is_refused(string xml)
    {
        var root = maker.Write(Folder(), "VV");
        File.WriteAllText(Directory.GetFiles(Path.Combine(root, "annotation"), "*.xml").Single(), xml);
        Refuses(root, RasterTrouble.Damaged, "no sound XML");
    }

    [TestCase("<sigmaNought count=\"12\">", "<sigmaNought count=\"12\">-1 ")]
    [TestCase("<line>-60</line>", "<line>5</line>")]
    [TestCase("<pixel count=\"12\">0 40", "<pixel count=\"12\">40 0")]
    public void A_table_with_no_sense_is_refused(string from, string to)
    {
        var root = maker.Write(Folder(), "VV");
        var file = Directory.GetFiles(Path.Combine(root, "annotation", "calibration")).Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));
        Refuses(root, RasterTrouble.NotOneScene, "calibration");
    }

    [Test]
    public void A_zip_that_is_no_product_or_climbs_out_is_refused()
    {
        var path = Path.Combine(Folder(), "evil.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            zip.CreateEntry("../../annotation/../evil.xml").Open().Dispose();
            zip.CreateEntry("x/annotation/..").Open().Dispose();
        }

        Refuses(path, RasterTrouble.NotOneScene, "no Sentinel product");
    }

    [Test]
    public void What_was_unpacked_is_gone_when_the_scene_is_closed()
    {
        string unpacked;
        using (var scene = SceneFile.Open(Zip(maker.Write(Folder(), "VV")), new SceneDescription(), RasterLimits.Default))
        {
            unpacked = scene.UnpackedTo!;
            Assert.That(Directory.GetFiles(unpacked, "*.tiff", SearchOption.AllDirectories), Has.Length.EqualTo(1));
        }

        Assert.That(Directory.Exists(unpacked), Is.False);
    }

    private static void Refuses(string path, RasterTrouble trouble, string text) => Assert.That(
        () => SceneFile.Open(path, new SceneDescription(), RasterLimits.Default),
        Throws.TypeOf<RasterException>().With.Property("Trouble").EqualTo(trouble).And.Message.Contains(text));

    private static string Folder()
    {
        var folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "safe", TestContext.CurrentContext.Test.ID);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        return folder;
    }

    private static string Zip(string root)
    {
        ZipFile.CreateFromDirectory(root, root + ".zip", CompressionLevel.Fastest, includeBaseDirectory: true);
        return root + ".zip";
    }

    private static Position Place((double Lon, double Lat, double, double) at) => new((int)Math.Round(at.Lat * 1e7), (int)Math.Round(at.Lon * 1e7));

    private static double[] Earth(double latitude, double longitude)
    {
        const double Squared = 0.00669437999014;
        var (lat, lon) = (latitude * Math.PI / 180, longitude * Math.PI / 180);
        var n = 6_378_137 / Math.Sqrt(1 - (Squared * Math.Sin(lat) * Math.Sin(lat)));
        return [n * Math.Cos(lat) * Math.Cos(lon), n * Math.Cos(lat) * Math.Sin(lon), n * (1 - Squared) * Math.Sin(lat)];
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (p, q) => (p - q) * (p - q)).Sum());
}
