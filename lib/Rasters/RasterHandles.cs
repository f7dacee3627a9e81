using System.Text;

namespace MaritimeWatch.Rasters;

/// <summary>
/// The open handles of one file: GDAL lets only one thread at a time use a handle, and decodes while it holds it. A reader
/// takes one, a new one is opened up to a bound, beyond that readers wait for their turn.
/// </summary>
internal sealed unsafe class RasterHandles : IDisposable
{
    private const uint ReadOnlyRaster = 0x02 | 0x40; // GDAL_OF_RASTER | GDAL_OF_VERBOSE_ERROR

    private readonly Stack<nint> free = new();
    private readonly string path;
    private readonly string driver;
    private readonly nint first;
    private int max = 1;
    private int open = 1;
    private bool isClosed;

    private RasterHandles(string path, string driver, nint first)
    {
        (this.path, this.driver, this.first) = (path, driver, first);
        free.Push(first);
    }

    /// <summary>The handle that was opened first, for what needs no pixels, before anybody reads.</summary>
    public nint First => first;

    /// <summary>Opens a file with one driver and no other.</summary>
    /// <exception cref="RasterException">That driver does not know it.</exception>
    public static RasterHandles Open(string path, string driver) => new(path, driver, OpenDataset(path, driver));

    /// <summary>How many there may be; to be set once, before the first <see cref="Take"/>.</summary>
    public void Allow(int handles) => max = handles;

    /// <summary>Takes a handle; waits while all are in use.</summary>
    /// <exception cref="ObjectDisposedException">They are closed.</exception>
    public nint Take()
    {
        lock (free)
        {
            while (!isClosed && free.Count == 0 && open == max)
            {
                Monitor.Wait(free);
            }

            ObjectDisposedException.ThrowIf(isClosed, typeof(Raster));
            if (free.TryPop(out var handle))
            {
                return handle;
            }

            open++;
        }

        try
        {
            return OpenDataset(path, driver);
        }
        catch
        {
            lock (free)
            {
                open--;
                Monitor.Pulse(free);
            }

            throw;
        }
    }

    /// <summary>Gives a handle back.</summary>
    public void Give(nint handle)
    {
        lock (free)
        {
            if (isClosed)
            {
                Gdal.Close(handle);
                return;
            }

            free.Push(handle);
            Monitor.Pulse(free);
        }
    }

    public void Dispose()
    {
        lock (free)
        {
            isClosed = true;
            Monitor.PulseAll(free);
            while (free.TryPop(out var handle))
            {
                Gdal.Close(handle);
            }
        }
    }

    private static nint OpenDataset(string path, string driver)
    {
        fixed (byte* name = Encoding.ASCII.GetBytes(driver + "\0"))
        {
            var drivers = stackalloc byte*[2] { name, null };
            Gdal.ErrorReset();
            var opened = Gdal.OpenEx(path, ReadOnlyRaster, drivers, null, null);
            return opened != 0
                ? opened
                : throw new RasterException(
                    RasterTrouble.NotGeoTiff,
                    $"the file is no {(driver == "GTiff" ? "GeoTIFF" : "JPEG")} (only that is opened, whatever the file's name): {Gdal.LastError(path)}");
        }
    }
}
