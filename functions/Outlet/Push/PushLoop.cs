using System.Threading.Channels;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>The pushes of the embedded pipeline: looks into the outbox after commits of alerts, and delivers what is queued.</summary>
/// <param name="outbox">The outbox.</param>
/// <param name="delivery">The delivery.</param>
/// <param name="queue">The queue between them.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where trouble is said.</param>
internal sealed class PushLoop(AlertOutbox outbox, AlertDelivery delivery, IWorkQueue queue, TimeProvider time, ILogger log)
{
    // A push calls other people's machines: long enough for all targets of a store at their slowest.
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FailedWait = TimeSpan.FromSeconds(1);

    private readonly Channel<Checkpoint> committed =
        Channel.CreateBounded<Checkpoint>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>The alerts stage has committed; cheap.</summary>
    public void OnCommitted(Checkpoint checkpoint) => committed.Writer.TryWrite(checkpoint);

    /// <summary>Runs until cancelled.</summary>
    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(
        Task.Run(() => AgainAsync("The outbox", LookAsync, cancel), CancellationToken.None),
        Task.Run(() => AgainAsync("The pushes", DeliverAsync, cancel), CancellationToken.None));

    /// <summary>Delivers one message; false where there was none.</summary>
    public async Task<bool> DeliverOnceAsync(CancellationToken cancel)
    {
        if (await queue.ReceiveAsync(Visibility, cancel) is not { } item)
        {
            return false;
        }

        try
        {
            await delivery.TakeAsync(item.Body, cancel);
            await queue.CompleteAsync(item, cancel);
        }
        catch (InvalidDataException wrong)
        {
            log.LogError("A push cannot be read, try {Try}: {Why}", item.Deliveries, wrong.Message); // At last a dead letter.
        }

        return true;
    }

    private async Task LookAsync(CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(LookEvery, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        Checkpoint? checkpoint = null;
        try
        {
            checkpoint = await committed.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Nobody woke us: look all the same.
        }

        await outbox.SendAsync(checkpoint, cancel);
    }

    private async Task DeliverAsync(CancellationToken cancel)
    {
        if (!await DeliverOnceAsync(cancel))
        {
            await queue.WaitAsync(cancel);
        }
    }

    private async Task AgainAsync(string name, Func<CancellationToken, Task> work, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await work(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (StoreException trouble)
            {
                log.LogWarning("{Part} wait for the store: {Why}", name, trouble.Message);
                await Task.Delay(FailedWait, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
