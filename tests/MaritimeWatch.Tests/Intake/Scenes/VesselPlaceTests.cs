using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Tests.Findings.DarkShip;

namespace MaritimeWatch.Tests.Intake.Scenes;

/// <summary>Where a vessel was between its reports, and how surely.</summary>
[TestFixture]
public sealed class VesselPlaceTests
{
    private const long Minute = 60_000;

    [Test]
    public void Between_two_reports_it_is_on_the_way()
    {
        var place = VesselPlace.At([Fix(0, 0), Fix(4, 1_200)], Minute)!.Value;
        Assert.Multiple(() =>
        {
            Assert.That(GreatCircle.DistanceMetres(place.Where, SceneWorld.Off(300, 0)), Is.LessThan(5));
            Assert.That(place.SigmaMetres, Is.LessThan(100));
            Assert.That((place.BeforeS, place.AfterS), Is.EqualTo(((int?)60, (int?)180)));
        });
    }

    [Test]
    public void After_its_last_report_it_goes_on_and_grows_less_sure()
    {
        var fixes = new[] { Fix(-5, -1_500), Fix(0, 0) };
        var (soon, late) = (VesselPlace.At(fixes, 5 * Minute)!.Value, VesselPlace.At(fixes, 180 * Minute)!.Value);
        Assert.Multiple(() =>
        {
            Assert.That(GreatCircle.DistanceMetres(soon.Where, SceneWorld.Off(1_500, 0)), Is.LessThan(30));
            Assert.That(soon.SigmaMetres, Is.LessThan(200));
            Assert.That(late.SigmaMetres, Is.GreaterThan(5_000));
            Assert.That(late.AfterS, Is.Null);
        });
    }

    [Test]
    public void Before_its_first_report_it_came_from_where_it_came() => Assert.That(
        GreatCircle.DistanceMetres(VesselPlace.At([Fix(5, 1_500), Fix(10, 3_000)], 0)!.Value.Where, SceneWorld.Off(0, 0)), Is.LessThan(30));

    [Test]
    public void A_vessel_that_lies_still_stays_there_with_points_half_an_hour_apart()
    {
        var place = VesselPlace.At([Fix(0, 0), Fix(30, 0)], 15 * Minute)!.Value;
        Assert.That(place.SigmaMetres, Is.LessThan(100));
    }

    [Test]
    public void A_vessel_that_was_last_heard_a_day_ago_may_be_anywhere() =>
        Assert.That(VesselPlace.At([Fix(-24 * 60, 0)], 0), Is.Null);

    private static TrackFix Fix(double minutes, double eastMetres) => new((long)(minutes * Minute), SceneWorld.Off(eastMetres, 0));
}
