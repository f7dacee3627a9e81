using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Tests.Intake.Ais;

/// <summary>
/// Our decodes beside those of gpsd (Debian's <c>gpsdecode -j</c>), field by field as numbers on the air. Every field
/// that both decode agrees, or the difference is one of <see cref="RefereeExplanation.OfFields"/>.
/// </summary>
public sealed class RefereeTests
{
    private const int GeneratedCount = 200_000;
    private const string Program = "/usr/bin/gpsdecode";

    // Recordings whose TAG blocks are damaged: what we refuse for that, gpsd takes, because it does not look at them.
    private static readonly Dictionary<string, int> s_onlyTheirs = new() { ["Ais1000Lines.nm4"] = 123 };

    [Test]
    public void Every_message_and_field_of_the_recordings_agrees_with_gpsd_or_is_explained()
    {
        RequireProgram();
        var files = Directory.GetFiles(SharedData.Require("ais/nmea")).Order(StringComparer.Ordinal)
            .Where(f => Path.GetExtension(f) is not (".json" or ".chk")).ToList();
        var tally = new Tally();
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);

            // Those that they cannot have come last, so that they are not taken for others that are alike.
            var ours = RefereeReading.Of(bytes).OrderBy(m => RefereeAbsence.OfMessages.Any(e => e.Accounts(m)))
                .GroupBy(m => (m.Type, m.Mmsi)).ToDictionary(g => g.Key, g => g.ToList());
            var onlyTheirs = 0;
            Run(bytes, theirs =>
            {
                var key = (theirs.GetProperty("type").GetInt32(), theirs.GetProperty("mmsi").GetInt32());
                if (!ours.TryGetValue(key, out var left) || left.Count == 0 || !TakeAlike(left, theirs, tally))
                {
                    onlyTheirs++;
                }
            });
            foreach (var message in ours.Values.SelectMany(m => m))
            {
                tally.Absent(message);
            }

            Assert.That(onlyTheirs, Is.EqualTo(s_onlyTheirs.GetValueOrDefault(Path.GetFileName(file))), file);
        }

        tally.Print($"{files.Count} recordings");
        Assert.That(tally.Unexplained, Is.Empty);
        Assert.That(tally.Messages, Is.GreaterThan(24_000));
    }

    [Test]
    public void Every_field_of_generated_messages_of_all_types_agrees_with_gpsd_or_is_explained()
    {
        RequireProgram();
        const int Seed = 20261122;
        var bytes = Generate(new Random(Seed));
        var ours = RefereeReading.Of(bytes);
        Assert.That(ours, Has.Count.EqualTo(GeneratedCount));
        var byKey = ours.ToDictionary(m => (m.Type, m.Mmsi));
        var tally = new Tally();
        Run(bytes, theirs =>
        {
            var key = (theirs.GetProperty("type").GetInt32(), theirs.GetProperty("mmsi").GetInt32());
            Assert.That(byKey.Remove(key, out var message), theirs.ToString());
            tally.Take(message!, theirs);
        });
        foreach (var message in byKey.Values)
        {
            tally.Absent(message);
        }

        tally.Print($"{GeneratedCount} generated messages, seed {Seed}");
        Assert.That(tally.Unexplained, Is.Empty);
        Assert.That(tally.Messages, Is.GreaterThan(GeneratedCount * 0.95));
    }

    private static void RequireProgram()
    {
        if (!File.Exists(Program))
        {
            Assert.Ignore($"{Program} is absent (Debian package gpsd-clients), so there is no referee");
        }
    }

    // The first of ours, in the order of the file, that agrees but for what is explained; else the first.
    private static bool TakeAlike(List<RefereeMessage> left, JsonElement theirs, Tally tally)
    {
        var differences = new List<RefereeDifference>();
        var at = 0;
        for (var index = 0; index < left.Count && index < 2_000; index++)
        {
            differences.Clear();
            RefereeFields.Compare(left[index], theirs, differences);
            if (differences.TrueForAll(d => RefereeExplanation.OfFields.Any(e => e.Accounts(d))))
            {
                at = index;
                break;
            }
        }

        tally.Take(left[at], theirs);
        left.RemoveAt(at);
        return true;
    }

    private static byte[] Generate(Random random)
    {
        using var text = new MemoryStream();
        var bits = new byte[AisDraft.BytesMax];
        var lines = new byte[AisSentenceWriter.LongBytesMax];
        for (var number = 0; number < GeneratedCount; number++)
        {
            var layout = AisLayouts.All[number % AisLayouts.All.Count];
            var count = RandomMessage.Make(random, layout, RandomMessage.Mmsi(layout, number), bits);
            text.Write(lines, 0, AisSentenceWriter.Write(bits, count, new AisFrame('A', number % 10, -1), [], lines));
        }

        return text.ToArray();
    }

    private static void Run(byte[] input, Action<JsonElement> onMessage)
    {
        var start = new ProcessStartInfo(Program, ["-j", "-u", "--split24"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.Latin1,
        };
        using var process = Process.Start(start)!;
        process.BeginErrorReadLine(); // what it says of lines that it drops: the comparison finds those itself
        var writing = Task.Run(() =>
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        });
        while (process.StandardOutput.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.GetProperty("class").GetString() == "AIS")
            {
                onMessage(document.RootElement);
            }
        }

        writing.GetAwaiter().GetResult();
        process.WaitForExit();
    }

    /// <summary>What was compared, and how the differences were explained.</summary>
    private sealed class Tally
    {
        private readonly SortedDictionary<string, int> _explained = new(StringComparer.Ordinal);
        private readonly List<RefereeDifference> _differences = [];
        private readonly int[] _types = new int[28];
        private long _fields;

        public int Messages { get; private set; }

        /// <summary>The first that nothing explains.</summary>
        public List<string> Unexplained { get; } = [];

        public void Take(RefereeMessage ours, JsonElement theirs)
        {
            _differences.Clear();
            _fields += RefereeFields.Compare(ours, theirs, _differences);
            Messages++;
            _types[ours.Type]++;
            foreach (var difference in _differences)
            {
                Count(RefereeExplanation.OfFields.FirstOrDefault(e => e.Accounts(difference))?.Name, difference);
            }
        }

        public void Absent(RefereeMessage ours) =>
            Count(
                RefereeAbsence.OfMessages.FirstOrDefault(e => e.Accounts(ours))?.Name,
                $"only ours: type {ours.Type}, {ours.Count} bits, line {ours.LineNumber}: {ours.Line}");

        public void Print(string what)
        {
            TestContext.Out.WriteLine($"{what}: {Messages} messages and {_fields} fields compared");
            TestContext.Out.WriteLine("by type: " + string.Join(' ', _types.Select((n, t) => $"{t}:{n}").Skip(1)));
            foreach (var (name, count) in _explained)
            {
                var why = RefereeExplanation.OfFields.FirstOrDefault(e => e.Name == name) is { } field
                    ? (field.Clause, field.Why)
                    : RefereeAbsence.OfMessages.Where(e => e.Name == name).Select(e => (e.Clause, e.Why)).First();
                TestContext.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"explained {count} times: {name} ({why.Clause}): {why.Why}"));
            }
        }

        private void Count(string? name, object difference)
        {
            if (name is not null)
            {
                _explained[name] = _explained.GetValueOrDefault(name) + 1;
            }
            else if (Unexplained.Count < 40)
            {
                Unexplained.Add(difference.ToString()!);
            }
        }
    }
}
