using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Reference;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

/// <summary>The truth of movement against the same definitions worked out from the lines, both ways.</summary>
public class MotionTruthTests
{
    private const ulong Seed = 9130;
    private const double Shortest = 0.06; // what a second of a clock and a lost report may take off a length

    private static readonly Lazy<(Dictionary<string, List<PositionReport>> Tracks, IReadOnlyList<TruthEntry> Truth)> Made = new(Make);

    private static readonly Lazy<Coastline?> Coast = new(ReadCoast);

    [TestCase("drift", null, 3)]
    [TestCase("loitering", null, 10)]
    [TestCase("distress", null, 3)]
    [TestCase("sudden-stop", null, 1)]
    [TestCase("spoofing", "frozen-noise", 3)]
    public void Truth_is_what_the_written_lines_say_by_the_definition(string kind, string? rule, int minutesOff)
    {
        var again = Made.Value.Tracks.SelectMany(one => WorkOut(kind, one.Key, one.Value)).ToList();
        var truth = Made.Value.Truth.Where(entry => entry.Kind == kind && (rule is null || entry.Place == rule)).ToList();
        bool Same(TruthEntry entry, Again one) => entry.Subject == one.Subject
            && Math.Abs(entry.StartAtMs - one.StartAtMs) <= minutesOff * 60_000L && Math.Abs(entry.EndAtMs - one.EndAtMs) <= minutesOff * 60_000L;

        TestContext.Out.WriteLine($"seed {Seed}: {truth.Count} in the truth, {again.Count} from the lines");
        Assert.Multiple(() =>
        {
            Assert.That(truth, Has.Count.AtLeast(4), "the test itself");
            Assert.That(
                truth.Where(entry => !again.Exists(one => Same(entry, one)) && !IsOther(entry)).Select(entry => $"{entry}"), Is.Empty, "in the truth only");
            Assert.That(
                again.Where(one => !truth.Exists(entry => Same(entry, one)) && !IsNearLimit(one)).Select(one => $"{one}"), Is.Empty, "in the lines only");
        });
    }

    [Test]
    public void What_is_on_land_by_the_truth_is_so_by_the_coast_of_natural_earth_and_the_other_way_round()
    {
        var coast = Coast.Value;
        if (coast is null)
        {
            Assert.Ignore("node_modules/world-atlas is absent: run npm ci");
        }

        bool IsInland(PositionReport report, double km) =>
            (report.Traits & ReportTraits.Aircraft) == 0 && coast!.IsLand(report.Position) && coast.KilometresToShore(report.Position) >= km;
        var truth = Made.Value.Truth.Where(entry => entry.Place == "on-land").ToList();
        var again = Made.Value.Tracks.SelectMany(one => HeardAgain.Inland(one.Key, one.Value, report => IsInland(report, 2))).ToList();
        bool Overlap(TruthEntry entry, Again one) =>
            entry.Subject == one.Subject && entry.StartAtMs <= one.EndAtMs + 60_000 && one.StartAtMs <= entry.EndAtMs + 60_000;

        Assert.Multiple(() =>
        {
            Assert.That(truth.Count(entry => !entry.Lawful), Is.AtLeast(4), "the test itself");
            Assert.That(truth.Where(entry => !entry.Lawful && !again.Exists(one => Overlap(entry, one))), Is.Empty, "in the truth only");
            Assert.That(again.Where(one => !truth.Exists(entry => Overlap(entry, one))), Is.Empty, "by the coast only");
        });
    }

    [Test]
    public void The_simulators_coast_is_that_of_natural_earth_to_five_hundred_metres()
    {
        if (Coast.Value is not { } coast)
        {
            Assert.Ignore("node_modules/world-atlas is absent: run npm ci");
            return;
        }

        var random = new SimRandom(Seed, 1);
        var off = new List<double>();
        while (off.Count < 1500)
        {
            var place = new GeoPoint(random.Between(56.6, 58.7), random.Between(9.9, 12.6));
            var metres = coast.KilometresToShore(place.ToPosition()) * 1000;
            if (metres < 6000)
            {
                off.Add(Math.Abs((coast.IsLand(place.ToPosition()) ? metres : -metres) - Shore.Here.InlandM(place)!.Value));
            }
        }

        off.Sort();
        TestContext.Out.WriteLine($"median {off[off.Count / 2]:F0} m, worst {off[^1]:F0} m");
        Assert.That(off[(int)(off.Count * 0.995)], Is.LessThan(Shore.ErrorM));
    }

    [Test]
    public void The_clock_of_one_receiver_is_off_for_some_hours_and_for_all_that_it_hears()
    {
        var world = new World(new ScenarioOptions { Seed = Seed, Days = 3 });
        var off = Enumerable.Range(0, 3 * 24 * 60).Count(minute => world.Sky.LaesoClockErrorMs(world.StartAtMs + (minute * 60_000L)) >= 14_000);

        Assert.That(off / 60.0, Is.InRange(3.9, 8.1), "hours");
    }

    private static IEnumerable<Again> WorkOut(string kind, string subject, List<PositionReport> track) => kind switch
    {
        "drift" => HeardAgain.Drifts(subject, track),
        "loitering" => HeardAgain.Loiterings(subject, track, IsAtSea),
        "distress" => HeardAgain.Calls(subject, track),
        "sudden-stop" => HeardAgain.Stops(subject, track),
        _ => HeardAgain.Frozen(subject, track),
    };

    private static bool IsAtSea(PositionReport report)
    {
        var at = new GeoPoint(report.Position.LatitudeDegrees, report.Position.LongitudeDegrees);
        return (report.Traits & ReportTraits.Aircraft) == 0 && report.Vessel.Mmsi / 1_000_000 is not (970 or 972 or 974)
            && Array.TrueForAll(Geography.Stops, stop => SimMaths.Metres(stop.Where, at) >= 10_000)
            && !(Shore.Here.InlandM(at) > -2000 + Shore.ErrorM);
    }

    // Constant drift without noise is worked out by another rule, and a test of a beacon by none.
    private static bool IsOther(TruthEntry entry) => entry.Note == "a test of a beacon"
        || (entry.Place == "frozen-noise" && Made.Value.Tracks[entry.Subject].Where(
            report => report.EventAtMs >= entry.StartAtMs && report.EventAtMs <= entry.EndAtMs).Select(report => report.Position).Distinct().Count() > 2)
        || IsNearLimit(new Again(entry.Kind, entry.Subject, entry.StartAtMs, entry.EndAtMs));

    private static bool IsNearLimit(Again one)
    {
        var limit = one.Kind switch { "loitering" => 240, "drift" => 10, "spoofing" => 30, _ => 0 };
        var minutes = (one.EndAtMs - one.StartAtMs) / 60_000.0;
        return limit > 0 && Math.Abs(minutes - limit) < limit * Shortest;
    }

    private static (Dictionary<string, List<PositionReport>> Tracks, IReadOnlyList<TruthEntry> Truth) Make()
    {
        using var nmea = new MemoryStream();
        var truth = Simulation.Generate(new ScenarioOptions { Seed = Seed, Days = 3, Vessels = 300 }, nmea).Truth;
        return (HeardAgain.Tracks(nmea.ToArray()), truth);
    }

    private static Coastline? ReadCoast()
    {
        for (var at = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, "node_modules", "world-atlas", "land-10m.json");
            if (File.Exists(path))
            {
                return Coastline.FromTopoJson(File.ReadAllBytes(path));
            }
        }

        return null;
    }
}
