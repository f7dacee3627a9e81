using System.Buffers;
using System.Text;
using System.Text.Json;
using MaritimeWatch.Findings.Disturbance;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Findings.Disturbance;

/// <summary>Traffic through the watch, a relay and the stage in so many groups.</summary>
internal sealed class DisturbanceRun : IFoldOutput
{
    private readonly List<string> _counts = [];

    /// <summary>The lines of the collection jumps.</summary>
    public List<string> Jumps { get; private set; } = [];

    /// <summary>All revisions, group after group.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>The revisions of each finding without the place where it lies, ordered by id.</summary>
    public IReadOnlyList<string> Revisions =>
        [.. Lines.GroupBy(line => line.Split('"')[7], StringComparer.Ordinal).OrderBy(one => one.Key, StringComparer.Ordinal)
            .SelectMany(one => one.Select(line => line[..line.IndexOf("\"position\"", StringComparison.Ordinal)]))];

    /// <summary>The latest revision of each finding that is not retracted.</summary>
    public IReadOnlyList<JsonElement> Latest =>
        [.. Properties.GroupBy(one => one.Text("id")).Select(one => one.Last()).Where(one => one.Text("state") != "retracted")];

    public IEnumerable<JsonElement> Properties => Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("properties"));

    public static async Task<DisturbanceRun> OfAsync(Traffic traffic, int groups = 1, Random? chaos = null)
    {
        using var watch = FoldRun.Replay(traffic);
        var jumps = watch.Lines.Where(line => line.Collection == "jumps").Select(line => line.Line).ToList();
        return await OfAsync(jumps, traffic.Reports.Max(report => report.EventAtMs), groups, chaos);
    }

    public static async Task<DisturbanceRun> OfAsync(List<string> jumps, long lastAtMs, int groups, Random? chaos = null)
    {
        var (run, store, time) = (new DisturbanceRun { Jumps = jumps }, new MemoryStore(), TimeProvider.System);
        var watch = StageNames.GroupsOf(StageNames.Watch, groups);
        foreach (var group in watch)
        {
            var own = run.Jumps.Where((_, i) => i % groups == group.Group);
            await new Inbox(store, group, time).AppendAsync(EntryKind.Tick, Encoding.UTF8.GetBytes(string.Join('\n', own.Prepend("jumps"))));
            var worker = new GroupWorker(store, group, new SaidFold(), GroupWorkerOptions.Replay, time);
            while (await worker.RunOnceAsync() != WorkerStep.Idle)
            {
            }
        }

        var targets = StageNames.GroupsOf(StageNames.Disturbances, groups);
        await new Relay(
            store, targets, DisturbanceRoutes.ByBlock(groups), [.. watch.Select(group => new RelayProducer(group, ["jumps"]))], time,
            new RelayOptions { RowsPerPart = 4 }).RunOnceAsync();
        foreach (var group in targets)
        {
            await new Inbox(store, group, time).AppendAsync(EntryKind.Tick, TickEntry.ToBytes(lastAtMs + (6 * 3_600_000)));
            var fold = new DisturbanceFold(group.Group, groups, ["default"]);
            await foreach (var entry in new Inbox(store, group, time).EntriesAsync(1, default))
            {
                await fold.FoldAsync(entry, 0, 1, run, default);
                if (chaos?.Next(2) == 0)
                {
                    var state = new ArrayBufferWriter<byte>();
                    fold.SaveSnapshot(state);
                    fold = new DisturbanceFold(group.Group, groups, ["default"]);
                    fold.RestoreSnapshot(state.WrittenSpan);
                    var again = new ArrayBufferWriter<byte>();
                    fold.SaveSnapshot(again);
                    Assert.That(Encoding.UTF8.GetString(again.WrittenSpan), Is.EqualTo(Encoding.UTF8.GetString(state.WrittenSpan)));
                }
            }

            Assert.That(fold.AreaCount, Is.Zero, "nothing is kept of what is settled");
        }

        return run;
    }

    public void WriteLine(string collection, ReadOnlySpan<byte> line) =>
        (collection == "findings" ? Lines : _counts).Add(Encoding.UTF8.GetString(line));
}
