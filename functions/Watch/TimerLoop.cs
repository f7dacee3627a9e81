using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch;

/// <summary>Does a piece of work now and then: forecasts, the purge. What Azure's timers do where there is no Azure.</summary>
/// <param name="name">What is said in the log.</param>
/// <param name="every">How long it waits between two times.</param>
/// <param name="work">The work; told the time.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where trouble is said.</param>
internal sealed class TimerLoop(
    string name, TimeSpan every, Func<DateTimeOffset, CancellationToken, Task> work, TimeProvider time, ILogger log)
{
    /// <summary>Runs until cancelled; the first time at once.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await work(time.GetUtcNow(), cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (StoreException trouble)
            {
                log.LogWarning(LogEvents.TimerLeft, "{Timer} is left for the next time: {Why}", name, trouble.Message);
            }

            await Task.Delay(every, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
