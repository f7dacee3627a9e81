using MaritimeWatch.Forecasts;
using MaritimeWatch.Forecasts.Series;

namespace MaritimeWatch.Tests.Forecasts;

/// <summary>The forecast of a series: near the best that can be known where that is known, and blind to the future.</summary>
internal sealed class SeriesModelTests
{
    private static readonly int[] Horizons = [1, 6, 24];
    private static readonly DateTimeOffset From = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Of_noise_about_a_level_it_comes_near_the_noise()
    {
        var chance = Seeded(11);
        var scores = Scores([.. Enumerable.Range(0, 2500).Select(_ => (double?)(40 + (3 * Normal(chance))))]);
        foreach (var score in scores)
        {
            // The mean absolute value of normal noise of sigma 3 is 3 sqrt(2/pi) = 2.394: nobody can do better.
            Assert.That(score.MaeModel, Is.LessThan(2.394 * 1.05), $"horizon {score.Horizon}");
            Assert.That(score.Coverage80, Is.InRange(0.75, 0.85), $"horizon {score.Horizon}");
        }
    }

    [Test]
    public void Of_a_random_walk_it_comes_near_the_last_value()
    {
        var chance = Seeded(12);
        var at = 200.0;
        var scores = Scores([.. Enumerable.Range(0, 2500).Select(_ => (double?)(at += Normal(chance)))]);
        foreach (var score in scores)
        {
            Assert.That(score.MaeModel, Is.LessThan(score.MaePersistence!.Value * 1.15), $"horizon {score.Horizon}");

            // Errors a day ahead overlap: 2,000 hours hold about 80 of them that are independent.
            Assert.That(score.Coverage80, Is.InRange(0.65, 0.9), $"horizon {score.Horizon}");
        }
    }

    [Test]
    public void Of_a_course_of_the_day_it_learns_the_course()
    {
        var chance = Seeded(13);
        var scores = Scores([.. Enumerable.Range(0, 2500).Select(hour => (double?)(30 + (10 * Math.Sin(hour * Math.PI / 12)) + Normal(chance)))]);
        Assert.Multiple(() =>
        {
            Assert.That(scores[1].MaeModel, Is.LessThan(0.798 * 1.2), "the noise alone is sqrt(2/pi)");
            Assert.That(scores[1].MaePersistence, Is.GreaterThan(5), "or the test would prove nothing");
        });
    }

    [Test]
    public void What_comes_later_changes_no_forecast_made_before()
    {
        var chance = Seeded(14);
        double?[] past = [.. Enumerable.Range(0, 400).Select(_ => chance.Next(8) == 0 ? (double?)null : chance.Next(60))];
        double?[] one = [.. past, .. Enumerable.Repeat((double?)5, 100)];
        double?[] other = [.. past, .. Enumerable.Range(0, 100).Select(_ => (double?)chance.Next(1000))];
        var (a, b) = (Forecasts(one), Forecasts(other));
        Assert.That(b.Take(past.Length), Is.EqualTo(a.Take(past.Length)));
        Assert.That(b[^1], Is.Not.EqualTo(a[^1]), "or the test would prove nothing");
    }

    [Test]
    public void Baselines_know_nothing_later_either()
    {
        double?[] values = [.. Enumerable.Range(0, 60).Select(index => (double?)index)];
        var (one, other) = (new Baselines(Hourly(values)), new Baselines(Hourly([.. values.Take(40), .. values.Skip(40).Select(value => value * 100)])));
        foreach (var baselines in new[] { one, other })
        {
            baselines.MoveTo(39);
        }

        Assert.That(
            (other.Mean28, other.Median28, other.Seasonal(1), other.Seasonal(30)),
            Is.EqualTo((one.Mean28, one.Median28, one.Seasonal(1), one.Seasonal(30))));
    }

    [TestCase(71)]
    [TestCase(72)]
    [TestCase(73)]
    public void Quantiles_never_cross_and_are_never_negative(int seed)
    {
        var chance = Seeded(seed);
        var model = new SeriesModel(24, [1, 6, 24, 168]);
        for (var index = 0; index < 600; index++)
        {
            model.Add(chance.Next(10) switch { 0 => null, 1 => 0, 2 => chance.Next(5000), _ => chance.Next(4) });
            for (var horizon = 1; horizon < 200 && model.IsReady; horizon += 13)
            {
                var band = model.ForecastAt(horizon)!.Value;
                Assert.That(band.P10, Is.GreaterThanOrEqualTo(0).And.LessThanOrEqualTo(band.P50), $"seed {seed}, value {index}, horizon {horizon}");
                Assert.That(band.P90, Is.GreaterThanOrEqualTo(band.P50), $"seed {seed}, value {index}, horizon {horizon}");
            }
        }
    }

    [Test]
    public void A_receiver_that_fails_for_an_hour_does_not_empty_the_queue()
    {
        var model = new SeriesModel(24, Horizons);
        for (var hour = 0; hour < 200; hour++)
        {
            model.Add(40 + (hour % 3));
        }

        model.Add(2);
        Assert.Multiple(() =>
        {
            Assert.That(model.Strays, Is.EqualTo(1));
            Assert.That(model.Forecast(1)!.Value.P50, Is.InRange(38, 44));
        });
    }

    [Test]
    public void A_queue_that_is_really_gone_is_believed_in_the_end()
    {
        var model = new SeriesModel(24, Horizons);
        for (var hour = 0; hour < 400; hour++)
        {
            model.Add(hour < 200 ? 40 + (hour % 3) : 2);
        }

        Assert.That(model.Forecast(1)!.Value.P50, Is.LessThan(10));
    }

    private static Random Seeded(int seed)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    private static double Normal(Random chance) =>
        Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());

    private static RegularSeries Hourly(IReadOnlyList<double?> values) => new(From, TimeSpan.FromHours(1), values);

    private static IReadOnlyList<HorizonScore> Scores(IReadOnlyList<double?> values) =>
        RollingOrigin.Evaluate(Hourly(values), From.AddHours(500), Horizons);

    private static List<(Band?, Band?, Band?)> Forecasts(IEnumerable<double?> values)
    {
        var model = new SeriesModel(24, Horizons);
        var said = new List<(Band?, Band?, Band?)>();
        foreach (var value in values)
        {
            model.Add(value);
            said.Add((model.Forecast(0), model.Forecast(1), model.Forecast(2)));
        }

        return said;
    }
}
