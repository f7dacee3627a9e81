using System.Text.Json;
using MaritimeWatch.Findings.Congestion;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Tests.Findings.Congestion;

internal sealed class CongestionTests
{
    [Test]
    public void A_queue_of_twice_the_usual_for_four_hours_is_congestion()
    {
        var found = PortNews.Of([.. Usual(4, 200), .. Extra(6, 120, 126.5)]).Revisions;
        Assert.Multiple(() =>
        {
            Assert.That(found.Select(Of("state")), Is.EqualTo(new[] { "open", "closed" }));
            Assert.That(found[^1].GetProperty("subject").GetString(), Is.EqualTo("port:SEGOT"));
            Assert.That(found[^1].GetProperty("object").GetString(), Is.EqualTo("SEGOT"));
            Assert.That(found[^1].GetProperty("start_at").GetString(), Is.EqualTo(At(120)));
            Assert.That(found[^1].GetProperty("end_at").GetString(), Is.EqualTo(At(126)));
            Assert.That(found[0].GetProperty("known_at").GetString(), Is.EqualTo(At(126.5)), "held for three hours, three hours more for what comes late, and then the next news");
            Assert.That(found[^1].GetProperty("measure").GetProperty("waiting_most").GetInt32(), Is.EqualTo(10));
            Assert.That(found[^1].GetProperty("measure").GetProperty("usual_waiting").GetRawText(), Is.EqualTo("4.0"));
            Assert.That(found[^1].GetProperty("severity").GetString(), Is.EqualTo("low"));
            Assert.That(found[^1].GetProperty("reason").GetString(), Does.StartWith("At Gothenburg up to 10 ships waited at anchor from "));
        });
    }

    [TestCase(2, 120, 140, TestName = "Two_ships_more_than_usual_are_no_congestion")]
    [TestCase(6, 120, 122.5, TestName = "A_peak_of_two_hours_is_no_congestion")]
    [TestCase(6, 40, 60, TestName = "Two_days_of_a_port_are_too_little_to_know_what_is_usual")]
    public void Near_misses(int ships, double from, double to) =>
        Assert.That(PortNews.Of([.. Usual(4, 200), .. Extra(ships, from, to)]).Said, Is.Empty);

    [Test]
    public void Ships_at_berth_wait_for_nothing() =>
        Assert.That(PortNews.Of([.. Usual(4, 200), .. Extra(9, 120, 140).Select(stay => stay with { Kind = "berth" })]).Said, Is.Empty);

    [Test]
    public void A_quiet_port_is_not_congested_by_two_ships() =>
        Assert.That(PortNews.Of([.. Usual(0, 200), .. Extra(2, 120, 160)]).Said, Is.Empty);

    [Test]
    public void Three_times_the_usual_and_ten_more_is_worth_a_look()
    {
        var found = PortNews.Of([.. Usual(5, 200), .. Extra(10, 120, 140)]).Revisions;
        Assert.That(found[0].GetProperty("severity").GetString(), Is.EqualTo("medium"));
    }

    [Test]
    public void A_hole_in_reception_is_no_empty_port()
    {
        // Nothing of any port for a day: the hours are unknown, and the usual is that of before.
        Stay[] before = [.. Usual(6, 90).Select(stay => stay with { ToHours = stay.ToHours is { } to ? Math.Min(to, 90) : null })];
        Stay[] after = [.. Usual(6, 200).Where(stay => stay.FromHours > 125).Select(stay => stay with { Ship = stay.Ship + 50_000 })];
        Assert.That(PortNews.Of([.. before, .. after]).Said, Is.Empty);
    }

    [Test]
    public void What_is_said_does_not_depend_on_how_the_news_are_cut_or_on_restarts()
    {
        Stay[] stays = [.. Usual(4, 260), .. Extra(6, 120, 131), .. Extra(14, 180, 200, 4_000), .. Usual(2, 260, "NOLAR", 90_000)];
        var expected = Gist(PortNews.Of(stays));
        Assert.That(expected, Has.Count.GreaterThanOrEqualTo(4));
        Assert.Multiple(() =>
        {
            Assert.That(Gist(PortNews.Of(stays, 1)), Is.EqualTo(expected));
            Assert.That(Gist(PortNews.Of(stays, 7, restart: true)), Is.EqualTo(expected));
            Assert.That(PortNews.Of(stays, 50, restart: true).Said, Is.EqualTo(PortNews.Of(stays).Said));
        });
    }

    [Test]
    public void A_damaged_state_is_refused() =>
        Assert.That(() => new CongestionFold().RestoreSnapshot("{\"format\":1,\"ports\":[{}]}"u8.ToArray()), Throws.TypeOf<InvalidDataException>());

    // So many at anchor all the time, one leaving and one coming every few hours, and ships at berth besides.
    private static IEnumerable<Stay> Usual(int waiting, int hours, string port = "SEGOT", int first = 0)
    {
        for (var place = 0; place < waiting; place++)
        {
            for (double from = place * 1.3; from < hours; from += 9)
            {
                yield return new Stay(first++, from, from + 9, Port: port);
            }
        }

        for (double from = 0.5; from < hours; from += 4)
        {
            yield return new Stay(first++, from, from + 12, "berth", port);
        }
    }

    private static IEnumerable<Stay> Extra(int ships, double from, double to, int first = 2_000) =>
        Enumerable.Range(0, ships).Select(ship => new Stay(first + ship, from, to));

    private static Func<JsonElement, string?> Of(string name) => element => element.GetProperty(name).GetString();

    private static string At(double hours) => Instants.ToText(Stay.AtMs(hours));

    // Without where in the inbox it was, which the cut of the news decides.
    private static List<string> Gist(PortNews news) =>
    [
        .. news.Revisions.Select(of =>
            $"{of.GetProperty("id")} {of.GetProperty("revision")} {of.GetProperty("state")} {of.GetProperty("known_at")} {of.GetProperty("reason")} {of.GetProperty("measure")}"),
    ];
}
