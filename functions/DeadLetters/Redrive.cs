using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Letters;

/// <summary>What became of a wish to send a letter again.</summary>
public enum RedriveOutcome
{
    /// <summary>It is on its queue now.</summary>
    Sent,

    /// <summary>It was sent again before: nothing was done.</summary>
    SentBefore,

    /// <summary>There is no such letter.</summary>
    NotThere,

    /// <summary>That queue cannot be reached from here.</summary>
    NoQueue,
}

/// <summary>
/// Sends dead letters again: at least once, never lost. In order: note that it begins, send, note that it is done. Who is
/// killed in between leaves a letter that still waits and may be sent once more; everything behind a queue is safe to
/// repeat.
/// </summary>
/// <param name="letters">The letters.</param>
/// <param name="store">Their store.</param>
/// <param name="senderOf">The queue of a name, or null where it cannot be reached.</param>
/// <param name="kill">Called at the moments of <see cref="RedriveMoments"/>; null in production.</param>
public sealed class Redrive(DeadLetters letters, IBlobStore store, Func<string, IWorkSender?> senderOf, KillPoint? kill = null)
{
    private const string HubSource = "eventhub";

    /// <summary>Sends one again.</summary>
    /// <param name="queue">One of <see cref="DeadLetters.Queues"/>.</param>
    /// <param name="id">The letter.</param>
    /// <param name="by">Which role asks; it is noted.</param>
    /// <param name="cancel">Stops; ask again then.</param>
    /// <exception cref="StoreException">Trouble in the store; the letter still waits.</exception>
    public async ValueTask<RedriveOutcome> RunAsync(string queue, LetterId id, string by, CancellationToken cancel = default)
    {
        DeadLetters.Check(queue);
        if (await letters.ReadAsync(queue, id, cancel) is not { } letter)
        {
            return RedriveOutcome.NotThere;
        }

        if (await letters.NoteAsync(queue, id, cancel) is not null)
        {
            return RedriveOutcome.SentBefore;
        }

        if (senderOf(queue == DeadLetters.HubQueue ? QueueNames.Ais : queue) is not { } sender)
        {
            return RedriveOutcome.NoQueue;
        }

        await letters.BeginAsync(queue, id, letter, by, cancel);
        kill?.Invoke(RedriveMoments.BeforeSend);
        var body = queue == DeadLetters.HubQueue ? await LandAsync(letter, cancel) : letter.Body;
        await sender.SendAsync(body, TimeSpan.Zero, cancel);
        kill?.Invoke(RedriveMoments.AfterSend);
        await letters.EndAsync(queue, id, by, cancel);
        return RedriveOutcome.Sent;
    }

    // An event of a hub has no message yet: it goes the way that it would have gone, as received when it was kept.
    private async ValueTask<ReadOnlyMemory<byte>> LandAsync(KeptLetter letter, CancellationToken cancel)
    {
        var receivedAt = DateTimeOffset.FromUnixTimeMilliseconds(letter.KeptAtMs);
        var landed = await new Landing(store).LandAsync(HubSource, receivedAt, letter.Body.AsMemory(), cancel);
        return new WorkMessage
        {
            Landed = landed.Name,
            Hash = landed.Hash,
            Length = landed.Length,
            Source = HubSource,
            Kind = DeliveryKind.Stream,
            Marks = [new ReceivedMark(0, letter.KeptAtMs)],
        }.ToBytes();
    }
}

/// <summary>The moments at which a re-drive may die.</summary>
public static class RedriveMoments
{
    /// <summary>It is noted that it begins.</summary>
    public const string BeforeSend = "redrive-before-send";

    /// <summary>It is on the queue.</summary>
    public const string AfterSend = "redrive-after-send";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [BeforeSend, AfterSend];
}
