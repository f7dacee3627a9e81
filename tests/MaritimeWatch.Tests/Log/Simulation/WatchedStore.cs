using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Log.Simulation;

/// <summary>
/// The truth under the simulated network. It checks what must hold at every single moment: a checkpoint names only what
/// exists, nothing that a checkpoint names is deleted, entries and immutable blobs never change. It can also be told to
/// ignore conditions, to plant a bug in the protocol.
/// </summary>
internal sealed class WatchedStore(Mutant mutant) : IBlobStore
{
    private readonly MemoryStore inner = new();
    private readonly Dictionary<string, (string ETag, HashSet<string> Named)> known = [];

    /// <summary>The first thing that went wrong, or null.</summary>
    public string? Violation { get; private set; }

    public int Commits { get; private set; }

    public int Deletions { get; private set; }

    public void Report(string violation) => Violation ??= violation;

    public ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) => inner.GetAsync(name, cancel);

    public ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel) =>
        inner.OpenReadAsync(name, offset, cancel);

    public async ValueTask<PutResult> PutAsync(
        string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel)
    {
        var isDropped = (mutant == Mutant.CheckpointPutWithoutIfMatch && condition.ETag is not null)
            || (mutant == Mutant.PlanPutWithoutIfMatch && name.StartsWith("relay/", StringComparison.Ordinal))
            || (mutant == Mutant.AppendWithoutIfAbsent && name.StartsWith("inbox/", StringComparison.Ordinal));
        if (isDropped && await inner.GetAsync(name, cancel) is { } there)
        {
            condition = PutCondition.IfMatch(there.ETag);
        }

        var result = await inner.PutAsync(name, content, condition, cancel);
        if (result.Written && name.EndsWith("/checkpoint", StringComparison.Ordinal))
        {
            Commits++;
            foreach (var named in await NamedAsync(name))
            {
                if (await inner.GetAsync(named, cancel) is null)
                {
                    Report($"{name} names {named}, which does not exist");
                }
            }
        }

        return result;
    }

    public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
        inner.PutStreamIfAbsentAsync(name, content, cancel);

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

    public async ValueTask<bool> DeleteAsync(string name, CancellationToken cancel)
    {
        Deletions++;
        var checkpoint = name[..(name.LastIndexOf('/') + 1)] + "checkpoint";
        if ((await NamedAsync(checkpoint)).Contains(name))
        {
            Report($"{name} was deleted though the checkpoint names it");
        }

        return await inner.DeleteAsync(name, cancel);
    }

    private async ValueTask<HashSet<string>> NamedAsync(string checkpointName)
    {
        if (await inner.GetAsync(checkpointName, default) is not { } blob)
        {
            return [];
        }

        if (known.TryGetValue(checkpointName, out var before) && before.ETag == blob.ETag)
        {
            return before.Named;
        }

        HashSet<string> named = [];
        var checkpoint = CheckpointReader.Parse(checkpointName, blob.Bytes.Span);
        named.UnionWith(checkpoint.Deltas);
        named.UnionWith(checkpoint.Tail.Select(static s => s.Blob));
        if (checkpoint.Snapshot is { } snapshot)
        {
            named.Add(snapshot);
        }

        for (var manifest = checkpoint.Manifest; manifest is not null && named.Add(manifest);)
        {
            if (await inner.GetAsync(manifest, default) is null)
            {
                Report($"{checkpointName} names {manifest}, which does not exist");
                break;
            }

            var read = await CheckpointReader.ReadManifestAsync(inner, manifest, default);
            named.UnionWith(read.Segments.Select(static s => s.Blob));
            manifest = read.Previous;
        }

        known[checkpointName] = (blob.ETag, named);
        return named;
    }
}

/// <summary>Bugs that are planted to show that the simulation finds them.</summary>
internal enum Mutant
{
    /// <summary>The protocol as it is.</summary>
    None,

    /// <summary>Workers put the checkpoint whatever is there.</summary>
    CheckpointPutWithoutIfMatch,

    /// <summary>Writers take the next number whether or not it is taken.</summary>
    AppendWithoutIfAbsent,

    /// <summary>The collector deletes whatever is not named, even what builds on the present generation.</summary>
    CollectorTakesPresentGeneration,

    /// <summary>The fold does not remember which batches it has seen.</summary>
    FoldForgetsSeenBatches,

    /// <summary>Relays write the plan of a round whatever is there.</summary>
    PlanPutWithoutIfMatch,

    /// <summary>The fold of a later stage does not remember which news it has heard.</summary>
    FoldForgetsNews,

    /// <summary>Readers list segments instead of reading what the checkpoint names.</summary>
    ReaderListsSegments,
}
