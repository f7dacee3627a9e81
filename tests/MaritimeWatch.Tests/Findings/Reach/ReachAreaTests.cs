using MaritimeWatch.Findings;
using MaritimeWatch.Findings.Reach;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Findings.Reach;

internal sealed class ReachAreaTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [Test]
    public void On_open_water_it_is_a_disc()
    {
        var area = ReachArea.Find(Sea, 100_000, EmptyReferenceView.Instance);
        Assert.That(area.Ring(), Has.Length.EqualTo(ReachArea.Bearings + 1));
        foreach (var place in area.Ring())
        {
            Assert.That(GreatCircle.DistanceMetres(Sea, place), Is.InRange(93_000, 100_500));
        }
    }

    [Test]
    public void A_wall_of_land_stops_it_and_a_ship_goes_round_its_end()
    {
        // Land from 10 to 15 kilometres north, from 60 kilometres west to 60 east.
        var wall = new Walls(place => North(place) is > 10_000 and < 15_000 && Math.Abs(East(place)) < 60_000);
        var near = ReachArea.Find(Sea, 40_000, wall);
        var far = ReachArea.Find(Sea, 200_000, wall);
        var behind = GreatCircle.Destination(Sea, 0, 30_000);
        Assert.Multiple(() =>
        {
            Assert.That(near.Holds(behind), Is.False, "forty kilometres do not lead round sixty");
            Assert.That(near.Holds(GreatCircle.Destination(Sea, 180, 30_000)), Is.True);
            Assert.That(far.Holds(behind), Is.True, "two hundred do");
        });
    }

    [Test]
    public void Its_outline_holds_all_the_water_that_it_found_and_is_never_farther_than_the_way_made()
    {
        var random = new Random(4711);
        for (var i = 0; i < 20; i++)
        {
            var (row, column) = (random.Next(-30_000, 30_000), random.Next(-30_000, 30_000));
            var land = new Walls(place => Math.Abs(North(place) - row) < 12_000 && Math.Abs(East(place) - column) < 12_000);
            var metres = random.Next(5_000, 120_000);
            var area = ReachArea.Find(Sea, metres, land);
            Assert.That(area.Ring().All(place => GreatCircle.DistanceMetres(Sea, place) <= metres * 1.01), $"seed 4711, {i}");
            Assert.That(area.Water.Where(w => FlatDistance.Metres(Sea, w) <= metres).All(area.Holds), $"seed 4711, {i}");
        }
    }

    [Test]
    public void More_time_never_makes_it_smaller()
    {
        var land = new Walls(place => North(place) is > 8_000 and < 20_000 && East(place) > -20_000);
        var last = 0;
        foreach (var hours in new[] { 1, 2, 3, 5, 8, 13 })
        {
            var farthest = ReachArea.Find(Sea, ReachArea.Metres(120, hours * 3_600_000L), land).FarthestMetres;
            Assert.That(farthest, Is.GreaterThan(last));
            last = farthest;
        }
    }

    [Test]
    public void A_week_of_silence_is_bounded() =>
        Assert.That(ReachArea.Metres(300, 7L * 24 * 3_600_000), Is.EqualTo(ReachArea.RadiusMetresMax));

    private static double North(Position place) => (place.LatitudeE7 - Sea.LatitudeE7) * FlatDistance.MetresPerUnit;

    private static double East(Position place) =>
        (place.LongitudeE7 - Sea.LongitudeE7) * FlatDistance.MetresPerUnit * FlatDistance.CosineOfLatitude(place.LatitudeE7);

    private sealed class Walls(Func<Position, bool> isLand) : IReferenceView
    {
        public IReadOnlyDictionary<string, int> Versions => EmptyReferenceView.Instance.Versions;

        public int ZoneCount => 0;

        public Zone ZoneAt(int index) => throw new ArgumentOutOfRangeException(nameof(index));

        public int ZonesAt(Position position, Span<int> target) => 0;

        public double MetresToZone(int index, Position position) => 50_000;

        public int NearestAnchorage(Position position, double withinMetres, out double metres)
        {
            metres = 0;
            return -1;
        }

        public AnchoragePoint AnchorageAt(int index) => throw new ArgumentOutOfRangeException(nameof(index));

        public double? KilometresOffshore(Position position) => isLand(position) ? 0 : 10;

        public bool IsLand(Position position) => isLand(position);
    }
}
