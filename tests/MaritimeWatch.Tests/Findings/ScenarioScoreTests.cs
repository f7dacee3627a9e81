using MaritimeWatch.Findings;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Scenario;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Tests.Findings;

/// <summary>Plays simulated scenarios and compares what was found with what is true.</summary>
internal sealed class ScenarioScoreTests
{
    private const long SlackMs = 15 * 60_000;

    [Test]
    [Explicit("by hand: prints a score per kind and every miss; for work on the detectors")]
    public async Task Print_recall_and_precision_over_seeds()
    {
        var folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "score");
        var scores = new SortedDictionary<string, (int Hit, int Missed, int False, int Lawful)>(StringComparer.Ordinal);
        for (ulong seed = 401; seed <= 403; seed++)
        {
            ScenarioFolder.Write(folder, new ScenarioOptions { Seed = seed, Days = 7, Vessels = 300 });
            var (findings, truth) = await Play(folder, seed);
            Compare(findings, truth, scores, seed);
        }

        var lines = scores.Select(each =>
            $"{each.Key}: hit {each.Value.Hit} missed {each.Value.Missed} false {each.Value.False} lawful alarms {each.Value.Lawful}");
        await TestContext.Out.WriteLineAsync(string.Join(Environment.NewLine, lines));
    }

    private static async Task<(IReadOnlyList<System.Text.Json.JsonElement> Findings, IReadOnlyList<TruthEntry> Truth)> Play(string folder, ulong seed)
    {
        using var nmea = new MemoryStream();
        var result = Simulation.Generate(new ScenarioOptions { Seed = seed, Days = 7, Vessels = 300 }, nmea);
        nmea.Position = 0;
        var sources = new SourceTable();
        using var sorter = new ReplaySorter(new GroupMap(1), sources, new ReplaySorterOptions { TemporaryFolder = folder });
        sorter.AddLanding(new LandingName("landing/sim", "sim"));
        var sink = sorter.Sink();
        AisReader.Read(nmea, new AisReadOptions { Sources = sources }, ref sink);
        using var sorted = sorter.Finish(default);
        var store = new ReferenceStore(new MemoryStore());
        foreach (var kind in new[] { "zones", "anchorages" })
        {
            await store.AddAsync(kind, await File.ReadAllBytesAsync(Path.Combine(folder, "reference", $"{kind}.geojson")), default);
        }

        var output = new Lines();
        using var fold = new WatchFold(new WatchOptions(), sorted.Source(0), new Stored(store));
        long number = 1;
        foreach (var kind in new[] { "zones", "anchorages" })
        {
            var body = System.Text.Encoding.UTF8.GetBytes($$"""{"kind":"{{kind}}","version":1}""");
            await fold.FoldAsync(new InboxEntry(number++, EntryKind.Reference, body), 0, 1, output, default);
        }

        var set = new ReplaySet { Id = "s", Files = [] }.ToBytes();
        await fold.FoldAsync(new InboxEntry(number, EntryKind.Set, set), 0, int.MaxValue, output, default);
        var latest = output.Findings.GroupBy(f => f.Text("id")).Select(g => g.Last()).Where(f => f.Text("state") != "retracted").ToArray();
        return (latest, result.Truth);
    }

    private static void Compare(
        IReadOnlyList<System.Text.Json.JsonElement> findings,
        IReadOnlyList<TruthEntry> truth,
        SortedDictionary<string, (int Hit, int Missed, int False, int Lawful)> scores,
        ulong seed)
    {
        foreach (var entry in truth.Where(t => !t.Lawful))
        {
            var isHit = findings.Any(f => Matches(f, entry));
            var score = scores.GetValueOrDefault(entry.Kind);
            scores[entry.Kind] = isHit ? score with { Hit = score.Hit + 1 } : score with { Missed = score.Missed + 1 };
            if (!isHit)
            {
                TestContext.Out.WriteLine($"{seed} missed {entry}");
            }
        }

        foreach (var finding in findings)
        {
            var kind = finding.Text("kind")!;
            var isAlarm = finding.Text("severity") is "medium" or "high";
            var score = scores.GetValueOrDefault(kind);
            if (!truth.Any(t => Matches(finding, t)))
            {
                scores[kind] = score with { False = score.False + 1 };
                TestContext.Out.WriteLine($"{seed} false {finding.Text("severity")} {finding.Text("start_at")} {finding.Text("end_at")} {finding.Text("reason")}");
            }
            else if (isAlarm && !truth.Any(t => !t.Lawful && Matches(finding, t)))
            {
                scores[kind] = score with { Lawful = score.Lawful + 1 };
                TestContext.Out.WriteLine($"{seed} lawful alarm {finding.Text("reason")}");
            }
        }
    }

    private static bool Matches(System.Text.Json.JsonElement finding, TruthEntry entry)
    {
        var start = DateTimeOffset.Parse(finding.Text("start_at")!, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        var end = finding.Text("end_at") is { } text
            ? DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()
            : long.MaxValue / 2;
        return finding.Text("kind") == entry.Kind && finding.Text("subject") == entry.Subject
            && start <= entry.EndAtMs + SlackMs && end >= entry.StartAtMs - SlackMs;
    }

    private sealed class Stored(ReferenceStore store) : IReferenceSource
    {
        public async ValueTask<IReferenceView> LoadAsync(IReadOnlyDictionary<string, int> versions, CancellationToken cancel) =>
            await store.LoadViewAsync(versions, cancel);
    }

    private sealed class Lines : IFoldOutput
    {
        public List<System.Text.Json.JsonElement> Findings { get; } = [];

        public void WriteLine(string collection, ReadOnlySpan<byte> line)
        {
            if (collection == "findings")
            {
                Findings.Add(System.Text.Json.JsonDocument.Parse(line.ToArray()).RootElement.GetProperty("properties"));
            }
        }
    }
}
