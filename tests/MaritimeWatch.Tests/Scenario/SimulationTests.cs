using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Scenario;

public class SimulationTests
{
    private static readonly int[] Types = [1, 3, 4, 5, 9, 18, 21, 24, 27];

    private static readonly string[] Kinds = ["gap", "impossible-movement", "zone-entry", "port-visit"];

    private static readonly ScenarioOptions Small = new() { Seed = 11, Days = 2, Vessels = 80 };

    private static readonly Lazy<(byte[] Nmea, SimulationResult Result)> Made = new(() => Make(Small));

    [Test]
    public void A_seed_always_gives_the_same_bytes_and_another_seed_gives_others()
    {
        var options = new ScenarioOptions { Seed = 5, Days = 0.2, Vessels = 40 };
        var first = Hash(Make(options).Nmea);

        Assert.Multiple(() =>
        {
            Assert.That(Hash(Make(options).Nmea), Is.EqualTo(first));
            Assert.That(Hash(Make(options with { Seed = 6 }).Nmea), Is.Not.EqualTo(first));
        });
    }

    [Test]
    public void The_bytes_of_a_seed_are_those_of_every_other_machine()
    {
        // Taken on an x64 machine with AVX2; a change of the simulator changes it, a change of machine must not.
        var hash = Hash(Make(new ScenarioOptions { Seed = 5, Days = 0.2, Vessels = 40 }).Nmea);

        Assert.That(hash, Is.EqualTo("2777235a9a90cd08c102652cac1d4ae60a4e71143ec2097aead27390eec01a27"));
    }

    [Test]
    public void The_reader_uses_every_line_and_finds_every_report_marked_as_simulated()
    {
        var (nmea, result) = Made.Value;
        var sink = new Collector();
        var sources = new SourceTable();

        var counts = AisReader.Read(new MemoryStream(nmea), new AisReadOptions { Sources = sources }, ref sink);

        Assert.Multiple(() =>
        {
            Assert.That(counts.Refused, Is.Zero);
            Assert.That(counts.Used, Is.EqualTo(result.Lines));
            Assert.That(counts.NoTime, Is.Zero);
            Assert.That(sink.NotSimulated, Is.Zero);
            Assert.That(sink.Ships, Is.EqualTo(result.Reports));
            Assert.That(sink.NamesWithoutSim, Is.Empty);
            foreach (var type in Types)
            {
                Assert.That(counts.OfType(type), Is.Positive, $"type {type}");
            }
        });
    }

    [Test]
    public void Every_line_begins_with_a_simulated_source()
    {
        var lines = Encoding.ASCII.GetString(Made.Value.Nmea).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines.Count(line => !line.StartsWith("\\s:SIM-", StringComparison.Ordinal)), Is.Zero);
    }

    [Test]
    public void Some_lines_come_out_of_order_and_some_of_the_satellite_much_later_but_nearly_all_soon()
    {
        long latest = 0;
        long late = 0;
        long veryLate = 0;
        long count = 0;
        foreach (var line in Encoding.ASCII.GetString(Made.Value.Nmea).Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var from = line.IndexOf("c:", StringComparison.Ordinal) + 2;
            var at = long.Parse(line.AsSpan(from, line.IndexOf('*', StringComparison.Ordinal) - from), System.Globalization.CultureInfo.InvariantCulture);
            late += at < latest - 5 ? 1 : 0;
            veryLate += at < latest - 600 ? 1 : 0;
            latest = Math.Max(latest, at);
            count++;
        }

        Assert.Multiple(() =>
        {
            Assert.That((double)late / count, Is.InRange(0.005, 0.2));
            Assert.That((double)veryLate / count, Is.InRange(0.0002, 0.05));
        });
    }

    [Test]
    public void Four_days_play_every_kind_of_truth_and_every_look_alike()
    {
        var truth = Simulation.Generate(new ScenarioOptions { Seed = 12, Days = 4, Vessels = 120 }, Stream.Null).Truth;

        Assert.Multiple(() =>
        {
            foreach (var kind in Kinds)
            {
                Assert.That(truth.Count(entry => entry.Kind == kind && !entry.Lawful), Is.AtLeast(4), kind);
            }

            Assert.That(truth.Count(entry => entry.Kind == "gap" && entry.Lawful), Is.AtLeast(4));
            Assert.That(truth.Count(entry => entry.Kind == "impossible-movement" && entry.Lawful), Is.AtLeast(1));
            Assert.That(truth.Where(entry => entry.Kind == "gap").Min(entry => entry.Magnitude), Is.AtLeast(6));
            Assert.That(
                truth.Where(entry => entry is { Kind: "impossible-movement", Lawful: false }).Min(entry => entry.Magnitude), Is.AtLeast(2));
            Assert.That(truth.All(entry => entry.StartAtMs <= entry.EndAtMs));
        });
    }

    [Test]
    public void A_ship_that_plays_no_part_makes_no_gap_no_jump_and_no_zone_entry()
    {
        // Ship number 0 is a cargo ship that plays no part: see Fleet.
        var truth = Simulation.Generate(new ScenarioOptions { Seed = 3, Days = 5, Vessels = 1 }, Stream.Null).Truth;

        Assert.That(truth.Where(entry => entry.Kind != "port-visit"), Is.Empty);
    }

    [TestCase(0)]
    [TestCase(400)]
    public void Options_outside_their_range_are_refused(double days) =>
        Assert.That(
            () => Simulation.Generate(new ScenarioOptions { Days = days }, Stream.Null),
            Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static (byte[] Nmea, SimulationResult Result) Make(ScenarioOptions options)
    {
        using var nmea = new MemoryStream();
        var result = Simulation.Generate(options, nmea);
        return (nmea.ToArray(), result);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private sealed class Names
    {
        public List<string> WithoutSim { get; } = [];
    }

    private struct Collector : IAisSink
    {
        private readonly Names names = new();

        public Collector()
        {
        }

        public long Ships { get; private set; }

        public long NotSimulated { get; private set; }

        public readonly List<string> NamesWithoutSim => names.WithoutSim;

        public void OnPosition(in PositionReport report)
        {
            Ships += (report.Traits & ReportTraits.Fixed) == 0 ? 1 : 0;
            NotSimulated += (report.Traits & ReportTraits.Simulated) == 0 ? 1 : 0;
        }

        public readonly void OnStatic(StaticReport report)
        {
            if (report.Name is { } name && !name.Contains("SIM", StringComparison.Ordinal))
            {
                names.WithoutSim.Add(name);
            }
        }

        public readonly void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
        {
        }
    }
}
