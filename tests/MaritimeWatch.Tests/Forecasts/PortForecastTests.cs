using System.Text;
using MaritimeWatch.Forecasts;

namespace MaritimeWatch.Tests.Forecasts;

/// <summary>A port's forecast: its shape, what it stands on, and that it has not seen the future.</summary>
internal sealed class PortForecastTests
{
    [TestCase(31)]
    [TestCase(32)]
    public void A_week_of_whole_hours_with_bands_that_never_cross(int seed)
    {
        var forecast = Forecast(new PortLines().Traffic(seed, 14), 14 * 24.3);
        Assert.Multiple(() =>
        {
            Assert.That(forecast.Hours, Has.Count.EqualTo(168));
            Assert.That(forecast.Hours[0].At, Is.GreaterThan(forecast.IssuedAt).And.LessThanOrEqualTo(forecast.IssuedAt.AddHours(1)));
            Assert.That(forecast.Hours.Select((hour, index) => (hour.At - forecast.Hours[0].At).TotalHours - index), Is.All.Zero);
            Assert.That(forecast.Hours[0].At, Is.EqualTo(new DateTimeOffset(forecast.Hours[0].At.Date.AddHours(forecast.Hours[0].At.Hour), TimeSpan.Zero)));
            Assert.That(forecast.Simulated, Is.True);
        });
        foreach (var band in forecast.Hours.SelectMany(hour => new[] { hour.Queue, hour.WaitingH, hour.Berths }))
        {
            Assert.That(band.P10, Is.GreaterThanOrEqualTo(0).And.LessThanOrEqualTo(band.P50), $"seed {seed}");
            Assert.That(band.P50, Is.LessThanOrEqualTo(band.P90), $"seed {seed}");
        }
    }

    [TestCase(41)]
    [TestCase(42)]
    public void What_became_known_later_changes_not_one_byte(int seed)
    {
        const double AtH = 9.4 * 24;
        var all = new PortLines().Traffic(seed, 16).Announce(1, AtH - 5, AtH + 10).Announce(2, AtH + 1, AtH + 12).Announce(1, AtH + 2, AtH + 90);
        var known = new PortLines();
        known.Lines.AddRange(all.Lines.Where(line => KnownAt(line.Line) <= PortLines.At(AtH)));
        Assert.That(known.Lines, Has.Count.LessThan(all.Lines.Count - 20), "or the test would prove nothing");
        Assert.That(Text(Forecast(all, AtH)), Is.EqualTo(Text(Forecast(known, AtH))));
    }

    [Test]
    public void The_order_of_lines_and_their_repetition_make_no_difference()
    {
        var lines = new PortLines().Traffic(43, 8).Announce(5, 100, 8.5 * 24);
        var turned = new PortLines();
        turned.Lines.AddRange(lines.Lines.AsEnumerable().Reverse());
        turned.Lines.AddRange(lines.Lines.Where(line => line.Collection == "declared-calls"));
        Assert.That(Text(Forecast(turned, 8 * 24)), Is.EqualTo(Text(Forecast(lines, 8 * 24))));
    }

    [Test]
    public void Announced_ships_are_counted_on_at_their_time()
    {
        const double AtH = 10 * 24;
        var quiet = new PortLines().Traffic(44, 10, arrivalsPerDay: 1);
        var busy = new PortLines();
        busy.Lines.AddRange(quiet.Lines);
        for (var ship = 0; ship < 12; ship++)
        {
            busy.Announce(700 + ship, AtH - 3, AtH + 40);
        }

        var (a, b) = (Forecast(quiet, AtH, trials: 0), Forecast(busy, AtH, trials: 0));
        Assert.Multiple(() =>
        {
            Assert.That(b.Declared, Has.Count.EqualTo(12));
            Assert.That(InPort(b, 45), Is.GreaterThan(InPort(a, 45) + 6), "most of twelve ships more");
            Assert.That(InPort(b, 25), Is.LessThan(InPort(a, 25) + 2), "not before they come");
        });
    }

    [TestCase("cancelled", 0)]
    [TestCase("berthed", 0)]
    [TestCase("expected", 1)]
    public void A_call_that_was_called_off_or_has_come_is_not_waited_for(string status, int expected)
    {
        var lines = new PortLines().Traffic(45, 6).Announce(9, 100, 150).Announce(9, 140, 160, status);
        Assert.That(Forecast(lines, 144).Declared, Has.Count.EqualTo(expected));
    }

