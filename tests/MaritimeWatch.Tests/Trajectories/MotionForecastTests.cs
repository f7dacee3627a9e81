using MaritimeWatch.Trajectories;

namespace MaritimeWatch.Tests.Trajectories;

/// <summary>Forecasts between the steps, and the score of a way.</summary>
[TestFixture]
public sealed class MotionForecastTests
{
    [Test]
    public void Between_the_steps_means_and_covariances_lie_on_a_straight_line()
    {
        var forecast = Straight();
        var (at20, at30, at24) = (One(20), One(30), One(24));
        Assert.Multiple(() =>
        {
            Assert.That(at20.Mean.NorthNm, Is.EqualTo(4).Within(1e-3));
            Assert.That(at24.Mean.NorthNm, Is.EqualTo(4.8).Within(1e-3));
            Assert.That(at24.EastEast, Is.EqualTo((at20.EastEast * 0.6) + (at30.EastEast * 0.4)).Within(1e-9));
            Assert.That(One(5).Mean.NorthNm, Is.EqualTo(1).Within(1e-3));
            Assert.That(One(5).EastEast, Is.EqualTo(One(10).EastEast / 2).Within(1e-9), "before the first step it grows from nothing");
            Assert.That(forecast.OffsetAt(TimeSpan.FromMinutes(175)).NorthNm, Is.EqualTo(35).Within(1e-2));
            Assert.That(forecast.OffsetAt(TimeSpan.FromHours(3)).NorthNm, Is.EqualTo(36).Within(1e-2));
        });

        Way One(double minutes) => forecast.MixtureAt(TimeSpan.FromMinutes(minutes)).Ways[0];
    }

    [TestCase(0)]
    [TestCase(-10)]
    [TestCase(180.1)]
    public void A_horizon_beyond_three_hours_or_not_ahead_is_refused(double minutes) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Straight().RegionAt(TimeSpan.FromMinutes(minutes)));

    [Test]
    public void The_density_at_the_middle_of_one_way_is_its_peak()
    {
        var (forecast, horizon) = (Straight(), TimeSpan.FromMinutes(60));
        Assert.That(forecast.DensityAt(forecast.PlaceAt(horizon), horizon), Is.EqualTo(1 / (2 * Math.PI * 1.2 * 1.2)).Within(1e-4));
    }

    [Test]
    public void A_ship_that_goes_straight_on_has_a_low_score_and_one_that_turns_away_a_high_one()
    {
        var score = new WayScore(new StraightMotion());
        var straight = Ways.Straight(50, -5, 12, 45, 24);
        var turned = straight.ToArray();
        for (var at = 15; at < turned.Length; at++)
        {
            turned[at] = turned[at] with { Place = turned[14].Place };
        }

        var (usual, odd) = (score.Moments(straight), score.Moments(turned));
        Assert.Multiple(() =>
        {
            Assert.That(usual, Has.Count.EqualTo(24), "every ten minutes");
            Assert.That(usual.Take(4).Select(moment => moment.Score), Has.All.Zero, "too little is known in the first half hour");
            Assert.That(usual.Max(moment => moment.Score), Is.LessThan(0.1));
            Assert.That(usual.Max(moment => moment.OffNm), Is.LessThan(0.05));
            Assert.That(odd.First(moment => moment.Score > 2).AtMs, Is.EqualTo(turned[15].AtMs), "at once");

            // At report 14, the last of the way, 6 NM more were to come in half an hour.
            Assert.That(odd.Single(moment => moment.Index == 17).OffNm, Is.EqualTo(6).Within(0.05));
        });
    }

    [TestCase(11)]
    [TestCase(8)]
    public void The_score_is_the_mean_surprise_of_the_last_nine_moments(int reports)
    {
        // 1.2 NM off at the last report: 1.44 / (2 * 0.2^2) after ten minutes, 1.44 / (2 * 0.6^2) after thirty.
        var track = Ways.Straight(50, -5, 12, 0, reports);
        track[^1] = track[^1] with { Place = new OffsetNm(1.2, 0).From(track[^1].Place) };
        Assert.That(new WayScore(new StraightMotion()).Moments(track)[^1].Score, Is.EqualTo((18 + 2) / 2.0 / 9).Within(0.02));
    }

    [Test]
    public void The_score_forgets_after_an_hour_and_a_half()
    {
        var track = Ways.Straight(50, -5, 12, 0, 30);
        track[10] = track[10] with { Place = new OffsetNm(1.2, 0).From(track[10].Place) };
        var scores = new WayScore(new StraightMotion()).Moments(track).Select(moment => moment.Score).ToList();
        Assert.That(scores.Skip(10).Take(9), Has.All.GreaterThan(1));

        // This model takes the speed of 30 minutes, so the odd report bends its forecasts up to report 13, and those up to 16.
        Assert.That(scores[24], Is.GreaterThan(0.05));
        Assert.That(scores.Skip(25), Has.All.LessThan(0.001));
    }

    [Test]
    public void A_hole_longer_than_an_hour_starts_anew_and_a_minute_more_or_less_changes_nothing()
    {
        var track = Ways.Straight(50, -5, 12, 45, 40);
        TrackPoint[] holed = [.. track[..10], .. track[20..]];
        var shaken = track.Select((point, at) => point with { AtMs = point.AtMs + (at % 3 * 20_000) }).ToArray();
        var score = new WayScore(new StraightMotion());
        var anew = score.Moments(holed);
        Assert.Multiple(() =>
        {
            Assert.That(
                anew.Where(moment => moment.OffNm is not null).Select(moment => moment.Index),
                Is.EqualTo(Enumerable.Range(6, 4).Concat(Enumerable.Range(13, 17))));
            Assert.That(anew[10].Score, Is.Zero);
            Assert.That(score.Moments(shaken), Has.Count.EqualTo(40));
            Assert.That(score.Moments(Ways.Straight(50, -5, 12, 45, 340, everyMinutes: 1)), Has.Count.EqualTo(35), "one moment for each ten minutes");
            Assert.That(score.Moments(track.AsSpan(..1)).Single().Score, Is.Zero);
            Assert.That(score.Moments([]), Is.Empty);
        });
    }

    [Test]
    public void The_stated_rate_of_a_score_is_the_share_of_voyages_that_reach_it()
    {
        var settings = new WayScoreSettings([10, 30], 9, 99, [(8, 0.01), (5, 0.02), (3, 0.05)]);
        Assert.Multiple(() =>
        {
            Assert.That(settings.ShareReaching(9), Is.EqualTo(0.01), "above all that was seen: as one voyage more");
            Assert.That(settings.ShareReaching(5), Is.EqualTo(0.02));
            Assert.That(settings.ShareReaching(4), Is.EqualTo(0.02));
            Assert.That(settings.ShareReaching(2), Is.EqualTo(1));
            Assert.That(WayScoreSettings.Usual.ShareReaching(100), Is.EqualTo(1));
            Assert.Throws<ArgumentException>(() => _ = new WayScoreSettings([15], 9, 99, []));
            Assert.Throws<ArgumentException>(() => _ = new WayScoreSettings([10], 9, 99, [(3, 0.05), (8, 0.01)]));
        });
    }

    private static MotionForecast Straight()
    {
        var batch = new MotionBatch();
        batch.TryAdd(Ways.Straight(50, -5, 12, 0, 19), 18);
        return new StraightMotion().Forecast(batch)[0];
    }
}
