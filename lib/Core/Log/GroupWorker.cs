using System.Buffers;

namespace MaritimeWatch.Log;

/// <summary>
/// Folds a group's inbox and commits with one conditional write. Any number of workers may run on one group, in any
/// process, and die anywhere: each writes immutable blobs that nobody sees, and only the one whose checkpoint put holds
/// has done anything.
/// </summary>
public sealed class GroupWorker
{
    private readonly IFold fold;
    private readonly GroupWorkerOptions options;
    private readonly TimeProvider time;
    private readonly KillPoint kill;
    private readonly Inbox inbox;
    private readonly GroupStanding standing;
    private readonly SegmentBuffer output = new();
    private readonly ArrayBufferWriter<byte> state = new();

    private bool isLoaded;
    private InboxEntry? current;
    private long nextEntry;
    private long nextRecord;
    private long records;
    private long entries;
    private bool isMoved;

    /// <summary>A worker of one group.</summary>
    /// <param name="store">Where everything is kept.</param>
    /// <param name="group">The group.</param>
    /// <param name="fold">The stage; this worker owns it.</param>
    /// <param name="options">When to commit.</param>
    /// <param name="time">For waiting, and for the commit interval; nothing that is written depends on it.</param>
    /// <param name="kill">Called at the named moments; null in production.</param>
    public GroupWorker(
        IBlobStore store, GroupName group, IFold fold, GroupWorkerOptions options, TimeProvider time, KillPoint? kill = null)
    {
        (this.fold, this.options, this.time) = (fold, options, time);
        this.kill = kill ?? (static _ => { });
        inbox = new Inbox(store, group, time);
        standing = new GroupStanding(store, group, options, time, this.kill);
    }

    /// <summary>Whose worker it is.</summary>
    public GroupName Group => inbox.Group;

    /// <summary>The checkpoint that the state in memory stands on; null before the first.</summary>
    public Checkpoint? Checkpoint => standing.Checkpoint;

    /// <summary>When what has been folded is to be committed, if no budget is reached before.</summary>
    public DateTimeOffset CommitDueAt { get; private set; }

    /// <summary>Records in the commits that this worker has made, from 0.</summary>
    public long RecordsCommitted { get; private set; }

    /// <summary>
    /// The last entry to fold; default all that there are. Who knows what was appended spares the request that finds nothing
    /// after it.
    /// </summary>
    public long FoldUpTo { get; set; } = long.MaxValue;

    /// <summary>Folds what there is, up to the budget of one commit, and commits when it is due.</summary>
    /// <param name="cancel">Stops the work; what was not committed is folded again.</param>
    /// <exception cref="StoreException">Trouble in the store; the next run starts from the last checkpoint.</exception>
    public Task<WorkerStep> RunOnceAsync(CancellationToken cancel = default) => RunAsync(isForced: false, cancel);

    /// <summary>As <see cref="RunOnceAsync"/>, and commits what has been folded even before its time.</summary>
    /// <param name="cancel">Stops the work; what was not committed is folded again.</param>
    /// <exception cref="StoreException">Trouble in the store; the next run starts from the last checkpoint.</exception>
    public Task<WorkerStep> CommitAsync(CancellationToken cancel = default) => RunAsync(isForced: true, cancel);

    /// <summary>
    /// Looks whether another worker has committed, and if so brings the state in memory to its checkpoint: with the deltas
    /// that came since where that is possible, else by reading all of it. One request where nothing has moved. To be called
    /// where others may have worked on the group, before folding what they have folded already.
    /// </summary>
    /// <remarks>
    /// What was folded and not committed is kept while the checkpoint has not moved, and thrown away when it has: a fold
    /// cannot take back what it has folded. That is why a lost race costs a whole reading.
    /// </remarks>
    /// <param name="cancel">Stops the work; the next run starts from the last checkpoint.</param>
    /// <returns>True where the state in memory is another than before.</returns>
    /// <exception cref="StoreException">Trouble in the store; the next run starts from the last checkpoint.</exception>
    public async Task<bool> CatchUpAsync(CancellationToken cancel = default)
    {
        try
        {
            if (!isLoaded)
            {
                await LoadAsync(cancel);
                return true;
            }

            if (!await standing.CatchUpAsync(fold, !isMoved, cancel))
            {
                return false;
            }

            Begin();
            kill(KillPoints.AfterLoad);
            return true;
        }
        catch
        {
            isLoaded = false; // It may stand between two checkpoints.
            throw;
        }
    }

