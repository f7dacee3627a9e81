using System.Buffers.Binary;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>What is wrong with a raster is said before memory is spent on it.</summary>
[TestFixture]
public sealed class BadRasterTests
{
    [SetUp]
    public void NeedsGdal() => SceneFiles.RequireGdal();

    [TestCase(256, 0x8000_0000u, RasterTrouble.TooLarge, "2147483648 x 50")]
    [TestCase(256, 0xFFFF_FFFFu, RasterTrouble.TooLarge, "4294967295 x 50")]
    [TestCase(257, 0x8000_0000u, RasterTrouble.TooLarge, "50 x 2147483648")]
    [TestCase(256, 0u, RasterTrouble.NotGeoTiff, "no picture")]
    public void An_edge_of_two_to_the_31_or_of_nothing_is_refused(int tag, uint value, RasterTrouble trouble, string text)
    {
        var bytes = SceneFiles.Sea(50, 50, 1);
        Set(bytes, tag, value);
        Refuses(bytes, trouble, text);
    }

    [Test]
    public void A_big_tiff_with_an_edge_of_two_to_the_40_is_refused()
    {
        var bytes = new byte[16 + 8 + (4 * 20) + 8];
        "II+\0"u8.CopyTo(bytes);
        bytes[4] = 8;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), 16);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), 4);
        ulong[] values = [1UL << 40, 1UL << 40, 16, 1];
        ushort[] tags = [256, 257, 258, 277];
        for (var n = 0; n < 4; n++)
        {
            var entry = bytes.AsSpan(24 + (n * 20));
            BinaryPrimitives.WriteUInt16LittleEndian(entry, tags[n]);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], 16);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[12..], values[n]);
        }

        Refuses(bytes, RasterTrouble.TooLarge, "1099511627776");
    }

    [Test]
    public void A_count_of_values_that_no_file_can_hold_is_refused()
    {
        var bytes = SceneFiles.Sea(50, 50, 1);
        SetCount(bytes, 273, 0x4000_0000);
        Refuses(bytes, RasterTrouble.Damaged, "1073741824 values");
    }

    [TestCase(6)]
    [TestCase(8)]
    [TestCase(60)]
    public void A_file_that_breaks_off_in_its_directory_is_refused(int length) =>
        Refuses(SceneFiles.Sea(50, 50, 1)[..length], RasterTrouble.NotGeoTiff, length == 6 ? "no GeoTIFF" : "breaks off");

    [Test]
    public void A_virtual_raster_says_what_it_begins_with() =>
        Refuses("<VRTDataset rasterXSize=\"10\" rasterYSize=\"10\"/>"u8.ToArray(), RasterTrouble.NotGeoTiff, "begins with \"<VRTData\"");

    [Test]
    public void A_geotransform_without_extent_is_refused() => Refuses(
        new TiffMaker(20, 20) { Place = (11, 57, 1e-300, 1e-300) }.Make((_, _, _) => 1), RasterTrouble.NotPlaced, "no extent");

    // Pixels at 500 degrees north; pixels so wide that going round the earth by 360 degrees never ends.
    [TestCase(11, 500, 1e-4, 4326)]
    [TestCase(11, 57, 1e120, 4326)]
    [TestCase(1e300, 57, 1e290, 4326)]
    [TestCase(1_224_514, 7_900_000, 1.1e125, 3857)]
    public void A_place_that_is_not_on_the_earth_is_refused(double west, double north, double wide, int epsg)
    {
        var path = SceneFiles.Write(new TiffMaker(20, 20) { Place = (west, north, wide, 1e-4), Epsg = epsg }.Make((_, _, _) => 1), "nowhere.tif");
        Assert.That(
            () =>
            {
                using var scene = SceneFile.Open(path, new SceneDescription(), RasterLimits.Default);
                scene.Outline();
            },
            Throws.TypeOf<RasterException>().With.Property("Trouble").EqualTo(RasterTrouble.NotPlaced));
    }

    // The last three ended the process, gdalinfo's too: a code of another kind of system than the key that it stands under.
    [TestCase(4978)]
    [TestCase(4342)]
    [TestCase(4936)]
    [TestCase(4998)]
    public void A_geocentric_system_that_is_called_geographic_is_refused(int epsg)
    {
        var path = SceneFiles.Write(new TiffMaker(20, 20) { Epsg = epsg }.Make((_, _, _) => 1), "geocentric.tif");
        Assert.That(
            () => SceneFile.Open(path, new SceneDescription(), RasterLimits.Default).Dispose(),
            Throws.TypeOf<RasterException>().With.Property("Trouble").EqualTo(RasterTrouble.NotPlaced).And.Message.Contains("geographic"));
    }

    [Test]
    public void No_data_and_what_is_no_number_are_no_data_and_nothing_else_is()
    {
        var path = SceneFiles.Write(
            new TiffMaker(8, 1) { Bits = 32, NoData = "-9999" }.Make((x, _, _) => x switch
            {
                0 => double.NaN, 1 => double.PositiveInfinity, 2 => double.NegativeInfinity, 3 => -9999, 4 => 0, 5 => -3.5, _ => 7,
            }),
            "nan.tif");
        using var scene = SceneFile.Open(path, new SceneDescription(), RasterLimits.Default);
        var row = new float[8];
        scene.Read(new SceneWindow(0, 0, 8, 1), row);
        Assert.That(row, Is.EqualTo(new[] { float.NaN, float.NaN, float.NaN, float.NaN, float.NaN, -3.5f, 7, 7 }));
    }

    [Test]
    public void A_scene_of_nothing_but_no_data_has_no_ships()
    {
        var path = SceneFiles.Write(new TiffMaker(300, 200) { Bits = 32 }.Make((_, _, _) => double.NaN), "void.tif");
        using var scene = SceneFile.Open(path, new SceneDescription(), RasterLimits.Default);
        var found = new CfarDetector(CfarSettings.Of(SceneSensor.Sar)).Detect(scene, null, 2, default);
        Assert.That(found, Is.Empty);
    }

    [TestCase(0.0, 10.0)]
    [TestCase(60.0, 5.0)]
    public void A_pixel_of_ten_metres_in_web_mercator_is_smaller_on_the_ground(double latitude, double metres)
    {
        var north = 6_378_137 * Math.Log(Math.Tan((Math.PI / 4) + (latitude * Math.PI / 360)));
        var path = SceneFiles.Write(
            new TiffMaker(100, 100) { Epsg = 3857, Place = (1_224_514, north + 500, 10, 10) }.Make((_, _, _) => 1), "mercator.tif");
        using var scene = SceneFile.Open(path, new SceneDescription(), RasterLimits.Default);
        var pixel = scene.PixelAt(50, 50);
        Assert.Multiple(() =>
        {
            Assert.That(pixel.WidthMetres, Is.EqualTo(metres).Within(0.03));
            Assert.That(pixel.HeightMetres, Is.EqualTo(metres).Within(0.03));
        });
    }

    [Test]
    public void A_block_that_is_larger_than_is_held_is_refused()
    {
        var path = SceneFiles.Write(new TiffMaker(2000, 1500) { RowsPerStrip = 1500, IsDeflated = true }.Make((_, _, _) => 1), "block.tif");
        Assert.That(
            () => Raster.Open(path, new RasterOptions { Limits = new RasterLimits { BlockBytesMax = 1 << 20 } }),
            Throws.TypeOf<RasterException>().With.Property("Trouble").EqualTo(RasterTrouble.TooLarge).And.Message.Contains("smaller strips"));
    }

    private static void Refuses(byte[] bytes, RasterTrouble trouble, string text)
    {
        var path = SceneFiles.Write(bytes, "bad.tif");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(
            () => SceneFile.Open(path, new SceneDescription(), RasterLimits.Default),
            Throws.TypeOf<RasterException>().With.Property("Trouble").EqualTo(trouble).And.Message.Contains(text));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4 << 20), "before memory is spent");
    }

    private static void Set(byte[] file, int tag, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Entry(file, tag)[8..], value);

    private static void SetCount(byte[] file, int tag, uint count) => BinaryPrimitives.WriteUInt32LittleEndian(Entry(file, tag)[4..], count);

    private static Span<byte> Entry(byte[] file, int tag)
    {
        var at = 10;
        while (BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at)) != tag)
        {
            at += 12;
        }

        return file.AsSpan(at, 12);
    }
}
