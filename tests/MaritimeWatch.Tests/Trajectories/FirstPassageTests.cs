using MaritimeWatch.Terms;
using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Trajectories;

/// <summary>When a ship comes within a radius of a place, by forecasts made by hand.</summary>
[TestFixture]
public sealed class FirstPassageTests
{
    private static readonly Position Now = Position.FromDegrees(50, -5);

    [Test]
    public void A_ship_that_goes_straight_there_comes_by_distance_over_speed()
    {
        // 12 knots north, the edge of the circle 18 NM ahead: 90 minutes. One standard deviation is a fortieth of its way.
        var passage = FirstPassage.Of(Going(_ => 0, 12, 0.05), North(20), 2);
        Assert.Multiple(() =>
        {
            Assert.That(passage.MinutesBy(0.5), Is.EqualTo(90).Within(1));
            Assert.That(passage.MinutesBy(0.1), Is.EqualTo(90 - 3.3).Within(1), "10 % go 3.2 % faster, and the interval is widened");
            Assert.That(passage.MinutesBy(0.9), Is.EqualTo(90 + 3.6).Within(1));
            Assert.That(passage.IsThere, Is.False);
            Assert.That(passage.ChanceBy, Has.Count.EqualTo(18));
            Assert.That(passage.ChanceBy[8], Is.InRange(0.4, 0.53), "who is beside the middle has a little farther to the edge");
            Assert.That(passage.ChanceBy.Zip(passage.ChanceBy.Skip(1)).Count(static pair => pair.First > pair.Second), Is.Zero);
            Assert.That(passage.Chance, Is.GreaterThan(0.99));
        });
    }

    [Test]
    public void A_ship_that_passes_by_keeps_the_chance_that_it_had()
    {
        // Through the circle at 60 minutes and out of it again: whoever was in it came.
        var forecast = Going(_ => 0, 12, 0.05);
        var passage = FirstPassage.Of(forecast, North(12), 1);
        Assert.Multiple(() =>
        {
            Assert.That(passage.ChanceBy[5], Is.GreaterThan(0.98));
            Assert.That(passage.Chance, Is.GreaterThanOrEqualTo(passage.ChanceBy[5]));
            Assert.That(forecast.DensityAt(North(12), TimeSpan.FromHours(3)), Is.LessThan(1e-9), "at three hours nothing of it is there");
        });
    }

    [Test]
    public void A_place_that_is_passed_at_a_distance_is_come_to_by_those_that_stray_so_far()
    {
        var place = new OffsetNm(5, 12).From(Now);
        var (sure, unsure) = (FirstPassage.Of(Going(_ => 0, 12, 0.1), place, 1), FirstPassage.Of(Going(_ => 0, 12, 0.5), place, 1));
        Assert.Multiple(() =>
        {
            Assert.That(sure.Chance, Is.Zero);
            Assert.That(sure.MinutesBy(0.5), Is.Null, "nobody comes, so nobody says when");
            Assert.That(unsure.Chance, Is.InRange(0.03, 0.3));
        });
    }

    [Test]
    public void A_ship_that_is_there_has_come()
    {
        var passage = FirstPassage.Of(Going(_ => 0, 12, 0.2), North(1.99), 2);
        Assert.That(passage.IsThere);
        Assert.That(passage.ChanceBy, Has.All.EqualTo(1));
        Assert.That(passage.MinutesBy(0.9), Is.Zero);
    }

    [Test]
    public void A_ship_that_turns_comes_by_its_way_and_not_by_the_great_circle()
    {
        // An hour north, then east: 12 NM and 10 more to the edge are 110 minutes; straight across it were 15.6 NM.
        var passage = FirstPassage.Of(Going(step => step <= 6 ? 0 : 90, 12, 0.02), new OffsetNm(11, 12).From(Now), 1);
        Assert.That(passage.MinutesBy(0.5), Is.EqualTo(110).Within(1));
    }

