using MaritimeWatch.Geodesy;
using MaritimeWatch.Rasters;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Rasters;

/// <summary>A radar image that lies by control points is placed between them to some metres.</summary>
[TestFixture]
public sealed class ControlPointTests
{
    // As a Sentinel-1 IW GRD: 25,000 x 16,700 pixels of 10 m, 21 points across and 10 along.
    private const int Columns = 25_000;
    private const int Rows = 16_700;
    private const double PixelMetres = 10;

    [TestCase(123.0, "descending, mid latitudes")]
    [TestCase(60.0, "ascending, high latitudes")]
    [TestCase(178.0, "descending, at the equator")]
    public void A_grid_of_points_places_every_pixel_to_a_few_metres(double argument, string where)
    {
        var orbit = new RadarOrbit(argumentDegrees: argument);
        var grid = ControlGrid.Of(Points(orbit, 1), isGeographic: true)!;
        var random = new Random(11);
        var (worst, sum, worstLinear) = (0.0, 0.0, 0.0);
        const int Places = 2000;
        for (var n = 0; n < Places; n++)
        {
            var (x, y) = (random.NextDouble() * Columns, random.NextDouble() * Rows);
            var truth = orbit.Ground(y * PixelMetres, x * PixelMetres);
            var (lon, lat) = grid.At(x, y);
            var off = GreatCircle.DistanceMetres(Place(truth.Lon, truth.Lat), Place(lon, lat));
            (worst, sum) = (Math.Max(worst, off), sum + off);
            worstLinear = Math.Max(worstLinear, Linear(orbit, x, y, truth));
        }

        TestContext.Out.WriteLine($"{where}: {sum / Places:F3} m on average, {worst:F3} m at worst; straight lines between the points: {worstLinear:F1} m");
        Assert.That(worst, Is.LessThan(2));
        Assert.That(worstLinear, Is.GreaterThan(worst), "else the cubics would be for nothing");
    }

    [Test]
    public void A_file_with_210_points_lies_where_the_sensor_saw_it()
    {
        SceneFiles.RequireGdal();
        var orbit = new RadarOrbit();
        const int Coarser = 20; // The same swath in fewer and larger pixels, so that the test's file is small.
        var file = SceneFiles.Write(
            new TiffMaker(Columns / Coarser, Rows / Coarser) { Points = Points(orbit, Coarser), IsDeflated = true }.Make((_, _, _) => 100), "gcp.tif");
        using var raster = Raster.Open(file);
        var random = new Random(12);
        var worst = 0.0;
        for (var n = 0; n < 200; n++)
        {
            var (x, y) = (random.NextDouble() * raster.Width, random.NextDouble() * raster.Height);
            var truth = orbit.Ground(y * Coarser * PixelMetres, x * Coarser * PixelMetres);
            worst = Math.Max(worst, GreatCircle.DistanceMetres(Place(truth.Lon, truth.Lat), raster.PositionAt(x, y)!.Value));
        }

        var pixel = raster.PixelAt(raster.Width / 2.0, raster.Height / 2.0);
        var (west, east) = (orbit.Ground(Rows / 2.0 * PixelMetres, (Columns / 2.0 * PixelMetres) - 1000), orbit.Ground(Rows / 2.0 * PixelMetres, (Columns / 2.0 * PixelMetres) + 1000));
        var width = GreatCircle.DistanceMetres(Place(west.Lon, west.Lat), Place(east.Lon, east.Lat)) / 2000 * Coarser * PixelMetres;
        TestContext.Out.WriteLine($"{worst:F2} m at worst; pixels of {pixel.WidthMetres:F1} x {pixel.HeightMetres:F1} m");
        Assert.Multiple(() =>
        {
            Assert.That(worst, Is.LessThan(2));
            Assert.That(raster.IsCurved);
            Assert.That(pixel.WidthMetres, Is.EqualTo(width).Within(0.5));
        });
    }

    [Test]
    public void Scattered_points_are_fitted_by_a_polynomial()
    {
        SceneFiles.RequireGdal();
        var random = new Random(13);
        var points = Enumerable.Range(0, 60).Select(_ => (X: random.NextDouble() * 500, Y: random.NextDouble() * 400))
            .Select(p => (p.X, p.Y, 11 + (p.X * 1e-3) + (p.Y * 2e-4), 57 - (p.Y * 1e-3))).ToList();
        using var raster = Raster.Open(SceneFiles.Write(new TiffMaker(500, 400) { Points = points }.Make((_, _, _) => 1), "scatter.tif"));
        var place = raster.PositionAt(250, 200)!.Value;
        Assert.That(place.LongitudeDegrees, Is.EqualTo(11.29).Within(1e-4));
        Assert.That(place.LatitudeDegrees, Is.EqualTo(56.8).Within(1e-4));
    }

    [Test]
    public void An_outline_follows_the_edges_and_runs_counter_clockwise([Values(60.0, 123.0)] double argument)
    {
        SceneFiles.RequireGdal();
        var orbit = new RadarOrbit(argumentDegrees: argument);
        var file = SceneFiles.Write(new TiffMaker(250, 167) { Points = Points(orbit, 100) }.Make((_, _, _) => 100), "outline.tif");
        using var scene = SceneFile.Open(file, new MaritimeWatch.Intake.Imagery.SceneDescription(), RasterLimits.Default);
        var outline = scene.Outline();
        var area = outline.Zip(outline.Skip(1).Append(outline[0]), (a, b) =>
            (a.LongitudeDegrees * b.LatitudeDegrees) - (b.LongitudeDegrees * a.LatitudeDegrees)).Sum();
        Assert.Multiple(() =>
        {
            Assert.That(outline, Has.Count.EqualTo(32));
            Assert.That(area, Is.Positive);
        });
    }

    private static List<(double, double, double, double)> Points(RadarOrbit orbit, double coarser)
    {
        var points = new List<(double, double, double, double)>();
        for (var row = 0; row < 10; row++)
        {
            for (var column = 0; column < 21; column++)
            {
                var (x, y) = (column * (Columns - 1) / 20.0, row * (Rows - 1) / 9.0);
                var (lon, lat, _, _) = orbit.Ground(y * PixelMetres, x * PixelMetres);
                points.Add((x / coarser, y / coarser, lon, lat));
            }
        }

        return points;
    }

    private static double Linear(RadarOrbit orbit, double x, double y, (double Lon, double Lat, double, double) truth)
    {
        var (stepX, stepY) = ((Columns - 1) / 20.0, (Rows - 1) / 9.0);
        var (left, top) = (Math.Min(19, Math.Floor(x / stepX)) * stepX, Math.Min(8, Math.Floor(y / stepY)) * stepY);
        var (u, v) = ((x - left) / stepX, (y - top) / stepY);
        (double Lon, double Lat) At(double atX, double atY)
        {
            var place = orbit.Ground(atY * PixelMetres, atX * PixelMetres);
            return (place.Lon, place.Lat);
        }

        var (a, b, c, d) = (At(left, top), At(left + stepX, top), At(left, top + stepY), At(left + stepX, top + stepY));
        double Mix(double p, double q, double r, double s) => (((p * (1 - u)) + (q * u)) * (1 - v)) + (((r * (1 - u)) + (s * u)) * v);
        return GreatCircle.DistanceMetres(Place(truth.Lon, truth.Lat), Place(Mix(a.Lon, b.Lon, c.Lon, d.Lon), Mix(a.Lat, b.Lat, c.Lat, d.Lat)));
    }

    private static Position Place(double lon, double lat) => new((int)Math.Round(lat * 1e7), Longitudes.Wrap((long)Math.Round(lon * 1e7)));
}
