namespace MaritimeWatch.Log;

/// <summary>
/// Deletes what workers left that lost or died: blobs of a group that its checkpoint does not name and that build on a
/// generation older than the present one. Their conditional put can no longer succeed, so nobody can ever come to name
/// them; what builds on the present generation is left alone, because its put still may.
/// </summary>
/// <param name="store">The store.</param>
public sealed class Collector(IBlobStore store)
{
    /// <summary>Age at which a file written aside belongs to no living writer; default 1 day.</summary>
    public TimeSpan LeftoverAge { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Collects one group. Safe beside any number of workers, readers and other collectors.</summary>
    /// <param name="group">The group.</param>
    /// <param name="cancel">Stops the work; what is left goes next time.</param>
    /// <returns>How many blobs were deleted.</returns>
    /// <exception cref="StoreException">Retry: the group moved on while it was read. Stop: the checkpoint is damaged.</exception>
    public async ValueTask<int> CollectAsync(GroupName group, CancellationToken cancel = default)
    {
        // The checkpoint is read before anything is listed: whatever a later one adds builds on this generation or on
        // a later one.
        var reader = new CheckpointReader(store, group);
        if (await reader.ReadAsync(cancel) is not { } checkpoint)
        {
            return 0;
        }

        var named = await NamedStateAsync(checkpoint, cancel);
        await using var segments = reader.SegmentsAsync(checkpoint, 0, cancel).GetAsyncEnumerator(cancel);
        var hasSegment = await segments.MoveNextAsync();
        var namedSegments = new HashSet<string>(StringComparer.Ordinal);
        long generation = -1;
        var deleted = 0;

        // Both lists are ordered by generation, so that only the segments of one generation are held at a time.
        await foreach (var entry in store.ListAsync(group.Prefix, cancel))
        {
            if (GroupName.BaseGenerationOf(entry.Name) is not { } of || of >= checkpoint.Generation)
            {
                continue;
            }

            if (of != generation)
            {
                generation = of;
                namedSegments.Clear();
                for (; hasSegment && GroupName.BaseGenerationOf(segments.Current.Blob) <= of;
                    hasSegment = await segments.MoveNextAsync())
                {
                    namedSegments.Add(segments.Current.Blob);
                }
            }

            if (!named.Contains(entry.Name) && !namedSegments.Contains(entry.Name))
            {
                deleted += await store.DeleteAsync(entry.Name, cancel) ? 1 : 0;
            }
        }

        return deleted;
    }

    /// <summary>Removes files that dead writers left aside, where the store has such a thing.</summary>
    /// <param name="now">Now, UTC.</param>
    /// <param name="cancel">Stops the work.</param>
    /// <returns>How many were removed.</returns>
    public ValueTask<int> RemoveLeftoversAsync(DateTimeOffset now, CancellationToken cancel = default) =>
        store is ILeftovers leftovers ? leftovers.RemoveLeftoversAsync(now - LeftoverAge, cancel) : new(0);

    private async ValueTask<HashSet<string>> NamedStateAsync(Checkpoint checkpoint, CancellationToken cancel)
    {
        var named = new HashSet<string>(checkpoint.Deltas, StringComparer.Ordinal);
        if (checkpoint.Snapshot is { } snapshot)
        {
            named.Add(snapshot);
        }

        for (var manifest = checkpoint.Manifest; manifest is not null;)
        {
            named.Add(manifest);
            manifest = (await CheckpointReader.ReadManifestAsync(store, manifest, cancel)).Previous;
        }

        return named;
    }
}
