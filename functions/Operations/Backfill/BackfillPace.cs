namespace MaritimeWatch.Functions.Operations;

/// <summary>Live traffic goes first: a back-fill waits before its next write while the live queue is deep.</summary>
/// <param name="depth">How many landed blobs of live traffic wait.</param>
/// <param name="waitingMax">How many may wait before it pauses, 0 or more.</param>
/// <param name="time">The clock.</param>
#pragma warning disable CA1001 // A semaphore whose handle nobody asks for holds nothing to dispose of.
public sealed class BackfillPace(Func<CancellationToken, ValueTask<int>> depth, int waitingMax, TimeProvider time)
#pragma warning restore CA1001
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseFor = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim turn = new(1, 1);
    private DateTimeOffset? askedAt;

    /// <summary>How often it paused.</summary>
    public long Pauses { get; private set; }

    /// <summary>Returns when the live queue is not deep; asks at most every two seconds.</summary>
    /// <param name="cancel">Stops the waiting.</param>
    public async ValueTask WaitAsync(CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            if (time.GetUtcNow() - askedAt < AskEvery)
            {
                return;
            }

            while (await depth(cancel) > waitingMax)
            {
                Pauses++;
                await Task.Delay(PauseFor, time, cancel);
            }

            askedAt = time.GetUtcNow();
        }
        finally
        {
            turn.Release();
        }
    }
}
