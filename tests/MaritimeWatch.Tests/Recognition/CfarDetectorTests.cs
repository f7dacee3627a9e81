using MaritimeWatch.Rasters;
using MaritimeWatch.Recognition;
using MaritimeWatch.Tests.Rasters;

namespace MaritimeWatch.Tests.Recognition;

/// <summary>Ships stand out of the sea, once each, wherever a tile ends and however many threads look.</summary>
[TestFixture]
public sealed class CfarDetectorTests
{
    [SetUp]
    public void NeedsGdal() => SceneFiles.RequireGdal();

    [Test]
    public void Every_ship_is_found_once_with_its_size_and_direction()
    {
        var found = Find(SceneFiles.Sea(600, 500, 3, (100, 100, 20, 4), (300, 200, 5, 18), (450, 400, 8, 3)), 1);
        Assert.That(found, Has.Count.EqualTo(3));
        Assert.Multiple(() =>
        {
            Assert.That(found[0].X, Is.EqualTo(110).Within(1));
            Assert.That(found[0].Y, Is.EqualTo(102).Within(1));
            Assert.That(found[0].LengthMetres, Is.EqualTo(200).Within(25));
            Assert.That(found[0].AxisDegrees, Is.EqualTo(90).Within(5));
            Assert.That(found[1].LengthMetres, Is.EqualTo(180).Within(25));
            Assert.That(found[1].AxisDegrees, Is.LessThan(6).Or.GreaterThan(174));
            Assert.That(found[2].LengthMetres, Is.EqualTo(80).Within(20));
            Assert.That(found.Select(ship => ship.ConfidenceMilli), Has.All.GreaterThan(700));
        });
    }

    [TestCase(11)]
    [TestCase(12)]
    public void An_empty_sea_is_empty(int seed) => Assert.That(Find(SceneFiles.Sea(900, 900, seed), 2), Is.Empty);

    [Test]
    public void A_ship_across_the_edge_of_tiles_is_found_once_and_the_same_by_any_number_of_threads()
    {
        var edge = CfarDetector.TilePixels;
        var bytes = SceneFiles.Sea(edge + 300, edge + 200, 5, (edge - 9, 500, 18, 4), (200, edge - 6, 4, 14), (edge - 3, edge - 3, 6, 6));
        var one = Find(bytes, 1);
        var two = Find(bytes, 2);
        Assert.Multiple(() =>
        {
            Assert.That(one, Has.Count.EqualTo(3));
            Assert.That(two, Is.EqualTo(one));
        });
    }

    [Test]
    public void The_dim_arms_beside_a_bright_ship_are_its_side_lobes_and_a_ship_alongside_is_not()
    {
        // Bright, a dim arm of its own, and a ship almost as bright.
        var bytes = SceneFiles.Sea(500, 400, 8, (200, 200, 20, 5), (320, 200, 10, 4));
        SceneFiles.Paint(bytes, 500, 208, 212, 3, 9, 320);
        Assert.That(Find(bytes, 1).Select(ship => (int)Math.Round(ship.X)).Order(), Is.EqualTo((int[])[210, 325]).Using<int>((a, b) => Math.Abs(a - b) <= 1));
    }

    [Test]
    public void Land_is_no_ship()
    {
        var found = Find(SceneFiles.Sea(800, 600, 6, (0, 0, 800, 150), (500, 400, 15, 4)), 1);
        Assert.That(found.Select(ship => (int)ship.X), Is.EqualTo((int[])[507]));
    }

    private static IReadOnlyList<ShipDetection> Find(byte[] scene, int threads)
    {
        using var raster = Raster.Open(SceneFiles.Write(scene, "sea.tif"));
        return new CfarDetector(CfarSettings.Sar).Detect(raster, land: null, threads, CancellationToken.None);
    }
}
