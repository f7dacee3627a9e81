using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Letters;

/// <summary>
/// Messages that failed too often. What a Functions host gives up is kept as <c>dead/{queue}/{day}/{hash}</c>; an embedded
/// queue keeps its own as poison blobs; both are one list here. A letter is never changed: that it was sent again is a
/// note beside it, and if it dies again that is a letter of its own. They hold names of blobs, ids and (of an event hub)
/// AIS as received: no plate, no party.
/// </summary>
public sealed class DeadLetters
{
    /// <summary>What of an event hub could not be used: no queue of messages, but the bytes of an event.</summary>
    public const string HubQueue = "ais-hub";

    /// <summary>The name of the meter.</summary>
    public const string MeterName = "MaritimeWatch.Letters";

    /// <summary>Letters that are looked at in one listing; older stores than that are told as "at least".</summary>
    public const int LettersMax = 100_000;

    private const int HashBytes = 16;
    private const int SameDayMax = 100;
    private static readonly TimeSpan CountedFor = TimeSpan.FromMinutes(1);
    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Kept = Meter.CreateCounter<long>("maritimewatch.dead_letters.kept");

    private readonly IBlobStore store;
    private readonly TimeProvider time;
    private readonly bool hasBlobQueues;
    private (IReadOnlyDictionary<string, int> ByQueue, DateTimeOffset At)? counted;

    /// <summary>The dead letters of a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="time">The clock.</param>
    /// <param name="hasBlobQueues">Its queues are blobs (embedded): their poison blobs are listed too. False on Azure.</param>
    public DeadLetters(IBlobStore store, TimeProvider time, bool hasBlobQueues = true) =>
        (this.store, this.time, this.hasBlobQueues) = (store, time, hasBlobQueues);

    /// <summary>Every queue that may have some; in the embedded store notices have a queue of their own.</summary>
    public static IReadOnlyList<string> Queues { get; } = [.. QueueNames.All, "notices", HubQueue];

