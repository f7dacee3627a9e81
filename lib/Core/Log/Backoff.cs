namespace MaritimeWatch.Log;

/// <summary>Patience with a store whose trouble may pass: few tries, each waiting twice as long as the one before.</summary>
internal static class Backoff
{
    /// <summary>Tries before the trouble is handed on.</summary>
    public const int TriesMax = 6;

    private const int FirstWaitMs = 20;

    /// <summary>Waits before the next try.</summary>
    public static Task WaitAsync(int tried, TimeProvider time, CancellationToken cancel) =>
        Task.Delay(TimeSpan.FromMilliseconds(FirstWaitMs << Math.Min(tried, TriesMax)), time, cancel);

    /// <summary>Repeats something that may safely be done twice.</summary>
    public static async ValueTask<T> RetryAsync<T>(
        Func<CancellationToken, ValueTask<T>> attempt, TimeProvider time, CancellationToken cancel)
    {
        for (var tried = 0; ; tried++)
        {
            try
            {
                return await attempt(cancel);
            }
            catch (StoreException e) when (e.Trouble == StoreTrouble.Retry && tried < TriesMax - 1)
            {
                await WaitAsync(tried, time, cancel);
            }
        }
    }
}
