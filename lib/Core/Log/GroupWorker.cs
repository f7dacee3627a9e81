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

    /// <summary>Folds what there is, up to the budget of one commit, and commits when it is due.</summary>
    /// <param name="cancel">Stops the work; what was not committed is folded again.</param>
    /// <exception cref="StoreException">Trouble in the store; the next run starts from the last checkpoint.</exception>
    public Task<WorkerStep> RunOnceAsync(CancellationToken cancel = default) => RunAsync(isForced: false, cancel);

    /// <summary>As <see cref="RunOnceAsync"/>, and commits what has been folded even before its time.</summary>
    /// <param name="cancel">Stops the work; what was not committed is folded again.</param>
    /// <exception cref="StoreException">Trouble in the store; the next run starts from the last checkpoint.</exception>
    public Task<WorkerStep> CommitAsync(CancellationToken cancel = default) => RunAsync(isForced: true, cancel);

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

            if (!await WriteAsync(cancel))
            {
                isLoaded = false;
                return WorkerStep.Lost;
            }

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

        current = null;
        await standing.LoadAsync(fold, cancel);
        nextEntry = standing.Checkpoint?.NextEntry ?? 1;
        nextRecord = standing.Checkpoint?.NextRecord ?? 0;
        StartAfresh();
        isLoaded = true;
        kill(KillPoints.AfterLoad);
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
            current ??= await inbox.ReadAsync(nextEntry, cancel);
            if (current is not { } entry)
            {
                return false;
            }

            var budget = (int)Math.Min(options.RecordsPerStep, options.RecordsPerCommit - records);
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
        var isSnapshot = standing.WantsSnapshot;
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
