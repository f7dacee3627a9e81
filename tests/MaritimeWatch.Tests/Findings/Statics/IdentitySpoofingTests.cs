using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Statics;

internal sealed class IdentitySpoofingTests
{
    private static readonly Position Sea = Position.FromDegrees(57.2, 11.3);

    [Test]
    public void A_wrong_check_digit_said_twice_is_an_impossible_number_until_another_is_said()
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 12, Start, Hours(4));
        traffic.Says(Saying.Anna() with { ImoNumber = 9_074_728 }, Start, Start + Hours(2));
        traffic.Says(Saying.Anna(), Start + Hours(2), Start + Hours(3));
        using var run = FoldRun.Replay(traffic);
        var finding = Impossible(run).Single();
        Assert.Multiple(() =>
        {
            Assert.That(finding.Text("object"), Is.EqualTo("impossible-imo"));
            Assert.That(finding.Text("severity"), Is.EqualTo("low"));
            Assert.That((finding.Text("state"), finding.Text("end_at")), Is.EqualTo(("closed", "2026-03-01T22:00:00Z")));
            Assert.That(finding.Number("clears_if", "check_digit"), Is.EqualTo(9m));
        });
    }

    [TestCase(9_074_729, TestName = "A_right_number_is_none")]
    [TestCase(2_317_654_0, TestName = "A_number_of_another_register_is_none")]
    [TestCase(12_345, TestName = "Five_digits_are_none")]
    public void Near_misses_are_none(int imo)
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 12, Start, Hours(2));
        traffic.Says(Saying.Anna() with { ImoNumber = imo }, Start, Start + Hours(2));
        using var run = FoldRun.Replay(traffic);
        Assert.That(Impossible(run), Is.Empty);
    }

    [Test]
    public void A_wrong_number_said_once_is_a_damaged_message()
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 12, Start, Hours(2));
        traffic.Says(Saying.Anna() with { ImoNumber = 9_074_728 }, Start, Start + 1);
        traffic.Says(Saying.Anna(), Start + Minutes(6), Start + Hours(2));
        using var run = FoldRun.Replay(traffic);
        Assert.That(Impossible(run), Is.Empty);
    }

    [TestCase(217_000_001, "low")]
    [TestCase(799_123_456, "low")]
    [TestCase(123_456_789, "info")]
    public void A_number_of_no_country_is_impossible(int mmsi, string severity)
    {
        var traffic = new Traffic();
        traffic.Sail(mmsi, Sea, 90, 12, Start, Hours(1));
        using var run = FoldRun.Replay(traffic);
        var finding = Impossible(run).Single();
        Assert.That((finding.Text("object"), finding.Text("severity")), Is.EqualTo(("impossible-mid", severity)));
    }

    [TestCase(211_000_001, TestName = "Germany")]
    [TestCase(970_012_345, TestName = "A_rescue_transmitter")]
    [TestCase(972_012_345, TestName = "A_man_overboard")]
    [TestCase(974_012_345, TestName = "A_distress_buoy")]
    [TestCase(111_999_001, TestName = "A_rescue_aircraft")]
    [TestCase(981_991_234, TestName = "A_boat_of_a_ship")]
    [TestCase(999_991_234, TestName = "An_aid_to_navigation")]
    [TestCase(8_00_012_345, TestName = "A_hand_held_radio")]
    [TestCase(12_345_678, TestName = "A_group_of_ships")]
    [TestCase(2_190_071, TestName = "A_coast_station")]
    public void Lawful_forms_are_never_impossible(int mmsi)
    {
        var traffic = new Traffic();
        traffic.Sail(mmsi, Sea, 90, 5, Start, Hours(1));
        using var run = FoldRun.Replay(traffic);
        Assert.That(Impossible(run), Is.Empty);
    }

    [Test]
    public void Four_reports_under_such_a_number_may_be_damaged_messages()
    {
        var traffic = new Traffic();
        traffic.Sail(217_000_001, Sea, 90, 12, Start, Minutes(3));
        using var run = FoldRun.Replay(traffic);
        Assert.That(Impossible(run), Is.Empty);
    }

    [Test]
    public void Identification_digits_are_the_ITUs()
    {
        var count = Enumerable.Range(0, 1000).Count(mid => Mid.CountryOf(mid) is not null);
        Assert.Multiple(() =>
        {
            Assert.That(count, Is.EqualTo(290));
            Assert.That((Mid.CountryOf(219), Mid.CountryOf(636), Mid.CountryOf(210)), Is.EqualTo(("DK", "LR", "CY")));
            Assert.That((Mid.CountryOf(217), Mid.CountryOf(999), Mid.CountryOf(-1)), Is.EqualTo(((string?)null, (string?)null, (string?)null)));
        });
    }

    private static IEnumerable<System.Text.Json.JsonElement> Impossible(FoldRun run) =>
        run.Of("spoofing").Where(f => f.Text("object")!.StartsWith("impossible", StringComparison.Ordinal));
}
