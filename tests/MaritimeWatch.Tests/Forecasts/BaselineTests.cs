using MaritimeWatch.Forecasts;
using MaritimeWatch.Forecasts.Series;

namespace MaritimeWatch.Tests.Forecasts;

/// <summary>The definitions that a model is held against, worked out by hand.</summary>
internal sealed class BaselineTests
{
    private static readonly DateTimeOffset From = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Seasonal_is_the_latest_known_value_of_the_same_hour_of_day()
    {
        // Hour 30 is 06:00 of the second day; its latest known fellow is hour 6. Hour 24 is itself known at the origin.
        var baselines = At(29, TimeSpan.FromHours(1), Enumerable.Range(0, 60).Select(hour => (double?)hour));
        Assert.Multiple(() =>
        {
            Assert.That(baselines.Seasonal(1), Is.EqualTo(6));
            Assert.That(baselines.Seasonal(24), Is.EqualTo(29));
            Assert.That(baselines.Seasonal(25), Is.EqualTo(6));
            Assert.That(baselines.Seasonal(43), Is.EqualTo(24));
        });
    }

    [Test]
    public void Seasonal_goes_back_further_where_the_last_day_is_missing()
    {
        double?[] values = [.. Enumerable.Range(0, 60).Select(hour => hour == 30 ? (double?)null : hour)];
        Assert.That(At(53, TimeSpan.FromHours(1), values).Seasonal(1), Is.EqualTo(6));
    }

    [Test]
    public void Seasonal_of_days_is_the_same_weekday()
    {
        var baselines = At(20, TimeSpan.FromDays(1), Enumerable.Range(0, 40).Select(day => (double?)day));
        Assert.Multiple(() =>
        {
            Assert.That(baselines.Seasonal(1), Is.EqualTo(14));
            Assert.That(baselines.Seasonal(7), Is.EqualTo(20));
            Assert.That(baselines.Seasonal(28), Is.EqualTo(20));
        });
    }

    [Test]
    public void Mean_and_median_are_of_up_to_28_days_with_the_origin()
    {
        var early = At(3, TimeSpan.FromDays(1), [1, null, 4, 10, 99]);
        Assert.That((early.Mean28, early.Median28), Is.EqualTo((5.0, 4.0)));
        var late = At(40, TimeSpan.FromDays(1), Enumerable.Range(0, 60).Select(day => (double?)(day < 13 ? 1000 : day)));
        Assert.That((late.Mean28, late.Median28), Is.EqualTo((26.5, 26.5)), "days 13 to 40");
    }

    [Test]
    public void Scores_add_up_by_hand()
    {
        double?[] values = [10, 12, null, 9, 15];
        var series = new RegularSeries(From, TimeSpan.FromDays(1), values);
        var score = RollingOrigin.Evaluate(series, From, [1])[0];

        // Origins with a value and a next value: 0 (10 to 12) and 3 (9 to 15).
        Assert.Multiple(() =>
        {
            Assert.That(score.N, Is.EqualTo(2));
            Assert.That(score.MaePersistence, Is.EqualTo((2 + 6) / 2.0));
            Assert.That(score.MaeMean28, Is.EqualTo((2 + (15 - (31 / 3.0))) / 2).Within(1e-9));
            Assert.That(score.MaeMedian28, Is.EqualTo((2 + 5) / 2.0));
            Assert.That(score.PinballMean28, Is.EqualTo(score.MaeMean28!.Value / 2).Within(1e-9), "three equal quantiles: half the absolute error");
            Assert.That(score.MaeSeasonal, Is.Null, "no weekday had come twice");
        });
    }

    [Test]
    public void Pinball_is_the_mean_over_three_quantiles()
    {
        var band = new Band(2, 5, 9);
        Assert.Multiple(() =>
        {
            Assert.That(band.Pinball(5), Is.EqualTo(((0.1 * 3) + 0 + (0.1 * 4)) / 3).Within(1e-12));
            Assert.That(band.Pinball(12), Is.EqualTo(((0.1 * 10) + (0.5 * 7) + (0.9 * 3)) / 3).Within(1e-12));
            Assert.That(band.Pinball(0), Is.EqualTo(((0.9 * 2) + (0.5 * 5) + (0.1 * 9)) / 3).Within(1e-12));
        });
    }

    [Test]
    public void A_median_of_counts_lies_between_them_as_chance_does()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Quantiles.MidMedianOfSorted([2, 2, 2]), Is.EqualTo(2));
            Assert.That(Quantiles.MidMedianOfSorted([1, 1, 2, 2]), Is.EqualTo(1.5), "as often one as the other");
            Assert.That(Quantiles.MidMedianOfSorted([1, 2, 2, 2]), Is.EqualTo(1.75), "middles of the steps at 1/8 and 5/8");
            Assert.That(Quantiles.MidMedianOfSorted([0, 0, 0, 9]), Is.EqualTo(1.125 * 2), "middles at 3/8 and 7/8");
        });
    }

    private static Baselines At(int origin, TimeSpan period, IEnumerable<double?> values)
    {
        var baselines = new Baselines(new RegularSeries(From, period, [.. values]));
        baselines.MoveTo(origin);
        return baselines;
    }
}
