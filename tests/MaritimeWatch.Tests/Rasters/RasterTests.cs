using System.Buffers.Binary;
using System.Text;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>GeoTIFFs are read as they are, and everything else is refused before it can do harm.</summary>
[TestFixture]
public sealed class RasterTests
{
    [SetUp]
    public void NeedsGdal() => SceneFiles.RequireGdal();

    [Test]
    public void A_scene_of_our_own_is_read_back_and_lies_where_it_was_put()
    {
        using var raster = Raster.Open(SceneFiles.Write(SceneFiles.Sea(300, 200, 1, (100, 50, 12, 4)), "a.tif"));
        var window = new float[12 * 4];
        raster.Read(new SceneWindow(100, 50, 12, 4), window);
        var corner = raster.PositionAt(0, 0)!.Value;
        var pixel = raster.PixelAt(150, 100);
        Assert.Multiple(() =>
        {
            Assert.That((raster.Width, raster.Height, raster.BandCount), Is.EqualTo((300, 200, 1)));
            Assert.That(window, Has.All.EqualTo(1800));
            Assert.That(corner.LongitudeDegrees, Is.EqualTo(SceneFiles.West).Within(1e-6));
            Assert.That(corner.LatitudeDegrees, Is.EqualTo(SceneFiles.North).Within(1e-6));
            Assert.That(pixel.WidthMetres, Is.EqualTo(10).Within(0.1));
            Assert.That(pixel.HeightMetres, Is.EqualTo(10).Within(0.1));
            Assert.That(raster.Description, Does.StartWith("SIMULATED"));
        });
    }

    [Test]
    public void An_empty_file_is_refused() => Refuses([], RasterTrouble.NotGeoTiff, "empty");

    [Test]
    public void Text_is_refused() => Refuses("PNG or whatever"u8.ToArray(), RasterTrouble.NotGeoTiff, "GeoTIFF");

    [Test]
    public void A_virtual_raster_that_calls_itself_tif_is_refused()
    {
        var inner = SceneFiles.Write(SceneFiles.Sea(10, 10, 1), "inner.tif");
        var vrt = $"""
            <VRTDataset rasterXSize="10" rasterYSize="10"><VRTRasterBand dataType="UInt16" band="1"><SimpleSource>
            <SourceFilename relativeToVRT="0">{inner}</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>
            """;
        Refuses(Encoding.UTF8.GetBytes(vrt), RasterTrouble.NotGeoTiff, "GeoTIFF");
    }

    [TestCase("/vsicurl/http://127.0.0.1:9/a.tif")]
    [TestCase("/vsizip//tmp/a.zip/a.tif")]
    [TestCase("GTIFF_DIR:1:/etc/passwd")]
    public void A_name_that_gdal_would_resolve_by_itself_is_no_file(string name) =>
        Assert.That(() => Raster.Open(name), Throws.TypeOf<RasterException>().With.Message.Contains("no such file"));

    [Test]
    public void A_header_that_promises_more_than_is_taken_is_refused_before_reading()
    {
        var bytes = SceneFiles.Sea(50, 50, 1);
        Set(bytes, 256, 150_000);
        Set(bytes, 257, 150_000);
        Refuses(bytes, RasterTrouble.TooLarge, "150000 x 150000");
    }

    [Test]
    public void A_header_that_promises_more_than_the_file_can_hold_is_refused_before_reading()
    {
        var bytes = SceneFiles.Sea(50, 50, 1);
        Set(bytes, 256, 20_000);
        Set(bytes, 257, 20_000);
        Refuses(bytes, RasterTrouble.TooLarge, "promises");
    }

    [Test]
    public void A_scene_that_breaks_off_is_found_out_while_it_is_read()
    {
        var bytes = SceneFiles.Sea(400, 400, 1);
        var path = SceneFiles.Write(bytes[..(bytes.Length / 2)], "half.tif");
        Assert.That(
            () =>
            {
                using var raster = Raster.Open(path);
                raster.Read(new SceneWindow(0, 0, 400, 400), new float[400 * 400]);
            },
            Throws.TypeOf<RasterException>().With.Message.Contains("damaged").Or.Message.Contains("GeoTIFF"));
    }

    [Test]
    public void A_scene_that_does_not_say_where_it_lies_is_refused()
    {
        var bytes = SceneFiles.Sea(20, 20, 1);
        Set(bytes, 33922, 0, tagBecomes: 60_001); // The tie point is now some private tag.
        Set(bytes, 33550, 0, tagBecomes: 60_000);
        Refuses(bytes, RasterTrouble.NotPlaced, "where it lies");
    }

    [Test]
    public void A_band_that_is_not_there_is_refused() => Assert.That(
        () => Raster.Open(SceneFiles.Write(SceneFiles.Sea(9, 9, 1), "b.tif"), new RasterOptions { Band = 2 }),
        Throws.TypeOf<RasterException>().With.Message.Contains("no band 2"));

    private static void Refuses(byte[] bytes, RasterTrouble trouble, string text) => Assert.That(
        () => Raster.Open(SceneFiles.Write(bytes, "x.tif")),
        Throws.TypeOf<RasterException>().With.Property(nameof(RasterException.Trouble)).EqualTo(trouble).And.Message.Contains(text));

    // Changes a number in the directory of a file that our own writer made, or the tag's own number.
    private static void Set(byte[] file, int tag, uint value, ushort? tagBecomes = null)
    {
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8));
        for (var i = 0; i < entries; i++)
        {
            var entry = file.AsSpan(10 + (i * 12), 12);
            if (BinaryPrimitives.ReadUInt16LittleEndian(entry) != tag)
            {
                continue;
            }

            if (tagBecomes is { } other)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(entry, other);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], value);
            }

            return;
        }
    }
}
