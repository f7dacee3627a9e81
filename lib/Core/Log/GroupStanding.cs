using System.Text.Json;

namespace MaritimeWatch.Log;

/// <summary>Where a group stands in the store, as one worker knows it: reads it, and moves it by one commit.</summary>
internal sealed class GroupStanding(
    IBlobStore store, GroupName group, GroupWorkerOptions options, TimeProvider time, KillPoint kill)
{
    private const int LoadsMax = 8;
    private const long SmallStateBytes = 1 << 20;

    private string? eTag;
    private Manifest? manifest;
    private long snapshotBytes;
    private long deltaBytes;

    /// <summary>The checkpoint that was read or written last; null before the first.</summary>
    public Checkpoint? Checkpoint { get; private set; }

    /// <summary>
    /// The next commit should write the whole state: there is none yet, or reading it back costs more deltas than
    /// allowed or more delta bytes than the snapshot itself (small states are spared that).
    /// </summary>
    public bool WantsSnapshot => Checkpoint?.Snapshot is null
        || Checkpoint.Deltas.Count >= options.DeltasMax
        || deltaBytes > Math.Max(snapshotBytes, SmallStateBytes);

    /// <summary>Reads the checkpoint and gives its state to the fold.</summary>
    public async ValueTask LoadAsync(IFold fold, CancellationToken cancel) =>
        await LoadAsync(fold, await GetAsync(group.CheckpointName, cancel), cancel);

    /// <summary>
    /// Reads the checkpoint and, where it has moved, brings the fold to it. Where only deltas have been added since, and the
    /// fold stands exactly on the checkpoint before, only those are read.
    /// </summary>
    /// <param name="fold">A fold that was loaded.</param>
    /// <param name="isAtCheckpoint">Nothing has been folded since the checkpoint that is known.</param>
    /// <param name="cancel">Stops the reading; the fold must then be loaded anew.</param>
    /// <returns>True where it has moved.</returns>
    public async ValueTask<bool> CatchUpAsync(IFold fold, bool isAtCheckpoint, CancellationToken cancel)
    {
        var blob = await GetAsync(group.CheckpointName, cancel);
        if (blob?.ETag == eTag)
        {
            return false;
        }

        if (!isAtCheckpoint || blob is not { } there || !await ExtendAsync(fold, there, cancel))
        {
            await LoadAsync(fold, blob, cancel);
        }

        return true;
    }

    // Deltas are only added to a chain until a snapshot begins another, whoever writes: if ours is its beginning, what
    // comes after it is all that we lack.
    private async ValueTask<bool> ExtendAsync(IFold fold, BlobContent there, CancellationToken cancel)
    {
        var next = CheckpointReader.Parse(group.CheckpointName, there.Bytes.Span);
        if (Checkpoint?.Snapshot is not { } snapshot || next.Snapshot != snapshot
            || !next.Deltas.Take(Checkpoint.Deltas.Count).SequenceEqual(Checkpoint.Deltas))
        {
            return false;
        }

        List<(string Name, ReadOnlyMemory<byte> Bytes)> added = [];
        foreach (var delta in next.Deltas.Skip(Checkpoint.Deltas.Count))
        {
            if (await GetAsync(delta, cancel) is not { } blob)
            {
                return false; // It has moved on again, and the delta was collected.
            }

            added.Add((delta, blob.Bytes));
        }

        foreach (var (name, bytes) in added)
        {
            Restore(name, bytes.Span, fold.RestoreDelta);
            deltaBytes += bytes.Length;
        }

        (Checkpoint, eTag, manifest) = (next, there.ETag, null);
        return true;
    }

    private async ValueTask LoadAsync(IFold fold, BlobContent? blob, CancellationToken cancel)
    {
        for (var load = 0; load < LoadsMax; load++)
        {
            Checkpoint = blob is { } there ? CheckpointReader.Parse(group.CheckpointName, there.Bytes.Span) : null;
            (eTag, manifest, snapshotBytes, deltaBytes) = (blob?.ETag, null, 0, 0);
            fold.Reset();
            var missing = await RestoreAsync(fold, cancel);
            if (missing is null)
            {
                return;
            }

            // Gone: replaced by a later commit and collected, or lost for good.
            blob = await GetAsync(group.CheckpointName, cancel);
            if (blob?.ETag == eTag)
            {
                throw new StoreException(StoreTrouble.Stop, $"{group.CheckpointName} names {missing}, which does not exist");
            }
        }

        throw new StoreException(StoreTrouble.Retry, $"{group}: others commit faster than this worker can read");
    }

    /// <summary>Writes state and segments, then the checkpoint; false when another worker was first.</summary>
    public async Task<bool> CommitAsync(
        long nextEntry, long nextRecord, ReadOnlyMemory<byte> state, bool isSnapshot, SegmentBuffer output,
        CancellationToken cancel)
    {
        var (stateName, segments) = await PutStateAndSegmentsAsync(state, isSnapshot, output, cancel);
        var (manifestName, newManifest, tail) = await RollTailAsync(segments, cancel);
        var next = new Checkpoint
        {
            Generation = BaseGeneration + 1,
            NextEntry = nextEntry,
            NextRecord = nextRecord,
            Snapshot = isSnapshot ? stateName : Checkpoint!.Snapshot,
            Deltas = isSnapshot ? [] : stateName is null ? Checkpoint!.Deltas : [.. Checkpoint!.Deltas, stateName],
            Manifest = manifestName,
            Tail = tail,
        };

        kill(KillPoints.BeforeCheckpoint);
        var written = await PutCheckpointAsync(JsonSerializer.SerializeToUtf8Bytes(next, LogJson.Default.Checkpoint), cancel);
        if (written is null)
        {
            return false;
        }

        kill(KillPoints.AfterCheckpoint);
        (Checkpoint, eTag, manifest) = (next, written, newManifest);
        snapshotBytes = isSnapshot ? state.Length : snapshotBytes;
        deltaBytes = isSnapshot ? 0 : deltaBytes + state.Length;
        return true;
    }

    private long BaseGeneration => Checkpoint?.Generation ?? 0;

    private async ValueTask<string?> RestoreAsync(IFold fold, CancellationToken cancel)
    {
        if (Checkpoint?.Snapshot is { } snapshot)
        {
            if (await GetAsync(snapshot, cancel) is not { } blob)
            {
                return snapshot;
            }

            snapshotBytes = blob.Bytes.Length;
            Restore(snapshot, blob.Bytes.Span, fold.RestoreSnapshot);
        }

        foreach (var delta in Checkpoint?.Deltas ?? [])
        {
            if (await GetAsync(delta, cancel) is not { } blob)
            {
                return delta;
            }

            deltaBytes += blob.Bytes.Length;
            Restore(delta, blob.Bytes.Span, fold.RestoreDelta);
        }

        return null;
    }

    private static void Restore(string name, ReadOnlySpan<byte> content, Action<ReadOnlySpan<byte>> into)
    {
        try
        {
            if (!GroupName.IsIntact(name, content))
            {
                throw new InvalidDataException("its bytes do not have the hash in its name");
            }

            into(content);
        }
        catch (OlderFormatException e)
        {
            throw new StoreException(
                StoreTrouble.Stop,
                $"{name}: {e.Message}. Make it anew from the inbox: maritimewatch upgrade --store STORE (nothing is lost)",
                e);
        }
        catch (InvalidDataException e)
        {
            throw new StoreException(
                StoreTrouble.Stop,
                $"{name} is damaged or from a newer version: {e.Message}. The inbox is the truth: without the group's "
                + "checkpoint its state is folded again from the start",
                e);
        }
    }

    /// <summary>Puts the blobs of a commit side by side, so that their flushes to disk overlap.</summary>
    private async Task<(string? State, List<SegmentName> Segments)> PutStateAndSegmentsAsync(
        ReadOnlyMemory<byte> state, bool isSnapshot, SegmentBuffer output, CancellationToken cancel)
    {
        List<Task> puts = [];
        string? stateName = null;
        if (isSnapshot || !state.IsEmpty)
        {
            stateName = group.BlobFor(BaseGeneration, state.Span, isSnapshot ? "snapshot" : "delta");
            puts.Add(PutAsync(stateName, state, KillPoints.BeforeState, KillPoints.AfterState, cancel));
        }

        List<SegmentName> segments = [];
        var pack = output.Pack();
        if (!pack.IsEmpty)
        {
            var (name, offset) = (group.BlobFor(BaseGeneration, pack.Span, "pack"), 0L);
            foreach (var (collection, content, lines) in output.Filled)
            {
                segments.Add(new SegmentName(collection, name, content.Length, lines, offset));
                offset += content.Length;
            }

            puts.Add(PutAsync(name, pack, KillPoints.BeforeSegment, KillPoints.AfterSegment, cancel));
        }

        await Task.WhenAll(puts);
        return (stateName, segments);
    }

    /// <summary>
    /// Adds segments to the tail. When it would grow too long, the old tail goes to the manifest, or to a new one that
    /// names it; what one commit wrote always stays together.
    /// </summary>
    private async ValueTask<(string? Name, Manifest? Content, IReadOnlyList<SegmentName> Tail)> RollTailAsync(
        List<SegmentName> added, CancellationToken cancel)
    {
        var tail = Checkpoint?.Tail ?? [];
        var name = Checkpoint?.Manifest;
        if (tail.Count == 0 || tail.Count + added.Count <= options.TailMax)
        {
            return (name, manifest, [.. tail, .. added]);
        }

        var last = manifest;
        if (last is null && name is not null)
        {
            last = await Backoff.RetryAsync(c => CheckpointReader.ReadManifestAsync(store, name, c), time, cancel);
        }

        var next = last is null || last.Segments.Count + tail.Count > Manifest.SegmentsMax
            ? new Manifest { Format = Manifest.FormatNow, Previous = name, Segments = tail }
            : new Manifest { Format = Manifest.FormatNow, Previous = last.Previous, Segments = [.. last.Segments, .. tail] };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(next, LogJson.Default.Manifest);
        name = group.BlobFor(BaseGeneration, bytes, "manifest");
        await PutAsync(name, bytes, KillPoints.BeforeManifest, KillPoints.AfterManifest, cancel);
        return (name, next, added);
    }

    private async Task PutAsync(
        string name, ReadOnlyMemory<byte> content, string before, string after, CancellationToken cancel)
    {
        kill(before);

        // Not written means that the same bytes are there already: the name is their hash.
        await Backoff.RetryAsync(c => store.PutAsync(name, content, PutCondition.IfAbsent, c), time, cancel);
        kill(after);
    }

    /// <summary>
    /// The one conditional write. Its answer may be lost, late, or "no" to our own success (a transport that repeats a
    /// request), so anything but a plain yes is settled by reading what is there now.
    /// </summary>
    /// <returns>The new version, or null when another worker was first.</returns>
    private async ValueTask<string?> PutCheckpointAsync(byte[] bytes, CancellationToken cancel)
    {
        var condition = eTag is null ? PutCondition.IfAbsent : PutCondition.IfMatch(eTag);
        for (var tried = 0; ; tried++)
        {
            StoreException? trouble = null;
            try
            {
                var put = await store.PutAsync(group.CheckpointName, bytes, condition, cancel);
                if (put.Written)
                {
                    return put.ETag;
                }
            }
            catch (StoreException e) when (e.Trouble == StoreTrouble.Retry)
            {
                trouble = e;
            }

            var now = await GetAsync(group.CheckpointName, cancel);
            if (now is { } there && there.Bytes.Span.SequenceEqual(bytes))
            {
                return there.ETag;
            }

            if (now?.ETag != eTag)
            {
                return null;
            }

            if (tried == Backoff.TriesMax)
            {
                throw trouble ?? new StoreException(StoreTrouble.Retry, $"{group.CheckpointName} could not be written");
            }

            await Backoff.WaitAsync(tried, time, cancel);
        }
    }

    private ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) =>
        Backoff.RetryAsync(c => store.GetAsync(name, c), time, cancel);
}
