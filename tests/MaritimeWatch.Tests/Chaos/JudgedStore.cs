using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>A copy of a store's truth (inboxes, reference data, keys) without anything that a worker has made of it.</summary>
internal static class JudgedStore
{
    private const int ReadsAtOnce = 16;

    private static readonly string[] Truth = ["inbox/", "reference/", "keys/", "landing/"];
    private static readonly string[] Settings = ["store.json", "watch.json"];

    public static async Task<MemoryStore> CopyAsync(IBlobStore from)
    {
        var names = new List<string>(Settings);
        foreach (var prefix in Truth)
        {
            await foreach (var blob in from.ListAsync(prefix, default))
            {
                names.Add(blob.Name);
            }
        }

        var to = new MemoryStore();
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce }, async (name, cancel) =>
        {
            if (await from.GetAsync(name, cancel) is { } blob)
            {
                await to.PutAsync(name, blob.Bytes, PutCondition.IfAbsent, cancel);
            }
        });
        return to;
    }

    /// <summary>Every group with the fold that it has, in the state before entry 1.</summary>
    public static IEnumerable<(GroupName Group, IFold Fold)> Folds(WatchStore store)
    {
        foreach (var group in store.Groups)
        {
            yield return (group, store.Fold(group.Group, null));
        }

        foreach (var plan in StagePlans.Of(store))
        {
            foreach (var group in plan.Groups)
            {
                yield return (group, plan.NewFold(group.Group));
            }
        }
    }

    /// <summary>All lines that a group's checkpoint names, by collection, in order.</summary>
    public static async Task<Dictionary<string, List<ReadOnlyMemory<byte>>>> LinesAsync(IBlobStore store, GroupName group)
    {
        var lines = new Dictionary<string, List<ReadOnlyMemory<byte>>>(StringComparer.Ordinal);
        if (await new CheckpointReader(store, group).NewsAsync() is not { } news)
        {
            return lines;
        }

        foreach (var segment in news.Segments)
        {
            if (!lines.TryGetValue(segment.Collection, out var of))
            {
                lines[segment.Collection] = of = [];
            }

            var bytes = await SegmentReader.ReadAsync(store, segment);
            while (!bytes.IsEmpty)
            {
                var end = bytes.Span.IndexOf((byte)'\n');
                of.Add(bytes[..(end < 0 ? bytes.Length : end)]);
                bytes = bytes[(end < 0 ? bytes.Length : end + 1)..];
            }
        }

        return lines;
    }
}
