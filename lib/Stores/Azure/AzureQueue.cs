using System.Text;
using System.Xml;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>
/// A queue of Azure Storage. A message is text (JSON of ours) and stays until it is completed; the service counts its
/// deliveries and keeps it out of sight while somebody holds it.
/// </summary>
/// <remarks>
/// One message is received at a time: what waited in a list of ours would use up its time out of sight. The service
/// counts that time in whole seconds, so that delays and visibilities are rounded up.
/// </remarks>
internal sealed class AzureQueue : IWorkQueue
{
    /// <summary>Largest message in bytes: the service takes 64 KiB, and hosts that encode need a third more.</summary>
    public const int BodyBytesMax = 48 * 1024;

    private const int DeadLettersAtOnceMax = 64;

    private static readonly TimeSpan DelayMax = TimeSpan.FromDays(7);
    private static readonly TimeSpan FirstIdle = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(10);
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly QueueClient queue;
    private readonly AzureTries tries;
    private readonly AzureQueue? poison;
    private readonly Lock gate = new();
    private TaskCompletionSource arrival = NewArrival();
    private int idle;

    /// <summary>A queue of this name, which is made where it is absent.</summary>
    /// <param name="queue">The queue; its client must not repeat anything by itself.</param>
    /// <param name="poison">Where its dead letters go; null for a queue of dead letters, which keeps what it has.</param>
    /// <param name="tries">Patience.</param>
    public AzureQueue(QueueClient queue, AzureQueue? poison, AzureTries tries) => (this.queue, this.poison, this.tries) = (queue, poison, tries);

    /// <summary>Makes the queue if it is absent.</summary>
    public Task MakeAsync(CancellationToken cancel) =>
        tries.RunAsync(What("make"), 0, async (_, token) => await queue.CreateIfNotExistsAsync(cancellationToken: token), cancel);

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancel = default)
    {
        var text = TextOf(body);
        if (delay < TimeSpan.Zero || delay > DelayMax)
        {
            throw new StoreException(StoreTrouble.FixInput, $"{What("send to")}: a delay of {delay} is not between 0 and 7 days");
        }

        await AskAsync(
            "send to", body.Length,
            async token => await queue.SendMessageAsync(text, WholeSeconds(delay), TimeSpan.FromSeconds(-1), token), cancel);
        Arrive();
    }

    /// <inheritdoc/>
    public async ValueTask<int> CountAsync(CancellationToken cancel = default) =>
        await AskAsync("count", 0, async token => (await queue.GetPropertiesAsync(token)).Value.ApproximateMessagesCount, cancel);

    /// <inheritdoc/>
    public async ValueTask<WorkItem?> ReceiveAsync(TimeSpan visibility, CancellationToken cancel = default)
    {
        for (var dead = 0; dead <= DeadLettersAtOnceMax; dead++)
        {
            var message = await AskAsync(
                "receive from", 0,
                async token => (await queue.ReceiveMessageAsync(WholeSeconds(visibility), token)).Value, cancel);
            Note(message is not null);
            if (message is null)
            {
                return null;
            }

            var item = new WorkItem($"{message.MessageId}|{message.PopReceipt}", message.Body.ToMemory(), (int)message.DequeueCount);
            if (poison is null || item.Deliveries <= BlobQueue.DeliveriesMax)
            {
                return item;
            }

            // Kept before it is taken away: a kill in between doubles the letter, and loses none.
            await poison.SendAsync(item.Body, TimeSpan.Zero, cancel);
            await CompleteAsync(item, cancel);
        }

        return null; // There are more dead letters; the next call moves on.
    }

    /// <inheritdoc/>
    public async Task WaitAsync(CancellationToken cancel = default)
    {
        TimeSpan wait;
        Task arrived;
        lock (gate)
        {
            if (idle == 0)
            {
                return;
            }

            arrived = arrival.Task;
            wait = FirstIdle * Math.Pow(2, Math.Min(idle, 16) - 1);
        }

        try
        {
            await arrived.WaitAsync(wait < IdleMax ? wait : IdleMax, tries.Time, cancel);
        }
        catch (TimeoutException)
        {
            // Another process may have sent something: time to look.
        }
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(WorkItem item, CancellationToken cancel = default)
    {
        var cut = item.Id.IndexOf('|', StringComparison.Ordinal);
        if (cut < 0)
        {
            throw new ArgumentException($"\"{item.Id}\" was not received from {queue.Name}", nameof(item));
        }

        await AskAsync("delete from", 0, async token =>
        {
            try
            {
                await queue.DeleteMessageAsync(item.Id[..cut], item.Id[(cut + 1)..], token);
            }
            catch (RequestFailedException e) when (e.ErrorCode is "MessageNotFound" or "PopReceiptMismatch")
            {
                // Gone already, or somebody else's since our time ran out: it is not ours to delete.
            }

            return true;
        }, cancel);
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TimeSpan WholeSeconds(TimeSpan span) => TimeSpan.FromSeconds(Math.Ceiling(span.TotalSeconds));

    private string TextOf(ReadOnlyMemory<byte> body)
    {
        if (body.Length is 0 or > BodyBytesMax)
        {
            throw new StoreException(
                StoreTrouble.FixInput, $"{What("send to")}: a message has 1 to {BodyBytesMax} bytes, not {body.Length}; land what is large and send its name");
        }

        try
        {
            // Messages travel in XML, which has no way to write some characters.
            return XmlConvert.VerifyXmlChars(StrictUtf8.GetString(body.Span));
        }
        catch (Exception e) when (e is DecoderFallbackException or XmlException)
        {
            throw new StoreException(StoreTrouble.FixInput, $"{What("send to")}: a message is UTF-8 text without control characters", e);
        }
    }

    private Task<T> AskAsync<T>(string verb, long bytes, Func<CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        var isMade = false;
        return tries.RunAsync(What(verb), bytes, async (_, token) =>
        {
            try
            {
                return await ask(token);
            }
            catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound && !isMade)
            {
                isMade = true;
                await queue.CreateIfNotExistsAsync(cancellationToken: token);
                return await ask(token);
            }
        }, cancel);
    }

    private void Note(bool isFound)
    {
        lock (gate)
        {
            idle = isFound ? 0 : idle + 1;
        }
    }

    private void Arrive()
    {
        lock (gate)
        {
            idle = 0;
            arrival.TrySetResult();
            arrival = NewArrival();
        }
    }

    private string What(string verb) => $"{verb} {queue.AccountName}/{queue.Name}";
}