    private async Task<WorkerStep> RunAsync(bool isForced, CancellationToken cancel)
    {
        try
        {
            await LoadAsync(cancel);
            var isFull = await FoldAsync(cancel);
            if (!isMoved)
            {
                return WorkerStep.Idle;
            }

            if (!isForced && !isFull && time.GetUtcNow() < CommitDueAt)
            {
                return WorkerStep.Folded;
            }

            using var span = Traces.Start("commit", Group, nextEntry)?.SetTag("records", records);
            if (!await WriteAsync(cancel))
            {
                isLoaded = false;
                return WorkerStep.Lost;
            }

            RecordsCommitted += records;
            StartAfresh();
            return WorkerStep.Committed;
        }
        catch
        {
            isLoaded = false; // Half-folded state and half-saved deltas are worth nothing.
            throw;
        }
    }

    private async ValueTask LoadAsync(CancellationToken cancel)
    {
        if (isLoaded)
        {
            return;
        }

        await standing.LoadAsync(fold, cancel);
        Begin();
        isLoaded = true;
        kill(KillPoints.AfterLoad);
    }

    private void Begin()
    {
        current = null;
        nextEntry = standing.Checkpoint?.NextEntry ?? 1;
        nextRecord = standing.Checkpoint?.NextRecord ?? 0;
        StartAfresh();
    }

    private void StartAfresh()
    {
        output.Clear();
        (records, entries, isMoved) = (0, 0, false);
        CommitDueAt = time.GetUtcNow() + options.CommitInterval;
    }

    /// <summary>Folds until the inbox ends (false) or a budget is reached (true).</summary>
    private async ValueTask<bool> FoldAsync(CancellationToken cancel)
    {
        while (records < options.RecordsPerCommit
            && entries < options.EntriesPerCommit
            && output.Bytes < options.OutputBytesPerCommit)
        {
            current ??= nextEntry <= FoldUpTo ? await inbox.ReadAsync(nextEntry, cancel) : null;
            if (current is not { } entry)
            {
                return false;
            }

            var budget = (int)Math.Min(options.RecordsPerStep, options.RecordsPerCommit - records);
            using var span = Traces.Start("fold", Group, nextEntry);
            var step = await fold.FoldAsync(entry, nextRecord, budget, output, cancel);
            Advance(step);
            kill(KillPoints.AfterFoldStep);
        }

        return true;
    }

    private void Advance(FoldStep step)
    {
        isMoved = true;
        records += Math.Max(1, step.NextRecord - nextRecord);
        if (step.IsDone)
        {
            entries++;
            (current, nextRecord) = (null, 0);
            nextEntry++;
        }
        else if (step.NextRecord <= nextRecord)
        {
            throw new InvalidOperationException($"the fold of {Group} stands still at record {nextRecord} of entry {nextEntry}");
        }
        else
        {
            nextRecord = step.NextRecord;
        }
    }

    private Task<bool> WriteAsync(CancellationToken cancel)
    {
        fold.Publish(output);
        state.ResetWrittenCount();
        var isSnapshot = fold.SavesWhole || standing.WantsSnapshot;
        if (isSnapshot)
        {
            fold.SaveSnapshot(state);
        }
        else
        {
            fold.SaveDelta(state);
        }

        return standing.CommitAsync(nextEntry, nextRecord, state.WrittenMemory, isSnapshot, output, cancel);
    }
}
