using MaritimeWatch.Recognition;

namespace MaritimeWatch.Tests.Recognition;

/// <summary>Planted heat becomes the ships that were planted.</summary>
[TestFixture]
public sealed class HeatDecoderTests
{
    private const int Rows = 6;
    private const int Columns = 8;
    private const int Stride = 4;

    [Test]
    public void A_peak_says_where_how_large_and_which_way()
    {
        var planes = new float[IShipScorer.Planes * Rows * Columns];
        var angle = 0.4;
        Plant(planes, 5, 2, 0.8765f, 0.25f, 0.75f, 20, 10, 21, angle);
        var ship = Decode(planes).Single();
        Assert.Multiple(() =>
        {
            Assert.That(ship.ConfidenceMilli, Is.EqualTo(876).Or.EqualTo(877));
            Assert.That((ship.X, ship.Y), Is.EqualTo((21.0, 11.0)));
            Assert.That(ship.Width, Is.EqualTo(20).Within(1e-4));
            Assert.That(ship.Height, Is.EqualTo(10).Within(1e-4));
            Assert.That(ship.Length, Is.EqualTo(21).Within(1e-4));
            Assert.That(ship.Angle, Is.EqualTo(angle).Within(1e-5));
        });
    }

    [Test]
    public void Only_the_greatest_of_nine_cells_is_a_ship_and_of_equals_the_first_in_row_order()
    {
        var planes = new float[IShipScorer.Planes * Rows * Columns];
        Plant(planes, 3, 3, 0.9f);
        Plant(planes, 4, 3, 0.8f);
        Plant(planes, 4, 4, 0.89f);
        Plant(planes, 0, 0, 0.6f);
        Plant(planes, 1, 0, 0.6f);
        Plant(planes, 0, 1, 0.6f);
        Plant(planes, 7, 5, 0.7f);
        Assert.That(Decode(planes).Select(ship => ((int)ship.X / Stride, (int)ship.Y / Stride)), Is.EqualTo(new[] { (0, 0), (3, 3), (7, 5) }));
    }

    [TestCase(0.0494f, 0)]
    [TestCase(0.0506f, 1)]
    [TestCase(float.NaN, 0)]
    public void Heat_below_the_floor_is_nothing(float heat, int expected)
    {
        var planes = new float[IShipScorer.Planes * Rows * Columns];
        Plant(planes, 2, 2, heat);
        Assert.That(Decode(planes), Has.Count.EqualTo(expected));
    }

    [Test]
    public void Numbers_that_are_none_make_no_ship()
    {
        var planes = new float[IShipScorer.Planes * Rows * Columns];
        Plant(planes, 2, 2, 0.9f);
        planes[(3 * Rows * Columns) + (2 * Columns) + 2] = float.PositiveInfinity;
        Assert.That(Decode(planes), Is.Empty);
    }

    [Test]
    public void Of_boxes_that_overlap_the_surest_stays_whatever_their_order()
    {
        var ships = new List<HeatShip>
        {
            new(100, 100, 20, 10, 20, 0, 700), new(103, 100, 20, 10, 20, 0, 900), new(118, 100, 20, 10, 20, 0, 800),
            new(500, 500, 300, 300, 300, 0, 600), new(520, 510, 280, 300, 300, 0, 500),
        };
        for (var turn = 0; turn < ships.Count; turn++)
        {
            var merged = HeatMerge.Merge([.. ships.Skip(turn), .. ships.Take(turn)], 400, 100);
            Assert.That(merged.Select(ship => ship.ConfidenceMilli), Is.EqualTo(new[] { 900, 800, 600 }));
        }
    }

    [Test]
    public void Two_views_of_a_small_ship_a_pixel_apart_are_one_and_in_one_view_they_are_two()
    {
        var (a, b) = (new HeatShip(100, 100, 3, 3, 3, 0, 700), new HeatShip(101.2, 101.2, 3, 3, 3, 0, 650));
        Assert.That(HeatMerge.Merge([a, b], 400, 100), Has.Count.EqualTo(2));
        Assert.That(HeatMerge.Merge([a, b with { View = 1 }], 400, 100), Is.EqualTo(new[] { a }));
    }

    private static List<HeatShip> Decode(float[] planes)
    {
        var found = new List<HeatShip>();
        HeatDecoder.Decode(planes, Rows, Columns, Stride, found);
        return found;
    }

    private static void Plant(
        float[] planes, int x, int y, float heat, float dx = 0, float dy = 0, float width = 10, float height = 5, float length = 10, double angle = 0)
    {
        float[] values = [heat, dx, dy, MathF.Log(width), MathF.Log(height), MathF.Log(length), (float)Math.Cos(2 * angle), (float)Math.Sin(2 * angle)];
        for (var plane = 0; plane < values.Length; plane++)
        {
            planes[(plane * Rows * Columns) + (y * Columns) + x] = values[plane];
        }
    }
}
