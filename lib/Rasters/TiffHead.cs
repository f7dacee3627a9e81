using System.Buffers.Binary;
using System.Globalization;

namespace MaritimeWatch.Rasters;

/// <summary>
/// The sizes that a TIFF's first directory promises, read by ourselves before GDAL spends memory on them. Classic and
/// BigTIFF, either byte order. Sources: TIFF 6.0 (1992), section 2; "BigTIFF design", Aware Systems, 2007.
/// </summary>
internal readonly record struct TiffHead(ulong Width, ulong Height, ulong Bands)
{
    private const int EntriesMax = 4096;

    /// <summary>Reads it.</summary>
    /// <exception cref="RasterException">It is no TIFF, or it breaks off before its directory does.</exception>
    public static TiffHead Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096);
        Span<byte> head = stackalloc byte[16];
        var got = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var isLittle = got >= 8 && head[0] == 'I' && head[1] == 'I';
        var kind = !isLittle && !(got >= 8 && head[0] == 'M' && head[1] == 'M') ? 0 : Short(head[2..], isLittle);
        if (kind is not (42 or 43) || (kind == 43 && (got < 16 || Short(head[4..], isLittle) != 8)))
        {
            throw new RasterException(RasterTrouble.NotGeoTiff, Begins(head[..got]));
        }

        var isBig = kind == 43;
        var at = isBig ? Long8(head[8..], isLittle) : Long(head[4..], isLittle);
        return Directory(file, at, isBig, isLittle);
    }

    private static TiffHead Directory(FileStream file, ulong at, bool isBig, bool isLittle)
    {
        var (countBytes, entryBytes) = isBig ? (8, 20) : (2, 12);
        var number = new byte[8];
        if (at < 8 || at > (ulong)file.Length || at + (ulong)countBytes > (ulong)file.Length)
        {
            throw Broken(at, file.Length);
        }

        file.Position = (long)at;
        file.ReadExactly(number, 0, countBytes);
        var count = isBig ? Long8(number, isLittle) : Short(number, isLittle);
        if (count is 0 or > EntriesMax || at + (ulong)countBytes + (count * (ulong)entryBytes) > (ulong)file.Length)
        {
            throw Broken(at, file.Length);
        }

        var entries = new byte[(int)count * entryBytes];
        file.ReadExactly(entries);
        var (width, height, bands) = (0UL, 0UL, 1UL);
        for (var entry = entries.AsSpan(); entry.Length >= entryBytes; entry = entry[entryBytes..])
        {
            var value = Value(entry, isBig, isLittle, file.Length);
            switch (Short(entry, isLittle))
            {
                case 256: width = value; break;
                case 257: height = value; break;
                case 277: bands = value; break;
            }
        }

        return new TiffHead(width, height, bands);
    }

    // The first number of an entry, where it lies in the entry itself; what lies elsewhere must lie in the file.
    private static ulong Value(ReadOnlySpan<byte> entry, bool isBig, bool isLittle, long fileBytes)
    {
        var type = Short(entry[2..], isLittle);
        var count = isBig ? Long8(entry[4..], isLittle) : Long(entry[4..], isLittle);
        var size = type switch { 1 or 2 or 6 or 7 => 1UL, 3 or 8 => 2UL, 4 or 9 or 11 or 13 => 4UL, 5 or 10 or 12 or 16 or 17 or 18 => 8UL, _ => 1UL };
        var value = entry[(isBig ? 12 : 8)..];
        if (count > (ulong)fileBytes / size)
        {
            throw new RasterException(RasterTrouble.Damaged, string.Create(
                CultureInfo.InvariantCulture,
                $"the TIFF's tag {Short(entry, isLittle)} has {count} values, more than a file of {fileBytes} bytes can hold: it is damaged or hostile"));
        }

        return type switch
        {
            3 => (ulong)Short(value, isLittle),
            4 or 13 => Long(value, isLittle),
            16 when isBig => Long8(value, isLittle),
            _ => value[0],
        };
    }

    private static RasterException Broken(ulong at, long length) => new(RasterTrouble.NotGeoTiff, string.Create(
        CultureInfo.InvariantCulture, $"the TIFF's directory is said to begin at byte {at} of a file of {length}: it breaks off or is damaged; send the GeoTIFF again"));

    private static string Begins(ReadOnlySpan<byte> head)
    {
        var text = string.Concat(head[..Math.Min(8, head.Length)].ToArray().Select(b => b is >= 32 and < 127 ? ((char)b).ToString() : "."));
        return $"the file is no GeoTIFF: it begins with \"{text}\" (only GeoTIFF is opened, whatever the file's name)";
    }

    private static ushort Short(ReadOnlySpan<byte> at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(at) : BinaryPrimitives.ReadUInt16BigEndian(at);

    private static uint Long(ReadOnlySpan<byte> at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(at) : BinaryPrimitives.ReadUInt32BigEndian(at);

    private static ulong Long8(ReadOnlySpan<byte> at, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt64LittleEndian(at) : BinaryPrimitives.ReadUInt64BigEndian(at);
}