    /// <summary>
    /// Keeps a message. The same message again is the same letter, also after midnight, until it was sent again: then it
    /// has died a second time.
    /// </summary>
    /// <param name="queue">One of <see cref="Queues"/>.</param>
    /// <param name="body">Its bytes, whatever they are.</param>
    /// <param name="why">Why it died, in words without content; null where nobody knows.</param>
    /// <param name="tries">How often it was tried, or null.</param>
    /// <param name="cancel">Stops; keep it again then.</param>
    /// <exception cref="StoreException">It is not (or not surely) kept: do not acknowledge it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such queue.</exception>
    public async ValueTask<LetterId> KeepAsync(
        string queue, ReadOnlyMemory<byte> body, string? why = null, int? tries = null, CancellationToken cancel = default)
    {
        Check(queue);
        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.Span).AsSpan(0, HashBytes));
        var yesterdays = new LetterId(today.AddDays(-1), hash);
        if (await store.GetAsync(yesterdays.BlobIn(queue), cancel) is not null && !await IsSentAgainAsync(queue, yesterdays, cancel))
        {
            return yesterdays;
        }

        var letter = new KeptLetter { Queue = queue, KeptAtMs = now.ToUnixTimeMilliseconds(), Tries = tries, Why = why, Body = body.ToArray() };
        for (var death = 1; ; death++)
        {
            // Past the bound of one day every death is written down by its instant.
            var name = death == 1 ? hash : string.Create(CultureInfo.InvariantCulture, $"{hash}.{(death <= SameDayMax ? death : now.UtcTicks)}");
            var id = new LetterId(today, name);
            if (death <= SameDayMax && await IsSentAgainAsync(queue, id, cancel))
            {
                continue;
            }

            if ((await store.PutAsync(id.BlobIn(queue), letter.ToBytes(), PutCondition.IfAbsent, cancel)).Written)
            {
                Kept.Add(1, new KeyValuePair<string, object?>("queue", queue));
                counted = null;
            }

            return id;
        }
    }

    /// <summary>How many wait, by queue; queues without any are named too. At most a minute old.</summary>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public async ValueTask<IReadOnlyDictionary<string, int>> CountAsync(CancellationToken cancel = default)
    {
        if (counted is { } before && time.GetUtcNow() - before.At < CountedFor)
        {
            return before.ByQueue;
        }

        var byQueue = Queues.ToDictionary(queue => queue, _ => 0, StringComparer.Ordinal);
        foreach (var (letter, place) in await PlacesAsync(null, cancel))
        {
            byQueue[letter.Queue] += place.IsSent ? 0 : 1;
        }

        counted = (byQueue, time.GetUtcNow());
        return byQueue;
    }

    /// <summary>The letters, newest first.</summary>
    /// <param name="queue">Only of this queue; null for all.</param>
    /// <param name="isWaiting">Only those that wait; false for all.</param>
    /// <param name="max">How many to read.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The letters, and how many there are of them altogether.</returns>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public async ValueTask<(IReadOnlyList<DeadLetter> Letters, int Matched)> ListAsync(
        string? queue, bool isWaiting, int max, CancellationToken cancel = default)
    {
        var all = (await PlacesAsync(queue, cancel)).Where(one => !isWaiting || !one.Value.IsSent)
            .OrderByDescending(one => one.Key.Id.Day).ThenBy(one => one.Key.Queue, StringComparer.Ordinal)
            .ThenByDescending(one => one.Key.Id.Name, StringComparer.Ordinal).ToList();
        List<DeadLetter> letters = [];
        foreach (var (letter, place) in all.Take(max))
        {
            if (await ReadAsync(letter.Queue, letter.Id, cancel) is { } kept)
            {
                letters.Add(await ShownAsync(letter.Queue, letter.Id, kept, place.IsSent, cancel));
            }
        }

        return (letters, all.Count);
    }

    /// <summary>The letters that wait, oldest first, without reading them.</summary>
    internal async ValueTask<IReadOnlyList<(string Queue, LetterId Id)>> WaitingAsync(string? queue, CancellationToken cancel) =>
        [.. (await PlacesAsync(queue, cancel)).Where(one => !one.Value.IsSent).Select(one => one.Key)
            .OrderBy(one => one.Id.Day).ThenBy(one => one.Id.Name, StringComparer.Ordinal)];

    /// <summary>A letter with its bytes from either place, or null.</summary>
    internal async ValueTask<KeptLetter?> ReadAsync(string queue, LetterId id, CancellationToken cancel)
    {
        if (await store.GetAsync(id.BlobIn(queue), cancel) is { } kept)
        {
            return KeptLetter.Parse(id.BlobIn(queue), kept.Bytes.Span);
        }

        return hasBlobQueues && id.PoisonIn(queue) is { } name && await store.GetAsync(name, cancel) is { } poison
            ? new KeptLetter
            {
                Queue = queue,
                KeptAtMs = id.SentAt!.Value.ToUnixTimeMilliseconds(),
                Tries = BlobQueue.DeliveriesMax,
                Body = poison.Bytes.ToArray(),
            }
            : null;
    }

    /// <summary>True where it has been sent again for good.</summary>
    internal async ValueTask<RedriveNote?> NoteAsync(string queue, LetterId id, CancellationToken cancel) =>
        await store.GetAsync(id.BlobIn(queue) + LetterId.SentSuffix, cancel) is { } note ? RedriveNote.Parse(note.Bytes.Span) : null;

    /// <summary>
    /// Before it is sent: a poison blob moves to where letters are kept, and it is noted that from now on the same
    /// message may die again.
    /// </summary>
    internal async ValueTask BeginAsync(string queue, LetterId id, KeptLetter letter, string by, CancellationToken cancel)
    {
        await store.PutAsync(id.BlobIn(queue), letter.ToBytes(), PutCondition.IfAbsent, cancel);
        await store.PutAsync(id.BlobIn(queue) + LetterId.SendingSuffix, Note(by), PutCondition.IfAbsent, cancel);
        if (hasBlobQueues && id.PoisonIn(queue) is { } poison)
        {
            await store.DeleteAsync(poison, cancel);
        }
    }

    /// <summary>After it is sent.</summary>
    internal async ValueTask EndAsync(string queue, LetterId id, string by, CancellationToken cancel)
    {
        await store.PutAsync(id.BlobIn(queue) + LetterId.SentSuffix, Note(by), PutCondition.IfAbsent, cancel);
        counted = null;
    }

    internal static void Check(string queue)
    {
        if (!Queues.Contains(queue))
        {
            throw new ArgumentOutOfRangeException(nameof(queue), queue, "there is no such queue");
        }
    }

    private byte[] Note(string by) => new RedriveNote(time.GetUtcNow().ToUnixTimeMilliseconds(), by).ToBytes();

    private async ValueTask<bool> IsSentAgainAsync(string queue, LetterId id, CancellationToken cancel) =>
        await store.GetAsync(id.BlobIn(queue) + LetterId.SendingSuffix, cancel) is not null;

    private async ValueTask<DeadLetter> ShownAsync(string queue, LetterId id, KeptLetter kept, bool isSent, CancellationToken cancel)
    {
        var note = isSent ? await NoteAsync(queue, id, cancel) : null;
        return new DeadLetter
        {
            Queue = queue,
            Id = id.ToString(),
            KeptAt = DateTimeOffset.FromUnixTimeMilliseconds(kept.KeptAtMs),
            Tries = kept.Tries,
            Why = kept.Why,
            Length = kept.Body.Length,
            About = kept.About(),
            RedrivenAt = note is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(note.AtMs),
            RedrivenBy = note?.By,
        };
    }

    /// <summary>Where every letter stands, by names alone.</summary>
    private async ValueTask<Dictionary<(string Queue, LetterId Id), Place>> PlacesAsync(string? only, CancellationToken cancel)
    {
        Dictionary<(string, LetterId), Place> places = [];
        await foreach (var entry in store.ListAsync(only is null ? LetterId.Folder : $"{LetterId.Folder}{only}/", cancel))
        {
            var parts = entry.Name.Split('/');
            var isSent = parts[^1].EndsWith(LetterId.SentSuffix, StringComparison.Ordinal);
            var name = isSent ? parts[^1][..^LetterId.SentSuffix.Length] : parts[^1];
            if (parts.Length == 4 && Queues.Contains(parts[1]) && LetterId.TryParse($"{parts[2]}.{name}", out var id) && places.Count < LettersMax)
            {
                places[(parts[1], id)] = new Place(isSent || (places.TryGetValue((parts[1], id), out var seen) && seen.IsSent));
            }
        }

        foreach (var queue in hasBlobQueues ? Queues.Where(queue => only is null || queue == only) : [])
        {
            var prefix = $"queue/{QueueNames.PoisonOf(queue)}/";
            await foreach (var entry in store.ListAsync(prefix, cancel))
            {
                if (LetterId.OfPoison(entry.Name[prefix.Length..]) is { } id && places.Count < LettersMax)
                {
                    places.TryAdd((queue, id), new Place(false)); // Killed while it was moved: it lies in both.
                }
            }
        }

        return places;
    }

    private readonly record struct Place(bool IsSent);
}
