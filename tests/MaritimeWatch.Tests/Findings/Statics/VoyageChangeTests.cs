using MaritimeWatch.Findings.VoyageChange;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Reference;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Statics;

internal sealed class VoyageChangeTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [Test]
    public void Another_destination_under_way_is_told_and_is_no_alarm()
    {
        using var run = Changed(anna => anna with { Destination = "NLRTM" });
        var finding = run.Of("voyage-change").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("severity"), Is.EqualTo("low"));
            Assert.That(finding.Number("measure", "destination_changed"), Is.EqualTo(1m));
            Assert.That(finding.Number("measure", "eta_moved_h"), Is.Zero);
            Assert.That(finding.Text("start_at"), Is.EqualTo("2026-03-01T23:00:00Z"));
            Assert.That(finding.Text("reason"), Does.Contain("destination SEGOT became NLRTM"));
        });
    }

    [Test]
    public void An_ETA_moved_by_nine_hours_is_told_with_its_hours()
    {
        using var run = Changed(anna => anna with { EtaDay = 3, EtaHour = 3 });
        var finding = run.Of("voyage-change").Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("severity"), Is.EqualTo("info"));
            Assert.That(finding.Number("measure", "eta_moved_h"), Is.EqualTo(9m));
            Assert.That(finding.Text("reason"), Does.Contain("9 h 0 min later"));
        });
    }

    [TestCase("SE GOT", 18, 2, TestName = "Another_spelling_is_no_change")]
    [TestCase("GOTHENBURG", 18, 2, TestName = "The_name_of_a_code_is_no_change")]
    [TestCase("NLRTM>SEGOT", 18, 2, TestName = "Where_it_comes_from_is_no_change")]
    [TestCase("FOR ORDERS", 18, 2, TestName = "Nowhere_is_no_place")]
    [TestCase("SEGOT", 23, 2, TestName = "Five_hours_are_no_change")]
    [TestCase("SEGOT", 18, 1, TestName = "An_ETA_that_has_passed_is_no_news")]
    public void Near_misses_are_none(string destination, byte hour, byte day)
    {
        using var run = Changed(anna => anna with { Destination = destination, EtaHour = hour, EtaDay = day });
        Assert.That(run.Of("voyage-change"), Is.Empty);
    }

    [Test]
    public void A_ship_in_port_makes_its_plans()
    {
        var reference = new TestReference { Port = new AnchoragePoint("DKAAL", Sea, "DKAAL", "Aalborg", StoppingPlace.Port) };
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 0, 0, Start, Hours(6));
        Say(traffic, anna => anna with { Destination = "NLRTM" });
        using var run = FoldRun.Replay(traffic, reference);
        Assert.That(run.Of("voyage-change"), Is.Empty);
    }

    [Test]
    public void A_destination_typed_after_departure_is_no_change()
    {
        var reference = new TestReference { Port = new AnchoragePoint("DKAAL", Sea, "DKAAL", "Aalborg", StoppingPlace.Port) };
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 0, 0, Start, Hours(2.2));
        traffic.Sail(Ship, Sea, 90, 12, Start + Hours(2.2) + 60_000, Hours(3));
        Say(traffic, anna => anna with { Destination = "NLRTM" });
        using var run = FoldRun.Replay(traffic, reference);
        Assert.That(run.Of("voyage-change"), Is.Empty);
    }

    [TestCase("2026-12-31T20:00:00Z", "01-02 06:00", "2027-01-02T06:00:00Z")]
    [TestCase("2026-03-01T20:00:00Z", "03-01 18:00", "2026-03-01T18:00:00Z")]
    [TestCase("2026-01-03T20:00:00Z", "12-30 18:00", "2025-12-30T18:00:00Z")]
    [TestCase("2026-03-01T20:00:00Z", "11-01 00:00", "2026-11-01T00:00:00Z")]
    [TestCase("2026-11-01T20:00:00Z", "02-29 12:00", "2027-03-01T12:00:00Z")]
    public void The_year_of_an_ETA_is_found(string at, string eta, string expected) => Assert.That(
        EtaText.Resolve(eta, DateTimeOffset.Parse(at).ToUnixTimeMilliseconds()),
        Is.EqualTo(DateTimeOffset.Parse(expected).ToUnixTimeMilliseconds()));

    [TestCase(2, 30, 5)]
    [TestCase(13, 1, 5)]
    [TestCase(3, 1, 24)]
    public void A_day_that_does_not_exist_is_no_ETA(byte month, byte day, byte hour) =>
        Assert.That(EtaText.Of(Saying.Anna() with { EtaMonth = month, EtaDay = day, EtaHour = hour }), Is.Null);

    [TestCase("DEHAM", "NLRTM", true)]
    [TestCase("DEHAM", "HAMBURG", false)]
    [TestCase("ROTTERDAM", "NL RTM", false)]
    [TestCase("ROTTERDAM", "ROTERDAM", false)]
    [TestCase("SINGAPORE", "SINGAPORE EOPL", false)]
    [TestCase("SINGAPORE", "SHANGHAI", true)]
    [TestCase("SEA", "SHANGHAI", false)]
    public void Places_are_told_apart_by_what_was_typed(string before, string now, bool differ) =>
        Assert.That(Destinations.Differ(before, now), Is.EqualTo(differ));

    private static FoldRun Changed(Func<StaticReport, StaticReport> change)
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 12, Start, Hours(6));
        Say(traffic, change);
        return FoldRun.Replay(traffic);
    }

    private static void Say(Traffic traffic, Func<StaticReport, StaticReport> change)
    {
        traffic.Says(Saying.Anna(), Start, Start + Hours(3));
        traffic.Says(change(Saying.Anna()), Start + Hours(3), Start + Hours(5));
    }
}
