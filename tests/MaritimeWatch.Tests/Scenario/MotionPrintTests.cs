using System.Diagnostics;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

public class MotionPrintTests
{
    [Test]
    [Explicit("prints")]
    public void Print()
    {
        foreach (var storm in new[] { false, true })
        {
        var options = new ScenarioOptions { Seed = 71001, Days = 3, Vessels = 300, Storm = storm };
        var world = new World(options);
        var fleet = Fleet.Of(world, options);
        MotionPlayers.Join(fleet, world, options);
        IdentityPlayers.Join(fleet, world, options);
        var w = Stopwatch.StartNew();
        var off = Simulation.Generate(options with { Behaviours = false }, Stream.Null);
        Console.WriteLine($"without players {w.Elapsed.TotalSeconds:F2} s, {off.Reports} reports");
        w.Restart();
        var result = Simulation.Generate(options, Stream.Null);
        Console.WriteLine($"with players {w.Elapsed.TotalSeconds:F2} s, {result.Reports} reports");
        var plays = fleet.Where(v => !v.IsTwin).ToLookup(v => v.Identity.About.Vessel.Subject, v => v.Plays ?? v.Identity.Class.ToString());
        string[] kinds = ["loitering", "drift", "sudden-stop", "spoofing", "distress"];
        foreach (var g in result.Truth.GroupBy(t => $"{t.Kind} {(t.Kind is "spoofing" ? t.Place : "")}").OrderBy(g => g.Key))
            Console.WriteLine($"{g.Key}: {g.Count(t => !t.Lawful)} lawful {g.Count(t => t.Lawful)}");
        foreach (var t in result.Truth.Where(t => kinds.Contains(t.Kind)).OrderBy(t => t.Kind).ThenBy(t => t.Place))
            Console.WriteLine($"{t.Kind} {t.Place} {plays[t.Subject].FirstOrDefault()} {t.Subject} {t.Magnitude} {t.Units} at {(t.StartAtMs - world.StartAtMs) / 3600000.0:F1} h {(t.Lawful ? t.Note : "")}");
        var motion = fleet.Where(v => v.Troop == Troop.Motion).ToList();
        foreach (var t in result.Truth.Where(t => !kinds.Contains(t.Kind) && motion.Exists(v => v.Identity.About.Vessel.Subject == t.Subject)))
            Console.WriteLine($"OTHER {t.Kind} {t.Place} {plays[t.Subject].FirstOrDefault()} {t.Subject} {t.Magnitude} {t.Units}");
        Console.WriteLine(string.Join(", ", motion.GroupBy(v => v.Plays).Select(g => $"{g.Key} {g.Count()}")));
        }
    }
}
