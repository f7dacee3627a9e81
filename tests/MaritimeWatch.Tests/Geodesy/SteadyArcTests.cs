using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Geodesy;

/// <summary>Great circles without the machine's sines, beside those with.</summary>
[TestFixture]
internal sealed class SteadyArcTests
{
    [Test]
    public void Distances_are_those_of_the_great_circle()
    {
        const int Seed = 7;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var i = 0; i < 5000; i++)
        {
            var from = new Position(random.Next(-900_000_000, 900_000_001), random.Next(-1_800_000_000, 1_800_000_001));
            var to = i % 3 == 0
                ? GreatCircle.Destination(from, random.Next(360), random.Next(1, 150_000))
                : new Position(random.Next(-900_000_000, 900_000_001), random.Next(-1_800_000_000, 1_800_000_001));
            var right = GreatCircle.DistanceMetres(from, to);
            Assert.That(SteadyArc.Decimetres(from, to) / 10.0, Is.EqualTo(right).Within(Math.Max(100, right * 0.0006)), $"{from} {to}");
        }
    }

    [TestCase(0.0, 179.9, 0.0, -179.9, 22_239)]
    [TestCase(89.9, 0.0, 89.9, 180.0, 22_239)]
    [TestCase(0.0, 0.0, 0.0, 180.0, 20_015_115)]
    [TestCase(90.0, 0.0, -90.0, 0.0, 20_015_115)]
    public void Poles_and_the_antimeridian_are_places_like_any_other(double a, double b, double c, double d, double metres) =>
        Assert.That(SteadyArc.Decimetres(Position.FromDegrees(a, b), Position.FromDegrees(c, d)) / 10.0, Is.EqualTo(metres).Within(120));

    [TestCase(0, 100)]
    [TestCase(900, 0)]
    [TestCase(1800, -100)]
    [TestCase(2700, 0)]
    [TestCase(600, 50)]
    public void A_course_leads_towards_a_place_or_away(int course, int hundredths) =>
        Assert.That(SteadyArc.Towards(Position.FromDegrees(10, 20), course, Position.FromDegrees(12, 20)), Is.EqualTo(hundredths).Within(1));

    [Test]
    public void The_way_over_the_antimeridian_is_towards() =>
        Assert.That(SteadyArc.Towards(Position.FromDegrees(0, 179), 900, Position.FromDegrees(0, -179)), Is.EqualTo(100));
}
