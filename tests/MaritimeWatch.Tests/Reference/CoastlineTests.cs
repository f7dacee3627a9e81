using System.Text;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Reference;

public sealed class CoastlineTests
{
    private static readonly Lazy<Coastline> Real = new(() => Coastline.FromTopoJson(
        File.ReadAllBytes(Path.Combine(TestContext.CurrentContext.TestDirectory, "reference", "land-10m.json"))));

    // Distances by a search through all vertices of the coast (a vertex is a little farther than the edge beside it).
    [TestCase("west of St Kilda", 57.5, -11.0, 146.27, 0.5)]
    [TestCase("off Göteborg", 57.63, 11.4, 19.73, 0.6)]
    [TestCase("mid North Sea", 56.0, 3.0, 281.97, 0.6)]
    [TestCase("Fiji, east of the antimeridian", -16.5, -179.6, 32.62, 0.6)]
    [TestCase("Fiji, west of it", -17.4, 179.9, 44.39, 0.6)]
    [TestCase("Norwegian Sea, capped", 67.17638, -0.24154, 370.4, 0.001)]
    [TestCase("Point Nemo, capped", -48.876, -123.393, 370.4, 0.001)]
    [TestCase("North Pole, capped", 90, 0, 370.4, 0.001)]
    [TestCase("Paris, on land", 48.85, 2.35, 0, 0.001)]
    [TestCase("Chukotka at the antimeridian, on land", 67.5, 180, 0, 0.001)]
    [TestCase("Chukotka east of it, on land", 67.5, -179.5, 0, 0.001)]
    [TestCase("South Pole, on land", -89.9, 50, 0, 0.001)]
    public void The_way_to_the_coast_is_as_on_the_chart(string name, double latitude, double longitude, double kilometres, double within) =>
        Assert.That(Real.Value.KilometresOffshore(Position.FromDegrees(latitude, longitude)), Is.EqualTo(kilometres).Within(within), name);

    [Test]
    public void The_distance_changes_no_faster_than_the_place()
    {
        const int Seed = 9;
        TestContext.Out.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        for (var i = 0; i < 1_500; i++)
        {
            var at = Position.FromDegrees((random.NextDouble() * 150) - 70, (random.NextDouble() * 360) - 180);
            var metres = random.NextDouble() * 5_000;
            var near = GreatCircle.Destination(at, random.NextDouble() * 360, metres);
            var difference = Math.Abs(Real.Value.KilometresToShore(at) - Real.Value.KilometresToShore(near));
            Assert.That(difference, Is.LessThan((metres / 1000 * 1.01) + 1.2), $"seed {Seed}: {at} and {near}");
        }
    }

    [TestCase("{}")]
    [TestCase("[]")]
    [TestCase("no")]
    [TestCase("""{"type":"Topology","transform":{"scale":[1,1],"translate":[0,0]},"arcs":[],"objects":{"land":{"type":"Polygon","arcs":[[7]]}}}""")]
    [TestCase("""{"type":"Topology","transform":{"scale":[1,1],"translate":[0,0]},"arcs":[],"objects":{"land":{"type":"Point"}}}""")]
    public void A_file_that_is_no_land_is_refused(string text) => Assert.That(
        () => Coastline.FromTopoJson(Encoding.UTF8.GetBytes(text)), Throws.InstanceOf<ReferenceException>());
}
