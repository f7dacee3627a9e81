using MaritimeWatch.Geodesy;
using MaritimeWatch.Reference.Lanes;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Reference.Lanes.Sailings;

namespace MaritimeWatch.Tests.Reference.Lanes;

internal sealed class LaneLearningTests
{
    private const int Mile = 18_520;

    [Test]
    public void Voyages_of_many_ships_make_one_lane_down_their_middle()
    {
        var lane = LaneLearning.Learn(Many(40, middle: 1)).All.Single();
        var worst = lane.Stations.Skip(5).SkipLast(5)
            .Max(station => Math.Abs(Miles(Off(station.Place)) - (Math.Sin(PartOf(station.Place) * Math.PI) * 1)));
        Assert.Multiple(() =>
        {
            Assert.That(lane.Id, Is.EqualTo("lane:SEGOT-NLRTM:all:1"));
            Assert.That(lane.Voyages, Is.EqualTo(40));
            Assert.That(lane.Vessels, Is.EqualTo(40));
            Assert.That(worst, Is.LessThan(0.2), "miles from the true middle");
            Assert.That(lane.LengthDecimetres / (double)Mile, Is.EqualTo(130.6).Within(1.5));
            Assert.That(lane.Stations[lane.Stations.Count / 2].Voyages, Is.EqualTo(40));
        });
    }

    [Test]
    public void Its_quantiles_hold_voyages_that_it_was_not_made_of()
    {
        var lane = LaneLearning.Learn(Many(60, seed: 2)).All.Single();
        var others = Many(300, seed: 3);
        var (half, most) = (0, 0);
        foreach (var voyage in others)
        {
            var place = lane.PlaceOf(voyage.Points[voyage.Points.Count / 2].Where);
            var station = lane.Stations[lane.StationBefore(place.AlongDecimetres)];
            half += place.Off <= station.Off50 ? 1 : 0;
            most += place.Off <= lane.Off999(place.AlongDecimetres) ? 1 : 0;
        }

        Assert.That(half, Is.InRange(110, 190));
        Assert.That(most, Is.EqualTo(300));
        Assert.That(lane.Off999(lane.LengthDecimetres / 2), Is.LessThan(2 * Mile), "and it is no wider than need be");
    }

