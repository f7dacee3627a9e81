using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>Makes small GeoTIFFs of kinds that our own writer does not: bands, tiles, control points, floats, deflate.</summary>
internal sealed record TiffMaker(int Width, int Height)
{
    /// <summary>Bands, interleaved by pixel.</summary>
    public int Bands { get; init; } = 1;

    /// <summary>What GDAL's metadata tag calls each band, with strokes between; null writes none.</summary>
    public string? Names { get; init; }

    /// <summary>16: unsigned numbers; 32: floats.</summary>
    public int Bits { get; init; } = 16;

    public int RowsPerStrip { get; init; } = 16;

    /// <summary>Edge of a tile, a multiple of 16; 0 writes strips.</summary>
    public int Tile { get; init; }

    public bool IsDeflated { get; init; }

    /// <summary>The tag of no data; null writes none.</summary>
    public string? NoData { get; init; }

    /// <summary>West, north, width and height of a pixel, in the system's own units; null writes none.</summary>
    public (double West, double North, double PixelX, double PixelY)? Place { get; init; } =
        (SceneFiles.West, SceneFiles.North, SceneFiles.PixelLon, SceneFiles.PixelLat);

    /// <summary>Column, row, longitude, latitude of control points, instead of a place.</summary>
    public IReadOnlyList<(double Column, double Row, double Lon, double Lat)>? Points { get; init; }

    /// <summary>A code from 4000 to 4999 is said to be geographic, others projected.</summary>
    public int Epsg { get; init; } = 4326;

    public string? DateTime { get; init; }

    public string? Description { get; init; }

    public byte[] Make(Func<int, int, int, double> pixel)
    {
        var chunks = Chunks(pixel);
        var tags = new SortedDictionary<ushort, (ushort Type, byte[] Values)>
        {
            [256] = Longs(Width),
            [257] = Longs(Height),
            [258] = Shorts([.. Enumerable.Repeat((ushort)Bits, Bands)]),
            [259] = Shorts(IsDeflated ? (ushort)8 : (ushort)1),
            [262] = Shorts(1),
            [277] = Shorts((ushort)Bands),
            [284] = Shorts(1),
            [339] = Shorts([.. Enumerable.Repeat((ushort)(Bits == 32 ? 3 : 1), Bands)]),
        };
        var (offsetsTag, countsTag) = Tile > 0 ? ((ushort)324, (ushort)325) : ((ushort)273, (ushort)279);
        tags[offsetsTag] = Longs(new int[chunks.Count]);
        tags[countsTag] = Longs([.. chunks.Select(chunk => chunk.Length)]);
        if (Tile > 0)
        {
            (tags[322], tags[323]) = (Longs(Tile), Longs(Tile));
        }
        else
        {
            tags[278] = Longs(RowsPerStrip);
        }

        if (Bands > 1)
        {
            tags[338] = Shorts(new ushort[Bands - 1]);
        }

        AddPlace(tags);
        AddTexts(tags);
        return Assemble(tags, offsetsTag, chunks);
    }

    private void AddPlace(SortedDictionary<ushort, (ushort, byte[])> tags)
    {
        if (Points is not null)
        {
            tags[33922] = Doubles([.. Points.SelectMany(p => (double[])[p.Column, p.Row, 0, p.Lon, p.Lat, 0])]);
        }
        else if (Place is { } place)
        {
            tags[33550] = Doubles(place.PixelX, place.PixelY, 0);
            tags[33922] = Doubles(0, 0, 0, place.West, place.North, 0);
        }

        if (Points is not null || Place is not null)
        {
            tags[34735] = Epsg is >= 4000 and < 5000
                ? Shorts(1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, (ushort)Epsg)
                : Shorts(1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, (ushort)Epsg);
        }
    }

