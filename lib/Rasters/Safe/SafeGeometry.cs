using System.Xml.Linq;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Rasters.Safe;

/// <summary>
/// How the radar looked at the middle of a product, from its annotation: range, incidence and directions from the grid of
/// places (<c>geolocationGridPoint</c>), the platform's speed from the orbit's state vectors, which are earth-fixed.
/// </summary>
internal static class SafeGeometry
{
    private const double LightMetresPerSecond = 299_792_458;
    private const int PointsMax = 100_000;
    private const int OrbitsMax = 10_000;

    /// <summary>Reads it; null where the annotation lacks a part of it.</summary>
    /// <param name="annotation">The annotation.</param>
    /// <param name="at">The middle of the scene's time.</param>
    public static RadarGeometry? Of(XElement annotation, DateTimeOffset at)
    {
        var points = annotation.All("geolocationGridPoint").Take(PointsMax).Select(GridPoint.Of).OfType<GridPoint>().ToList();
        if (Speed(annotation, at) is not { } speed || points.Count == 0)
        {
            return null;
        }

        double[] rows = [.. points.Select(point => point.Line).Distinct().Order()];
        double[] columns = [.. points.Select(point => point.Pixel).Distinct().Order()];
        var byPlace = points.ToLookup(point => (point.Line, point.Pixel));
        GridPoint? At(int row, int column) => byPlace[(rows[row], columns[column])].FirstOrDefault();
        if (rows.Length < 2 || columns.Length < 2)
        {
            return null;
        }

        var (r, c) = (rows.Length / 2, columns.Length / 2);
        var (middle, before, left) = (At(r, c), At(r - 1, c), At(r, c - 1));
        if (middle is null || before is null || left is null)
        {
            return null;
        }

        var range = middle.SlantRangeSeconds * LightMetresPerSecond / 2;
        return Checked(range / speed, GreatCircle.InitialBearingDegrees(left.Where, middle.Where), middle.IncidenceDegrees, GreatCircle.InitialBearingDegrees(before.Where, middle.Where));
    }

    private static RadarGeometry? Checked(double rangeOverSpeed, double look, double incidence, double flight)
    {
        var ms = rangeOverSpeed * 1000;
        return ms is >= 1_000 and <= 1_000_000 && incidence is > 0 and < 90
            ? new RadarGeometry((int)Math.Round(ms), Milli(look), (int)Math.Round(incidence * 1000), Milli(flight))
            : null;
    }

    private static int Milli(double degrees) => (int)(Math.Round(((degrees % 360) + 360) % 360 * 1000) % 360_000);

    private static double? Speed(XElement annotation, DateTimeOffset at)
    {
        var nearest = annotation.All("orbit").Take(OrbitsMax)
            .Where(orbit => orbit.Time("time") is not null)
            .MinBy(orbit => Math.Abs((orbit.Time("time")!.Value - at).Ticks));
        var velocity = nearest?.All("velocity").FirstOrDefault();
        return velocity?.Number("x") is { } x && velocity.Number("y") is { } y && velocity.Number("z") is { } z
            && Math.Sqrt((x * x) + (y * y) + (z * z)) is var speed and > 1000 and < 20_000
            ? speed
            : null;
    }

    private sealed record GridPoint(double Line, double Pixel, Position Where, double SlantRangeSeconds, double IncidenceDegrees)
    {
        public static GridPoint? Of(XElement point) =>
            point.Number("line") is { } line && point.Number("pixel") is { } pixel
            && point.Number("latitude") is { } latitude && Math.Abs(latitude) <= 90
            && point.Number("longitude") is { } longitude && Math.Abs(longitude) <= 360
            && point.Number("slantRangeTime") is { } range && point.Number("incidenceAngle") is { } incidence
                ? new GridPoint(
                    line,
                    pixel,
                    new Position((int)Math.Round(latitude * Position.UnitsPerDegree), Longitudes.Wrap((long)Math.Round(longitude * Position.UnitsPerDegree))),
                    range,
                    incidence)
                : null;
    }
}