    [Test]
    public void Fewer_voyages_make_a_wider_lane()
    {
        var few = LaneLearning.Learn(Many(4, seed: 4)).All.Single();
        var many = LaneLearning.Learn(Many(80, seed: 4)).All.Single();
        Assert.That(few.Off999(few.LengthDecimetres / 2), Is.GreaterThan(2 * many.Off999(many.LengthDecimetres / 2)));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void One_voyage_or_two_make_no_lane(int count)
    {
        var atlas = LaneLearning.Learn(Many(count));
        Assert.That(atlas.All, Is.Empty);
        Assert.That(atlas.OriginOf("SEGOT", "cargo").Outside, Is.EqualTo(count));
    }

    [Test]
    public void Traffic_that_splits_makes_two_lanes_and_a_voyage_between_them_none()
    {
        List<SailedVoyage> voyages = [.. Many(30, seed: 5), .. Many(12, seed: 6, middle: 8, first: 100), Voyage(200, part => 20 * Math.Sin(part * Math.PI))];
        var atlas = LaneLearning.Learn(voyages);
        Assert.Multiple(() =>
        {
            Assert.That(atlas.All.Select(lane => (lane.Id, lane.Voyages)), Is.EqualTo(new[] { ("lane:SEGOT-NLRTM:all:1", 30), ("lane:SEGOT-NLRTM:all:2", 12) }));
            Assert.That(atlas.OriginOf("SEGOT", "cargo"), Is.EqualTo(new LaneOrigin("SEGOT", "cargo", 43, 1)));
            Assert.That(atlas.OriginOf("SEGOT", "cargo").ChancePermille, Is.EqualTo(2 * 1000 / 44));
        });
    }

    [Test]
    public void A_type_with_voyages_enough_has_lanes_of_its_own_and_a_thin_one_takes_those_of_all()
    {
        List<SailedVoyage> voyages = [.. Many(20, seed: 7), .. Enumerable.Range(100, 10).Select(n => Voyage(n, _ => 1, type: "tanker")), Voyage(300, type: "fishing")];
        var atlas = LaneLearning.Learn(voyages);
        Assert.Multiple(() =>
        {
            Assert.That(atlas.From("SEGOT", "tanker").ToArray().Select(lane => lane.Id), Is.EqualTo(new[] { "lane:SEGOT-NLRTM:tanker:1" }));
            Assert.That(atlas.From("SEGOT", "fishing").ToArray().Select(lane => lane.Id), Is.EqualTo(new[] { "lane:SEGOT-NLRTM:all:1" }));
            Assert.That(atlas.To("NLRTM", "cargo").ToArray().Single().Voyages, Is.EqualTo(20));
            Assert.That(atlas.Between("SEGOT", "NLRTM", "tanker").Single().Voyages, Is.EqualTo(10));
            Assert.That(atlas.From("GBDVR", "cargo").IsEmpty);
        });
    }

    [Test]
    public void A_lane_keeps_its_number_when_another_overtakes_it_and_old_voyages_fade()
    {
        var first = LaneLearning.Learn([.. Many(12, seed: 8), .. Many(5, seed: 9, middle: 8, first: 50)]);
        var second = LaneLearning.Learn([.. Many(12, seed: 8), .. Many(40, seed: 9, middle: 8, first: 50)], first);
        var late = Many(30, seed: 10, middle: 8, first: 4 * 700);
        var third = LaneLearning.Learn([.. Many(12, seed: 8), .. late], second);
        var shuffled = LaneLearning.Learn(late.AsEnumerable().Reverse(), third);
        Assert.Multiple(() =>
        {
            Assert.That(second.Find("lane:SEGOT-NLRTM:all:2")!.Voyages, Is.EqualTo(40));
            Assert.That(third.All.Select(lane => lane.Id), Is.EqualTo(new[] { "lane:SEGOT-NLRTM:all:2" }), "after six half-lives a lane is gone");
            Assert.That(LaneFile.Write(shuffled).ToArray(), Is.EqualTo(LaneFile.Write(LaneLearning.Learn(late, third)).ToArray()), "in any order");
        });
    }

    [Test]
    public void The_time_left_is_known_and_better_where_the_speed_is()
    {
        var lane = LaneLearning.Learn(Many(60, seed: 11)).All.Single();
        var half = lane.LengthDecimetres / 2;
        var truth = lane.LengthDecimetres / 2 / (double)Mile / 13 * 3600;
        Assert.Multiple(() =>
        {
            Assert.That(lane.RemainingSeconds(half, 500, 130), Is.EqualTo(truth).Within(600));
            Assert.That(lane.RemainingSeconds(half, 500), Is.EqualTo(lane.LengthDecimetres / 2 / (double)Mile / 15 * 3600).Within(900));
            Assert.That(
                lane.RemainingSeconds(half, 900, 130) - lane.RemainingSeconds(half, 100, 130),
                Is.LessThan((lane.RemainingSeconds(half, 900)!.Value - lane.RemainingSeconds(half, 100)!.Value) / 2));
            Assert.That(lane.RemainingSeconds(lane.LengthDecimetres, 500), Is.LessThan(60));
            Assert.That(lane.PaceLastsPermille, Is.GreaterThan(900));
            Assert.That(lane.Duration, Is.Ordered);
        });
    }

    [Test]
    public void Stops_are_remembered_where_they_were_made()
    {
        List<SailedVoyage> voyages = [.. Many(10), Voyage(50, stopAtPart: 0.5, stopHours: 2), Voyage(51, stopAtPart: 0.5, stopHours: 3)];
        var lane = LaneLearning.Learn(voyages).All.Single();
        Assert.That(lane.VoyagesWithStops, Is.EqualTo(2));
        Assert.That(lane.Stops.Single().Voyages, Is.EqualTo(2));
        Assert.That(Miles(VoyageWay.Decimetres(lane.Stops[0].Where, Position.FromDegrees(57.02, 7))), Is.LessThan(3));
    }

    [Test]
    public void A_lane_over_the_antimeridian_is_a_lane_like_others()
    {
        var (from, to) = (Position.FromDegrees(-10, 178), Position.FromDegrees(-12, -178.5));
        var lane = LaneLearning.Learn(Enumerable.Range(0, 12).Select(n => Voyage(n, _ => (n - 6) * 0.1, from: from, to: to))).All.Single();
        var middle = lane.PlaceOf(Position.FromDegrees(-11.15, 179.999));
        var beyond = lane.PlaceOf(Position.FromDegrees(-11.15, -179.999));
        Assert.Multiple(() =>
        {
            Assert.That(lane.LengthDecimetres / (double)Mile, Is.EqualTo(GreatCircle.DistanceMetres(from, to) / 1852).Within(2));
            Assert.That(beyond.AlongDecimetres - middle.AlongDecimetres, Is.InRange(0, Mile));
            Assert.That(middle.Off, Is.LessThan(2 * Mile));
            Assert.That(LaneFile.Read(LaneFile.Write(new LaneAtlas([lane], [], 1))).All.Single().PlaceOf(Position.FromDegrees(-11.15, -179.999)), Is.EqualTo(beyond));
        });
    }

    [Test]
    public void Ways_with_holes_count_where_they_were_heard()
    {
        var holed = Enumerable.Range(0, 10).Select(n => Voyage(n)).Select(voyage => voyage with
        {
            Points = [.. voyage.Points.Where(point => PartOf(point.Where) is < 0.4 or > 0.6)],
        }).ToList();
        var lane = LaneLearning.Learn([.. holed, Voyage(30)]).All.Single();
        Assert.That(lane.Off999((int)(lane.LengthDecimetres * 0.2)), Is.GreaterThan(0));
        Assert.That(lane.Off999((int)(lane.LengthDecimetres * 0.5)), Is.EqualTo(-1), "one voyage there makes no quantile");
    }

    private static double PartOf(Position at) =>
        GreatCircle.DistanceMetres(West, at) / GreatCircle.DistanceMetres(West, East);

    // To starboard of the great circle.
    private static int Off(Position at)
    {
        var distance = GreatCircle.DistanceMetres(West, at);
        var turn = (GreatCircle.InitialBearingDegrees(West, at) - GreatCircle.InitialBearingDegrees(West, East)) * Math.PI / 180;
        return (int)(distance * Math.Sin(turn) * 10);
    }

    private static double Miles(int decimetres) => decimetres / (double)Mile;
}
