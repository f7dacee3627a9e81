using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using MaritimeWatch.Alerts;
using MaritimeWatch.Functions.Letters;
using MaritimeWatch.Functions.Outlet;
using MaritimeWatch.Log;
using MaritimeWatch.Tests.Log;
using MaritimeWatch.Tests.Outlet;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaritimeWatch.Tests.Push;

/// <summary>
/// Outbox, queue and delivery over a store in memory, a scripted alerts stage, and a receiver on a free port of this
/// machine that notes every request.
/// </summary>
internal sealed class PushWorld : IAsyncDisposable
{
    private readonly GroupWorker worker;
    private readonly Inbox inbox;
    private readonly WebhookSender sender;
    private WebApplication? app;

    public PushWorld(int seed = 1)
    {
        Chance = new Random(seed);
        inbox = new Inbox(Store, AlertBoard.Group, Time);
        worker = new GroupWorker(Store, AlertBoard.Group, new PushScript(), GroupWorkerOptions.Replay with { DeltasMax = 0 }, Time);
        sender = new WebhookSender(Vaults.ForTests, Time);
        Letters = new DeadLetters(Store, Time);
        Targets = new WebhookTargets(Store);
        Queue = new BlobQueue(Store, QueueNames.AlertDelivery, Time);
    }

    public Random Chance { get; }

    public ManualTime Time { get; } = new();

    public MemoryStore Store { get; } = new();

    public BlobQueue Queue { get; private set; }

    public DeadLetters Letters { get; }

    public WebhookTargets Targets { get; }

    /// <summary>What the receiver got: path, webhook-id, headers, body.</summary>
    public ConcurrentQueue<Received> Got { get; } = new();

    /// <summary>What the receiver answers; 204 unless a test says otherwise.</summary>
    public Func<Received, int> Answers { get; set; } = static _ => 204;

    /// <summary>Throws at a moment in place of the end of the process.</summary>
    public KillPoint? Kill { get; set; }

    public byte[] Secret { get; } = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");

    public static async Task<PushWorld> StartAsync(int seed = 1)
    {
        var world = new PushWorld(seed);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = world.app = builder.Build();
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var got = new Received(context.Request.Path, headers, await reader.ReadToEndAsync());
            world.Got.Enqueue(got);
            context.Response.StatusCode = world.Answers(got);
            if (context.Response.StatusCode is 307 or 302)
            {
                context.Response.Headers.Location = "/elsewhere";
            }
        });
        await app.StartAsync();
        return world;
    }

    public AlertOutbox NewOutbox() => new(Store, Queue, Time, name => Kill?.Invoke(name));

    public AlertDelivery NewDelivery() => new(new AlertDeliveryParts
    {
        Store = Store, Queue = Queue, Sender = sender, Letters = Letters, Time = Time, Chance = Chance, Log = NullLogger.Instance,
        Kill = name => Kill?.Invoke(name),
    });

    /// <summary>A process has died: what its queue held in memory is forgotten.</summary>
    public void RestartQueue() => Queue = new BlobQueue(Store, QueueNames.AlertDelivery, Time);

    public async Task<WebhookTarget> AddTargetAsync(
        string path = "/hook", string port = "*", string urgency = "low", bool isFull = false, params WebhookSecret[] more)
    {
        var url = new Uri(new Uri(app!.Urls.Single()), path);
        var target = new WebhookTarget
        {
            Id = WebhookTarget.IdOf(port, url), Url = url, Port = port, Urgency = urgency, IsFull = isFull, AllowsLoopback = true,
            Secrets = [new WebhookSecret(Vaults.ForTests.Wrap(Secret), null), .. more], AddedAt = Time.GetUtcNow(),
        };
        await Targets.PutAsync(target);
        return target;
    }

    /// <summary>The alerts stage commits these revisions; every one is to be pushed.</summary>
    public async Task<Checkpoint> CommitAsync(params Alert[] alerts)
    {
        await inbox.AppendAsync(EntryKind.Batch, Encoding.UTF8.GetBytes(string.Join('\n', alerts.Select(AlertWorld.LineOf))));
        while (await worker.CommitAsync() != WorkerStep.Idle)
        {
        }

        return worker.Checkpoint!;
    }

    /// <summary>Takes one message and delivers it; false where there is none now.</summary>
    public async Task<bool> DeliverOnceAsync(AlertDelivery delivery)
    {
        if (await Queue.ReceiveAsync(TimeSpan.FromMinutes(5)) is not { } item)
        {
            return false;
        }

        await delivery.TakeAsync(item.Body, default);
        await Queue.CompleteAsync(item);
        return true;
    }

    /// <summary>Every message that waits now, without delivering it.</summary>
    public async Task<List<AlertMessage>> WaitingAsync()
    {
        List<AlertMessage> messages = [];
        await foreach (var entry in Store.ListAsync($"queue/{QueueNames.AlertDelivery}/", default))
        {
            messages.Add(AlertMessage.Parse((await Store.GetAsync(entry.Name, default))!.Value.Bytes));
        }

        return messages;
    }

    public async ValueTask DisposeAsync()
    {
        sender.Dispose();
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }

    /// <summary>Writes the alerts that it is given, and a delivery of each, as the stage does.</summary>
    private sealed class PushScript : IFold
    {
        public void Reset()
        {
        }

        public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
        {
        }

        public void RestoreDelta(ReadOnlySpan<byte> delta)
        {
        }

        public void SaveSnapshot(IBufferWriter<byte> target) => target.Write("nothing"u8);

        public void SaveDelta(IBufferWriter<byte> target) => SaveSnapshot(target);

        public void Publish(IFoldOutput output)
        {
        }

        public ValueTask<FoldStep> FoldAsync(InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
        {
            foreach (var line in Encoding.UTF8.GetString(entry.Body.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var bytes = Encoding.UTF8.GetBytes(line);
                output.WriteLine("alerts", bytes);
                var buffer = new ArrayBufferWriter<byte>();
                DeliveryLine.Write(buffer, AlertLine.Parse(bytes), "new alert");
                output.WriteLine("deliveries", buffer.WrittenSpan);
            }

            return ValueTask.FromResult(FoldStep.EntryDone);
        }
    }
}

/// <summary>A request that the receiver got.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Id => Headers[WebhookSignature.IdHeader];
}

/// <summary>Thrown at a moment in place of the end of the process.</summary>
internal sealed class PushKilledException : Exception;
