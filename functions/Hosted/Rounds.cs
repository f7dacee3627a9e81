namespace MaritimeWatch.Functions.Hosted;

/// <summary>
/// Runs a piece of work one round at a time, however many ask for it: who asks during a round joins it or shares the
/// next. Nothing runs while nobody asks.
/// </summary>
/// <typeparam name="T">What a round comes to.</typeparam>
/// <param name="work">One round.</param>
/// <param name="pause">The shortest time from the beginning of one round to the next.</param>
/// <param name="time">For the pause.</param>
internal sealed class Rounds<T>(Func<Task<T>> work, TimeSpan pause, TimeProvider time)
{
    private readonly Lock gate = new();
    private TaskCompletionSource<T>? running;
    private TaskCompletionSource<T>? waiting;
    private DateTimeOffset nextAt = DateTimeOffset.MinValue;
    private bool isDriven;

    /// <summary>A round has begun and not ended.</summary>
    public bool IsRunning
    {
        get
        {
            lock (gate)
            {
                return running is not null;
            }
        }
    }

    /// <summary>No round runs or waits.</summary>
    public bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return !isDriven;
            }
        }
    }

    /// <summary>The end of the round that runs, or else of the next.</summary>
    public Task<T> JoinAsync() => AskAsync(isFresh: false);

    /// <summary>The end of a round that begins after this call.</summary>
    public Task<T> NextAsync() => AskAsync(isFresh: true);

    private Task<T> AskAsync(bool isFresh)
    {
        lock (gate)
        {
            if (running is not null && !isFresh)
            {
                return running.Task;
            }

            waiting ??= new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!isDriven)
            {
                isDriven = true;
                _ = Task.Run(DriveAsync);
            }

            return waiting.Task;
        }
    }

    private async Task DriveAsync()
    {
        while (true)
        {
            var rest = nextAt - time.GetUtcNow();
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, time);
            }

            TaskCompletionSource<T> round;
            lock (gate)
            {
                (round, running, waiting) = (waiting!, waiting, null);
                nextAt = time.GetUtcNow() + pause;
            }

            await RunAsync(round);
            lock (gate)
            {
                if (waiting is null)
                {
                    isDriven = false;
                    return;
                }
            }
        }
    }

    // Whoever asked gets the failure; it must end the round and not the driver.
    private async Task RunAsync(TaskCompletionSource<T> round)
    {
        T? made = default;
        Exception? failure = null;
        try
        {
            made = await work();
        }
#pragma warning disable CA1031 // Handed to everybody who asked.
        catch (Exception e)
#pragma warning restore CA1031
        {
            failure = e;
        }

        lock (gate)
        {
            running = null;
        }

        if (failure is null)
        {
            round.SetResult(made!);
        }
        else
        {
            round.SetException(failure);
            _ = round.Task.Exception; // Everybody may have gone meanwhile.
        }
    }
}
