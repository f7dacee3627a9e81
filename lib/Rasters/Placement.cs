using System.Globalization;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Recognition;
using MaritimeWatch.Terms;

#pragma warning disable CA1508 // GDAL writes through the pointers, which the analyzer does not see.

namespace MaritimeWatch.Rasters;

/// <summary>
/// From pixels to places on WGS 84: the raster's geotransform, or its ground control points (radar scenes, see
/// <see cref="ControlGrid"/>), then GDAL's transformation of coordinates. Not for several threads at once.
/// </summary>
#pragma warning disable CA2216 // GDAL must not be called from the finalizer's thread while another reads; whoever opens disposes.
internal sealed unsafe class Placement : IDisposable
{
#pragma warning restore CA2216
    private const int TraditionalOrder = 0; // Longitude or easting first, whatever the system's own order.
    private const int Wgs84 = 4326;
    private const int ControlPointsMin = 4;
    private const int ControlPointsMax = 10_000;
    private const double LongitudeDegreesMax = 720; // Once around either way: points beyond the date line count on.

    // GDAL goes round the earth by 360 degrees at a time, which never ends where so large a number has no room for them.
    private const double CoordinateMax = 1e9;
    private const double UnitMetresMax = 1e5;
    private const double UnitRadiansMax = 10;

    private readonly double[] affine = new double[6];
    private ControlGrid? grid;
    private nint controlPoints;
    private nint transformation;

    private Placement()
    {
    }

    /// <summary>The placement of a dataset, or null where it says nothing of one.</summary>
    /// <exception cref="RasterException">It says something that GDAL does not know.</exception>
    public static Placement? Of(nint dataset)
    {
        var placement = new Placement();
        try
        {
            string? system;
            fixed (double* six = placement.affine)
            {
                system = Gdal.GetGeoTransform(dataset, six) == 0 ? Text(Gdal.GetProjectionRef(dataset)) : null;
            }

            if (system is null)
            {
                var count = Gdal.GetGcpCount(dataset);
                system = count is >= ControlPointsMin and <= ControlPointsMax ? Text(Gdal.GetGcpProjection(dataset)) : null;
                if (system is null || !placement.TakeControlPoints(new ReadOnlySpan<Gdal.ControlPoint>(Gdal.GetGcps(dataset), count), system))
                {
                    placement.Dispose();
                    return null;
                }
            }
            else if (placement.affine.Any(number => !double.IsFinite(number))
                || Math.Abs((placement.affine[1] * placement.affine[5]) - (placement.affine[2] * placement.affine[4])) < 1e-18)
            {
                throw new RasterException(RasterTrouble.NotPlaced, "the raster's geotransform has no extent");
            }

            placement.transformation = TransformationFrom(system!);
            return placement;
        }
        catch
        {
            placement.Dispose();
            throw;
        }
    }

    /// <summary>By control points.</summary>
    public bool IsCurved => grid is not null || controlPoints != 0;

    /// <summary>The place of a point of the raster.</summary>
    /// <exception cref="RasterException">The point lies nowhere on the earth.</exception>
    public Position At(double x, double y)
    {
        ObjectDisposedException.ThrowIf(transformation == 0, this);
        var done = 0;
        double z = 0;
        if (grid is not null)
        {
            (x, y) = grid.At(x, y);
        }
        else if (controlPoints != 0)
        {
            if (Gdal.GcpTransform(controlPoints, 0, 1, &x, &y, &z, &done) == 0 || done == 0)
            {
                throw Nowhere();
            }
        }
        else
        {
            (x, y) = (affine[0] + (x * affine[1]) + (y * affine[2]), affine[3] + (x * affine[4]) + (y * affine[5]));
        }

        if (!(Math.Abs(x) <= CoordinateMax) || !(Math.Abs(y) <= CoordinateMax)
            || Gdal.TransformEx(transformation, 1, &x, &y, &z, &done) == 0 || done == 0 || !(Math.Abs(y) <= 90) || !(Math.Abs(x) <= LongitudeDegreesMax))
        {
            throw Nowhere();
        }

        return new Position((int)Math.Round(y * Position.UnitsPerDegree), Longitudes.Wrap((long)Math.Round(x * Position.UnitsPerDegree)));
    }

