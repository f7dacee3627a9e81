using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>A storm holds the traffic up, and less is heard of it.</summary>
public class StormTests
{
    private const long Hour = 3_600_000;

    [Test]
    public void Time_lost_in_a_storm_grows_by_no_more_than_its_height_and_never_comes_back()
    {
        var storm = new Storm(4, 0, 72 * Hour);
        long last = 0;
        for (var at = 0L; at < 72 * Hour; at += 60_000)
        {
            var lost = storm.LostMs(at);
            Assert.That(lost - last, Is.InRange(0, 24_001), $"minute {at / 60_000}");
            Assert.That(storm.PaceAt(at), Is.EqualTo(1 - ((lost - last) / 60_000.0)).Within(0.003));
            last = lost;
        }

        Assert.That(last / (double)Hour, Is.InRange(5, 11), "hours lost in a day's storm");
    }

    [Test]
    public void A_storm_slows_the_traffic_thins_reception_and_is_played()
    {
        var options = new ScenarioOptions { Seed = 9120, Days = 3, Vessels = 100 };
        var fair = Simulation.Generate(options, Stream.Null);
        var foul = Simulation.Generate(options with { Storm = true }, Stream.Null);
        var plays = foul.Truth.Where(entry => entry.Lawful && entry.Note == "hove to in a storm");

        Assert.Multiple(() =>
        {
            Assert.That(foul.Reports, Is.LessThan(fair.Reports * 0.95));
            Assert.That(plays.Any(), "somebody heaves to");
            Assert.That(
                foul.Truth.Count(entry => entry.Kind == "port-visit"), Is.LessThan(fair.Truth.Count(entry => entry.Kind == "port-visit")),
                "fewer calls than in fair weather");
        });
    }

    [Test]
    public void Without_a_storm_nobody_is_held_up()
    {
        var options = new ScenarioOptions { Seed = 9121, Days = 2, Vessels = 30 };
        Assert.That(new World(options).Storm, Is.Null);
        Assert.That(Fleet.Of(new World(options), options).All(vessel => vessel.PlanTime(123_456) == 123_456));
    }
}
