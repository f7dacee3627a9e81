using System.Text.Json;
using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;
using static MaritimeWatch.Tests.Findings.Traffic;

namespace MaritimeWatch.Tests.Findings.UnlikelyMotion;

internal sealed class WayTests
{
    private static readonly Position Sea = Position.FromDegrees(56.9, 11.2);

    [Test]
    public void A_ship_under_way_is_placed_at_every_ten_minutes_with_what_it_said()
    {
        var traffic = new Traffic();
        traffic.Sail(Ship, Sea, 90, 12, Start + Minutes(3), Hours(2), 7 * 60_000);
        var ways = Ways(traffic);
        Assert.Multiple(() =>
        {
            Assert.That(ways.Select(way => way.Text("at")), Is.EqualTo(Enumerable.Range(1, 12).Select(i => Instants.ToText(Start + Minutes(10 * i)))));
            Assert.That(ways[0].GetProperty("speed_knots").GetDecimal(), Is.EqualTo(12m));
            Assert.That(ways[0].GetProperty("course_degrees").GetDecimal(), Is.EqualTo(90m));
            Assert.That(ways[0].GetProperty("hull").GetInt32(), Is.EqualTo(1));
            Assert.That(ways[0].Text("known_at"), Is.EqualTo(Instants.ToText(Start + Minutes(10))));
        });
    }

    [Test]
    public void Its_place_lies_on_the_straight_way_and_what_was_said_long_before_or_after_is_not_repeated()
    {
        var traffic = new Traffic();
        traffic.Report(Ship, Position.FromDegrees(57.00, 10.60), Start + Minutes(2), 8, 45);
        traffic.Report(Ship, Position.FromDegrees(57.01, 10.62), Start + Minutes(22), 8, 45);
        using var run = FoldRun.Replay(traffic);
        var lines = run.Lines.Where(line => line.Collection == "ways").Select(line => line.Line).ToList();
        Assert.That(lines, Has.Count.EqualTo(2));
        Assert.That(lines[0], Does.Contain("[10.608,57.004]").And.Contain("\"speed_knots\":null"), "8 of 20 minutes");
        Assert.That(lines[1], Does.Contain("\"speed_knots\":8.0"), "2 minutes before it spoke");
    }

    [Test]
    public void Across_a_silence_of_more_than_half_an_hour_nothing_is_made_up()
    {
        var traffic = new Traffic();
        traffic.Report(Ship, Sea, Start, 12, 90);
        traffic.Report(Ship, GreatCircle.Destination(Sea, 90, 12 * 1852 * 31 / 60.0), Start + Minutes(31), 12, 90);
        Assert.That(Ways(traffic), Is.Empty);
    }

    [Test]
    public void Across_the_antimeridian_it_goes_the_short_way()
    {
        var traffic = new Traffic();
        traffic.Report(Ship, Position.FromDegrees(10, 179.99), Start + Minutes(5), 8, 90);
        traffic.Report(Ship, Position.FromDegrees(10, -179.99), Start + Minutes(15), 8, 90);
        using var run = FoldRun.Replay(traffic);
        Assert.That(run.Lines.Single(line => line.Collection == "ways").Line, Does.Contain("180,10]"));
    }

    [Test]
    public void A_ship_in_port_is_left_out()
    {
        var places = new TestReference();
        var traffic = new Traffic();
        traffic.Sail(Ship, places.Port.Where, 0, 0, Start, Hours(2));
        using var run = FoldRun.Replay(traffic, places);
        var late = run.Lines.Count(line => line.Collection == "ways");
        Assert.That(late, Is.LessThan(3), "it is in port once it has shown that it stays");
    }

    private static List<JsonElement> Ways(Traffic traffic)
    {
        using var run = FoldRun.Replay(traffic);
        return [.. run.Lines.Where(line => line.Collection == "ways").Select(line => JsonDocument.Parse(line.Line).RootElement.GetProperty("properties"))];
    }
}
