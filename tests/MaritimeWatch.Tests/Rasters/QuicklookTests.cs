using System.Buffers.Binary;
using System.IO.Compression;
using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>Quicklooks and chips show what is in the scene, where it is.</summary>
[TestFixture]
public sealed class QuicklookTests
{
    [SetUp]
    public void NeedsGdal() => SceneFiles.RequireGdal();

    [Test]
    public void A_quicklook_is_no_larger_than_asked_and_frames_the_ship()
    {
        using var raster = Raster.Open(SceneFiles.Write(SceneFiles.Sea(3000, 1500, 1, (1000, 500, 40, 40)), "q.tif"));
        using var stream = new MemoryStream();
        var stretch = Quicklook.Write(stream, raster, [new QuicklookBox(new SceneWindow(1000, 500, 40, 40))], 300);
        var (width, height, channels, pixels) = Read(stream.ToArray());
        Assert.That((width, height, channels), Is.EqualTo((300, 150, 3)));
        var inside = At(pixels, width, 102, 52);
        var frame = At(pixels, width, 98, 50);
        Assert.Multiple(() =>
        {
            Assert.That(stretch.Black[0], Is.InRange(20, 100));
            Assert.That(stretch.White[0], Is.LessThan(1800), "one ship does not set the brightness of the sea");
            Assert.That(inside, Is.EqualTo((255, 255, 255)));
            Assert.That(frame, Is.EqualTo((255, 176, 0)));
            Assert.That(pixels.Count(value => value == 255), Is.LessThan(pixels.Length / 10));
        });
    }

    [Test]
    public void A_box_beyond_the_edge_is_cut_off_and_no_trouble()
    {
        using var raster = Raster.Open(SceneFiles.Write(SceneFiles.Sea(100, 80, 1), "edge.tif"));
        using var stream = new MemoryStream();
        Quicklook.Write(stream, raster, [new QuicklookBox(new SceneWindow(-20, -20, 40, 40)), new QuicklookBox(new SceneWindow(90, 70, 500, 500))]);
        Assert.That(Read(stream.ToArray()).Width, Is.EqualTo(100), "a small scene is not made larger");
    }

    [TestCase(150.0, 100.0)]
    [TestCase(3.0, 2.0)]
    [TestCase(297.0, 197.0)]
    [TestCase(900.0, 900.0)]
    public void A_chip_has_the_place_in_its_middle_and_nothing_beyond_the_scene(double x, double y)
    {
        using var raster = Raster.Open(SceneFiles.Write(SceneFiles.Sea(300, 200, 1, ((int)Math.Min(x, 297), (int)Math.Min(y, 197), 2, 2)), "c.tif"));
        using var stream = new MemoryStream();
        Quicklook.WriteChip(stream, raster, x, y, new Stretch([30], [200]));
        var (width, height, channels, pixels) = Read(stream.ToArray());
        Assert.That((width, height, channels), Is.EqualTo((64, 64, 1)));
        Assert.That(pixels[(32 * 64) + 32], x < 300 ? Is.EqualTo(255) : Is.Zero);
        var (inX, inY) = (Overlap(x, 300), Overlap(y, 200));
        Assert.That(pixels.Count(value => value > 0), Is.InRange(inX * inY * 0.9, inX * inY));
    }

    [Test]
    public void Colours_are_red_green_and_blue_where_the_scene_has_them()
    {
        var file = SceneFiles.Write(
            new TiffMaker(64, 64) { Bands = 4, Names = "B02|B03|B04|B08" }.Make((x, _, band) => band == 2 && x < 32 ? 900 : 100 + x), "rgb.tif");
        using var scene = SceneFile.Open(file, new MaritimeWatch.Intake.Imagery.SceneDescription(), RasterLimits.Default);
        using var stream = new MemoryStream();
        Quicklook.Write(stream, scene, []);
        var (width, _, _, pixels) = Read(stream.ToArray());
        var left = At(pixels, width, 5, 5);
        Assert.That(left.Red, Is.EqualTo(255));
        Assert.That(left.Blue, Is.LessThan(100));
    }

    private static int Overlap(double middle, int edge) =>
        Math.Max(0, Math.Min(edge, (int)middle + 32) - Math.Max(0, (int)middle - 32));

    private static (int Red, int Green, int Blue) At(byte[] pixels, int width, int x, int y)
    {
        var at = ((y * width) + x) * 3;
        return (pixels[at], pixels[at + 1], pixels[at + 2]);
    }

    // Enough of a reader for what the writer makes: one block of data, each row less the row above.
    private static (int Width, int Height, int Channels, byte[] Pixels) Read(byte[] file)
    {
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
        var channels = file[25] == 0 ? 1 : 3;
        var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(33));
        using var data = new ZLibStream(new MemoryStream(file, 41, length), CompressionMode.Decompress);
        var pixels = new byte[width * height * channels];
        var rowBytes = width * channels;
        for (var y = 0; y < height; y++)
        {
            Assert.That(data.ReadByte(), Is.EqualTo(2));
            data.ReadExactly(pixels, y * rowBytes, rowBytes);
            for (var i = 0; y > 0 && i < rowBytes; i++)
            {
                pixels[(y * rowBytes) + i] += pixels[((y - 1) * rowBytes) + i];
            }
        }

        return (width, height, channels, pixels);
    }
}
