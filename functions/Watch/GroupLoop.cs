using System.Threading.Channels;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch;

/// <summary>Keeps one group folded: runs its worker when something was appended, when a commit is due, and now and then.</summary>
public sealed class GroupLoop
{
    /// <summary>Blobs whose way to the commit is timed; more at once are not timed (a bound, nothing is lost).</summary>
    private const int TimedMax = 10_000;

    private static readonly TimeSpan FailedWaitFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FailedWaitMax = TimeSpan.FromSeconds(30);

    private readonly GroupWorker worker;
    private readonly LiveMode mode;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Channel<bool> signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock gate = new();
    private readonly Queue<(long Number, long ReceivedAtMs)> timed = new();

    /// <summary>A loop around one worker.</summary>
    public GroupLoop(GroupWorker worker, LiveMode mode, TimeProvider time, ILogger log)
    {
        (this.worker, this.mode, this.time, this.log) = (worker, mode, time, log);
    }

    /// <summary>Whose loop it is.</summary>
    public GroupName Group => worker.Group;

    /// <summary>What the last failure said; null when the last run was good.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Blobs that were appended and are not yet committed.</summary>
    public int Uncommitted
    {
        get
        {
            lock (gate)
            {
                return timed.Count;
            }
        }
    }

    /// <summary>Called after every commit.</summary>
    public Action<GroupName, Checkpoint>? Committed { get; init; }

    /// <summary>Called when the store says that trouble will not pass by itself.</summary>
    public Action<string>? Stopped { get; init; }

    /// <summary>Called with the time from receipt to commit of every blob.</summary>
    public Action<TimeSpan>? Timed { get; init; }

    /// <summary>Something was appended to this group's inbox.</summary>
    /// <param name="number">The entry's number.</param>
    /// <param name="receivedAtMs">When its bytes were received, or null when it is no batch.</param>
    public void OnAppended(long number, long? receivedAtMs)
    {
        IntakeMeters.OnAppended(Group, number);
        lock (gate)
        {
            if (receivedAtMs is { } atMs && timed.Count < TimedMax)
            {
                timed.Enqueue((number, atMs));
            }
        }

        signal.Writer.TryWrite(true);
    }

    /// <summary>Runs until cancelled, then commits what was folded.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var failedWait = FailedWaitFirst;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                var step = await worker.RunOnceAsync(cancel);
                Trouble = null;
                IntakeMeters.OnStanding(Group, worker.Checkpoint);
                failedWait = FailedWaitFirst;
                await AfterAsync(step, cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // One group's bug or trouble must not end the other groups: it is said, and tried again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                OnFailure(failure);
                await Task.Delay(failedWait, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                failedWait = failedWait * 2 < FailedWaitMax ? failedWait * 2 : FailedWaitMax;
            }
        }
    }

    /// <summary>Folds to the end of the inbox and commits: the last thing before a clean end.</summary>
    public async Task DrainAsync(CancellationToken cancel)
    {
        while (await worker.CommitAsync(cancel) is var step && step != WorkerStep.Idle)
        {
            if (step == WorkerStep.Committed)
            {
                OnCommitted();
            }
        }
    }

    private async Task AfterAsync(WorkerStep step, CancellationToken cancel)
    {
        switch (step)
        {
            case WorkerStep.Committed:
                OnCommitted();
                break;
            case WorkerStep.Folded:
                var due = worker.CommitDueAt - time.GetUtcNow();
                await WaitAsync(due > TimeSpan.Zero ? due : TimeSpan.Zero, cancel);
                break;
            case WorkerStep.Idle:
                await WaitAsync(mode.PollEvery, cancel);
                break;
            default:
                break; // Lost: read again at once.
        }
    }

    /// <summary>Waits for a signal or until the time is over, by the injected clock.</summary>
    private async Task WaitAsync(TimeSpan limit, CancellationToken cancel)
    {
        if (limit == TimeSpan.Zero)
        {
            return;
        }

        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await signal.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    private void OnCommitted()
    {
        var checkpoint = worker.Checkpoint!;
        var nowMs = time.GetUtcNow().ToUnixTimeMilliseconds();
        IntakeMeters.OnCommitted(Group, checkpoint);
        lock (gate)
        {
            while (timed.TryPeek(out var first) && first.Number < checkpoint.NextEntry)
            {
                timed.Dequeue();
                IntakeMeters.Lag.Record((nowMs - first.ReceivedAtMs) / 1000.0);
                Timed?.Invoke(TimeSpan.FromMilliseconds(nowMs - first.ReceivedAtMs));
            }
        }

        Committed?.Invoke(Group, checkpoint);
    }

    private void OnFailure(Exception failure)
    {
        var first = Trouble is null;
        Trouble = failure.Message;
        if (failure is StoreException { Trouble: StoreTrouble.Stop })
        {
            Stopped?.Invoke(failure.Message);
        }

        if (first)
        {
            log.LogError(LogEvents.GroupInTrouble, failure, "Group {Group} cannot go on and tries again: {Why}", Group, failure.Message);
        }
    }
}
