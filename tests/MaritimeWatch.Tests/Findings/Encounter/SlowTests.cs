using System.Text.Json;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.Encounter;

internal sealed class SlowTests
{
    private static readonly TestReference Places = new();
    private static readonly Position AtSea = GreatCircle.Destination(Places.Port.Where, 230, 60_000);

    [Test]
    public void A_ship_that_drifts_at_sea_is_placed_at_every_ten_minutes()
    {
        var slow = Slow(Drifting(AtSea, everyMs: 7 * 60_000));
        Assert.Multiple(() =>
        {
            Assert.That(slow.Select(s => s.Text("at")), Is.EqualTo(
                Enumerable.Range(1, 17).Select(i => Instants.ToText(Start + Minutes(10 * i)))));
            Assert.That(slow.All(s => s.GetProperty("far_from_anchorage").GetBoolean()));
            Assert.That(slow[0].Text("id"), Is.EqualTo($"mmsi:{Ship}-{slow[0].Text("at")}"));
            Assert.That(slow[0].Text("known_at"), Is.EqualTo(Instants.ToText(Start + Minutes(14))));
            Assert.That(slow[0].GetProperty("speed_knots").GetDecimal(), Is.EqualTo(1.2m));
            Assert.That(slow[0].GetProperty("length_m").ValueKind, Is.EqualTo(JsonValueKind.Null));
        });
    }

    [Test]
    public void Its_place_lies_on_the_straight_way_between_two_reports()
    {
        var traffic = new Traffic();
        traffic.Report(Ship, Position.FromDegrees(57.00, 10.60), Start + Minutes(5), 1, 90);
        traffic.Report(Ship, Position.FromDegrees(57.01, 10.62), Start + Minutes(45), 1, 90);
        using var run = FoldRun.Replay(traffic, Places);
        var coordinates = run.Lines.Where(l => l.Collection == "slow").Select(l => l.Line).ToList();
        Assert.That(coordinates, Has.Count.EqualTo(4));
        Assert.That(coordinates[2], Does.Contain("[10.6125,57.00625]"), "25 of 40 minutes");
    }

    [Test]
    public void A_ship_under_way_is_not_slow() =>
        Assert.That(Slow(Drifting(AtSea, knots: 2.0)), Is.Empty);

    [Test]
    public void A_way_that_was_made_faster_than_said_is_not_slow()
    {
        var traffic = new Traffic();
        traffic.Report(Ship, AtSea, Start, 0.1, 90);
        traffic.Report(Ship, GreatCircle.Destination(AtSea, 90, 5000), Start + Minutes(40), 0.1, 90);
        Assert.That(Slow(traffic), Is.Empty);
    }

    [Test]
    public void Nothing_is_made_up_in_a_silence_of_more_than_an_hour()
    {
        var traffic = new Traffic();
        traffic.Report(Ship, AtSea, Start, 1, 90);
        traffic.Report(Ship, AtSea, Start + Minutes(61), 1, 90);
        Assert.That(Slow(traffic), Is.Empty);
    }

    [TestCase(2_000, 0, false)]
    [TestCase(6_000, 17, false)]
    [TestCase(9_900, 17, false)]
    [TestCase(12_000, 17, true)]
    public void Nearness_to_a_stopping_place_decides(int metresOff, int expected, bool far)
    {
        var slow = Slow(Drifting(GreatCircle.Destination(Places.Port.Where, 0, metresOff), knots: 0));
        Assert.Multiple(() =>
        {
            Assert.That(slow, Has.Count.EqualTo(expected));
            Assert.That(slow.All(s => s.GetProperty("far_from_anchorage").GetBoolean() == far));
        });
    }

    [Test]
    public void A_ship_close_to_the_coast_may_lie_at_a_quay_that_no_list_knows()
    {
        using var run = FoldRun.Replay(Drifting(AtSea), new TestReference { Offshore = 1.2 });
        Assert.That(Of(run).Select(s => s.GetProperty("far_from_anchorage").GetBoolean()), Is.All.False);
    }

    [Test]
    public void Without_a_list_of_stopping_places_nobody_is_said_to_be_far_from_them()
    {
        using var run = FoldRun.Replay(Drifting(AtSea));
        Assert.That(Of(run).Select(s => s.GetProperty("far_from_anchorage").GetBoolean()), Is.All.False);
    }

    private static Traffic Drifting(Position from, double knots = 1.2, long everyMs = 60_000)
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, from, 90, knots, Start, Minutes(175), everyMs);
        return traffic;
    }

    private static List<JsonElement> Slow(Traffic traffic)
    {
        using var run = FoldRun.Replay(traffic, Places);
        return Of(run);
    }

    private static List<JsonElement> Of(FoldRun run) =>
        [.. run.Lines.Where(l => l.Collection == "slow").Select(l => JsonDocument.Parse(l.Line).RootElement.GetProperty("properties"))];
}
