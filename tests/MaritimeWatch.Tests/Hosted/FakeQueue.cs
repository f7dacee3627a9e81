using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Hosted;

/// <summary>A queue as a Functions host sees it: messages with a delay; a delivery that fails comes again at once.</summary>
internal sealed class FakeQueue(TimeProvider time) : IWorkSender
{
    private readonly Lock gate = new();
    private readonly List<(DateTimeOffset VisibleAt, ReadOnlyMemory<byte> Body)> waiting = [];

    /// <summary>Every send fails while this is set.</summary>
    public bool IsBroken { get; set; }

    /// <summary>It does not say how many wait while this is set.</summary>
    public bool IsCountless { get; set; }

    /// <summary>Messages that were ever sent.</summary>
    public int Sent { get; private set; }

    public int Waiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count;
            }
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancel = default)
    {
        if (IsBroken)
        {
            throw new StoreException(StoreTrouble.Retry, "the queue does not answer");
        }

        lock (gate)
        {
            waiting.Add((time.GetUtcNow() + delay, body.ToArray()));
            Sent++;
        }

        return default;
    }

    public ValueTask<int> CountAsync(CancellationToken cancel = default) =>
        IsCountless ? throw new StoreException(StoreTrouble.Retry, "the queue does not say") : new(Waiting);

    /// <summary>The oldest message that may be delivered now, or null. It is gone from the queue then.</summary>
    public ReadOnlyMemory<byte>? Take()
    {
        lock (gate)
        {
            var at = waiting.FindIndex(message => message.VisibleAt <= time.GetUtcNow());
            if (at < 0)
            {
                return null;
            }

            var body = waiting[at].Body;
            waiting.RemoveAt(at);
            return body;
        }
    }

    /// <summary>Loses everything: what a lost wake costs.</summary>
    public void Lose()
    {
        lock (gate)
        {
            waiting.Clear();
        }
    }
}
