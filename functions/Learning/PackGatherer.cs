using System.Diagnostics;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Learning;

/// <summary>
/// Gathers what the watch has said since the last run into packs, so that history is read once and not every day. The
/// packs themselves say how far it is; who is killed loses the pack that was not written.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="bounds">How much at once.</param>
/// <param name="report">Takes the counts.</param>
internal sealed class PackGatherer(CountedReads store, LearningBounds bounds, LearningReport report)
{
    private const int AgainMax = 3;

    // A commit of a replay may have 64 MB.
    private const long BytesAtOnce = 32L << 20;
    private static readonly string[] Wanted = [.. LinePack.Head.Select(one => one.Collection), "tracks"];

    /// <summary>Gathers of one group until all is gathered, a bound is reached or it is stopped.</summary>
    /// <param name="group">A group of the watch.</param>
    /// <param name="packs">Its packs.</param>
    /// <param name="requestsMax">Requests of all groups together after which no more of this one is gathered.</param>
    /// <param name="stop">No more is gathered; what was read is written.</param>
    /// <param name="cancel">Give up.</param>
    public async Task GatherAsync(
        GroupName group, IReadOnlyCollection<LinePack> packs, long requestsMax, CancellationToken stop, CancellationToken cancel)
    {
        var reader = new CheckpointReader(store, group);
        var done = packs.Count == 0 ? 0 : packs.Max(pack => pack.To);
        for (var again = 0; ; again++)
        {
            if (await reader.ReadAsync(cancel) is not { } checkpoint || checkpoint.Generation <= done)
            {
                return;
            }

            try
            {
                await GatherAsync(reader, checkpoint, done, to => done = to, () => stop.IsCancellationRequested || store.Requests >= requestsMax, cancel);
                report.CommitsBehind += checkpoint.Generation - done;
                return;
            }
            catch (StoreException trouble) when (trouble.Trouble == StoreTrouble.Retry && again < AgainMax)
            {
                // Its worker has replaced a manifest since: the next checkpoint names the new one.
            }
        }
    }

    private async Task GatherAsync(
        CheckpointReader reader, Checkpoint checkpoint, long done, Action<long> written, Func<bool> isEnough, CancellationToken cancel)
    {
        var (manifests, isCut) = await reader.ManifestsAsync(checkpoint, done, bounds.ManifestsMax, cancel);
        report.Cut += isCut ? 1 : 0;
        var writer = new PackWriter(store, reader.Group.Group, done + 1);
        var (last, chunk) = (done, new List<Commit>());

        async Task TakeAsync()
        {
            foreach (var (segment, bytes) in (await Task.WhenAll(chunk.Select(commit => ReadAsync(commit, cancel)))).SelectMany(read => read))
            {
                if (bytes is { } lines)
                {
                    writer.Add(segment.Collection, lines);
                }
                else
                {
                    report.Gone++;
                }
            }

            last = chunk[^1].Generation;
            report.CommitsGathered += chunk.Count;
            chunk.Clear();
            if (writer.Bytes >= bounds.PackBytes)
            {
                await WriteAsync(last);
            }
        }

        async Task WriteAsync(long to)
        {
            await writer.WriteAsync(to, cancel);
            written(to);
            done = to;
        }

        await foreach (var commit in CommitsAsync(reader, checkpoint, manifests, done, cancel))
        {
            chunk.Add(commit);
            if (chunk.Count < bounds.AtOnce && chunk.Sum(one => one.Segments.Sum(segment => segment.Length)) < BytesAtOnce)
            {
                continue;
            }

            await TakeAsync();
            if (isEnough())
            {
                if (last > done)
                {
                    await WriteAsync(last);
                }

                return;
            }
        }

        if (chunk.Count > 0)
        {
            await TakeAsync();
        }

        // Commits that said nothing of this are done with too.
        if (last > done || manifests.Count > 0)
        {
            await WriteAsync(checkpoint.Generation);
        }
        else
        {
            written(checkpoint.Generation);
        }
    }

    // A vessel that has a track in a commit has its line there too: vessels are not looked for elsewhere.
    private static IEnumerable<Commit> CommitsOf(IEnumerable<SegmentName> segments)
    {
        foreach (var commit in segments.GroupBy(CheckpointReader.GenerationOf).OrderBy(commit => commit.Key))
        {
            var wanted = commit.Where(segment => Wanted.Contains(segment.Collection)).ToList();
            if (!wanted.Exists(segment => segment.Collection == "tracks"))
            {
                wanted.RemoveAll(segment => segment.Collection == "vessels");
            }

            if (wanted.Count > 0)
            {
                yield return new Commit(commit.Key, wanted);
            }
        }
    }

    // What one commit wrote always stays together, in one manifest or in the tail.
    private static async IAsyncEnumerable<Commit> CommitsAsync(
        CheckpointReader reader, Checkpoint checkpoint, IReadOnlyList<string> manifests, long after,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        foreach (var manifest in manifests)
        {
            foreach (var commit in CommitsOf((await reader.SegmentsOfAsync(manifest, cancel)).Where(IsNew)))
            {
                yield return commit;
            }
        }

        foreach (var commit in CommitsOf(checkpoint.Tail.Where(IsNew)))
        {
            yield return commit;
        }

        bool IsNew(SegmentName segment) => CheckpointReader.GenerationOf(segment) > after;
    }

    private async Task<List<(SegmentName Segment, ReadOnlyMemory<byte>? Bytes)>> ReadAsync(Commit commit, CancellationToken cancel)
    {
        Debug.Assert(commit.Segments.Count > 0, "a commit without what is wanted is none");
        List<(SegmentName Segment, ReadOnlyMemory<byte>? Bytes)> read = [];
        await foreach (var one in SegmentReader.ReadAllAsync(store, commit.Segments, cancel))
        {
            read.Add(one);
        }

        return read;
    }

    /// <summary>The segments of a commit that are wanted.</summary>
    private sealed record Commit(long Generation, IReadOnlyList<SegmentName> Segments);
}
