using System.Buffers.Binary;
using System.IO.Compression;
using MaritimeWatch.Intake.Imagery;

namespace MaritimeWatch.Tests.Intake.Imagery;

/// <summary>A picture that is written can be read again by the rules of the standard.</summary>
[TestFixture]
public sealed class PngWriterTests
{
    [TestCase(1, 1, 1)]
    [TestCase(7, 5, 1)]
    [TestCase(64, 33, 3)]
    public void What_is_written_is_what_is_read(int width, int height, int channels)
    {
        const int Seed = 3;
        var pixels = new byte[width * height * channels];
        new Random(Seed).NextBytes(pixels);
        using var stream = new MemoryStream();
        PngWriter.Write(stream, width, height, channels, pixels);
        Assert.That(Read(stream.ToArray(), width, height, channels), Is.EqualTo(pixels), $"seed {Seed}");
    }

    [Test]
    public void The_last_chunk_is_the_one_that_every_png_ends_with()
    {
        using var stream = new MemoryStream();
        PngWriter.Write(stream, 2, 2, 1, [0, 255, 255, 0]);
        Assert.That(stream.ToArray()[^12..], Is.EqualTo(Convert.FromHexString("0000000049454E44AE426082")));
    }

    [Test]
    public void Pixels_that_do_not_fit_the_size_are_refused()
    {
        using var stream = new MemoryStream();
        Assert.That(() => PngWriter.Write(stream, 2, 2, 3, new byte[11]), Throws.ArgumentException.With.Message.Contains("11"));
        Assert.That(() => PngWriter.Write(stream, 2, 2, 2, new byte[8]), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static byte[] Read(byte[] file, int width, int height, int channels)
    {
        Assert.That(file[..8], Is.EqualTo(new byte[] { 137, 80, 78, 71, 13, 10, 26, 10 }));
        using var packed = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var kind = System.Text.Encoding.ASCII.GetString(file, at + 4, 4);
            var data = file.AsSpan(at + 8, length);
            Assert.That(BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)), Is.EqualTo(Crc(file.AsSpan(at + 4, length + 4))));
            if (kind == "IHDR")
            {
                Assert.That(BinaryPrimitives.ReadInt32BigEndian(data), Is.EqualTo(width));
                Assert.That(BinaryPrimitives.ReadInt32BigEndian(data[4..]), Is.EqualTo(height));
                Assert.That(data[8..].ToArray(), Is.EqualTo(new byte[] { 8, (byte)(channels == 1 ? 0 : 2), 0, 0, 0 }));
            }
            else if (kind == "IDAT")
            {
                packed.Write(data);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        using var lines = new MemoryStream();
        zlib.CopyTo(lines);
        return Unfilter(lines.ToArray(), height, width * channels);
    }

    private static byte[] Unfilter(byte[] lines, int height, int rowBytes)
    {
        var pixels = new byte[height * rowBytes];
        for (var y = 0; y < height; y++)
        {
            Assert.That(lines[y * (rowBytes + 1)], Is.EqualTo(2));
            for (var x = 0; x < rowBytes; x++)
            {
                pixels[(y * rowBytes) + x] = (byte)(lines[(y * (rowBytes + 1)) + 1 + x] + (y > 0 ? pixels[((y - 1) * rowBytes) + x] : 0));
            }
        }

        return pixels;
    }

    // Bit by bit, as the standard defines it.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var isOdd = ((crc ^ (uint)(value >> bit)) & 1) != 0;
                crc = (crc >> 1) ^ (isOdd ? 0xEDB8_8320 : 0);
            }
        }

        return ~crc;
    }
}
