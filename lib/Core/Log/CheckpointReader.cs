using System.Runtime.CompilerServices;
using System.Text.Json;

namespace MaritimeWatch.Log;

/// <summary>
/// What a reader may see of a group: its checkpoint and the segments that this names, nothing else. A segment never
/// goes away while a later checkpoint stands on it, so an old checkpoint can be read on for as long as retention lasts.
/// </summary>
/// <param name="store">Where it is kept.</param>
/// <param name="group">The group.</param>
public sealed class CheckpointReader(IBlobStore store, GroupName group)
{
    private const int ReadAgainMax = 8;

    /// <summary>Whose checkpoint it is.</summary>
    public GroupName Group => group;

    /// <summary>The checkpoint, or null before the first.</summary>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="StoreException">Stop: made by a newer version, or damaged.</exception>
    public async ValueTask<Checkpoint?> ReadAsync(CancellationToken cancel = default) =>
        await store.GetAsync(group.CheckpointName, cancel) is { } blob ? Parse(group.CheckpointName, blob.Bytes.Span) : null;

    /// <summary>
    /// The segments that a checkpoint names, oldest first: those of the manifests, then the tail.
    /// </summary>
    /// <param name="checkpoint">A checkpoint of this group.</param>
    /// <param name="afterGeneration">Only what was committed after this generation; 0 for all.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="StoreException">
    /// Retry: a manifest has been replaced since this checkpoint was read: read the checkpoint again.
    /// </exception>
    public async IAsyncEnumerable<SegmentName> SegmentsAsync(
        Checkpoint checkpoint, long afterGeneration = 0, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        // Manifests know only their predecessor: walk back while they may hold something new, then forth.
        Stack<string> names = [];
        var older = IsOld(checkpoint.Tail, afterGeneration) ? null : checkpoint.Manifest;
        while (older is not null)
        {
            names.Push(older);
            var manifest = await ReadManifestAsync(store, older, cancel);
            older = IsOld(manifest.Segments, afterGeneration) ? null : manifest.Previous;
        }

        while (names.TryPop(out var name))
        {
            foreach (var segment in (await ReadManifestAsync(store, name, cancel)).Segments)
            {
                if (GenerationOf(segment) > afterGeneration)
                {
                    yield return segment;
                }
            }
        }

        foreach (var segment in checkpoint.Tail)
        {
            if (GenerationOf(segment) > afterGeneration)
            {
                yield return segment;
            }
        }
    }

    /// <summary>
    /// The manifests that may name what was committed after a generation, oldest first: the newest of them, where there are
    /// more than a bound. For readers of much history, who take it manifest by manifest.
    /// </summary>
    /// <param name="checkpoint">A checkpoint of this group.</param>
    /// <param name="afterGeneration">Only what was committed after this generation; 0 for all.</param>
    /// <param name="manifestsMax">Most manifests that are read; at least 1.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>Their names, and whether older ones were left out.</returns>
    /// <exception cref="StoreException">
    /// Retry: a manifest has been replaced since this checkpoint was read: read the checkpoint again.
    /// </exception>
    public async ValueTask<(IReadOnlyList<string> Names, bool IsCut)> ManifestsAsync(
        Checkpoint checkpoint, long afterGeneration, int manifestsMax, CancellationToken cancel = default)
    {
        List<string> names = [];
        var older = IsOld(checkpoint.Tail, afterGeneration) ? null : checkpoint.Manifest;
        while (older is not null && names.Count < manifestsMax)
        {
            names.Add(older);
            var manifest = await ReadManifestAsync(store, older, cancel);
            older = IsOld(manifest.Segments, afterGeneration) ? null : manifest.Previous;
        }

        names.Reverse();
        return (names, older is not null);
    }

    /// <summary>The segments that one manifest names, oldest first.</summary>
    /// <param name="manifest">A name from <see cref="ManifestsAsync"/>.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="StoreException">Retry: it has been replaced: read the checkpoint again.</exception>
    public async ValueTask<IReadOnlyList<SegmentName>> SegmentsOfAsync(string manifest, CancellationToken cancel = default) =>
        (await ReadManifestAsync(store, manifest, cancel)).Segments;

