using System.Text;
using MaritimeWatch.Forecasts;
using MaritimeWatch.Forecasts.Calls;

namespace MaritimeWatch.Tests.Forecasts;

/// <summary>What the lines of calls say about a port, hour by hour.</summary>
internal sealed class PortPictureTests
{
    [Test]
    public void A_ship_waits_from_the_anchorage_until_it_leaves_for_the_berth()
    {
        var picture = At(new PortLines().Visit("NOSIM-B", 1, 0, 1).Wait(7, 2.5, 9.5, 20.5), 30);
        Assert.Multiple(() =>
        {
            Assert.That(Hours(picture.Queue), Is.EqualTo(Enumerable.Range(3, 6)), "03:00 to 08:00; it left at 09:00");
            Assert.That(Hours(picture.Berths).Where(hour => hour > 2), Is.EqualTo(Enumerable.Range(10, 11)));
            Assert.That(Hour(picture, picture.WaitingH, 2), Is.EqualTo(6.5));
            Assert.That(picture.Waits.Single().Hours, Is.EqualTo(6.5));
            Assert.That(picture.WentAway, Is.Zero);
        });
    }

    [Test]
    public void A_ship_still_at_anchor_waits_on()
    {
        var picture = At(new PortLines().Visit("NOSIM-B", 1, 0, 1).Visit("NOSIM-A", 7, 2, 40), 10);
        Assert.Multiple(() =>
        {
            Assert.That(picture.Queue[^1], Is.EqualTo(1));
            Assert.That(picture.Waits.Single(), Is.EqualTo(new Spell(PortLines.At(2).ToUnixTimeMilliseconds(), 8, true)));
        });
    }

    [Test]
    public void A_ship_that_leaves_the_anchorage_for_another_port_has_not_berthed()
    {
        var picture = At(new PortLines().Visit("NOSIM-A", 7, 2, 8).Visit("SESIM-B", 7, 12, 14, "SESIM").Visit("NOSIM-B", 8, 1, 30), 40);
        Assert.Multiple(() =>
        {
            Assert.That(picture.WentAway, Is.EqualTo(1));
            Assert.That(Hour(picture, picture.WaitingH, 2), Is.Null, "a wait is credited to the port only when the ship berths there");
            Assert.That(Hours(picture.Queue), Is.Not.Empty, "but it was there");
        });
    }

    [Test]
    public void A_place_that_nobody_described_is_no_queue()
    {
        var picture = At(new PortLines().Visit("b_57.6_11.8", 7, 2, 8), 12);
        Assert.That(Hours(picture.Queue), Is.Empty);
        Assert.That(Hours(picture.Berths), Is.Not.Empty);
    }

    [Test]
    public void A_hole_in_reception_is_not_an_empty_port()
    {
        var lines = new PortLines();
        for (var hour = 0; hour < 400; hour++)
        {
            if (hour is < 150 or >= 180)
            {
                lines.Visit("NOSIM-B", 1000 + hour, hour, hour + 0.5);
            }
        }

        var picture = At(lines, 400);
        Assert.Multiple(() =>
        {
            Assert.That(picture.UnknownHours, Is.InRange(26, 31));
            Assert.That(Hour(picture, picture.Queue, 165), Is.Null);
            Assert.That(Hour(picture, picture.Queue, 145), Is.Zero);
            Assert.That(PortForecaster.Forecast(lines.History().Of(PortLines.Port), PortLines.At(400)).CoverageNote, Does.Contain("nothing was heard"));
        });
    }

    [Test]
    public void A_silence_that_goes_on_is_said_and_makes_the_bands_wide()
    {
        var lines = new PortLines();
        for (var hour = 0; hour < 200; hour++)
        {
            lines.Visit("NOSIM-B", 1000 + hour, hour, hour + 3);
        }

        var series = lines.History().Of(PortLines.Port);
        var (heard, silent) = (PortForecaster.Forecast(series, PortLines.At(200)), PortForecaster.Forecast(series, PortLines.At(230)));
        Assert.Multiple(() =>
        {
            Assert.That(heard.CoverageNote, Is.Null);
            Assert.That(silent.CoverageNote, Does.Contain("since"));
            Assert.That(silent.Observed[^1].Queue, Is.Null);
        });
    }

    [Test]
    public void Ferries_are_not_asked_how_long_they_wait()
    {
        var lines = new PortLines();
        for (var trip = 0; trip < 40; trip++)
        {
            lines.Visit("NOSIM-B", 42, trip * 4, (trip * 4) + 1);
        }

        var picture = At(lines.Wait(7, 50, 60, 70), 165);
        Assert.Multiple(() =>
        {
            Assert.That(picture.Regulars, Is.EqualTo(1));
            Assert.That(picture.WaitingH.Count(wait => wait is not null), Is.EqualTo(1));
            Assert.That(picture.QueuingShare, Is.GreaterThan(picture.WaitedShare));
        });
    }

    [TestCase("")]
    [TestCase("{}")]
    [TestCase("{\"properties\":{\"port\":null}}")]
    [TestCase("{\"properties\":{\"id\":\"a\",\"subject\":\"s\",\"port\":\"NOSIM\",\"arrival_at\":\"soon\"}}")]
    [TestCase("{\"properties\":{\"id\":\"a\",\"subject\":\"s\",\"port\":\"NOSIM\",\"arrival_at\":\"2026-03-02T02:00:00Z\",\"departure_at\":\"2026-03-02T01:00:00Z\"}}")]
    public void A_line_that_says_nothing_is_counted_and_left_out(string line)
    {
        var history = new PortHistory(PortLines.Places);
        history.Add("port-calls", Encoding.UTF8.GetBytes(line));
        Assert.That(history.Ignored, Is.EqualTo(1));
        Assert.That(history.Ports, Is.Empty);
    }

    private static PortPicture At(PortLines lines, double atH) =>
        lines.History().Of(PortLines.Port).AsKnownAt(PortLines.At(atH).ToUnixTimeMilliseconds(), ForecastOptions.Default);

    private static double? Hour(PortPicture picture, IReadOnlyList<double?> values, int hour) =>
        values[(int)((PortLines.At(hour).ToUnixTimeMilliseconds() - picture.FromHourMs) / 3_600_000)];

    private static IEnumerable<int> Hours(IEnumerable<double?> values, int firstHour = 1) =>
        values.Select((value, index) => (value, Hour: index + firstHour)).Where(one => one.value > 0).Select(one => one.Hour);
}