    [Test]
    public void A_ship_farther_off_than_three_hours_is_carried_on_straight()
    {
        var passage = FirstPassage.Of(Going(_ => 0, 12, 0.02), North(48), 0);
        var far = FirstPassage.Of(Going(_ => 0, 12, 0.02), North(48), 1);
        Assert.Multiple(() =>
        {
            Assert.That(far.MinutesBy(0.5), Is.EqualTo(235).Within(2));
            Assert.That(far.Chance, Is.Zero);
            Assert.That(passage.MinutesBy(0.5), Is.Null, "nobody hits a point");
            Assert.That(FirstPassage.Of(Going(_ => 0, 12, 0.02), North(80), 1).MinutesBy(0.5), Is.Null, "more than six hours");
        });
    }

    [Test]
    public void Of_two_ways_the_chance_is_that_of_the_one_that_leads_there()
    {
        var passage = FirstPassage.Of(Forecast([0.3f, 0.7f], [(_ => 0), (_ => 180)], 12, 0.05, RegionMasses.AtTheirWord), North(20), 2);
        Assert.Multiple(() =>
        {
            Assert.That(passage.Chance, Is.EqualTo(0.3).Within(0.01));
            Assert.That(passage.MinutesBy(0.5), Is.EqualTo(90).Within(1), "if it comes");
        });
    }

    [Test]
    public void Masses_that_say_that_spreads_are_too_small_widen_them()
    {
        // A region of 99 % that held 90: twice the squared radius, and the spread is the root of 2.
        var wide = new RegionMasses([.. Enumerable.Repeat(0.5, 18)], [.. Enumerable.Repeat(0.99, 18)]);
        var (own, held) = (Width(RegionMasses.AtTheirWord), Width(wide));
        Assert.That(held / own, Is.EqualTo(Math.Sqrt(2)).Within(0.1));

        static double Width(RegionMasses masses)
        {
            var passage = FirstPassage.Of(Forecast([1], [_ => 0], 12, 0.1, masses), North(30), 2);
            return (passage.MinutesBy(0.9) - passage.MinutesBy(0.1))!.Value;
        }
    }

    [TestCase(-1)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_radius_that_is_none_is_refused(double radius) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FirstPassage.Of(Going(_ => 0, 12, 0.2), North(20), radius));

    [Test]
    public void It_goes_on_across_the_antimeridian_and_says_the_same_again()
    {
        var east = Forecast([1], [_ => 90], 12, 0.1, RegionMasses.AtTheirWord, Position.FromDegrees(10, 179.9));
        var (one, other) = (Of(), Of());
        Assert.That(one.MinutesBy(0.5), Is.EqualTo(100 * Math.Cos(10 * Math.PI / 180) - 5).Within(2));
        Assert.That(other.ChanceBy, Is.EqualTo(one.ChanceBy));

        FirstPassage Of() => FirstPassage.Of(east, Position.FromDegrees(10, -179.7667), 1);
    }

    private static Position North(double miles) => new OffsetNm(0, miles).From(Now);

    private static MotionForecast Going(Func<int, double> course, double knots, double sigmaPerStep) =>
        Forecast([1], [course], knots, sigmaPerStep, RegionMasses.AtTheirWord);

    private static MotionForecast Forecast(
        float[] weights, Func<int, double>[] courses, double knots, double sigmaPerStep, RegionMasses masses, Position? now = null)
    {
        var (mean, spread) = (new List<float>(), new List<float>());
        foreach (var course in courses)
        {
            var (east, north) = (0.0, 0.0);
            for (var step = 1; step <= MotionSteps.Count; step++)
            {
                var (sine, cosine) = Math.SinCos(course(step) * Math.PI / 180);
                (east, north) = (east + (knots * sine / 6), north + (knots * cosine / 6));
                mean.AddRange([(float)east, (float)north]);
                var variance = (float)(sigmaPerStep * sigmaPerStep * step * step);
                spread.AddRange([variance, variance, 0]);
            }
        }

        TrackPoint[] origins = [new(Ways.Start, now ?? Now, null, null)];
        return new MotionForecasts(origins, weights.Length, masses, [.. mean.Take(36)], weights, [.. mean], [.. spread])[0];
    }
}