    private void AddTexts(SortedDictionary<ushort, (ushort, byte[])> tags)
    {
        if (DateTime is not null)
        {
            tags[306] = Ascii(DateTime);
        }

        if (Description is not null)
        {
            tags[270] = Ascii(Description);
        }

        if (NoData is not null)
        {
            tags[42113] = Ascii(NoData);
        }

        if (Names is not null)
        {
            var items = Names.Split('|').Select((name, at) => string.Create(
                CultureInfo.InvariantCulture, $"<Item name=\"DESCRIPTION\" sample=\"{at}\" role=\"description\">{name}</Item>"));
            tags[42112] = Ascii($"<GDALMetadata>{string.Concat(items)}</GDALMetadata>");
        }
    }

    private List<byte[]> Chunks(Func<int, int, int, double> pixel)
    {
        var (across, down) = Tile > 0 ? (Tile, Tile) : (Width, RowsPerStrip);
        var chunks = new List<byte[]>();
        for (var top = 0; top < Height; top += down)
        {
            for (var left = 0; left < Width; left += across)
            {
                using var bytes = new MemoryStream();
                using (var to = IsDeflated ? (Stream)new ZLibStream(bytes, CompressionLevel.Fastest, leaveOpen: true) : bytes)
                {
                    Chunk(to, left, top, across, Tile > 0 ? down : Math.Min(down, Height - top), pixel);
                    to.Flush();
                    if (!IsDeflated)
                    {
                        chunks.Add(bytes.ToArray());
                        continue;
                    }
                }

                chunks.Add(bytes.ToArray());
            }
        }

        return chunks;
    }

    private void Chunk(Stream to, int left, int top, int across, int down, Func<int, int, int, double> pixel)
    {
        var bytes = new byte[across * down * Bands * (Bits / 8)];
        var at = 0;
        for (var y = top; y < top + down; y++)
        {
            for (var x = left; x < left + across; x++)
            {
                for (var band = 0; band < Bands; band++, at += Bits / 8)
                {
                    var value = x < Width && y < Height ? pixel(x, y, band) : 0;
                    if (Bits == 32)
                    {
                        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), (float)value);
                    }
                    else
                    {
                        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);
                    }
                }
            }
        }

        to.Write(bytes);
    }

    private static byte[] Assemble(SortedDictionary<ushort, (ushort Type, byte[] Values)> tags, ushort offsetsTag, List<byte[]> chunks)
    {
        var valuesAt = 8 + 2 + (tags.Count * 12) + 4;
        var start = valuesAt + tags.Values.Sum(tag => tag.Values.Length > 4 ? tag.Values.Length + (tag.Values.Length & 1) : 0);
        var offset = start;
        tags[offsetsTag] = Longs([.. chunks.Select(chunk => (offset += chunk.Length) - chunk.Length)]);
        var file = new byte[start + chunks.Sum(chunk => chunk.Length)];
        "II*\0"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(4), 8);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)tags.Count);
        var at = 10;
        foreach (var (tag, (type, values)) in tags)
        {
            var entry = file.AsSpan(at, 12);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], type);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], (uint)(values.Length / type switch { 2 => 1, 3 => 2, 4 => 4, _ => 8 }));
            if (values.Length <= 4)
            {
                values.CopyTo(entry[8..]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], (uint)valuesAt);
                values.CopyTo(file, valuesAt);
                valuesAt += values.Length + (values.Length & 1);
            }

            at += 12;
        }

        at = start;
        foreach (var chunk in chunks)
        {
            chunk.CopyTo(file, at);
            at += chunk.Length;
        }

        return file;
    }

    private static (ushort, byte[]) Ascii(string text) => (2, [.. Encoding.UTF8.GetBytes(text), 0]);

    private static (ushort, byte[]) Shorts(params ushort[] values) => (3, [.. values.SelectMany(BitConverter.GetBytes)]);

    private static (ushort, byte[]) Longs(params int[] values) => (4, [.. values.SelectMany(BitConverter.GetBytes)]);

    private static (ushort, byte[]) Doubles(params double[] values) => (12, [.. values.SelectMany(BitConverter.GetBytes)]);
}