    [Test]
    public void A_ship_that_has_come_is_no_longer_announced()
    {
        var lines = new PortLines().Traffic(46, 6).Announce(9, 100, 140).Visit("NOSIM-B", 9, 139, 150);
        Assert.That(Forecast(lines, 144).Declared, Is.Empty);
    }

    [Test]
    public void A_port_of_which_nothing_is_known_gets_wide_bands_that_say_so()
    {
        var forecast = PortForecaster.Forecast(new PortLines().Traffic(47, 5).History().Of("NOXXX"), PortLines.At(100));
        Assert.Multiple(() =>
        {
            Assert.That(forecast.HistoryHours, Is.Zero);
            Assert.That(forecast.Basis, Does.Contain("No call"));
            Assert.That(forecast.Hours.Min(hour => hour.Queue.P90 - hour.Queue.P10), Is.GreaterThanOrEqualTo(5));
        });
    }

    [Test]
    public void A_day_of_past_gives_wider_bands_than_two_weeks_and_says_why()
    {
        var lines = new PortLines().Traffic(48, 20);
        var (young, old) = (Forecast(lines, 30), Forecast(lines, 20 * 24));
        double Width(PortForecast forecast) => forecast.Hours.Average(hour => (hour.Berths.P90 - hour.Berths.P10) / Math.Max(1, hour.Berths.P50));
        Assert.Multiple(() =>
        {
            Assert.That(young.Basis, Does.Contain("made wide"));
            Assert.That(old.Basis, Does.Not.Contain("made wide"));
            Assert.That(Width(young), Is.GreaterThan(Width(old)));
        });
    }

    [Test]
    public void The_method_named_is_the_one_that_did_better()
    {
        var forecast = Forecast(new PortLines().Traffic(49, 15), 15 * 24);
        Assert.That(forecast.Methods, Has.Count.EqualTo(12), "three quantities at four classes of horizons");
        foreach (var choice in forecast.Methods)
        {
            Assert.That(choice.Origins, Is.GreaterThan(1));
            Assert.That(
                choice.Method, Is.EqualTo(choice.PinballSeasonal < choice.PinballArrivals ? "seasonal" : "arrivals-and-service"), choice.ToString());
        }
    }

    [Test]
    public void About_eight_of_ten_hours_fall_within_the_bands()
    {
        var lines = new PortLines().Traffic(50, 45);
        var (held, all) = (0, 0);
        var came = lines.History().Of(PortLines.Port).AsKnownAt(PortLines.At(44 * 24).ToUnixTimeMilliseconds(), ForecastOptions.Default);
        for (var day = 20; day < 36; day += 5)
        {
            var forecast = Forecast(lines, (day * 24) + 5);
            foreach (var hour in forecast.Hours.Where((_, index) => index % 7 == 3))
            {
                var actual = came.Berths[(int)((hour.At.ToUnixTimeMilliseconds() - came.FromHourMs) / 3_600_000)]!.Value;
                (held, all) = (held + (hour.Berths.Holds(actual) ? 1 : 0), all + 1);
            }
        }

        Assert.That((double)held / all, Is.InRange(0.65, 0.95), $"{held} of {all}");
    }

    [Test]
    public void A_forecast_reads_back_as_it_was_written()
    {
        var forecast = Forecast(new PortLines().Traffic(51, 6).Announce(3, 100, 150), 144);
        Assert.That(Text(ForecastText.Read(ForecastText.ToBytes(forecast))), Is.EqualTo(Text(forecast)));
        Assert.That(() => ForecastText.Read("{\"port\":"u8), Throws.InstanceOf<InvalidDataException>());
    }

    private static double InPort(PortForecast forecast, int hour) => forecast.Hours[hour].Queue.P50 + forecast.Hours[hour].Berths.P50;

    private static PortForecast Forecast(PortLines lines, double atH, int? trials = null) => PortForecaster.Forecast(
        lines.History().Of(PortLines.Port), PortLines.At(atH),
        trials is { } max ? ForecastOptions.Default with { TrialsMax = max } : null);

    private static string Text(PortForecast forecast) => Encoding.UTF8.GetString(ForecastText.ToBytes(forecast));

    private static DateTimeOffset KnownAt(ReadOnlyMemory<byte> line)
    {
        using var document = System.Text.Json.JsonDocument.Parse(line);
        return document.RootElement.GetProperty("properties").GetProperty("known_at").GetDateTimeOffset();
    }
}