    /// <summary>
    /// To follow a group: the present checkpoint and what it names that a reader of an earlier generation has not seen;
    /// null where nothing is new. Call again with the generation that came back.
    /// </summary>
    /// <param name="afterGeneration">The generation seen last; 0 at first.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async ValueTask<GroupNews?> NewsAsync(long afterGeneration = 0, CancellationToken cancel = default) =>
        await NewsAsync(null, afterGeneration, cancel);

    /// <summary>As <see cref="NewsAsync(long, CancellationToken)"/>, of a checkpoint that is in hand: no request for it.</summary>
    /// <param name="known">A checkpoint of this group that was committed, not necessarily the present one; null reads it.</param>
    /// <param name="afterGeneration">The generation seen last; 0 at first.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async ValueTask<GroupNews?> NewsAsync(Checkpoint? known, long afterGeneration, CancellationToken cancel = default)
    {
        for (var again = 0; ; again++)
        {
            if ((again == 0 ? known : null) is not { } checkpoint)
            {
                checkpoint = await ReadAsync(cancel);
            }

            if (checkpoint is null || checkpoint.Generation <= afterGeneration)
            {
                return null;
            }

            try
            {
                List<SegmentName> segments = [];
                await foreach (var segment in SegmentsAsync(checkpoint, afterGeneration, cancel))
                {
                    segments.Add(segment);
                }

                return new GroupNews(checkpoint, segments);
            }
            catch (StoreException e) when (e.Trouble == StoreTrouble.Retry && again < ReadAgainMax)
            {
                // The worker has merged a manifest since: its next checkpoint names the new one.
            }
        }
    }

    /// <summary>The generation of the commit that brought a segment.</summary>
    /// <param name="segment">A segment named by a checkpoint.</param>
    public static long GenerationOf(SegmentName segment) => 1 + (GroupName.BaseGenerationOf(segment.Blob)
        ?? throw new StoreException(StoreTrouble.Stop, $"a checkpoint is damaged: it names {segment.Blob}"));

    internal static Checkpoint Parse(string name, ReadOnlySpan<byte> json)
    {
        try
        {
            var format = JsonSerializer.Deserialize(json, LogJson.Default.FormatOnly)?.Format ?? 0;
            if (format > Checkpoint.FormatNow)
            {
                throw LogJson.Newer(name, format, Checkpoint.FormatNow);
            }

            var read = JsonSerializer.Deserialize(json, LogJson.Default.Checkpoint)!;
            return read is { Generation: >= 1, NextEntry: >= 1, NextRecord: >= 0 }
                ? read
                : throw new StoreException(StoreTrouble.Stop, $"{name} is damaged: it stands nowhere");
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreTrouble.Stop, $"{name} is damaged: {e.Message}", e);
        }
    }

    internal static async ValueTask<Manifest> ReadManifestAsync(IBlobStore store, string name, CancellationToken cancel)
    {
        var blob = await store.GetAsync(name, cancel)
            ?? throw new StoreException(StoreTrouble.Retry, $"{name} is gone: read the checkpoint again");
        if (!GroupName.IsIntact(name, blob.Bytes.Span))
        {
            throw new StoreException(StoreTrouble.Stop, $"{name} is damaged: its bytes do not have the hash in its name");
        }

        var manifest = JsonSerializer.Deserialize(blob.Bytes.Span, LogJson.Default.Manifest)!;
        return manifest.Format <= Manifest.FormatNow ? manifest : throw LogJson.Newer(name, manifest.Format, Manifest.FormatNow);
    }

    private static bool IsOld(IReadOnlyList<SegmentName> segments, long afterGeneration) =>
        segments.Count > 0 && GenerationOf(segments[0]) <= afterGeneration;
}

/// <summary>What a follower of a group has not seen yet.</summary>
/// <param name="Checkpoint">The present checkpoint.</param>
/// <param name="Segments">The new segments, oldest first.</param>
public sealed record GroupNews(Checkpoint Checkpoint, IReadOnlyList<SegmentName> Segments);
