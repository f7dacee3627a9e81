using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Geodesy;

public sealed class GridCellsTests
{
    [Test]
    public void Every_place_lies_in_the_box_of_its_cell()
    {
        const int Seed = 3;
        var random = new Random(Seed);
        for (var i = 0; i < 50_000; i++)
        {
            var place = new Position(random.Next(-900_000_000, 900_000_001), random.Next(-1_800_000_000, 1_800_000_000));
            var cell = GridCells.Of(place);
            Assert.That(GridCells.BoxOf(cell).Contains(place), $"seed {Seed}, {place}");
            Assert.That(GridCells.Of(GridCells.CentreOf(cell)), Is.EqualTo(cell));
        }
    }

    [Test]
    public void The_poles_and_both_names_of_the_antimeridian_have_a_cell() => Assert.Multiple(() =>
    {
        Assert.That(GridCells.Of(Position.FromDegrees(90, 180)), Is.EqualTo(GridCells.Of(Position.FromDegrees(89.9, -180))));
        Assert.That(GridCells.Of(Position.FromDegrees(-90, -180)), Is.Zero);
        Assert.That(GridCells.Of(Position.FromDegrees(89.9, 179.9)), Is.EqualTo(GridCells.Count - 1));
    });

    [Test]
    public void Neighbours_wrap_around_the_antimeridian_and_stop_at_the_poles()
    {
        var neighbours = new int[8];
        var corner = GridCells.Of(Position.FromDegrees(0.1, -179.9));
        Assert.That(GridCells.Neighbours(corner, neighbours), Is.EqualTo(8));
        Assert.That(neighbours, Does.Contain(GridCells.Of(Position.FromDegrees(0.1, 179.9))));
        Assert.That(neighbours, Is.Ordered.And.Unique);
        Assert.That(GridCells.Neighbours(0, neighbours), Is.EqualTo(5));
    }

    [Test]
    public void Neighbourhood_is_mutual_for_every_cell()
    {
        int[] mine = new int[8], theirs = new int[8];
        for (var cell = 0; cell < GridCells.Count; cell += 97)
        {
            foreach (var neighbour in mine[..GridCells.Neighbours(cell, mine)])
            {
                Assert.That(theirs[..GridCells.Neighbours(neighbour, theirs)], Does.Contain(cell));
            }
        }
    }

    [Test]
    public void All_cells_together_are_as_large_as_the_earth()
    {
        var sum = Enumerable.Range(0, GridCells.Count).Sum(GridCells.AreaKm2);
        Assert.That(sum, Is.EqualTo(510_065_884).Within(1000));
    }
}
