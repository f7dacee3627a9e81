using System.Threading.Channels;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>Keeps a stage's inboxes filled: relays when a producer has committed, and now and then.</summary>
/// <param name="relay">The relay; this loop owns it. It says itself what it has appended.</param>
/// <param name="pollEvery">How often it looks when nobody wakes it.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where trouble is said.</param>
internal sealed class RelayLoop(Relay relay, TimeSpan pollEvery, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan FailedWait = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> signal =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>A producer has committed; cheap, and may be called as often as one likes.</summary>
    public void Wake() => signal.Writer.TryWrite(true);

    /// <summary>Relays once; false where nothing was new.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancel) => await relay.RunOnceAsync(cancel) is not null;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(cancel);
                await WaitAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (StoreException trouble)
            {
                log.LogWarning(LogEvents.RelayWaits, "{Stage} cannot hear its producers and tries again: {Why}", relay.Stage, trouble.Message);
                await Task.Delay(FailedWait, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(pollEvery, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await signal.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Nobody woke us: look all the same.
        }
    }
}
