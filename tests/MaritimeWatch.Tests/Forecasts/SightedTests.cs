using System.Text;
using System.Text.Json;
using MaritimeWatch.Forecasts;
using MaritimeWatch.Forecasts.Calls;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Forecasts;

/// <summary>Ships that are seen under way to a port, beside those that are announced.</summary>
internal sealed class SightedTests
{
    private const double AtH = 10 * 24;

    [Test]
    public void A_ship_under_way_that_nobody_announced_is_listed_and_counted_on()
    {
        var quiet = new PortLines().Traffic(61, 10, arrivalsPerDay: 1);
        var busy = new PortLines();
        busy.Lines.AddRange(quiet.Lines);
        for (var ship = 0; ship < 10; ship++)
        {
            See(busy, 800 + ship, AtH - 2, AtH + 28, AtH + 30, AtH + 33);
        }

        var (before, after) = (Forecast(quiet), Forecast(busy));
        Assert.That(after.UnderWay, Has.Count.EqualTo(10));
        Assert.That(after.UnderWay[0].EtaBy, Is.EqualTo("distance"));
        Assert.That(Expected(after, 36) - Expected(before, 36), Is.GreaterThan(4), "ships that come are at anchor or alongside six hours later");
        Assert.That(Expected(after, 12), Is.EqualTo(Expected(before, 12)).Within(2), "and not before");
    }

    [Test]
    public void A_ship_that_is_announced_is_not_counted_twice()
    {
        var lines = new PortLines().Traffic(62, 10, arrivalsPerDay: 1).Announce(900, AtH - 3, AtH + 20);
        See(lines, 900, AtH - 2, AtH + 19, AtH + 20, AtH + 21);
        var forecast = Forecast(lines);
        Assert.That(forecast.UnderWay, Is.Empty);
        Assert.That(forecast.Declared, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_ship_that_came_went_elsewhere_or_is_unlikely_bound_here_is_not_expected()
    {
        var lines = new PortLines().Traffic(63, 10, arrivalsPerDay: 1).Visit("NOSIM-B", 901, AtH - 1, null);
        See(lines, 901, AtH - 5, AtH - 2, AtH - 1, AtH + 1);
        See(lines, 902, AtH - 5, AtH + 2, AtH + 3, AtH + 4);
        See(lines, 902, AtH - 1, AtH + 2, AtH + 3, AtH + 4, port: "NOOSL");
        See(lines, 903, AtH - 5, AtH + 2, AtH + 3, AtH + 4);
        See(lines, 903, AtH - 1, 0, 0, 0, state: "unknown");
        See(lines, 904, AtH - 1, AtH + 2, AtH + 3, AtH + 4, probability: 0.3);
        See(lines, 905, AtH - 60, AtH - 30, AtH - 28, AtH - 20);
        See(lines, 906, AtH + 1, AtH + 2, AtH + 3, AtH + 4);
        See(lines, 907, AtH - 20, AtH + 2, AtH + 3, AtH + 4);
        Assert.That(Forecast(lines).UnderWay.Select(one => one.Mmsi), Is.EqualTo(new uint?[] { 907 }), "out of hearing for a day, it may still come");
    }

    [Test]
    public void Lines_that_are_damaged_are_counted_and_left_out()
    {
        var history = new PortHistory(PortLines.Places);
        history.Add("expected-arrivals", "{}"u8.ToArray());
        history.Add("expected-arrivals", """{"properties":{"subject":"mmsi:1","state":"under-way","known_at":"2026-03-02T00:00:00Z"}}"""u8.ToArray());
        Assert.That(history.Ignored, Is.EqualTo(2));
    }

    [Test]
    public void Ships_that_were_seen_before_they_came_are_no_longer_looked_for_by_the_pattern()
    {
        var lines = new PortLines().Traffic(64, 10);
        foreach (var (_, line) in lines.Lines.ToArray())
        {
            using var document = JsonDocument.Parse(line);
            var of = document.RootElement.GetProperty("properties");
            var arrival = (of.GetProperty("arrival_at").GetDateTimeOffset() - PortLines.Start).TotalHours;
            var mmsi = of.GetProperty("mmsi").GetInt32();
            if (of.GetProperty("state").GetString() == "open")
            {
                See(lines, mmsi, arrival - 12, arrival - 1, arrival, arrival + 1);
            }
        }

        var picture = lines.History().Of(PortLines.Port).AsKnownAt(PortLines.At(AtH).ToUnixTimeMilliseconds(), ForecastOptions.Default);
        Assert.That(picture.SightedCame, Is.GreaterThan(30));
        Assert.That(picture.LeadHours, Has.Count.EqualTo(picture.SightedCame));
        Assert.That(picture.LeadHours, Is.All.InRange(0, 25));
    }

    private static double Expected(PortForecast forecast, int hour) => forecast.Hours[hour].Queue.P50 + forecast.Hours[hour].Berths.P50;

    private static PortForecast Forecast(PortLines lines) => PortForecaster.Forecast(lines.History().Of(PortLines.Port), PortLines.At(AtH));

    private static void See(
        PortLines lines, int mmsi, double knownH, double lowH, double etaH, double highH, string port = PortLines.Port, double probability = 0.95, string state = "under-way")
    {
        string? Text(double hours) => state == "under-way" ? Instants.ToText(PortLines.At(hours).ToUnixTimeMilliseconds()) : null;
        lines.Lines.Add(("expected-arrivals", Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            type = "Feature",
            id = $"mmsi:{mmsi}",
            geometry = (object?)null,
            properties = new
            {
                id = $"mmsi:{mmsi}", mmsi, subject = $"mmsi:{mmsi}", name = $"SIM {mmsi}", state, destination_locode = state == "under-way" ? port : null,
                destination_probability = state == "under-way" ? probability : (double?)null,
                eta_low_at = Text(lowH), eta_at = Text(etaH), eta_high_at = Text(highH), eta_by = "distance",
                known_at = Instants.ToText(PortLines.At(knownH).ToUnixTimeMilliseconds()), simulated = true,
            },
        }))));
    }
}
