using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Rasters;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>Small scenes for tests: a noisy sea with bright bars in it.</summary>
internal static class SceneFiles
{
    public const double West = 11.0;
    public const double North = 57.8;

    /// <summary>About 10 m a pixel at this latitude.</summary>
    public const double PixelLon = 1.68e-4;
    public const double PixelLat = 9e-5;

    /// <summary>Skips a test where GDAL is absent.</summary>
    public static void RequireGdal()
    {
        if (Raster.LibraryVersion() is null)
        {
            Assert.Ignore("GDAL is absent (apt-get install libgdal32), so scenes cannot be read");
        }
    }

    /// <summary>A sea with ships; each ship is (column, row, columns, rows) of bright pixels.</summary>
    public static byte[] Sea(int width, int height, int seed, params (int X, int Y, int Width, int Height)[] ships)
    {
        var random = new Random(seed);
        using var stream = new MemoryStream();
        GeoTiffWriter.Write(stream, width, height, Row, West, North, PixelLon, PixelLat, "SIMULATED scene");
        return stream.ToArray();

        void Row(int y, Span<ushort> row)
        {
            for (var x = 0; x < row.Length; x++)
            {
                // Speckle of a few looks: the mean of four exponentials.
                var speckle = 0.0;
                for (var look = 0; look < 4; look++)
                {
                    speckle -= Math.Log(1 - random.NextDouble()) / 4;
                }

                row[x] = (ushort)(1 + (100 * Math.Sqrt(speckle)));
            }

            foreach (var ship in ships)
            {
                if (y >= ship.Y && y < ship.Y + ship.Height)
                {
                    row.Slice(ship.X, ship.Width).Fill(1800);
                }
            }
        }
    }

    /// <summary>Paints a rectangle of one brightness into a scene: pixels are the file's last bytes, row by row.</summary>
    public static void Paint(byte[] scene, int sceneWidth, int x, int y, int width, int height, ushort value)
    {
        var start = scene.Length - (sceneWidth * HeightOf(scene) * 2);
        for (var row = y; row < y + height; row++)
        {
            for (var column = x; column < x + width; column++)
            {
                System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(scene.AsSpan(start + (((row * sceneWidth) + column) * 2)), value);
            }
        }
    }

    // The second entry of the directory.
    private static int HeightOf(byte[] scene) => System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(scene.AsSpan(10 + 12 + 8));

    /// <summary>Writes bytes to a file of the test's own.</summary>
    public static string Write(byte[] bytes, string name)
    {
        var folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "scenes", TestContext.CurrentContext.Test.ID);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
