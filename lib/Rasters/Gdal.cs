using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
[assembly: System.Runtime.CompilerServices.DisableRuntimeMarshalling]

namespace MaritimeWatch.Rasters;

/// <summary>
/// The few calls of GDAL's C API that are used. The library is Debian's <c>libgdal.so.N</c>, whichever number it has (32 is
/// GDAL 3.6); these calls have been the same since GDAL 3.0.
/// </summary>
internal static unsafe partial class Gdal
{
    /// <summary>GDAL's cache of blocks, for the whole process, bytes.</summary>
    /// <remarks>
    /// A row of windows (640 high with margins) of a scene 25,000 wide in 16 bits is 32 MB a band; four bands fit.
    /// </remarks>
    public const long CacheBytes = 128L << 20;

    /// <summary>The environment variable that names another libgdal, by its path.</summary>
    public const string NamedBy = "MW_GDAL";

    private const string Library = "gdal";
    private const string Missing =
        "GDAL is absent, so scenes cannot be read: apt-get install libgdal32 (or the libgdal of your Debian), then start again";

    // A package for a machine without apt brings its own (functions/gdal.mjs): each library there looks for others beside itself.
    private static readonly string OwnFolder = Path.Combine(AppContext.BaseDirectory, "gdal");

    private static readonly Lock Gate = new();
    private static bool isReady;
    private static nint loaded;

    static Gdal() => NativeLibrary.SetDllImportResolver(typeof(Gdal).Assembly, Resolve);

