using System.Text;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Log.Simulation;

/// <summary>Follows a group as a reader does, and checks that what it sees is one unbroken chain at every moment.</summary>
internal sealed class SimFollower(GroupName name, WatchedStore truth, bool listsSegments)
{
    public List<string> Lines { get; } = [];

    public long Generation { get; private set; }

    public async Task FollowAsync(IBlobStore store)
    {
        if (await new CheckpointReader(store, name).NewsAsync(Generation) is not { } news || news.Checkpoint.Generation <= Generation)
        {
            return;
        }

        List<string> lines = [];
        if (listsSegments)
        {
            lines.AddRange(await ListedAsync(store));
        }
        else
        {
            await foreach (var (segment, bytes) in SegmentReader.ReadAllAsync(store, [.. news.Segments.Where(IsChain)]))
            {
                if (bytes is not { } content)
                {
                    truth.Report($"a named segment is gone: {segment}");
                    return;
                }

                lines.AddRange(SimJudge.LinesOf(content));
            }
        }

        if (news.Checkpoint.Generation <= Generation)
        {
            return; // Another life of this reader was quicker.
        }

        if (listsSegments)
        {
            Lines.Clear();
        }

        Lines.AddRange(lines);
        Generation = news.Checkpoint.Generation;
        var head = "";
        foreach (var line in Lines)
        {
            var parts = line.Split(' ');
            if (ToyFold.Link(head, parts[1]) != parts[2])
            {
                truth.Report($"{name}: a reader saw a broken chain at generation {Generation}: {line}");
                return;
            }

            head = parts[2];
        }
    }

    private static bool IsChain(SegmentName segment) => segment.Collection == "chain";

    private async Task<List<string>> ListedAsync(IBlobStore store)
    {
        List<string> lines = [];
        await foreach (var entry in store.ListAsync(name.Prefix, default))
        {
            if (entry.Name.EndsWith(".pack", StringComparison.Ordinal) && await store.GetAsync(entry.Name, default) is { } pack)
            {
                // The lines of the chain have three words, those of the views two.
                lines.AddRange(SimJudge.LinesOf(pack.Bytes).Where(static line => line.Split(' ').Length == 3));
            }
        }

        return lines;
    }
}

/// <summary>What must hold when everything has come to rest.</summary>
internal sealed class SimJudge(WatchedStore truth, GroupName[] names, List<LandedBlob> landed, SimFollower[] followers)
{
    public static string[] LinesOf(ReadOnlyMemory<byte> content) =>
        Encoding.ASCII.GetString(content.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public async Task JudgeAsync()
    {
        foreach (var (name, follower) in names.Zip(followers))
        {
            var inbox = await InboxAsync(name);
            var committed = await CommittedAsync(name);
            var expected = await FoldedAsync(inbox);
            Check(landed.All(b => inbox.Any(e => ToyFold.HashOf(e) == b.Hash)), $"{name}: a landed batch is not in the inbox");
            Check(committed.SequenceEqual(expected), $"{name}: the committed stream is not the fold of the inbox");
            Check(
                committed.Select(static l => l.Split(' ')[1]).Distinct().Count() == committed.Count,
                $"{name}: a record was folded twice");
            Check(
                landed.All(b => committed.Any(l => l.Contains(b.Hash, StringComparison.Ordinal))),
                $"{name}: a landed batch was not folded");
            Check(follower.Lines.SequenceEqual(committed), $"{name}: the follower did not see the committed stream");
        }
    }

    private void Check(bool holds, string violation)
    {
        if (!holds)
        {
            truth.Report(violation);
        }
    }

    private async Task<List<InboxEntry>> InboxAsync(GroupName name)
    {
        List<InboxEntry> entries = [];
        await foreach (var entry in new Inbox(truth, name, TimeProvider.System).EntriesAsync())
        {
            entries.Add(entry);
        }

        return entries;
    }

    private async Task<List<string>> CommittedAsync(GroupName name)
    {
        List<string> lines = [];
        foreach (var segment in (await new CheckpointReader(truth, name).NewsAsync())?.Segments ?? [])
        {
            if (segment.Collection == "chain")
            {
                lines.AddRange(LinesOf(await SegmentReader.ReadAsync(truth, segment)));
            }
        }

        return lines;
    }

    private static async Task<List<string>> FoldedAsync(List<InboxEntry> inbox)
    {
        var fold = new ToyFold();
        var output = new SegmentBuffer();
        foreach (var entry in inbox)
        {
            await fold.FoldAsync(entry, 0, int.MaxValue, output, default);
        }

        return [.. output.Filled.SelectMany(static f => LinesOf(f.Content))];
    }
}

/// <summary>A planted bug: deletes whatever is not named now.</summary>
internal static class CarelessCollector
{
    public static async ValueTask<int> CollectAsync(IBlobStore store, GroupName group)
    {
        var reader = new CheckpointReader(store, group);
        var checkpoint = await reader.ReadAsync();
        HashSet<string> named = checkpoint is null ? [] : [.. checkpoint.Deltas, checkpoint.Snapshot ?? "", checkpoint.Manifest ?? ""];
        if (checkpoint is not null)
        {
            for (var manifest = checkpoint.Manifest; manifest is not null;)
            {
                named.Add(manifest);
                manifest = (await CheckpointReader.ReadManifestAsync(store, manifest, default)).Previous;
            }

            await foreach (var segment in reader.SegmentsAsync(checkpoint))
            {
                named.Add(segment.Blob);
            }
        }

        var deleted = 0;
        await foreach (var entry in store.ListAsync(group.Prefix, default))
        {
            if (GroupName.BaseGenerationOf(entry.Name) is not null && !named.Contains(entry.Name))
            {
                deleted += await store.DeleteAsync(entry.Name, default) ? 1 : 0;
            }
        }

        return deleted;
    }
}
