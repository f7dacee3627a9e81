using System.Security.Cryptography;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>Every behaviour of movement is played over its sizes, with near misses and look-alikes.</summary>
public class MotionPlayersTests
{
    private static readonly ulong[] Seeds = [9101, 9102, 9103, 9104, 9105];

    private static readonly string[] Kinds = ["loitering", "drift", "sudden-stop", "distress", "spoofing"];

    private static readonly (string Kind, string? Rule, double[] Bounds)[] Sizes =
    [
        ("loitering", null, [4, 8, 16]), ("drift", null, [10, 30, 60, 120]), ("sudden-stop", null, [7, 10, 13, 16]),
        ("distress", null, [0, 30, 60, 120]), ("spoofing", "circles", [2, 4, 8]), ("spoofing", "frozen-noise", [30, 60, 120]),
        ("spoofing", "on-land", [2, 4, 8]), ("spoofing", "wrong-clock", [10, 15, 20, 25]),
    ];

    private static readonly (string Kind, string? Rule, MotionAct[] NearMisses)[] Near =
    [
        ("loitering", null, [MotionAct.LoiterShort, MotionAct.LoiterFaster, MotionAct.LoiterNearAnchorage]),
        ("drift", null,
            [MotionAct.DriftShort, MotionAct.DriftOblique, MotionAct.DriftHauling, MotionAct.AnchoredSheering, MotionAct.DriftUnknown]),
        ("sudden-stop", null,
            [MotionAct.HaltSlow, MotionAct.HaltLong, MotionAct.HaltBrief, MotionAct.BadSpeed, MotionAct.HaltThinned]),
        ("distress", null, [MotionAct.BeaconTest, MotionAct.StatusTypo, MotionAct.NotUnderCommand]),
        ("spoofing", "circles", [MotionAct.OneTurn, MotionAct.TrueCircles, MotionAct.AnchoredSheering]),
        ("spoofing", "frozen-noise", [MotionAct.FrozenShort, MotionAct.FrozenAtAnchor, MotionAct.Stale]),
        ("spoofing", "on-land", [MotionAct.QuayNoise, MotionAct.RiverBerth, MotionAct.OneFixInland]),
        ("spoofing", "wrong-clock", [MotionAct.ClockNear, MotionAct.ClockOnce, MotionAct.LoiterFaster]),
    ];

    private static readonly MotionAct[] LookAlikes =
        [MotionAct.LoiterFishing, MotionAct.AnchoredOutside, MotionAct.DriftWorking, MotionAct.BeaconTest, MotionAct.TrueCircles, MotionAct.RiverBerth];

    private static readonly Lazy<List<(ILookup<string, string?> Plays, IReadOnlyList<TruthEntry> Truth)>> Made = new(() => [.. Seeds.AsParallel().AsOrdered().Select(Make)]);

    [Test]
    public void Every_size_of_every_behaviour_is_met_within_five_seeds()
    {
        var truth = Made.Value.SelectMany(one => one.Truth).Where(entry => !entry.Lawful).ToList();
        Assert.Multiple(() =>
        {
            foreach (var (kind, rule, bounds) in Sizes)
            {
                var sizes = truth.Where(entry => entry.Kind == kind && (rule is null || entry.Place == rule)).Select(entry => entry.Magnitude).ToList();
                TestContext.Out.WriteLine($"{kind} {rule}: {string.Join(' ', sizes.Order())}");
                for (var bin = 0; bin < bounds.Length; bin++)
                {
                    var most = bin + 1 < bounds.Length ? bounds[bin + 1] : double.MaxValue;
                    Assert.That(sizes.Count(size => size >= bounds[bin] && size < most), Is.Positive, $"{kind} {rule} from {bounds[bin]}");
                }

                Assert.That(sizes.Min(), Is.AtLeast(bounds[0]), $"{kind} {rule}: nothing smaller than its definition");
            }
        });
    }

    [Test]
    public void Every_behaviour_has_three_near_misses_and_none_of_them_is_true()
    {
        Assert.Multiple(() =>
        {
            foreach (var (plays, truth) in Made.Value)
            {
                foreach (var (kind, rule, acts) in Near)
                {
                    Assert.That(acts.Count(act => plays.Any(one => one.Contains(act.ToString()))), Is.AtLeast(3), $"{kind} {rule}");
                    var wrong = truth.Where(entry => !entry.Lawful && entry.Kind == kind && (rule is null || entry.Place == rule)
                        && plays[entry.Subject].Any(play => acts.Any(act => act.ToString() == play)));
                    Assert.That(wrong.Select(entry => $"{plays[entry.Subject].First()} {entry.Subject} {entry.Magnitude}"), Is.Empty, $"{kind} {rule}");
                }
            }
        });
    }

