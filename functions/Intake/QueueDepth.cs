namespace MaritimeWatch.Functions.Intake;

/// <summary>How many landed blobs wait to be decoded, so that doors can say "later" before it is too late.</summary>
/// <param name="max">How many may wait, at least 1.</param>
public sealed class QueueDepth(int max)
{
    private readonly Lock gate = new();
    private TaskCompletionSource room = NewRoom();
    private int waiting;

    /// <summary>How many wait now.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>True when no more should be taken.</summary>
    public bool IsTooDeep => Waiting >= max;

    /// <summary>Some more wait (or, when negative, are done).</summary>
    public void Add(int change)
    {
        lock (gate)
        {
            waiting = Math.Max(0, waiting + change);
            if (waiting < max)
            {
                room.TrySetResult();
                room = NewRoom();
            }
        }
    }

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

    private static TaskCompletionSource NewRoom() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
