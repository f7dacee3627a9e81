namespace MaritimeWatch.Functions.Intake;

/// <summary>How many landed blobs wait to be decoded, so that doors can say "later" before it is too late.</summary>
/// <param name="max">How many may wait, at least 1.</param>
public sealed class QueueDepth(int max)
{
    private readonly Lock gate = new();
    private TaskCompletionSource room = NewRoom();
    private int waiting;

    /// <summary>How many may wait.</summary>
    public int Max => max;

    /// <summary>How many wait now.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>True when no more should be taken.</summary>
    public bool IsTooDeep => Waiting >= max;

    /// <summary>True while so much waits that some of what comes may be turned away: a level ends below 40 percent.</summary>
    public bool IsFilling => Waiting * 100L >= max * 40L;

    /// <summary>Some more wait (or, when negative, are done).</summary>
    public void Add(int change) => Change(now => now + change);

    /// <summary>So many wait, as the queue itself has counted: where other processes fill or empty it too.</summary>
    /// <param name="count">How many, 0 or more; approximate.</param>
    public void Set(int count) => Change(_ => count);

    /// <summary>Returns once there is room.</summary>
    public async Task WaitForRoomAsync(CancellationToken cancel)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (waiting < max)
                {
                    return;
                }

                next = room.Task;
            }

            await next.WaitAsync(cancel);
        }
    }

    private void Change(Func<int, int> to)
    {
        lock (gate)
        {
            waiting = Math.Max(0, to(waiting));
            if (waiting < max)
            {
                room.TrySetResult();
                room = NewRoom();
            }
        }
    }

    private static TaskCompletionSource NewRoom() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
