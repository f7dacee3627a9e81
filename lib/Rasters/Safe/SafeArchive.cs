using System.IO.Compression;

namespace MaritimeWatch.Rasters.Safe;

/// <summary>
/// A product as the zip in which it is handed out. What is needed of it is unpacked into a folder of our own: GDAL is never
/// given a name inside an archive.
/// </summary>
internal static class SafeArchive
{
    private const int EntriesMax = 5000;
    private const long XmlBytesMax = 512L << 20;
    private const long MeasurementBytesMax = 8L << 30;

    /// <summary>Whether a file is a zip, by its first bytes.</summary>
    public static bool IsOne(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[4];
        return file.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4 && head.SequenceEqual("PK\u0003\u0004"u8);
    }

    /// <summary>Unpacks a product and reads it.</summary>
    /// <param name="path">The zip.</param>
    /// <param name="folder">An empty folder; whoever made it deletes it.</param>
    /// <param name="wanted">The polarisation that was asked for, or null.</param>
    /// <exception cref="RasterException">It is no such archive, too large, or the product cannot be used.</exception>
    public static SafeProduct Read(string path, string folder, string? wanted)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            if (zip.Entries.Count > EntriesMax)
            {
                throw new RasterException(RasterTrouble.TooLarge, $"the archive has {zip.Entries.Count} entries, more than {EntriesMax}");
            }

            var left = XmlBytesMax;
            foreach (var entry in zip.Entries)
            {
                if (PlaceOf(entry.FullName) is { } place && !IsMeasurement(place))
                {
                    left -= Unpack(entry, Path.Combine(folder, place), left);
                }
            }

            // The files of pixels are there, empty, until it is known which of them is read.
            var images = zip.Entries.Where(entry => PlaceOf(entry.FullName) is { } place && IsMeasurement(place)).ToDictionary(entry => PlaceOf(entry.FullName)!);
            foreach (var place in images.Keys)
            {
                Touch(Path.Combine(folder, place));
            }

            var product = File.Exists(Path.Combine(folder, SafeProduct.Manifest))
                ? SafeProduct.Read(folder, wanted)
                : throw new RasterException(RasterTrouble.NotOneScene, $"the archive holds no {SafeProduct.Manifest}: it is no Sentinel product");
            Unpack(images[Path.GetRelativePath(folder, product.Measurement)], product.Measurement, MeasurementBytesMax);
            return product;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw new RasterException(RasterTrouble.Damaged, $"the archive cannot be unpacked: {e.Message}", e);
        }
    }

    // Where an entry goes, by its last two or three names; null for what is not needed.
    private static string? PlaceOf(string name)
    {
        var parts = name.Split('/');
        var file = parts[^1];
        if (file.Length == 0 || file[0] == '.' || file.Any(c => !(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')))
        {
            return null;
        }

        return parts switch
        {
            [_, SafeProduct.Manifest] or [SafeProduct.Manifest] => SafeProduct.Manifest,
            [.., "measurement", _] => Path.Combine("measurement", file),
            [.., "annotation", "calibration", _] when file.StartsWith("calibration-", StringComparison.Ordinal) => Path.Combine("annotation", "calibration", file),
            [.., "annotation", _] => Path.Combine("annotation", file),
            _ => null,
        };
    }

    private static bool IsMeasurement(string place) => place.StartsWith("measurement", StringComparison.Ordinal);

    private static void Touch(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Create(path).Dispose();
    }

    // What the archive says of an entry's length is not believed.
    private static long Unpack(ZipArchiveEntry entry, string path, long bytesMax)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var from = entry.Open();
        using var to = File.Create(path);
        var buffer = new byte[1 << 17];
        long total = 0;
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            total += read;
            if (total > bytesMax)
            {
                throw new RasterException(RasterTrouble.TooLarge, $"the archive's {Path.GetFileName(path)} unpacks to more than is taken");
            }

            to.Write(buffer, 0, read);
        }

        return total;
    }
}