    // A grid is interpolated; other points are fitted by GDAL's polynomial of the order that their number allows.
    private bool TakeControlPoints(ReadOnlySpan<Gdal.ControlPoint> points, string system)
    {
        var list = new List<(double, double, double, double)>(points.Length);
        foreach (var point in points)
        {
            list.Add((point.Pixel, point.Line, point.X, point.Y));
        }

        grid = ControlGrid.Of(list, system.StartsWith("GEOG", StringComparison.Ordinal));
        if (grid is null)
        {
            fixed (Gdal.ControlPoint* first = points)
            {
                controlPoints = Gdal.CreateGcpTransformer(points.Length, first, 0, 0);
            }
        }

        return grid is not null || controlPoints != 0;
    }

    /// <summary>The size of a pixel on the ground: what ten pixels along a row and a column measure.</summary>
    public GroundSize PixelAt(double x, double y)
    {
        const int Half = 5;
        var (west, east) = (At(x - Half, y), At(x + Half, y));
        var (north, south) = (At(x, y - Half), At(x, y + Half));
        return new GroundSize(
            GreatCircle.DistanceMetres(west, east) / (2 * Half),
            GreatCircle.DistanceMetres(north, south) / (2 * Half),
            GreatCircle.InitialBearingDegrees(west, east));
    }

    public void Dispose()
    {
        if (controlPoints != 0)
        {
            Gdal.DestroyGcpTransformer(controlPoints);
            controlPoints = 0;
        }

        if (transformation != 0)
        {
            Gdal.DestroyCoordinateTransformation(transformation);
            transformation = 0;
        }
    }

    private static nint TransformationFrom(string system)
    {
        var from = Gdal.NewSpatialReference(system);
        var to = Gdal.NewSpatialReference(null);
        try
        {
            if (from == 0 || to == 0 || Gdal.ImportFromEpsg(to, Wgs84) != 0)
            {
                throw Unknown();
            }

            if (!(Math.Abs(Gdal.GetLinearUnits(from, null)) <= UnitMetresMax) || !(Math.Abs(Gdal.GetAngularUnits(from, null)) <= UnitRadiansMax))
            {
                throw new RasterException(RasterTrouble.NotPlaced, "the raster's coordinate system has a unit that is none");
            }

            RefuseOtherKind(from);
            Gdal.SetAxisMappingStrategy(from, TraditionalOrder);
            Gdal.SetAxisMappingStrategy(to, TraditionalOrder);
            var made = Gdal.NewCoordinateTransformation(from, to);
            return made != 0 ? made : throw Unknown();
        }
        finally
        {
            Destroy(from);
            Destroy(to);
        }
    }

    // A file may call a geocentric system geographic. GDAL takes its word, and PROJ, which finds another kind of thing under the
    // code than it was told, reads where nothing is: the whole process would end.
    private static void RefuseOtherKind(nint system)
    {
        if (Gdal.IsGeographic(system) == 0 && Gdal.IsProjected(system) == 0)
        {
            throw new RasterException(RasterTrouble.NotPlaced, "the raster's coordinate system is neither geographic nor projected");
        }

        if (!int.TryParse(Text(Gdal.GetAuthorityCode(system, "GEOGCS")), NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return;
        }

        var named = Gdal.NewSpatialReference(null);
        try
        {
            if (named != 0 && Gdal.ImportFromEpsg(named, code) == 0 && Gdal.IsGeographic(named) == 0)
            {
                throw new RasterException(RasterTrouble.NotPlaced, $"the raster's coordinate system calls EPSG:{code} geographic, which it is not");
            }
        }
        finally
        {
            Destroy(named);
        }
    }

    private static void Destroy(nint reference)
    {
        if (reference != 0)
        {
            Gdal.DestroySpatialReference(reference);
        }
    }

    private static RasterException Unknown() => new(
        RasterTrouble.NotPlaced, $"the raster's coordinate system cannot be turned into WGS 84: {Gdal.LastError()}");

    private static RasterException Nowhere() => new(
        RasterTrouble.NotPlaced, "a pixel of the raster lies nowhere on the earth: its geotransform or coordinate system is wrong");

    private static string? Text(byte* text)
    {
        var read = System.Runtime.InteropServices.Marshal.PtrToStringUTF8((nint)text);
        return string.IsNullOrWhiteSpace(read) ? null : read;
    }
}
