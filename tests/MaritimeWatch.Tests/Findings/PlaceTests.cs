using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings;

internal sealed class PlaceTests
{
    private static readonly TestReference Places = new();

    [Test]
    public void A_ship_that_crosses_a_zone_has_entered_it_once()
    {
        using var run = FoldRun.Replay(Crossing(Places.ZoneCentre), Places);
        var entry = run.Of("zone-entry").Single();
        Assert.Multiple(() =>
        {
            Assert.That(entry.Text("object"), Is.EqualTo("reserve"));
            Assert.That(entry.Text("severity"), Is.EqualTo("medium"));
            Assert.That(entry.Text("state"), Is.EqualTo("closed"));
            Assert.That(entry.Number("measure", "inside_minutes"), Is.InRange(30m, 40m));
            Assert.That(run.Revisions[0].Text("state"), Is.EqualTo("open"), "it opens with the first report inside");
            Assert.That(entry.GetProperty("reference").GetProperty("zones").GetInt32(), Is.EqualTo(1));
        });
    }

    [Test]
    public void A_ship_that_passes_a_zone_has_not_entered_it()
    {
        using var run = FoldRun.Replay(Crossing(GreatCircle.Destination(Places.ZoneCentre, 0, 6000)), Places);
        Assert.That(run.Of("zone-entry"), Is.Empty);
    }

    [Test]
    public void Noise_at_the_edge_is_no_second_entry()
    {
        var traffic = new Traffic();
        var edge = new Position(Places.ZoneCentre.LatitudeE7 + 500_000, Places.ZoneCentre.LongitudeE7);
        for (var i = 0; i < 60; i++)
        {
            traffic.Report(Ship, GreatCircle.Destination(edge, 0, i % 2 == 0 ? -80 : 80), Start + Minutes(i), 0.4, i);
        }

        using var run = FoldRun.Replay(traffic, Places);
        Assert.That(run.Of("zone-entry"), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_single_bad_fix_in_a_zone_is_no_entry()
    {
        var traffic = new Traffic();
        var far = GreatCircle.Destination(Places.ZoneCentre, 180, 60_000);
        traffic.Sail(Ship, far, 90, 8, Start, Minutes(30));
        traffic.Report(Ship, Places.ZoneCentre, Start + Minutes(30.5), 8, 90);
        traffic.Sail(Ship, GreatCircle.Destination(far, 90, 4 * 1852), 90, 8, Start + Minutes(31), Minutes(30));
        using var run = FoldRun.Replay(traffic, Places);
        Assert.That(run.Of("zone-entry"), Is.Empty);
    }

    [Test]
    public void A_ship_that_comes_stops_and_goes_has_visited_the_port()
    {
        using var run = FoldRun.Replay(Call(stopFor: Hours(5)), Places);
        var visit = run.Of("port-visit").Single();
        var call = run.Lines.Last(l => l.Collection == "port-calls").Line;
        Assert.Multiple(() =>
        {
            Assert.That(visit.Text("object"), Is.EqualTo("SEGOT"));
            Assert.That(visit.Text("severity"), Is.EqualTo("info"));
            Assert.That(visit.Number("measure", "confidence"), Is.EqualTo(4m));
            Assert.That(visit.Text("state"), Is.EqualTo("closed"));
            Assert.That(run.Revisions[0].Text("state"), Is.EqualTo("open"), "it opens when the ship stops");
            Assert.That(call, Does.Contain("\"port\":\"SEGOT\"").And.Contain("\"confidence\":4").And.Contain("departure_at\":\"2026"));
            Assert.That(run.Lines.Count(l => l.Collection == "stays"), Is.EqualTo(1));
        });
    }

    [Test]
    public void A_ship_that_passes_the_port_without_a_stop_has_visited_it_only_for_Global_Fishing_Watch()
    {
        using var run = FoldRun.Replay(Call(stopFor: 0), Places, "default", "gfw");
        Assert.Multiple(() =>
        {
            Assert.That(run.Of("port-visit"), Is.Empty);
            Assert.That(run.Of("port-visit", "gfw").Single().Number("measure", "confidence"), Is.EqualTo(1m));
        });
    }

    [Test]
    public void A_ship_that_falls_silent_in_port_has_visited_it()
    {
        var traffic = new Traffic();
        traffic.Neighbours(GreatCircle.Destination(Places.Port.Where, 180, 40_000), Start, Hours(12));
        traffic.Sail(Ship, GreatCircle.Destination(Places.Port.Where, 180, 20_000), 0, 10, Start, Minutes(65));
        using var run = FoldRun.Replay(traffic, Places);
        var visit = run.Of("port-visit").Single();
        Assert.Multiple(() =>
        {
            Assert.That(visit.Number("measure", "confidence"), Is.EqualTo(3m));
            Assert.That(visit.Text("state"), Is.EqualTo("open"));
            Assert.That(visit.GetProperty("settled").GetBoolean());
        });
    }

    private static Traffic Crossing(Position through)
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, GreatCircle.Destination(through, 270, 20_000), 90, 6, Start, Hours(4));
        return traffic;
    }

    private static Traffic Call(long stopFor)
    {
        var traffic = new Traffic();
        var berth = traffic.Sail(Ship, GreatCircle.Destination(Places.Port.Where, 180, 18_520), 0, 10, Start, Hours(1));
        if (stopFor > 0)
        {
            traffic.Sail(Ship, berth, 0, 0, Start + Hours(1) + 60_000, stopFor, 180_000, status: 5);
        }

        traffic.Sail(Ship, berth, 90, 10, Start + Hours(1) + stopFor + 180_000, Hours(1));
        return traffic;
    }
}