    [Test]
    public void Look_alikes_are_lawful_and_say_why()
    {
        var lawful = Made.Value.SelectMany(one => one.Truth.Where(entry => entry.Lawful && Kinds.Contains(entry.Kind))
            .SelectMany(entry => one.Plays[entry.Subject].Select(play => (Play: play, entry.Note)))).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(lawful.All(one => one.Note is { Length: > 0 }));
            foreach (var act in LookAlikes)
            {
                Assert.That(lawful.Any(one => one.Play == act.ToString()), $"{act}");
            }
        });
    }

    [Test]
    public void Three_days_of_three_hundred_vessels_hold_each_kind_three_times_and_more()
    {
        Assert.Multiple(() =>
        {
            foreach (var (kind, rule, _) in Sizes)
            {
                var counts = Made.Value.Select(one => one.Truth.Count(
                    entry => !entry.Lawful && entry.Kind == kind && (rule is null || entry.Place == rule))).ToList();
                Assert.That(counts.Average(), Is.AtLeast(3), $"{kind} {rule}: {string.Join(' ', counts)}");
                Assert.That(counts.Min(), Is.AtLeast(2), $"{kind} {rule}: {string.Join(' ', counts)}");
            }
        });
    }

    [Test]
    public void The_players_leave_the_lines_of_the_traffic_as_they_are_and_are_the_same_every_time()
    {
        var options = new ScenarioOptions { Seed = 9110, Days = 1, Vessels = 40 };
        var traffic = Lines(options with { Behaviours = false });
        var all = Lines(options);
        var (once, again) = (Hash(options), Hash(options));

        Assert.Multiple(() =>
        {
            Assert.That(all, Is.SupersetOf(traffic), "the traffic's own lines");
            Assert.That(all.Count, Is.GreaterThan(traffic.Count + 100), "and some more");
            Assert.That(again, Is.EqualTo(once), "the same bytes again");
        });
    }

    [Test]
    public void Numbers_of_players_are_their_own()
    {
        var options = new ScenarioOptions { Seed = 9111, Days = 3, Vessels = 1500, Storm = true };
        var world = new World(options);
        var fleet = new List<SimVessel>();
        MotionPlayers.Join(fleet, world, options);
        var ships = fleet.Where(vessel => !vessel.Identity.IsBeacon).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(fleet.Select(vessel => vessel.Identity.Mmsi), Is.Unique);
            Assert.That(ships.All(vessel => vessel.Identity.Mmsi % 1_000_000 is >= 990_000 and < 992_500));
            Assert.That(ships.All(vessel => vessel.Identity.About.Name!.StartsWith("SIM ", StringComparison.Ordinal)));
            Assert.That(fleet.Where(vessel => vessel.Identity.IsBeacon).All(vessel => vessel.Identity.Mmsi / 1_000_000 is 970 or 972 or 974));
        });
    }

    private static (ILookup<string, string?> Plays, IReadOnlyList<TruthEntry> Truth) Make(ulong seed)
    {
        var options = new ScenarioOptions { Seed = seed, Days = 3, Vessels = 300 };
        var fleet = new List<SimVessel>();
        MotionPlayers.Join(fleet, new World(options), options);
        TestContext.Out.WriteLine($"seed {seed}");
        var plays = fleet.ToLookup(vessel => vessel.Identity.About.Vessel.Subject, vessel => vessel.Plays);
        return (plays, Simulation.Generate(options, Stream.Null).Truth);
    }

    private static HashSet<string> Lines(ScenarioOptions options)
    {
        using var nmea = new MemoryStream();
        Simulation.Generate(options, nmea);
        return [.. System.Text.Encoding.ASCII.GetString(nmea.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string Hash(ScenarioOptions options)
    {
        using var nmea = new MemoryStream();
        Simulation.Generate(options, nmea);
        return Convert.ToHexStringLower(SHA256.HashData(nmea.ToArray()));
    }
}
