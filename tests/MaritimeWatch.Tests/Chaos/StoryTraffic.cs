using System.Globalization;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Scenario;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>One thing that somebody sends to a door.</summary>
/// <param name="At">When it would come in order, in the week's time.</param>
/// <param name="Address">The door, with what the address says.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Body">The bytes.</param>
internal sealed record Sending(DateTimeOffset At, string Address, string ContentType, byte[] Body);

/// <summary>The simulated week as what is sent to the doors: AIS an hour at a time, reads, notices, manifests and scenes.</summary>
internal sealed class StoryTraffic
{
    private static readonly TimeSpan Slice = TimeSpan.FromHours(1);
    private static readonly TimeSpan DocumentSlice = TimeSpan.FromHours(6);

    private static readonly (string File, string Member, string Door)[] Listed =
        [("plates.ndjson", "at", "/plates"), ("notices.ndjson", "sent_at", "/notices")];

    private readonly string folder;

    private StoryTraffic(string folder) => this.folder = folder;

    public IReadOnlyList<Sending> Sendings { get; private init; } = [];

    public string Folder => folder;

    /// <summary>Simulates the week into a folder; the same seed gives the same bytes.</summary>
    public static StoryTraffic Simulate(string folder, ulong seed, int vessels, int thinningSeconds = 150)
    {
        ScenarioFolder.Write(folder, new ScenarioOptions { Seed = seed, Days = 7, Vessels = vessels, DuplicateShare = 0.02, ReportThinningSeconds = thinningSeconds });
        var empty = new StoryTraffic(folder);
        return new StoryTraffic(folder)
        {
            Sendings = [.. empty.Ais().Concat(empty.Documents()).OrderBy(sending => sending.At).ThenBy(sending => sending.Address, StringComparer.Ordinal)],
        };
    }

    /// <summary>The sendings as a bad world brings them: some later than others, some twice.</summary>
    public IReadOnlyList<Sending> Disturbed(Random chance)
    {
        var all = new List<(double Place, Sending Sending)>();
        for (var index = 0; index < Sendings.Count; index++)
        {
            all.Add((index + Delay(chance), Sendings[index]));
            if (chance.NextDouble() < 0.15)
            {
                all.Add((index + (2 * Delay(chance)) + (chance.NextDouble() * 3), Sendings[index]));
            }
        }

        return [.. all.OrderBy(one => one.Place).Select(one => one.Sending)];
    }

    private static double Delay(Random chance) => chance.NextDouble() < 0.2 ? chance.NextDouble() * 4 : 0;

    private IEnumerable<Sending> Ais()
    {
        var start = new ScenarioOptions().StartAt;
        return AisLines().GroupBy(line => (line.At - start).Ticks / Slice.Ticks).Select(slice => new Sending(
            start + ((slice.Key + 1) * Slice), "/ais?source=sim", "text/plain", Body(slice.Select(line => line.Line))));
    }

    // The TAG block's c: is the time of receipt.
    private IEnumerable<(DateTimeOffset At, string Line)> AisLines()
    {
        var at = new ScenarioOptions().StartAt;
        foreach (var line in File.ReadLines(Path.Combine(folder, "ais.nmea"), Encoding.ASCII))
        {
            var from = line.IndexOf("c:", StringComparison.Ordinal);
            if (line.StartsWith('\\') && from > 0)
            {
                var to = line.IndexOfAny([',', '*'], from);
                at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(line.AsSpan(from + 2, to - from - 2), CultureInfo.InvariantCulture));
            }

            yield return (at, line);
        }
    }

    private IEnumerable<Sending> Documents()
    {
        foreach (var (file, member, door) in Listed)
        {
            foreach (var slice in Lines(file, member).GroupBy(line => line.At.Ticks / DocumentSlice.Ticks))
            {
                yield return new Sending(slice.Max(line => line.At), door, "application/x-ndjson", Body(slice.Select(line => line.Text)));
            }
        }

        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, "manifests"), "*.json").Order(StringComparer.Ordinal))
        {
            var bytes = File.ReadAllBytes(path);
            using var json = JsonDocument.Parse(bytes);
            yield return new Sending(json.RootElement.GetProperty("document_at").GetDateTimeOffset(), "/manifests", "application/json", bytes);
        }
    }

    private IEnumerable<(DateTimeOffset At, string Text)> Lines(string file, string member)
    {
        foreach (var line in File.ReadLines(Path.Combine(folder, file)))
        {
            using var json = JsonDocument.Parse(line);
            yield return (json.RootElement.GetProperty(member).GetDateTimeOffset(), line);
        }
    }

    private static byte[] Body(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
}
