using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Geodesy;

public sealed class GreatCircleTests
{
    private const int Seed = 20261121;

    [Test]
    public void A_degree_of_latitude_and_a_quarter_of_the_earth_have_the_lengths_of_the_mean_sphere()
    {
        var origin = Position.FromDegrees(0, 0);
        Assert.Multiple(() =>
        {
            Assert.That(GreatCircle.DistanceMetres(origin, Position.FromDegrees(1, 0)), Is.EqualTo(111_195.08).Within(0.01));
            Assert.That(GreatCircle.DistanceMetres(origin, Position.FromDegrees(0, 90)), Is.EqualTo(10_007_557.2).Within(0.1));
            Assert.That(GreatCircle.DistanceMetres(origin, Position.FromDegrees(0, 180)), Is.EqualTo(20_015_114.4).Within(0.1));
            Assert.That(GreatCircle.DistanceDecimetres(origin, Position.FromDegrees(0, 0.001)), Is.EqualTo(1112));
        });
    }

    [Test]
    public void The_sphere_is_within_its_stated_error_of_the_ellipsoid()
    {
        // Vincenty's test lines on WGS 84 (metres), from published worked examples of the inverse problem.
        var flindersPeak = Position.FromDegrees(-37.951033417, 144.424867889);
        var buninyong = Position.FromDegrees(-37.652821139, 143.926495528);
        Assert.That(GreatCircle.DistanceMetres(flindersPeak, buninyong), Is.EqualTo(54_972.271).Within(0.0056 * 54_972));
    }

    [Test]
    public void Distances_are_symmetric_and_cross_the_antimeridian_the_short_way()
    {
        var west = Position.FromDegrees(10, 179.9);
        var east = Position.FromDegrees(10, -179.9);
        Assert.Multiple(() =>
        {
            Assert.That(GreatCircle.DistanceMetres(west, east), Is.EqualTo(21_901).Within(2));
            Assert.That(GreatCircle.DistanceMetres(east, west), Is.EqualTo(GreatCircle.DistanceMetres(west, east)));
            Assert.That(GreatCircle.InitialBearingDegrees(west, east), Is.EqualTo(90).Within(0.1));
            Assert.That(FlatDistance.Metres(west, east), Is.EqualTo(21_901).Within(12));
        });
    }

    [Test]
    public void Going_a_distance_on_a_bearing_and_measuring_it_gives_both_back()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var from = RandomPlace(random, 89);
            var bearing = random.NextDouble() * 360;
            var metres = Math.Pow(10, 2 + (random.NextDouble() * 5));
            var to = GreatCircle.Destination(from, bearing, metres);
            var turn = Math.Abs(GreatCircle.InitialBearingDegrees(from, to) - bearing);
            Assert.That(GreatCircle.DistanceMetres(from, to), Is.EqualTo(metres).Within(0.02), $"seed {Seed}, case {i}: {from}");
            // A position is rounded to 1.1 cm, which turns a short line by more.
            Assert.That(Math.Min(turn, 360 - turn), Is.LessThan(0.01 + (1.2 / metres)), $"seed {Seed}, case {i}: {from}");
        }
    }

    [Test]
    public void A_place_beside_a_line_has_its_offset_as_cross_track_and_its_foot_as_along_track()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 5_000; i++)
        {
            var start = RandomPlace(random, 80);
            var bearing = random.NextDouble() * 360;
            var end = GreatCircle.Destination(start, bearing, 200_000);
            var along = 20_000 + (random.NextDouble() * 150_000);
            var off = (random.NextDouble() - 0.5) * 40_000;
            var foot = GreatCircle.Destination(start, bearing, along);
            var place = GreatCircle.Destination(foot, GreatCircle.InitialBearingDegrees(foot, end) + 90, off);
            Assert.That(GreatCircle.CrossTrackMetres(start, end, place), Is.EqualTo(off).Within(0.2), $"seed {Seed}, case {i}");
            Assert.That(GreatCircle.AlongTrackMetres(start, end, place), Is.EqualTo(along).Within(1), $"seed {Seed}, case {i}");
        }
    }

    [TestCase(100_000, 70, 0.0005)]
    [TestCase(20_000, 80, 0.0002)]
    public void The_flat_distance_keeps_its_stated_error(double metresMax, double latitudeMax, double error)
    {
        var random = new Random(Seed);
        var worst = 0.0;
        for (var i = 0; i < 100_000; i++)
        {
            var from = RandomPlace(random, latitudeMax - 1);
            var to = GreatCircle.Destination(from, random.NextDouble() * 360, metresMax * (0.01 + (0.99 * random.NextDouble())));
            var metres = GreatCircle.DistanceMetres(from, to);
            worst = Math.Max(worst, (Math.Abs(FlatDistance.Metres(from, to) - metres) - 0.02) / metres);
        }

        TestContext.Out.WriteLine($"worst relative error {worst:P4}");
        Assert.That(worst, Is.LessThan(error), $"seed {Seed}");
    }

    [Test]
    public void The_cosine_by_polynomial_is_right_to_ten_decimals()
    {
        for (var degrees = -90; degrees <= 90; degrees++)
        {
            Assert.That(FlatDistance.CosineOfLatitude(degrees * 1e7), Is.EqualTo(Math.Cos(degrees * Math.PI / 180)).Within(1e-10));
        }
    }

    private static Position RandomPlace(Random random, double latitudeMax) => Position.FromDegrees(
        ((random.NextDouble() * 2) - 1) * latitudeMax, (random.NextDouble() * 360) - 180);
}
