using System.Globalization;
using System.Security.Cryptography;

namespace MaritimeWatch.Log;

/// <summary>
/// A queue on the blob store for the embedded pipeline: one process, many threads. Messages are blobs named in order;
/// who holds which, and how often it came, is kept in memory, so after a restart everything that was not completed is
/// delivered again.
/// </summary>
public sealed class BlobQueue : IWorkQueue
{
    /// <summary>Deliveries after which a message is a dead letter.</summary>
    public const int DeliveriesMax = 5;

    /// <summary>Messages that may wait; more are refused, so that a door can say "later".</summary>
    public const int DepthMax = 1_000_000;

    private const int TicksDigits = 19;

    private readonly IBlobStore store;
    private readonly TimeProvider time;
    private readonly string prefix;
    private readonly Lock gate = new();
    private readonly SortedSet<string> waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Until, int Deliveries)> held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> returned = new(StringComparer.Ordinal);
    private TaskCompletionSource arrival = NewArrival();
    private bool isLoaded;
    private long lastSent;

    /// <summary>A queue of this name.</summary>
    /// <param name="store">Where it is kept.</param>
    /// <param name="name">One segment of a blob name; dead letters go to <c>{name}-poison</c>.</param>
    /// <param name="time">For the order of names and for visibility.</param>
    public BlobQueue(IBlobStore store, string name, TimeProvider time)
    {
        (this.store, this.time) = (store, time);
        prefix = BlobName.Check($"queue/{name}") + "/";
        PoisonPrefix = $"queue/{name}-poison/";
    }

    /// <summary>Where dead letters are.</summary>
    public string PoisonPrefix { get; }

    /// <summary>When a message or dead letter was sent, from the last part of its blob's name; null where it is none.</summary>
    /// <param name="name">The last part of the name.</param>
    public static DateTimeOffset? SentAt(string name) =>
        name.Length > TicksDigits && name[TicksDigits] == '-'
        && long.TryParse(name.AsSpan(0, TicksDigits), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;

    /// <summary>
    /// Looks for messages that another process has put there: a person at the command line who sends dead letters again.
    /// </summary>
    /// <param name="cancel">Stops the looking.</param>
    /// <returns>How many were found.</returns>
    /// <exception cref="StoreException">Trouble in the store; look again later.</exception>
    public async ValueTask<int> LookAgainAsync(CancellationToken cancel = default)
    {
        await LoadAsync(cancel);
        var found = 0;
        await foreach (var entry in store.ListAsync(prefix, cancel))
        {
            lock (gate)
            {
                // One that was completed meanwhile reads as absent when it is received.
                found += !held.ContainsKey(entry.Name) && waiting.Add(entry.Name) ? 1 : 0;
            }
        }

        lock (gate)
        {
            if (found > 0)
            {
                arrival.TrySetResult();
                arrival = NewArrival();
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancel = default)
    {
        await LoadAsync(cancel);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, 8));
        while (true)
        {
            // Ticks of 100 ns, made unique in this process; with the hash no name is ever used for two messages, so
            // who completes late can never delete a message other than the one he held.
            var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}{NextNumber():D19}-{hash}");
            if ((await store.PutAsync(name, body, PutCondition.IfAbsent, cancel)).Written)
            {
                Arrive(name, delay);
                return;
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<int> CountAsync(CancellationToken cancel = default)
    {
        await LoadAsync(cancel);
        lock (gate)
        {
            return waiting.Count + held.Count;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<WorkItem?> ReceiveAsync(TimeSpan visibility, CancellationToken cancel = default)
    {
        await LoadAsync(cancel);
        while (Take(visibility) is { } taken)
        {
            var blob = await ReadAsync(taken.Name, cancel);
            if (blob is null)
            {
                Forget(taken.Name);
            }
            else if (taken.Deliveries > DeliveriesMax)
            {
                await store.PutAsync(PoisonPrefix + taken.Name[prefix.Length..], blob.Value.Bytes, PutCondition.IfAbsent, cancel);
                await store.DeleteAsync(taken.Name, cancel);
                Forget(taken.Name);
            }
            else
            {
                return new WorkItem(taken.Name, blob.Value.Bytes, taken.Deliveries);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public async Task WaitAsync(CancellationToken cancel = default)
    {
        await LoadAsync(cancel);
        Task arrived;
        TimeSpan? wait = null;
        lock (gate)
        {
            if (waiting.Count > 0)
            {
                return;
            }

            arrived = arrival.Task;
            if (held.Count > 0)
            {
                wait = held.Values.Min(static h => h.Until) - time.GetUtcNow();
            }
        }

        try
        {
            await (wait is { } limit
                ? arrived.WaitAsync(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, time, cancel)
                : arrived.WaitAsync(cancel));
        }
        catch (TimeoutException)
        {
            // Somebody's visibility has ended: there is something to receive.
        }
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync(WorkItem item, CancellationToken cancel = default)
    {
        await store.DeleteAsync(item.Id, cancel);
        Forget(item.Id);
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async ValueTask LoadAsync(CancellationToken cancel)
    {
        if (Volatile.Read(ref isLoaded))
        {
            return;
        }

        // Two threads may both load: a message that is already held is left held, one that is gone reads as absent.
        await foreach (var entry in store.ListAsync(prefix, cancel))
        {
            lock (gate)
            {
                if (!held.ContainsKey(entry.Name))
                {
                    waiting.Add(entry.Name);
                }
            }
        }

        Volatile.Write(ref isLoaded, true);
    }

    private async ValueTask<BlobContent?> ReadAsync(string name, CancellationToken cancel)
    {
        try
        {
            return await store.GetAsync(name, cancel);
        }
        catch
        {
            Return(name); // Not delivered: it does not count.
            throw;
        }
    }

    private long NextNumber()
    {
        lock (gate)
        {
            if (waiting.Count + held.Count >= DepthMax)
            {
                throw new StoreException(StoreTrouble.Retry, $"{prefix} is full: {DepthMax} messages wait");
            }

            return lastSent = Math.Max(lastSent + 1, time.GetUtcNow().UtcTicks);
        }
    }

    private void Arrive(string name, TimeSpan delay)
    {
        lock (gate)
        {
            if (delay > TimeSpan.Zero)
            {
                // Held by nobody: it has not been delivered yet. A restart forgets the delay, never the message.
                waiting.Remove(name);
                held[name] = (time.GetUtcNow() + delay, 0);
            }
            else if (!held.ContainsKey(name))
            {
                waiting.Add(name);
            }

            arrival.TrySetResult();
            arrival = NewArrival();
        }
    }

    private (string Name, int Deliveries)? Take(TimeSpan visibility)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            foreach (var late in held.Where(h => h.Value.Until <= now).Select(static h => h.Key).ToList())
            {
                ReturnLocked(late, held[late].Deliveries);
            }

            if (waiting.Min is not { } name)
            {
                return null;
            }

            waiting.Remove(name);
            returned.Remove(name, out var before);
            held[name] = (now + visibility, before + 1);
            return (name, before + 1);
        }
    }

    private void Return(string name)
    {
        lock (gate)
        {
            if (held.TryGetValue(name, out var one))
            {
                ReturnLocked(name, one.Deliveries - 1);
            }
        }
    }

    private void ReturnLocked(string name, int deliveries)
    {
        held.Remove(name);
        waiting.Add(name);
        returned[name] = deliveries;
    }

    private void Forget(string name)
    {
        lock (gate)
        {
            held.Remove(name);
            waiting.Remove(name);
            returned.Remove(name);
        }
    }
}
