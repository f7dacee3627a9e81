using System.Buffers.Binary;
using System.IO.Compression;

namespace MaritimeWatch.Intake.Imagery;

/// <summary>
/// Writes a picture as PNG: 8 bits, grey or red-green-blue, not interlaced. For quicklooks and chips; the stream need not
/// seek. Source: PNG specification, third edition (W3C 2025), clauses 5 (chunks), 9 (filters) and Annex D (CRC).
/// </summary>
public static class PngWriter
{
    /// <summary>The most pixels of one picture: 100 million.</summary>
    public const int PixelsMax = 100_000_000;

    private const byte Up = 2;

    private static readonly uint[] Crcs = Table();

    /// <summary>Writes a picture.</summary>
    /// <param name="stream">Takes the whole file.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1; width times height at most <see cref="PixelsMax"/>.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <param name="pixels">Width times height times channels bytes, row by row from the top.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="ArgumentException">There are not so many bytes of pixels.</exception>
    public static void Write(Stream stream, int width, int height, int channels, ReadOnlySpan<byte> pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)width * height, PixelsMax, nameof(height));
        if (channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "1 (grey) or 3 (red, green, blue)");
        }

        if (pixels.Length != width * height * channels)
        {
            throw new ArgumentException($"{width} x {height} x {channels} pixels are not {pixels.Length} bytes", nameof(pixels));
        }

        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        Span<byte> head = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head[4..], height);
        (head[8], head[9], head[10], head[11], head[12]) = (8, (byte)(channels == 1 ? 0 : 2), 0, 0, 0);
        Chunk(stream, "IHDR"u8, head);
        using (var packed = new MemoryStream())
        {
            Pack(packed, width * channels, pixels);
            Chunk(stream, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        }

        Chunk(stream, "IEND"u8, []);
    }

    // Each row less the row above it: smooth pictures pack better so, and it is the cheapest filter that helps.
    private static void Pack(MemoryStream target, int rowBytes, ReadOnlySpan<byte> pixels)
    {
        using var zlib = new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true);
        var line = new byte[rowBytes + 1];
        line[0] = Up;
        ReadOnlySpan<byte> above = new byte[rowBytes];
        for (var at = 0; at < pixels.Length; at += rowBytes)
        {
            var row = pixels.Slice(at, rowBytes);
            for (var i = 0; i < rowBytes; i++)
            {
                line[i + 1] = (byte)(row[i] - above[i]);
            }

            zlib.Write(line);
            above = row;
        }
    }

    private static void Chunk(Stream stream, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(kind);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, kind), data));
        stream.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc = Crcs[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return crc;
    }

    private static uint[] Table()
    {
        var table = new uint[256];
        for (var n = 0u; n < 256; n++)
        {
            var crc = n;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1;
            }

            table[n] = crc;
        }

        return table;
    }
}
