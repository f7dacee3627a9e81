using System.Buffers.Binary;
using System.Text;
using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Tests.Intake.Imagery;

/// <summary>Scenes that we write ourselves are what TIFF 6.0 says.</summary>
[TestFixture]
public sealed class GeoTiffWriterTests
{
    [Test]
    public void Every_pixel_lies_where_the_directory_says([Values(1, 7, 1001)] int width, [Values(1, 40, 333)] int height)
    {
        var file = Made(width, height);
        var (rowsPerStrip, offsets) = (Number(file, 278), Numbers(file, 273));
        for (var y = 0; y < height; y++)
        {
            var row = file.AsSpan((int)offsets[(int)(y / rowsPerStrip)] + (int)(y % rowsPerStrip * width * 2), width * 2);
            Assert.That(BinaryPrimitives.ReadUInt16LittleEndian(row[((width - 1) * 2)..]), Is.EqualTo(Pixel(width - 1, y)), $"row {y}");
        }

        Assert.Multiple(() =>
        {
            Assert.That(Number(file, 256), Is.EqualTo(width));
            Assert.That(Number(file, 257), Is.EqualTo(height));
            Assert.That(Numbers(file, 279).Sum(length => (long)length), Is.EqualTo(width * height * 2L));
            Assert.That(offsets[^1] + Numbers(file, 279)[^1], Is.EqualTo(file.Length));
        });
    }

    [Test]
    public void A_simulated_scene_says_so_in_its_tags() =>
        Assert.That(Encoding.ASCII.GetString(Made(5, 5)), Does.Contain("SIMULATED"));

    [Test]
    public void A_scene_that_no_classic_tiff_can_hold_is_refused_before_anything_is_written()
    {
        using var stream = new MemoryStream();
        Assert.That(
            () => GeoTiffWriter.Write(stream, 65_535, 65_535, (_, _) => { }, 0, 0, 1e-4, 1e-4),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(stream.Length, Is.Zero);
    }

    private static ushort Pixel(int x, int y) => (ushort)((y * 31) + x);

    private static byte[] Made(int width, int height)
    {
        using var stream = new MemoryStream();
        GeoTiffWriter.Write(stream, width, height, Row, 10.5, 58.25, 2e-4, 1e-4, "SIMULATED scene");
        return stream.ToArray();

        static void Row(int y, Span<ushort> row)
        {
            for (var x = 0; x < row.Length; x++)
            {
                row[x] = Pixel(x, y);
            }
        }
    }

    private static long Number(byte[] file, int tag) => Numbers(file, tag)[0];

    private static uint[] Numbers(byte[] file, int tag)
    {
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8));
        for (var i = 0; i < entries; i++)
        {
            var entry = file.AsSpan(10 + (i * 12), 12);
            if (BinaryPrimitives.ReadUInt16LittleEndian(entry) == tag)
            {
                var isShort = entry[2] == 3;
                var count = (int)BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
                var size = isShort ? 2 : 4;
                var values = count * size <= 4
                    ? entry[8..].ToArray()
                    : file.AsSpan((int)BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]), count * size).ToArray();
                return [.. Enumerable.Range(0, count).Select(at => isShort
                    ? BinaryPrimitives.ReadUInt16LittleEndian(values.AsSpan(at * 2))
                    : BinaryPrimitives.ReadUInt32LittleEndian(values.AsSpan(at * 4)))];
            }
        }

        throw new InvalidOperationException($"there is no tag {tag}");
    }
}
