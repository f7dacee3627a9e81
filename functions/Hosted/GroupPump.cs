using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Hosted;

/// <summary>
/// Keeps the worker of one group loaded and warm between messages. Any number may ask at once; one commit serves all
/// whose entries it holds. It does nothing while nobody asks.
/// </summary>
internal sealed class GroupPump
{
    /// <summary>The generation of a group that this process has not looked at.</summary>
    public const long UnknownGeneration = -1;

    private readonly GroupName group;
    private readonly Func<IFold> newFold;
    private readonly Func<IFold, GroupWorker> newWorker;
    private readonly HostedPace pace;
    private readonly TimeProvider time;
    private readonly Rounds<WorkerStep> rounds;
    private readonly Lock gate = new();
    private (GroupWorker Worker, IFold Fold)? warm;
    private DateTimeOffset usedAt;
    private long nextEntry;
    private long wanted;
    private long generation = UnknownGeneration;

    /// <summary>A pump of one group; nothing is read yet.</summary>
    /// <param name="group">The group.</param>
    /// <param name="newFold">Makes its fold, in the state before entry 1.</param>
    /// <param name="newWorker">Makes its worker around a fold.</param>
    /// <param name="pace">Its pace.</param>
    /// <param name="time">The clock.</param>
    public GroupPump(
        GroupName group, Func<IFold> newFold, Func<IFold, GroupWorker> newWorker, HostedPace pace, TimeProvider time)
    {
        (this.group, this.newFold, this.newWorker, this.pace, this.time) = (group, newFold, newWorker, pace, time);
        rounds = new Rounds<WorkerStep>(RoundAsync, pace.CommitPause, time);
        usedAt = time.GetUtcNow();
    }

    /// <summary>Whose pump it is.</summary>
    public GroupName Group => group;

    /// <summary>Told every commit, before anybody who waits for it.</summary>
    public Action<GroupName, Checkpoint>? Committed { get; init; }

    /// <summary>Others may work on the group: its checkpoint is looked at after a pause, before folding what they have folded.</summary>
    public Func<bool> IsShared { get; init; } = static () => false;

    /// <summary>The entry to be folded next, as this process knows it; 0 before it has looked.</summary>
    public long NextEntry => Interlocked.Read(ref nextEntry);

    /// <summary>The generation as this process knows it, 0 before the first commit; <see cref="UnknownGeneration"/> before it has looked.</summary>
    public long Generation => Interlocked.Read(ref generation);

    /// <summary>What the last failure said; null when the last round was good.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Ends when an entry has been folded and committed, by us or by others.</summary>
    /// <param name="number">The entry, from 1.</param>
    /// <param name="cancel">Stops waiting; the round that runs is ended all the same.</param>
    /// <returns>False when others were always quicker: they have it in hand.</returns>
    /// <exception cref="StoreException">Trouble in the store; ask again.</exception>
    public async Task<bool> ReachAsync(long number, CancellationToken cancel)
    {
        lock (gate)
        {
            wanted = Math.Max(wanted, number);
        }

        var (isFresh, lost) = (false, 0);
        while (NextEntry <= number)
        {
            var step = await (isFresh ? rounds.NextAsync() : rounds.JoinAsync()).WaitAsync(cancel);
            if (step == WorkerStep.Lost && ++lost > pace.LostMax)
            {
                return false;
            }

            if (step == WorkerStep.Idle && NextEntry <= number)
            {
                if (isFresh)
                {
                    return true; // There is no such entry: a hint that was wrong.
                }

                isFresh = true; // The round that was joined may have looked before the entry came.
            }
        }

        return true;
    }

    /// <summary>Lets go of the state when nothing has been asked of the group for long.</summary>
    public void LetGoIfIdle()
    {
        lock (gate)
        {
            if (rounds.IsIdle && time.GetUtcNow() - usedAt >= pace.KeepFor)
            {
                (warm?.Fold as IDisposable)?.Dispose();
                warm = null;
            }
        }
    }

    // No caller's token: an answer that nobody waits for any more must not tear a commit.
    private async Task<WorkerStep> RoundAsync()
    {
        GroupWorker folder;
        bool wasIdle;
        lock (gate)
        {
            wasIdle = warm is not null && time.GetUtcNow() - usedAt >= pace.RenewEvery;
            if (warm is null)
            {
                var fold = newFold();
                warm = (newWorker(fold), fold);
            }

            folder = warm.Value.Worker;
            folder.FoldUpTo = wanted;
            usedAt = time.GetUtcNow();
        }

        try
        {
            if (wasIdle && IsShared())
            {
                await folder.CatchUpAsync(CancellationToken.None);
            }

            var before = folder.RecordsCommitted;
            var step = await folder.CommitAsync(CancellationToken.None);
            Trouble = null;
            if (step != WorkerStep.Lost)
            {
                Interlocked.Exchange(ref nextEntry, folder.Checkpoint?.NextEntry ?? 1);
                Interlocked.Exchange(ref generation, folder.Checkpoint?.Generation ?? 0);
            }

            if (step == WorkerStep.Committed)
            {
                IntakeMeters.OnFolded(group, folder.RecordsCommitted - before);
                Committed?.Invoke(group, folder.Checkpoint!);
            }

            return step;
        }
        catch (Exception failure)
        {
            Trouble = failure.Message;
            throw;
        }
    }
}
