using System.Globalization;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.StandIn.Host;

/// <summary>
/// Reads one queue as the Functions host does: a batch, the next when half of it is done, longer and longer waits while it
/// is empty; done is deleted, failed is seen again, and after too many failures it goes to the dead letters.
/// </summary>
internal sealed class QueueReader
{
    private readonly StandInSettings settings;
    private readonly string name;
    private readonly string function;
    private readonly Func<CancellationToken, Task> free;
    private readonly Func<string, byte[], CancellationToken, Task<bool>> invoke;
    private readonly StorageOperations operations;
    private readonly HostCounts counts;
    private readonly QueueClient queue;
    private readonly QueueClient? poison;
    private readonly Random chance;
    private readonly List<Task> underWay = [];

    public QueueReader(
        StandInSettings settings, string name, Func<CancellationToken, Task> free, Func<string, byte[], CancellationToken, Task<bool>> invoke,
        StorageOperations operations, HostCounts counts)
    {
        (this.settings, this.name, this.free, this.invoke, this.operations, this.counts) = (settings, name, free, invoke, operations, counts);
        function = HostFunctions.ByQueue[name];
        queue = NewClient(settings.Queues, name);
        poison = name.EndsWith("-poison", StringComparison.Ordinal) ? null : NewClient(settings.Queues, name + "-poison");
        chance = new Random((settings.Whims?.Seed ?? 0) ^ string.GetHashCode(name, StringComparison.Ordinal));
    }

    /// <summary>Its queue.</summary>
    public string Name => name;

    /// <summary>Messages taken and not yet settled.</summary>
    public int UnderWay
    {
        get
        {
            lock (underWay)
            {
                underWay.RemoveAll(task => task.IsCompleted);
                return underWay.Count;
            }
        }
    }

    public static QueueClient NewClient(string connection, string name) =>
        new(connection, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None });

    /// <summary>About how many messages it has, those that are unseen too; 0 where it does not exist.</summary>
    public async Task<int> CountAsync(CancellationToken cancel)
    {
        try
        {
            return (await queue.GetPropertiesAsync(cancel)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException absent) when (absent.Status == 404)
        {
            return 0;
        }
    }

    public async Task RunAsync(CancellationToken cancel)
    {
        var wait = settings.PollMin;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await RoomAsync(cancel);
                await free(cancel); // A host without a worker takes nothing.
                operations.Add("queue.receive");
                var messages = await TakeAsync(cancel);
                if (messages.Length == 0)
                {
                    await Task.Delay(wait, cancel);
                    wait = wait * 2 < settings.PollMax ? wait * 2 : settings.PollMax;
                    continue;
                }

                wait = settings.PollMin;
                chance.Shuffle(settings.Whims is null ? [] : messages);
                foreach (var message in messages)
                {
                    Begin(message, cancel);
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (Exception trouble) when (IsOfStorage(trouble))
            {
                settings.Log?.Invoke($"{name}: {Words(trouble)}");
                await Task.Delay(settings.PollMin, CancellationToken.None);
            }
        }

        Task[] left;
        lock (underWay)
        {
            left = [.. underWay];
        }

        await Task.WhenAll(left);
    }

    private async Task<QueueMessage[]> TakeAsync(CancellationToken cancel)
    {
        try
        {
            return (await queue.ReceiveMessagesAsync(settings.Batch, settings.Visibility, cancel)).Value;
        }
        catch (RequestFailedException absent) when (absent.Status == 404)
        {
            return [];
        }
    }

    private async Task RoomAsync(CancellationToken cancel)
    {
        while (UnderWay > settings.NewBatchThreshold)
        {
            Task[] now;
            lock (underWay)
            {
                now = [.. underWay];
            }

            await Task.WhenAny(now).WaitAsync(cancel);
        }
    }

    private void Begin(QueueMessage message, CancellationToken cancel)
    {
        var whims = settings.Whims;
        var late = whims is not null && chance.NextDouble() < whims.Late ? whims.LateMax * chance.NextDouble() : TimeSpan.Zero;
        var twice = whims is not null && chance.NextDouble() < whims.Twice;
        var again = whims is not null && chance.NextDouble() < whims.Again ? whims.LateMax * chance.NextDouble() : (TimeSpan?)null;
        lock (underWay)
        {
            underWay.Add(Task.Run(() => DeliverAsync(message, late, twice, again, cancel), CancellationToken.None));
        }
    }

    private async Task DeliverAsync(QueueMessage message, TimeSpan late, bool twice, TimeSpan? again, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(late, cancel);
            var envelope = HostEnvelope.Queue(message.MessageText, message.MessageId, message.DequeueCount);
            var calls = twice ? new[] { invoke(function, envelope, cancel), invoke(function, envelope, cancel) } : [invoke(function, envelope, cancel)];
            var isDone = (await Task.WhenAll(calls)).All(done => done);
            if (isDone)
            {
                settings.Done?.Invoke(name, message.MessageText);
            }

            await SettleAsync(message, isDone, cancel);
            if (twice || again is not null)
            {
                counts.OnDoubled();
            }

            if (isDone && again is { } wait)
            {
                await Task.Delay(wait, cancel);
                await invoke(function, envelope, cancel); // The queue gave it a second time; whatever comes of it.
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The end: the message comes again when its visibility is over.
        }
        catch (Exception trouble) when (IsOfStorage(trouble))
        {
            settings.Log?.Invoke($"{name}: a message could not be settled and is unseen for {settings.Visibility}: {Words(trouble)}");
        }
    }

    private async Task SettleAsync(QueueMessage message, bool isDone, CancellationToken cancel)
    {
        try
        {
            if (!isDone && message.DequeueCount < settings.DequeuesMax)
            {
                operations.Add("queue.update");
                await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: settings.FailedVisibility, cancellationToken: cancel);
                return;
            }

            if (!isDone && poison is not null)
            {
                counts.OnPoisoned();
                settings.Log?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{name}: a message failed {message.DequeueCount} times"));
                await poison.CreateIfNotExistsAsync(cancellationToken: cancel);
                operations.Add("queue.send");
                await poison.SendMessageAsync(message.MessageText, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancel);
            }

            operations.Add("queue.delete");
            await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancel);
        }
        catch (RequestFailedException late) when (late.Status is 404 or 400)
        {
            // Its time was over: it has been delivered to another.
        }
    }

    // The client gives up after tries of its own, each of which may have ended otherwise: a host goes on.
    private static bool IsOfStorage(Exception trouble) =>
        trouble is RequestFailedException or AggregateException or HttpRequestException or IOException or OperationCanceledException;

    private static string Words(Exception trouble) => trouble is RequestFailedException failed
        ? string.Create(CultureInfo.InvariantCulture, $"{failed.Status} {failed.ErrorCode}")
        : $"{trouble.GetType().Name}: {trouble.Message}";
}
