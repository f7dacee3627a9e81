using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Geodesy;

public sealed class GeoBoxTests
{
    private const int Seed = 7;

    [Test]
    public void A_way_over_the_antimeridian_has_a_narrow_box_whose_west_is_more_than_its_east()
    {
        Position[] way = [Position.FromDegrees(1, 179), Position.FromDegrees(2, -179), Position.FromDegrees(0, 178)];
        var box = GeoBox.Of(way);
        Assert.Multiple(() =>
        {
            Assert.That(box, Is.EqualTo(GeoBox.FromDegrees(178, 0, -179, 2)));
            Assert.That(box.CrossesAntimeridian);
            Assert.That(box.WidthE7, Is.EqualTo(30_000_000));
            Assert.That(box.Contains(Position.FromDegrees(1, 180)));
            Assert.That(box.Contains(Position.FromDegrees(1, -180)));
            Assert.That(box.Contains(Position.FromDegrees(1, 0)), Is.False);
            Assert.That(box.ToString(), Is.EqualTo("178,0,-179,2"));
        });
    }

    [Test]
    public void A_box_around_a_place_holds_all_that_is_within_the_distance()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var centre = Position.FromDegrees((random.NextDouble() * 180) - 90, (random.NextDouble() * 360) - 180);
            var metres = random.NextDouble() * 500_000;
            var box = GeoBox.Around(centre, metres);
            var place = GreatCircle.Destination(centre, random.NextDouble() * 360, metres * 0.999_999);
            Assert.That(box.Contains(place), $"seed {Seed}, case {i}: {centre} + {metres} m = {place}, box {box}");
        }
    }

    [Test]
    public void A_box_around_a_pole_takes_all_longitudes() =>
        Assert.That(GeoBox.Around(Position.FromDegrees(89.99, 10), 5_000).Contains(Position.FromDegrees(89.99, -170)));

    [Test]
    public void Boxes_meet_exactly_when_they_share_a_place()
    {
        var east = GeoBox.FromDegrees(170, -10, -170, 10);
        Assert.Multiple(() =>
        {
            Assert.That(east.Intersects(GeoBox.FromDegrees(-175, 0, -160, 5)));
            Assert.That(GeoBox.FromDegrees(-175, 0, -160, 5).Intersects(east));
            Assert.That(east.Intersects(GeoBox.World));
            Assert.That(east.Intersects(GeoBox.FromDegrees(160, 0, 169, 5)), Is.False);
            Assert.That(east.Intersects(GeoBox.FromDegrees(171, 11, 172, 12)), Is.False);
        });
    }

    [Test]
    public void A_box_grows_the_short_way()
    {
        var box = GeoBox.Of(Position.FromDegrees(0, 179)).With(Position.FromDegrees(1, -179));
        Assert.That(box, Is.EqualTo(GeoBox.FromDegrees(179, 0, -179, 1)));
        Assert.That(box.With(Position.FromDegrees(0, 170)), Is.EqualTo(GeoBox.FromDegrees(170, 0, -179, 1)));
    }
}
