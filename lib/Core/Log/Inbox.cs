using System.Runtime.CompilerServices;

namespace MaritimeWatch.Log;

/// <summary>
/// The numbered entries of one group: create-if-absent under the next number, and whoever gets the number is next.
/// That order is the truth. May be shared by many writers.
/// </summary>
/// <remarks>
/// Appending is at least once: a delivery that is repeated, or a writer that dies after its write, leaves the same entry
/// twice. There is no append-once by key, because that would need a second write or an index of keys that grows without
/// end; the fold has to know what it has seen anyway, and skips a batch whose landing hash is in its bounded memory.
/// </remarks>
public sealed class Inbox
{
    /// <summary>Numbers that one append may lose to others before it gives up and lets the queue deliver again.</summary>
    public const int LostMax = 10_000;

    private readonly IBlobStore store;
    private readonly TimeProvider time;
    private long last;

    /// <summary>The inbox of a group.</summary>
    /// <param name="store">Where it is kept.</param>
    /// <param name="group">The group.</param>
    /// <param name="time">Only for waiting between tries.</param>
    public Inbox(IBlobStore store, GroupName group, TimeProvider time)
    {
        (this.store, this.time, Group) = (store, time, group);
        BlobName.Check(group.InboxPrefix[..^1]);
    }

    /// <summary>Whose inbox it is.</summary>
    public GroupName Group { get; }

    /// <summary>Says that entries up to a number exist, as a checkpoint shows: the search for the end begins there.</summary>
    /// <param name="number">An entry that exists, or 0.</param>
    public void StartFrom(long number) => Remember(number);

    /// <summary>Appends an entry and tells its number.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="cancel">Stops trying; whether the entry was written is then unknown.</param>
    /// <exception cref="StoreException">Retry: unknown whether it was written; Stop, FixInput: it was not.</exception>
    public async ValueTask<long> AppendAsync(EntryKind kind, ReadOnlyMemory<byte> body, CancellationToken cancel = default)
    {
        using var span = Traces.Start("append", Group, 0);
        var bytes = new byte[body.Length + 1];
        bytes[0] = (byte)kind;
        body.CopyTo(bytes.AsMemory(1));
        var known = Volatile.Read(ref last);
        var number = (known > 0 ? known : await LastNumberAsync(cancel)) + 1;
        var unknown = 0;
        for (var lost = 0; lost < LostMax;)
        {
            var name = Group.EntryName(number);
            try
            {
                if ((await store.PutAsync(name, bytes, PutCondition.IfAbsent, cancel)).Written)
                {
                    span?.SetTag("entry", number);
                    return Remember(number);
                }
            }
            catch (StoreException e) when (e.Trouble == StoreTrouble.Retry && unknown < Backoff.TriesMax)
            {
                await Backoff.WaitAsync(unknown++, time, cancel);
                continue; // The same number: if the write did take effect, it is found there next.
            }

            // Lost, perhaps to ourselves: a transport that repeats a request answers "exists" to its own success.
            var there = await Backoff.RetryAsync(c => store.GetAsync(name, c), time, cancel);
            if (there is { } blob && blob.Bytes.Span.SequenceEqual(bytes))
            {
                return Remember(number);
            }

            lost++;
            Remember(number);
            number = await LastNumberAsync(cancel) + 1;
        }

        throw new StoreException(StoreTrouble.Retry, $"inbox {Group}: {LostMax} numbers in a row went to other writers");
    }

    /// <summary>Reads an entry, or null where it does not exist yet.</summary>
    /// <param name="number">The entry, from 1.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="StoreException">Stop: the entry is damaged; Retry: try again.</exception>
    public async ValueTask<InboxEntry?> ReadAsync(long number, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        if (await store.GetAsync(Group.EntryName(number), cancel) is not { } blob)
        {
            return null;
        }

        if (blob.Bytes.Length == 0 || !Enum.IsDefined((EntryKind)blob.Bytes.Span[0]))
        {
            throw new StoreException(
                StoreTrouble.Stop, $"{Group.EntryName(number)} is damaged or was made by a newer version");
        }

        return new InboxEntry(number, (EntryKind)blob.Bytes.Span[0], blob.Bytes[1..]);
    }

    /// <summary>Reads entries in order until one does not exist yet.</summary>
    /// <param name="from">The first number, from 1.</param>
    /// <param name="cancel">Stops the reading.</param>
    public async IAsyncEnumerable<InboxEntry> EntriesAsync(
        long from = 1, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var number = from; await ReadAsync(number, cancel) is { } entry; number++)
        {
            yield return entry;
        }
    }

    /// <summary>
    /// The number of the last entry, 0 where there is none. Starts from what is remembered, doubles its step until it
    /// is past the end, then halves: about 2 log n reads, one when nothing is new.
    /// </summary>
    /// <param name="cancel">Stops the search.</param>
    public async ValueTask<long> LastNumberAsync(CancellationToken cancel = default)
    {
        var known = Volatile.Read(ref last);
        long step = 1;
        while (await ExistsAsync(known + step, cancel))
        {
            known += step;
            step = Math.Min(step * 2, 1 << 20);
        }

        for (step /= 2; step >= 1; step /= 2)
        {
            if (await ExistsAsync(known + step, cancel))
            {
                known += step;
            }
        }

        return Remember(known);
    }

    // One byte: an entry may have megabytes.
    private async ValueTask<bool> ExistsAsync(long number, CancellationToken cancel) =>
        await Backoff.RetryAsync(c => store.GetRangeAsync(Group.EntryName(number), 0, 1, c), time, cancel) is not null;

    private long Remember(long number)
    {
        var seen = Volatile.Read(ref last);
        while (seen < number && Interlocked.CompareExchange(ref last, number, seen) is var other && other != seen)
        {
            seen = other;
        }

        return number;
    }
}