    /// <summary>Makes GDAL ready, once: formats, quiet errors, a bounded cache, no network and no files beside the raster.</summary>
    /// <exception cref="RasterException">It is not installed.</exception>
    public static void Prepare()
    {
        lock (Gate)
        {
            if (isReady)
            {
                return;
            }

            try
            {
                // Side files may point elsewhere, plug-ins may be anything, and a driver's network access is never wanted.
                SetOption("GDAL_DRIVER_PATH", "disable");
                SetOption("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR");
                SetOption("GDAL_PAM_ENABLED", "NO");
                SetOption("GDAL_GEOREF_SOURCES", "INTERNAL");
                SetOption("GDAL_NUM_THREADS", "1");
                SetOption("CPL_DEBUG", "OFF");
                if (Directory.Exists(OwnFolder))
                {
                    SetProjFolder(OwnFolder);
                }

                AllRegister();
                SetCacheMax64(CacheBytes);
                SetErrorHandler(QuietHandler());
                isReady = true;
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
            {
                throw new RasterException(RasterTrouble.LibraryMissing, Missing, e);
            }
        }
    }

    /// <summary>What GDAL said last on this thread, one line, without the path of the file, which is nobody's business.</summary>
    public static string LastError(string? path = null)
    {
        var text = Marshal.PtrToStringUTF8((nint)GetLastErrorMessage());
        return string.IsNullOrWhiteSpace(text) ? "GDAL gives no reason"
            : path is null ? text.ReplaceLineEndings(" ")
            : text.ReplaceLineEndings(" ").Replace(path, "the file", StringComparison.Ordinal);
    }

    [LibraryImport(Library, EntryPoint = "GDALAllRegister")]
    private static partial void AllRegister();

    [LibraryImport(Library, EntryPoint = "GDALSetCacheMax64")]
    private static partial void SetCacheMax64(long bytes);

    [LibraryImport(Library, EntryPoint = "CPLSetErrorHandler")]
    private static partial nint SetErrorHandler(nint handler);

    [LibraryImport(Library, EntryPoint = "CPLSetConfigOption", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void SetOption(string key, string value);

    /// <summary>Tells PROJ where its data lies.</summary>
    private static void SetProjFolder(string folder)
    {
        var path = Marshal.StringToCoTaskMemUTF8(folder);
        try
        {
            var paths = stackalloc byte*[2] { (byte*)path, null };
            SetProjSearchPaths(paths);
        }
        finally
        {
            Marshal.FreeCoTaskMem(path);
        }
    }

    [LibraryImport(Library, EntryPoint = "OSRSetPROJSearchPaths")]
    private static partial void SetProjSearchPaths(byte** paths);

    [LibraryImport(Library, EntryPoint = "CPLErrorReset")]
    public static partial void ErrorReset();

    [LibraryImport(Library, EntryPoint = "CPLGetLastErrorMsg")]
    private static partial byte* GetLastErrorMessage();

    [LibraryImport(Library, EntryPoint = "GDALVersionInfo", StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* VersionInfo(string what);

    [LibraryImport(Library, EntryPoint = "GDALOpenEx", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint OpenEx(string path, uint flags, byte** drivers, byte** options, byte** siblings);

    [LibraryImport(Library, EntryPoint = "GDALClose")]
    public static partial void Close(nint dataset);

    [LibraryImport(Library, EntryPoint = "GDALGetRasterXSize")]
    public static partial int GetRasterXSize(nint dataset);

    [LibraryImport(Library, EntryPoint = "GDALGetRasterYSize")]
    public static partial int GetRasterYSize(nint dataset);

    [LibraryImport(Library, EntryPoint = "GDALGetRasterCount")]
    public static partial int GetRasterCount(nint dataset);

    [LibraryImport(Library, EntryPoint = "GDALGetRasterBand")]
    public static partial nint GetRasterBand(nint dataset, int number);

    [LibraryImport(Library, EntryPoint = "GDALGetRasterDataType")]
    public static partial int GetRasterDataType(nint band);

    [LibraryImport(Library, EntryPoint = "GDALGetBlockSize")]
    public static partial void GetBlockSize(nint band, int* width, int* height);

    [LibraryImport(Library, EntryPoint = "GDALGetRasterNoDataValue")]
    public static partial double GetRasterNoDataValue(nint band, int* hasValue);

    [LibraryImport(Library, EntryPoint = "GDALRasterIO")]
    public static partial int RasterIO(
        nint band, int write, int x, int y, int width, int height, void* target, int targetWidth, int targetHeight, int type,
        int pixelSpace, int lineSpace);

    [LibraryImport(Library, EntryPoint = "GDALGetDescription")]
    public static partial byte* GetDescription(nint thing);

    /// <summary>GDALColorInterp: 3 red, 4 green, 5 blue.</summary>
    [LibraryImport(Library, EntryPoint = "GDALGetRasterColorInterpretation")]
    public static partial int GetRasterColorInterpretation(nint band);

    [LibraryImport(Library, EntryPoint = "GDALGetGeoTransform")]
    public static partial int GetGeoTransform(nint dataset, double* six);

    [LibraryImport(Library, EntryPoint = "GDALGetProjectionRef")]
    public static partial byte* GetProjectionRef(nint dataset);

    [LibraryImport(Library, EntryPoint = "GDALGetGCPCount")]
    public static partial int GetGcpCount(nint dataset);

    [LibraryImport(Library, EntryPoint = "GDALGetGCPProjection")]
    public static partial byte* GetGcpProjection(nint dataset);

    [LibraryImport(Library, EntryPoint = "GDALGetGCPs")]
    public static partial ControlPoint* GetGcps(nint dataset);

    [LibraryImport(Library, EntryPoint = "GDALCreateGCPTransformer")]
    public static partial nint CreateGcpTransformer(int count, ControlPoint* points, int order, int isReversed);

    [LibraryImport(Library, EntryPoint = "GDALDestroyGCPTransformer")]
    public static partial void DestroyGcpTransformer(nint transformer);

    [LibraryImport(Library, EntryPoint = "GDALGCPTransform")]
    public static partial int GcpTransform(nint transformer, int back, int count, double* x, double* y, double* z, int* done);

    [LibraryImport(Library, EntryPoint = "GDALGetMetadataItem", StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* GetMetadataItem(nint dataset, string name, string? domain);

    [LibraryImport(Library, EntryPoint = "OSRNewSpatialReference", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewSpatialReference(string? wellKnownText);

    [LibraryImport(Library, EntryPoint = "OSRImportFromEPSG")]
    public static partial int ImportFromEpsg(nint reference, int code);

    /// <summary>The code that the system gives for a node of it, or null.</summary>
    [LibraryImport(Library, EntryPoint = "OSRGetAuthorityCode", StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte* GetAuthorityCode(nint reference, string? node);

    [LibraryImport(Library, EntryPoint = "OSRIsGeographic")]
    public static partial int IsGeographic(nint reference);

    [LibraryImport(Library, EntryPoint = "OSRIsProjected")]
    public static partial int IsProjected(nint reference);

    [LibraryImport(Library, EntryPoint = "OSRSetAxisMappingStrategy")]
    public static partial void SetAxisMappingStrategy(nint reference, int strategy);

    /// <summary>Metres of its unit; 1 where it has none.</summary>
    [LibraryImport(Library, EntryPoint = "OSRGetLinearUnits")]
    public static partial double GetLinearUnits(nint reference, byte** name);

    /// <summary>Radians of its unit.</summary>
    [LibraryImport(Library, EntryPoint = "OSRGetAngularUnits")]
    public static partial double GetAngularUnits(nint reference, byte** name);

    [LibraryImport(Library, EntryPoint = "OSRDestroySpatialReference")]
    public static partial void DestroySpatialReference(nint reference);

    [LibraryImport(Library, EntryPoint = "OCTNewCoordinateTransformation")]
    public static partial nint NewCoordinateTransformation(nint from, nint to);

    [LibraryImport(Library, EntryPoint = "OCTDestroyCoordinateTransformation")]
    public static partial void DestroyCoordinateTransformation(nint transformation);

    [LibraryImport(Library, EntryPoint = "OCTTransformEx")]
    public static partial int TransformEx(nint transformation, int count, double* x, double* y, double* z, int* done);

    /// <summary>GDAL_GCP: two texts, then pixel, line, x, y and height.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public readonly struct ControlPoint
    {
        private readonly byte* id;
        private readonly byte* info;

        /// <summary>Column, from the left edge of the first pixel.</summary>
        public readonly double Pixel;

        /// <summary>Row.</summary>
        public readonly double Line;

        /// <summary>Easting or longitude.</summary>
        public readonly double X;

        /// <summary>Northing or latitude.</summary>
        public readonly double Y;

        private readonly double height;
    }

    // Written by the resolver, which the first call has run.
    private static nint QuietHandler() => NativeLibrary.GetExport(loaded, "CPLQuietErrorHandler");

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths)
    {
        if (name != Library)
        {
            return 0;
        }

        // Who names one means that one: a build of their own, or none at all in a test.
        var named = Environment.GetEnvironmentVariable(NamedBy);
        foreach (var file in string.IsNullOrEmpty(named) ? Candidates().Append("libgdal.so") : [named])
        {
            if (NativeLibrary.TryLoad(file, out loaded))
            {
                return loaded;
            }
        }

        return 0;
    }

    // The package's own, then the highest number first; Debian has one, and a link without a number only with libgdal-dev.
    private static IEnumerable<string> Candidates()
    {
        string[] roots = ["/usr/local/lib", "/usr/lib", "/lib"];
        string[] own = Directory.Exists(OwnFolder) ? Directory.GetFiles(OwnFolder, "libgdal.so.*") : [];
        return own.Concat(roots
            .Where(Directory.Exists)
            .SelectMany(root => Directory.EnumerateDirectories(root, "*-linux-gnu*").Append(root))
            .SelectMany(folder => Directory.EnumerateFiles(folder, "libgdal.so.*"))
            .OrderByDescending(NumberOf)
            .ThenBy(file => file, StringComparer.Ordinal));
    }

    private static int NumberOf(string file)
    {
        var name = Path.GetFileName(file)["libgdal.so.".Length..];
        return int.TryParse(name.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
    }
}
