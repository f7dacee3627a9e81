using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace MaritimeWatch.Intake.Imagery;

/// <summary>
/// Writes a plain GeoTIFF: one band of 16-bit numbers on WGS 84 (EPSG:4326), little-endian, in strips, not compressed. The
/// simulator's scenes and the tests' are made with it. Rows are asked for one by one, so memory does not grow with the
/// scene; the stream need not seek. Source: TIFF 6.0; OGC GeoTIFF 1.1 (19-008r4).
/// </summary>
public static class GeoTiffWriter
{
    /// <summary>The largest file, bytes: offsets of a classic TIFF have 32 bits.</summary>
    public const long BytesMax = uint.MaxValue;

    private const int StripBytes = 64 << 10;
    private const ushort Ascii = 2;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private const ushort Double = 12;

    /// <summary>Writes a scene.</summary>
    /// <param name="stream">Takes the file from its present position, which counts as the file's start.</param>
    /// <param name="width">Columns, 1 to 65,535.</param>
    /// <param name="height">Rows, 1 to 65,535.</param>
    /// <param name="row">Fills a row (from 0, the northernmost), west to east; called once for each, in order.</param>
    /// <param name="lonWest">Longitude of the western edge of the first column, degrees.</param>
    /// <param name="latNorth">Latitude of the northern edge of the first row, degrees.</param>
    /// <param name="pixelDegreesLon">Width of a pixel, degrees, positive.</param>
    /// <param name="pixelDegreesLat">Height of a pixel, degrees, positive.</param>
    /// <param name="description">Text of the ImageDescription tag (<c>SIMULATED ...</c>), ASCII; null writes none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range, or the file would be too large.</exception>
    public static void Write(
        Stream stream,
        int width,
        int height,
        Action<int, Span<ushort>> row,
        double lonWest,
        double latNorth,
        double pixelDegreesLon,
        double pixelDegreesLat,
        string? description = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pixelDegreesLon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pixelDegreesLat);
        var head = Head(width, height, [lonWest, latNorth], [pixelDegreesLon, pixelDegreesLat], description);
        stream.Write(head);

        var pixels = new ushort[width];
        var bytes = new byte[width * 2];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(pixels);
            row(y, pixels);
            if (BitConverter.IsLittleEndian)
            {
                stream.Write(MemoryMarshal.AsBytes<ushort>(pixels));
                continue;
            }

            for (var x = 0; x < width; x++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(x * 2), pixels[x]);
            }

            stream.Write(bytes);
        }
    }

    // Header, directory and the values that do not fit into it; the pixels follow at once.
    private static byte[] Head(int width, int height, double[] corner, double[] pixel, string? description)
    {
        var rowsPerStrip = Math.Clamp(StripBytes / (width * 2), 1, height);
        var strips = (height + rowsPerStrip - 1) / rowsPerStrip;
        var tags = new List<(ushort Tag, ushort Type, byte[] Values)>
        {
            (256, Long, Longs([(uint)width])),
            (257, Long, Longs([(uint)height])),
            (258, Short, Shorts([16])),
            (259, Short, Shorts([1])), // Not compressed.
            (262, Short, Shorts([1])), // Black is zero.
            (273, Long, new byte[strips * 4]), // Offsets: filled in below.
            (277, Short, Shorts([1])),
            (278, Long, Longs([(uint)rowsPerStrip])),
            (279, Long, Longs([.. Enumerable.Range(0, strips)
                .Select(strip => (uint)(Math.Min(rowsPerStrip, height - (strip * rowsPerStrip)) * width * 2))])),
            (339, Short, Shorts([1])), // Unsigned numbers.
            (33550, Double, Doubles([pixel[0], pixel[1], 0])),
            (33922, Double, Doubles([0, 0, 0, corner[0], corner[1], 0])),
            (34735, Short, Shorts([1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326])),
        };
        if (description is not null)
        {
            tags.Insert(5, (270, Ascii, [.. Encoding.ASCII.GetBytes(description), 0]));
        }

        var directoryBytes = 2 + (tags.Count * 12) + 4;
        var start = 8 + directoryBytes + tags.Sum(tag => tag.Values.Length > 4 ? tag.Values.Length + (tag.Values.Length & 1) : 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + ((long)width * height * 2), BytesMax, nameof(height));
        var offsets = tags.First(tag => tag.Tag == 273).Values;
        for (var strip = 0; strip < strips; strip++)
        {
            var offset = (uint)(start + ((long)strip * rowsPerStrip * width * 2));
            BinaryPrimitives.WriteUInt32LittleEndian(offsets.AsSpan(strip * 4), offset);
        }

        return Assemble(tags, 8 + directoryBytes, start);
    }

    private static byte[] Assemble(List<(ushort Tag, ushort Type, byte[] Values)> tags, int valuesAt, int length)
    {
        var head = new byte[length];
        "II*\0"u8.CopyTo(head);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), 8);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(8), (ushort)tags.Count);
        var at = 10;
        foreach (var (tag, type, values) in tags)
        {
            var entry = head.AsSpan(at, 12);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], type);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], (uint)(values.Length / SizeOf(type)));
            if (values.Length <= 4)
            {
                values.CopyTo(entry[8..]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], (uint)valuesAt);
                values.CopyTo(head, valuesAt);
                valuesAt += values.Length + (values.Length & 1);
            }

            at += 12;
        }

        return head;
    }

    private static int SizeOf(ushort type) => type switch { Ascii => 1, Short => 2, Long => 4, _ => 8 };

    private static byte[] Shorts(ReadOnlySpan<ushort> values)
    {
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), values[i]);
        }

        return bytes;
    }

    private static byte[] Longs(ReadOnlySpan<uint> values)
    {
        var bytes = new byte[values.Length * 4];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), values[i]);
        }

        return bytes;
    }

    private static byte[] Doubles(ReadOnlySpan<double> values)
    {
        var bytes = new byte[values.Length * 8];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * 8), values[i]);
        }

        return bytes;
    }
}
