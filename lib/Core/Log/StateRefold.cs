using System.Buffers;
using System.Text.Json;

namespace MaritimeWatch.Log;

/// <summary>
/// Makes the state of a group anew from its inbox, where the stored one is of a format that this build no longer reads: it
/// folds from entry 1 to where the checkpoint stands, throws the output away (it is committed already), and puts the state
/// as a snapshot under the next generation. Nothing else that the checkpoint names is touched.
/// </summary>
/// <remarks>
/// Safe beside live workers and to kill: until the one conditional write nothing can be seen, and a commit that comes in
/// between only means that its entries are folded too before it is tried again. Lines that show the present
/// (<see cref="IFold.Publish"/>) are not taken for written, so that the next commit shows all of it anew.
/// </remarks>
/// <param name="store">The store.</param>
/// <param name="group">The group.</param>
/// <param name="fold">The stage of this build; it is reset first.</param>
/// <param name="time">Only for waiting on the store.</param>
/// <param name="kill">Called at the named moments; null in production.</param>
public sealed class StateRefold(IBlobStore store, GroupName group, IFold fold, TimeProvider time, KillPoint? kill = null)
{
    private const int RecordsPerStep = 50_000;
    private const int RacesMax = 32;

    private readonly Inbox inbox = new(store, group, time);
    private long nextEntry = 1;
    private long nextRecord;

    /// <summary>Does it.</summary>
    /// <param name="cancel">Stops; nothing has changed then.</param>
    /// <returns>The checkpoint that names the new state; null where the group has none.</returns>
    /// <exception cref="StoreException">
    /// Stop: entries of the inbox, or what they name, are gone. Retry: workers commit faster than it folds: stop them.
    /// </exception>
    public async ValueTask<Checkpoint?> RunAsync(CancellationToken cancel = default)
    {
        fold.Reset();
        (nextEntry, nextRecord) = (1, 0);
        for (var race = 0; race < RacesMax; race++)
        {
            if (await Backoff.RetryAsync(c => store.GetAsync(group.CheckpointName, c), time, cancel) is not { } blob)
            {
                return null;
            }

            var checkpoint = CheckpointReader.Parse(group.CheckpointName, blob.Bytes.Span);
            await FoldToAsync(checkpoint, cancel);
            if (await PutAsync(checkpoint, blob.ETag, cancel) is { } written)
            {
                return written;
            }
        }

        throw new StoreException(StoreTrouble.Retry, $"{group}: workers commit faster than its state can be made anew: stop them");
    }

    private async ValueTask FoldToAsync(Checkpoint checkpoint, CancellationToken cancel)
    {
        InboxEntry? entry = null;
        while (nextEntry < checkpoint.NextEntry || (nextEntry == checkpoint.NextEntry && nextRecord < checkpoint.NextRecord))
        {
            entry = entry?.Number == nextEntry
                ? entry
                : await Backoff.RetryAsync(c => inbox.ReadAsync(nextEntry, c), time, cancel)
                    ?? throw new StoreException(
                        StoreTrouble.Stop, $"{group.EntryName(nextEntry)} is gone: the state cannot be made anew from the inbox");
            var left = nextEntry == checkpoint.NextEntry ? checkpoint.NextRecord - nextRecord : RecordsPerStep;
            var step = await fold.FoldAsync(entry.Value, nextRecord, (int)Math.Min(RecordsPerStep, left), Nowhere.Instance, cancel);
            (nextEntry, nextRecord) = step.IsDone ? (nextEntry + 1, 0) : (nextEntry, step.NextRecord);
            kill?.Invoke(KillPoints.AfterFoldStep);
        }

        if ((nextEntry, nextRecord) != (checkpoint.NextEntry, checkpoint.NextRecord))
        {
            throw new StoreException(
                StoreTrouble.Stop, $"{group}: this build cannot stop at record {checkpoint.NextRecord} of entry {checkpoint.NextEntry}, where the checkpoint stands");
        }
    }

    private async ValueTask<Checkpoint?> PutAsync(Checkpoint checkpoint, string eTag, CancellationToken cancel)
    {
        var state = new ArrayBufferWriter<byte>();
        fold.SaveSnapshot(state);
        var name = group.BlobFor(checkpoint.Generation, state.WrittenSpan, "snapshot");
        await Backoff.RetryAsync(c => store.PutAsync(name, state.WrittenMemory, PutCondition.IfAbsent, c), time, cancel);
        kill?.Invoke(KillPoints.AfterState);
        var next = checkpoint with
        {
            Format = Checkpoint.FormatNow, Generation = checkpoint.Generation + 1, Snapshot = name, Deltas = [],
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(next, LogJson.Default.Checkpoint);
        kill?.Invoke(KillPoints.BeforeCheckpoint);
        try
        {
            if ((await store.PutAsync(group.CheckpointName, bytes, PutCondition.IfMatch(eTag), cancel)).Written)
            {
                return next;
            }
        }
        catch (StoreException e) when (e.Trouble == StoreTrouble.Retry)
        {
            // Whether it was written is seen by reading.
        }

        var now = await Backoff.RetryAsync(c => store.GetAsync(group.CheckpointName, c), time, cancel);
        return now is { } there && there.Bytes.Span.SequenceEqual(bytes) ? next : null;
    }

    private sealed class Nowhere : IFoldOutput
    {
        public static Nowhere Instance { get; } = new();

        public void WriteLine(string collection, ReadOnlySpan<byte> line)
        {
        }
    }
}
