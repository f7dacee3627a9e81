using System.Text;
using System.Text.Json;
using MaritimeWatch.Findings;
using MaritimeWatch.Findings.Encounter;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Findings.Encounter;

/// <summary>
/// The two stages over a store with so many groups, with relays and workers as a replay strings them together. What the
/// watch would say is given as lines, spread over as many groups of the watch.
/// </summary>
internal sealed class SpreadRun(int groups, IReadOnlyList<Profile> profiles)
{
    private readonly MemoryStore _store = new();
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly int _metres = profiles.Max(profile => profile.Encounter?.TogetherMetres ?? 0);
    private readonly bool _isFarOnly = !profiles.Any(profile => profile.Encounter is { AnchorageKm: 0 });

    /// <summary>All revisions of all findings, group after group.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Rows that each group of contacts was given.</summary>
    public List<long> RowsOfGroups { get; } = [];

    /// <summary>The revisions of each finding without the place where it lies, ordered by id.</summary>
    public IReadOnlyList<string> Revisions =>
        [.. Lines.Select(Whole.Of).GroupBy(one => one.Id).OrderBy(one => one.Key, StringComparer.Ordinal).SelectMany(one => one.Select(r => r.Text))];

    public static async Task<SpreadRun> OfAsync(
        IReadOnlyList<(uint Mmsi, string Line)> slow, int groups, long endAtMs, IReadOnlyList<Profile>? profiles = null, int rounds = 1)
    {
        var run = new SpreadRun(groups, profiles ?? [Profiles.Default]);
        foreach (var round in slow.Chunk(Math.Max(1, (slow.Count + rounds - 1) / rounds)))
        {
            await run.RoundAsync(round);
        }

        await run.EndAsync(endAtMs);
        return run;
    }

    private static IReadOnlyList<GroupName> GroupsOf(string stage, int groups) => StageNames.GroupsOf(stage, groups);

    private async Task RoundAsync(IReadOnlyList<(uint Mmsi, string Line)> slow)
    {
        var watch = GroupsOf(StageNames.Watch, groups);
        foreach (var group in watch)
        {
            var own = slow.Where(one => one.Mmsi % groups == group.Group).Select(one => one.Line).ToArray();
            await new Inbox(_store, group, _time).AppendAsync(EntryKind.Tick, Encoding.UTF8.GetBytes(string.Join('\n', own.Prepend("slow"))));
            await WorkAsync(group, new SaidFold());
        }

        var (contacts, encounters) = (GroupsOf(StageNames.Contacts, groups), GroupsOf(StageNames.Encounters, groups));
        await new Relay(
            _store, contacts, EncounterRoutes.ByCell(groups, _isFarOnly), Hearing(watch, "slow"), _time,
            new RelayOptions { RowsPerPart = 50 }).RunOnceAsync();
        foreach (var group in contacts)
        {
            using var fold = new ContactFold(group.Group, groups, _metres);
            await WorkAsync(group, fold);
        }

        await new Relay(
            _store, encounters, EncounterRoutes.ByPair(groups), Hearing(contacts, "contacts"), _time,
            new RelayOptions { RowsPerPart = 50 }).RunOnceAsync();
    }

    private async Task EndAsync(long endAtMs)
    {
        foreach (var group in GroupsOf(StageNames.Encounters, groups))
        {
            await new Inbox(_store, group, _time).AppendAsync(EntryKind.Tick, TickEntry.ToBytes(endAtMs));
            await WorkAsync(group, new EncounterFold(group.Group, profiles));
            Lines.AddRange(await LinesAsync(group, "findings"));
        }

        foreach (var group in GroupsOf(StageNames.Contacts, groups))
        {
            var counts = await LinesAsync(group, "counts");
            RowsOfGroups.Add(counts.Count == 0 ? 0 : JsonDocument.Parse(counts[^1]).RootElement.GetProperty("rows").GetInt64());
        }
    }

    private async Task WorkAsync(GroupName group, IFold fold)
    {
        var worker = new GroupWorker(_store, group, fold, GroupWorkerOptions.Replay with { EntriesPerCommit = 3, DeltasMax = 0 }, _time);
        while (await worker.RunOnceAsync() != WorkerStep.Idle)
        {
        }
    }

    private async Task<List<string>> LinesAsync(GroupName group, string collection)
    {
        var lines = new List<string>();
        if (await new CheckpointReader(_store, group).NewsAsync(0) is { } news)
        {
            foreach (var segment in news.Segments.Where(segment => segment.Collection == collection))
            {
                lines.AddRange(Encoding.UTF8.GetString((await SegmentReader.ReadAsync(_store, segment)).Span).Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return lines;
    }

    private static IReadOnlyList<RelayProducer> Hearing(IEnumerable<GroupName> groups, string collection) =>
        [.. groups.Select(group => new RelayProducer(group, [collection]))];

    private sealed record Whole(string Id, string Text)
    {
        public static Whole Of(string line) => new(
            JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!,
            line[..line.IndexOf("\"position\"", StringComparison.Ordinal)]);
    }
}
