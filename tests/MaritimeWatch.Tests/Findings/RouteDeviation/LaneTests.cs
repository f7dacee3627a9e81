using MaritimeWatch.Findings.RouteDeviation;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.RouteDeviation;

internal sealed class LaneTests
{
    private static readonly RouteDeviationThresholds Thresholds = new();
    private static readonly Position Origin = Position.FromDegrees(57, 5);

    [Test]
    public void The_distance_off_a_way_is_that_of_the_sphere([Range(1, 3)] int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var from = Position.FromDegrees((random.NextDouble() * 130) - 65, (random.NextDouble() * 360) - 180);
            var to = GreatCircle.Destination(from, random.Next(360), 18_000);
            var on = GreatCircle.Destination(from, GreatCircle.InitialBearingDegrees(from, to), 2_000 + random.Next(14_000));
            var place = GreatCircle.Destination(on, random.Next(360), random.Next(30_000));
            var along = GreatCircle.AlongTrackMetres(from, to, place);
            var expected = along < 0 ? GreatCircle.DistanceMetres(from, place)
                : along > 18_000 ? GreatCircle.DistanceMetres(to, place)
                : Math.Abs(GreatCircle.CrossTrackMetres(from, to, place));
            Assert.That(Way.DecimetresOff([from, to], place) / 10.0, Is.EqualTo(expected).Within((expected * 0.015) + 60));
        }
    }

    [Test]
    public void A_way_of_one_place_is_that_place() =>
        Assert.That(Way.DecimetresOff([Origin], GreatCircle.Destination(Origin, 90, 1000)), Is.EqualTo(10_000).Within(10));

    [Test]
    public void A_hole_is_as_wide_as_an_eighth_of_its_length_and_shields_nobody_else()
    {
        var mile = 1852.0;
        Position[] way = [Origin, GreatCircle.Destination(Origin, 90, 24 * mile), GreatCircle.Destination(Origin, 90, 26 * mile)];
        var beside = GreatCircle.Destination(GreatCircle.Destination(Origin, 90, 12 * mile), 0, 5 * mile);
        Assert.Multiple(() =>
        {
            Assert.That(Way.DecimetresOff(way, beside) / 18_520.0, Is.EqualTo(2).Within(0.05));
            Assert.That(Way.DecimetresOff(way, beside, withHoles: false) / 18_520.0, Is.EqualTo(13).Within(0.1));
            Assert.That(Way.WidestHoleDecimetres(way) / 18_520.0, Is.EqualTo(3).Within(0.01));
        });
    }

    [TestCase(24, 30, true)]
    [TestCase(24, 20, false)]
    [TestCase(45, 90, false)]
    public void A_way_of_holes_is_nothing_to_learn_from(int holeMiles, int heardMiles, bool expected) =>
        Assert.That(
            Way.IsKnown([Origin, .. Enumerable.Range(0, (heardMiles / 2) + 1).Select(i => GreatCircle.Destination(Origin, 90, (holeMiles + (2 * i)) * 1852.0))]),
            Is.EqualTo(expected));

    [Test]
    public void A_long_voyage_is_thinned_and_stays_bounded()
    {
        var voyage = New();
        for (var mile = 0; mile < 3000; mile++)
        {
            voyage.Sail(GreatCircle.Destination(Origin, 200, mile * 1852.0), Start + Minutes(mile * 4));
        }

        Assert.Multiple(() =>
        {
            Assert.That(voyage.Places, Has.Count.InRange(100, VoyageInProgress.PlacesMax));
            Assert.That(voyage.Places[0], Is.EqualTo(Origin));
            Assert.That(Way.IsKnown(voyage.Places));
            Assert.That(voyage.End().Places[^1], Is.EqualTo(GreatCircle.Destination(Origin, 200, 2999 * 1852.0)));
        });
    }

    [Test]
    public void The_lane_is_as_wide_as_its_voyages_stray_and_no_narrower_than_a_mile_and_a_half()
    {
        Assert.Multiple(() =>
        {
            Assert.That(LaneOf(0, 0.2, 0.4)!.HalfWidthDecimetres, Is.EqualTo(27_780));
            Assert.That(LaneOf(0, 1, 3)!.HalfWidthDecimetres / 18_520.0, Is.EqualTo(2).Within(0.11), "one mile to the one side, two to the other");
            Assert.That(LaneOf(0, 1), Is.Null);
        });
    }

    [Test]
    public void A_voyage_that_strayed_does_not_widen_the_lane()
    {
        var lane = LaneOf(0, 0.2, 0.4, 12)!;
        Assert.Multiple(() =>
        {
            Assert.That(lane.HalfWidthDecimetres, Is.EqualTo(27_780));
            Assert.That(lane.VoyagesKept, Is.EqualTo(3));
            Assert.That(lane.Strayed, Has.Count.EqualTo(4));
        });
    }

    [Test]
    public void Voyages_that_agree_in_nothing_make_a_lane_that_nobody_can_leave() =>
        Assert.That(Thresholds.LimitDecimetres(LaneOf(0, 20, -25)!.HalfWidthDecimetres) / 18_520, Is.GreaterThan(40));

    [Test]
    public void A_vessel_remembers_eight_voyages_of_six_pairs()
    {
        var routes = new VesselRoutes();
        var grown = 0;
        for (var pair = 0; pair < 9; pair++)
        {
            for (var voyage = 0; voyage < 11; voyage++)
            {
                grown += routes.Add(new Harbour("SEGOT", "Gothenburg"), new Harbour($"NO{pair:D3}", "x"), Straight(0, Start + (pair * 100) + voyage)).Grown;
            }
        }

        Assert.Multiple(() =>
        {
            Assert.That(routes.Pairs, Has.Count.EqualTo(6));
            Assert.That(routes.Pairs[0].To.Id, Is.EqualTo("NO003"));
            Assert.That(routes.Pairs.Select(p => p.Voyages.Count), Is.All.EqualTo(8));
            Assert.That(grown, Is.EqualTo(routes.PlaceCount));
        });
    }

    [TestCase("SEGOT", true)]
    [TestCase("NOLAR > SE GOT", true)]
    [TestCase("Gothenburg.", true)]
    [TestCase("SEGOT>NOLAR", false)]
    [TestCase("GOT", false)]
    [TestCase(null, false)]
    public void A_destination_names_a_port_by_its_code_or_name(string? text, bool expected) =>
        Assert.That(DestinationText.Names(text, new Harbour("SEGOT", "Gothenburg")), Is.EqualTo(expected));

    private static VoyageInProgress New() => new()
    {
        From = new Harbour("SEGOT", "Gothenburg"), Hull = 1, LastPlace = Origin, LastAtMs = Start,
    };

    private static Lane? LaneOf(params double[] milesOff)
    {
        var pair = new RoutePair(new Harbour("SEGOT", "Gothenburg"), new Harbour("NOLAR", "Larvik"));
        Array.ForEach(milesOff, off => pair.Add(Straight(off, Start)));
        return pair.LaneOf(Thresholds);
    }

    // Sixty miles east, so far to the side in the middle half.
    private static Voyage Straight(double milesOff, long endAtMs) => new(endAtMs, true,
        [.. Enumerable.Range(0, 31).Select(i => GreatCircle.Destination(
            GreatCircle.Destination(Origin, 90, i * 2 * 1852.0), 0, i is > 7 and < 23 ? milesOff * 1852 : 0))]);
}
