using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Letters;
using MaritimeWatch.Functions.Triggers;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Pushes and dead letters of a host. A host of Azure Functions delivers and keeps; the embedded pipeline does both in
/// loops of its own over the same parts.
/// </summary>
internal sealed class ServePushes : IDisposable
{
    // Host.json leaves the number of tries as it is.
    private const int HostTries = 5;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly WebhookSender sender;
    private readonly PushLoop? loop;
    private readonly BlobQueue? queue;

    private Checkpoint? latest;

    private ServePushes(
        ServeParts parts, WatchStore watch, AzureStore? azure, Func<string, IWorkSender?> senderOf, ILoggerFactory logs)
    {
        var (store, time, log) = (watch.Blobs, parts.Time, logs.CreateLogger<AlertDelivery>());
        Letters = new DeadLetters(store, time, hasBlobQueues: azure is null);
        queue = azure is null ? new BlobQueue(store, QueueNames.AlertDelivery, time) : null;
        var pushes = queue ?? (IWorkSender)azure!.Queue(QueueNames.AlertDelivery);
        Redrive = new Redrive(Letters, store, name => name == QueueNames.AlertDelivery ? pushes : senderOf(name), parts.Kill);
        sender = new WebhookSender(watch.Vault, time);
        Outbox = new AlertOutbox(store, pushes, time, parts.Kill);
        Delivery = new AlertDelivery(new AlertDeliveryParts
        {
            Store = store, Queue = pushes, Sender = sender, Letters = Letters, Time = time, Chance = parts.Chance, Log = log, Kill = parts.Kill,
        });
        loop = queue is null ? null : new PushLoop(Outbox, Delivery, queue, time, log);
    }

    /// <summary>The dead letters.</summary>
    public DeadLetters Letters { get; }

    /// <summary>Sends them again.</summary>
    public Redrive Redrive { get; }

    /// <summary>To be told of commits of the alerts stage: <see cref="AlertOutbox.SendAsync(Checkpoint?, CancellationToken)"/>.</summary>
    public AlertOutbox Outbox { get; }

    /// <summary>Delivers what is on the queue.</summary>
    public AlertDelivery Delivery { get; }

    /// <summary>What runs beside the embedded pipeline; empty under a Functions host.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> Loops => loop is null ? [] : [loop.RunAsync];

    /// <summary>Puts them together; what the store has committed already is no news.</summary>
    /// <param name="parts">Clock, chance, moments.</param>
    /// <param name="watch">The live store.</param>
    /// <param name="azure">Its queues where it is on Azure, else null.</param>
    /// <param name="senderOf">Every other queue by name, null where it cannot be reached.</param>
    /// <param name="logs">Makes logs.</param>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public static async Task<ServePushes> OpenAsync(
        ServeParts parts, WatchStore watch, AzureStore? azure, Func<string, IWorkSender?> senderOf, ILoggerFactory logs, CancellationToken cancel)
    {
        var pushes = new ServePushes(parts, watch, azure, senderOf, logs);
        await pushes.Outbox.BeginAsync(cancel);
        return pushes;
    }

    /// <summary>The queue of a name in the embedded pipeline.</summary>
    /// <param name="ais">The queue of landed AIS.</param>
    /// <param name="depth">Counts it.</param>
    /// <param name="stages">Have the queues of the other doors.</param>
    public static Func<string, IWorkSender?> Embedded(BlobQueue ais, QueueDepth depth, StagePipeline stages) =>
        name => name == QueueNames.Ais ? new CountedSender(ais, depth) : stages.QueueOf(name);

    /// <summary>A stage has committed; cheap.</summary>
    public void OnCommitted(GroupName group, Checkpoint checkpoint)
    {
        if (group == AlertBoard.Group)
        {
            Volatile.Write(ref latest, checkpoint);
            loop?.OnCommitted(checkpoint);
        }
    }

    /// <summary>Under a Functions host: puts out what was committed, by whomever; what this process has just committed is not read again.</summary>
    /// <param name="cancel">Stops; what is left goes next time.</param>
    /// <exception cref="StoreException">Trouble in the store or the queue: call again.</exception>
    public Task PutOutAsync(CancellationToken cancel) => Outbox.SendAsync(Interlocked.Exchange(ref latest, null), cancel);

    /// <summary>Adds what a Functions host delivers and gives up.</summary>
    /// <param name="parts">The other triggers.</param>
    /// <param name="board">Woken by a delivery: it reads what the alerts stage has committed.</param>
    public TriggerParts AddTo(TriggerParts parts, AlertBoard board) => parts with
    {
        AlertQueued = (message, cancel) =>
        {
            board.Wake();
            return Delivery.TakeAsync(message, cancel);
        },
        DeadLetter = async (name, body, cancel) => await Letters.KeepAsync(name, body, null, HostTries, cancel),
        LinesDead = async (body, cancel) => await Letters.KeepAsync(DeadLetters.HubQueue, body, "the envelope cannot be read", null, cancel),
    };

    /// <summary>Opens the routes of dead letters where the door <c>upkeep</c> is open.</summary>
    /// <param name="app">The web.</param>
    /// <param name="options">Which doors, and the API key.</param>
    public void MapLetters(WebApplication app, ServeOptions options)
    {
        if (options.Has("upkeep"))
        {
            DeadLetterRoutes.Map(app, Letters, Redrive, new AccessGate(options.Key, options.IsExposed, options.OpenReads).HoldsKey);
        }
    }

    /// <summary>Finds what a person at the command line has put on the queues of a running embedded pipeline.</summary>
    /// <param name="ais">The queue of landed AIS.</param>
    /// <param name="depth">Counts it.</param>
    /// <param name="stages">Have the queues of the other doors.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where trouble is said.</param>
    public TimerLoop Looking(BlobQueue ais, QueueDepth depth, StagePipeline stages, TimeProvider time, ILogger log) => new(
        "the look at the queues", LookEvery,
        async (_, cancel) =>
        {
            depth.Add(await ais.LookAgainAsync(cancel));
            await stages.LookAgainAsync(cancel);
            await (queue?.LookAgainAsync(cancel) ?? default);
        },
        time, log);

    /// <inheritdoc/>
    public void Dispose()
    {
        sender.Dispose();
        Outbox.Dispose();
    }

    /// <summary>What is sent again counts as waiting, as what a door has landed does.</summary>
    private sealed class CountedSender(IWorkSender inner, QueueDepth depth) : IWorkSender
    {
        public async ValueTask SendAsync(ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancel = default)
        {
            await inner.SendAsync(body, delay, cancel);
            depth.Add(+1);
        }

        public ValueTask<int> CountAsync(CancellationToken cancel = default) => inner.CountAsync(cancel);
    }
}
