using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Functions.Letters;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Hands a push to every target that it is for. What a target took is written down once, so that it is not pushed again;
/// what failed is queued again for that target alone, later each time, and at last becomes a dead letter. At least once
/// with one id: who is killed between a target's answer and the note of it pushes once more.
/// </summary>
public sealed class AlertDelivery
{
    /// <summary>Where it is written down who took what.</summary>
    public const string RecordFolder = "pushes/alerts/";

    private const int AtOnceMax = 8;
    private const int JitterPerMille = 200;

    private readonly AlertDeliveryParts parts;
    private readonly WebhookTargets targets;
    private readonly Lock chance = new();

    /// <summary>A delivery.</summary>
    /// <param name="parts">What it is made of.</param>
    public AlertDelivery(AlertDeliveryParts parts) => (this.parts, targets) = (parts, new WebhookTargets(parts.Store));

    /// <summary>
    /// How long after each failure the next try comes (Standard Webhooks): 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, a fifth more
    /// or less; after the seventh failure it is a dead letter.
    /// </summary>
    public static IReadOnlyList<TimeSpan> Waits { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
    ];

    /// <summary>Where it is written down that a target took a push.</summary>
    /// <param name="message">The push.</param>
    /// <param name="target">The target's id.</param>
    public static string RecordOf(AlertMessage message, string target) =>
        string.Create(CultureInfo.InvariantCulture, $"{RecordFolder}{message.KnownAt.UtcDateTime:yyyy-MM-dd}/{message.Id}/{target}");

    /// <summary>Delivers a message of the queue <c>alert-delivery</c>; when it returns, nothing of it can be lost.</summary>
    /// <param name="body">The message.</param>
    /// <param name="cancel">Stops; the message must come again.</param>
    /// <exception cref="InvalidDataException">It is no push: at last a dead letter.</exception>
    /// <exception cref="StoreException">Trouble in the store: the message must come again.</exception>
    public async Task TakeAsync(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var message = AlertMessage.Parse(body);
        var early = DateTimeOffset.FromUnixTimeMilliseconds(message.NotBeforeMs) - parts.Time.GetUtcNow();
        if (early > TimeSpan.FromSeconds(1))
        {
            await parts.Queue.SendAsync(body, early, cancel); // An embedded queue was started anew.
            return;
        }

        var fitting = (await targets.ReadAsync(cancel)).Where(target => target.Fits(message)).ToArray();
        if (fitting.Length == 0)
        {
            return;
        }

        var whole = Array.Exists(fitting, target => target.IsFull) ? await WholeAsync(message, cancel) : null;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = cancel };
        // Trouble with one does not cut off a call to another.
        await Parallel.ForEachAsync(fitting, limits, async (target, _) => await PushAsync(message, target, whole, cancel));
    }

    private async Task PushAsync(AlertMessage message, WebhookTarget target, ReadOnlyMemory<byte>? whole, CancellationToken cancel)
    {
        var record = RecordOf(message, target.Id);
        if (await parts.Store.GetAsync(record, cancel) is not null)
        {
            return;
        }

        parts.Kill?.Invoke(PushMoments.BeforePush);
        var (answer, why) = await parts.Sender.PostAsync(target, message.Id, AlertEvent.Of(message, target.IsFull ? whole : null), cancel);
        parts.Kill?.Invoke(PushMoments.AfterPush);
        switch (answer)
        {
            case PushAnswer.Delivered:
                var note = JsonSerializer.SerializeToUtf8Bytes(
                    new PushRecord(parts.Time.GetUtcNow(), message.Failed), PushJson.Default.PushRecord);
                await parts.Store.PutAsync(record, note, PutCondition.IfAbsent, cancel);
                PushMeters.Delivered.Add(1);
                parts.Kill?.Invoke(PushMoments.AfterRecord);
                break;
            case PushAnswer.Gone:
                await targets.ChangeAsync(
                    target.Id, there => there.ClosedAt is null ? there with { ClosedAt = parts.Time.GetUtcNow(), ClosedBecause = why } : null, cancel);
                parts.Log.LogWarning("The target {Target} is closed: {Why}", target.Id, why);
                break;
            default:
                await FailAsync(message with { Target = target.Id, Failed = message.Failed + 1 }, why, cancel);
                break;
        }
    }

    private async Task FailAsync(AlertMessage message, string why, CancellationToken cancel)
    {
        PushMeters.Failed.Add(1);
        if (message.Failed > Waits.Count)
        {
            // Sent again it begins anew.
            var fresh = message with { Failed = 0, NotBeforeMs = 0 };
            await parts.Letters.KeepAsync(QueueNames.AlertDelivery, fresh.ToBytes(), $"target {message.Target}: {why}", message.Failed, cancel);
            PushMeters.GivenUp.Add(1);
            parts.Log.LogError("A push to {Target} is a dead letter after {Tries} tries: {Why}", message.Target, message.Failed, why);
            return;
        }

        var wait = Jittered(Waits[message.Failed - 1]);
        var next = message with { NotBeforeMs = (parts.Time.GetUtcNow() + wait).ToUnixTimeMilliseconds() };
        await parts.Queue.SendAsync(next.ToBytes(), wait, cancel);
        parts.Log.LogWarning("A push to {Target} failed, try {Try}: {Why}", message.Target, message.Failed, why);
        parts.Kill?.Invoke(PushMoments.AfterRetryQueued);
    }

    private TimeSpan Jittered(TimeSpan wait)
    {
        lock (chance)
        {
#pragma warning disable CA5394 // Spread, not secrecy.
            return wait * ((1000 + parts.Chance.Next(-JitterPerMille, JitterPerMille + 1)) / 1000.0);
#pragma warning restore CA5394
        }
    }

    // Exactly the revision that is pushed, from the commit that brought it; null where it is no longer kept.
    private async ValueTask<ReadOnlyMemory<byte>?> WholeAsync(AlertMessage message, CancellationToken cancel)
    {
        var reader = new CheckpointReader(parts.Store, AlertBoard.Group);
        if (await reader.NewsAsync(message.Generation - 1, cancel) is not { } news)
        {
            return null;
        }

        foreach (var segment in news.Segments.Where(segment =>
            segment.Collection == StageNames.Alerts && CheckpointReader.GenerationOf(segment) == message.Generation))
        {
            var bytes = await SegmentReader.ReadAsync(parts.Store, segment, cancel);
            foreach (var range in bytes.Span.Split((byte)'\n'))
            {
                if (AlertRevision.Parse(bytes.Span[range], 0) is { } found && found.Id == message.Alert && found.Revision == message.Revision)
                {
                    return found.Json;
                }
            }
        }

        return null;
    }
}

/// <summary>What a delivery is made of.</summary>
public sealed record AlertDeliveryParts
{
    /// <summary>The live store.</summary>
    public required IBlobStore Store { get; init; }

    /// <summary>The queue <c>alert-delivery</c>, where what failed comes again.</summary>
    public required IWorkSender Queue { get; init; }

    /// <summary>Calls targets.</summary>
    public required WebhookSender Sender { get; init; }

    /// <summary>Keeps what failed too often.</summary>
    public required DeadLetters Letters { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Spreads the tries.</summary>
    public required Random Chance { get; init; }

    /// <summary>The log; it carries no content, only ids of targets.</summary>
    public required ILogger Log { get; init; }

    /// <summary>Called at the moments of <see cref="PushMoments"/>; null in production.</summary>
    public KillPoint? Kill { get; init; }
}
