using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Letters;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.Functions.Operations;

/// <summary>What a host is operated by: probes, metrics and load shedding, put together from its parts.</summary>
internal sealed class Operating : IDisposable
{
    private readonly Readiness readiness;
    private readonly MetricsParts metrics;

    /// <summary>Puts it together; the metrics count from here on.</summary>
    public Operating(
        WatchStore watch, ServeOptions options, AzureStore? azure, DurableIntake intake, LoadGauge load, QueueDepth depth,
        SourceBoard board, TimeProvider time)
    {
        readiness = new Readiness(new ReadinessParts
        {
            Store = watch.Blobs,
            Vault = watch.Vault,
            IsAnyGroupInTrouble = () => IsAnyGroupInTrouble(),
            IsIntakeStopped = () => intake.IsStopped,
            Depth = depth,
            Time = time,
        });
        metrics = new MetricsParts
        {
            Listener = new MetricsListener(),
            Store = new StoreMetrics(OfStore(watch, azure, time), time),
            Load = load,
            Depth = depth,
            Board = board,
            Gate = new AccessGate(options.Key, options.IsExposed, OpenReads: false),
        };
    }

    /// <summary>Whether a group of this process cannot get on now.</summary>
    public Func<bool> IsAnyGroupInTrouble { get; init; } = static () => false;

    /// <summary>Before everything else: probes have no token.</summary>
    public void UseProbes(WebApplication app) => Probes.Use(app, readiness);

    /// <summary>Behind the gate, before the routes.</summary>
    public void Map(WebApplication app)
    {
        LoadShedding.Use(app, metrics.Load);
        MetricsRoute.Map(app, metrics);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        metrics.Listener.Dispose();
        metrics.Store.Dispose();
        readiness.Dispose();
    }

    private static StoreMetricsParts OfStore(WatchStore watch, AzureStore? azure, TimeProvider time)
    {
        // A folder has a queue for each door; on Azure notices share the queue of manifests.
        IEnumerable<string> names = azure is null
            ? [QueueNames.Ais, QueueNames.Plates, QueueNames.Manifests, "notices", QueueNames.Scenes]
            : QueueNames.All;
        IWorkSender Queue(string name) => azure?.Queue(name) ?? new BlobQueue(watch.Blobs, name, time);
        var letters = new DeadLetters(watch.Blobs, time, hasBlobQueues: azure is null);
        return new StoreMetricsParts
        {
            Queues = [.. names.Select(name => (name, (Func<CancellationToken, ValueTask<int>>)(cancel => Queue(name).CountAsync(cancel))))],
            DeadLetters = [.. DeadLetters.Queues.Select(name =>
                (name, (Func<CancellationToken, ValueTask<int>>)(async cancel => (await letters.CountAsync(cancel))[name])))],
            Operations = azure is null ? null : azure.Operations.Snapshot,
            KeptFor = TimeSpan.FromSeconds(azure is null ? 15 : 60),
        };
    }
}
