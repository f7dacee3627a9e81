using MaritimeWatch.Alerts;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What became of an officer's action.</summary>
internal enum DeskAnswer
{
    /// <summary>It stands in the inbox now.</summary>
    Accepted,

    /// <summary>The same has been said before: nothing was appended.</summary>
    SaidBefore,

    /// <summary>Something else has been decided.</summary>
    Contradicts,

    /// <summary>The alert is closed.</summary>
    Closed,

    /// <summary>The Idempotency-Key was used for something else.</summary>
    KeyUsed,
}

/// <summary>
/// Takes officers' actions into the inbox of the alerts. What stands there already counts, also before the stage has
/// folded it: its entries after the checkpoint are read, so a restart or a second process forgets nothing. Two decisions
/// in two processes in the same instant are put in order by the inbox.
/// </summary>
/// <param name="board">The alerts.</param>
/// <param name="inbox">The inbox of the alerts stage.</param>
/// <param name="keys">Makes officers' tokens.</param>
/// <param name="isSimulated">The store holds invented data.</param>
/// <param name="time">The clock.</param>
/// <param name="appended">Told the number of the entry that an action became; null for nobody.</param>
internal sealed class AlertDesk(
    AlertBoard board, Inbox inbox, KeyRing keys, bool isSimulated, TimeProvider time, Func<long, Task>? appended) : IDisposable
{
    private const int KeysMax = 10_000;
    private const int UnfoldedMax = 100_000;

    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly List<(long Number, AlertAction Action)> unfolded = [];
    private readonly Dictionary<string, AlertAction> byKey = new(StringComparer.Ordinal);
    private readonly Queue<string> keyOrder = new();
    private long read;

    /// <summary>Acknowledges (without an outcome) or decides.</summary>
    /// <param name="caller">Who; may do it for the alert's port.</param>
    /// <param name="alert">The alert as the board has it.</param>
    /// <param name="verdict">The decision, or null to acknowledge.</param>
    /// <param name="key">The caller's Idempotency-Key, or null.</param>
    /// <param name="cancel">Stops; whether it was taken is then unknown, and saying it again does no harm.</param>
    /// <exception cref="StoreException">The store cannot be written now.</exception>
    public async ValueTask<DeskAnswer> TakeAsync(
        Caller caller, AlertRevision alert, AlertVerdict? verdict, string? key, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            var scoped = key is null ? null : $"{caller.Subject}\n{key}";
            if (scoped is not null && byKey.TryGetValue(scoped, out var before))
            {
                return before.Alert == alert.Id && VerdictOf(before) == verdict ? DeskAnswer.SaidBefore : DeskAnswer.KeyUsed;
            }

            await ReadOnAsync(cancel);
            var answer = Judge(board.Find(alert.Id) ?? alert, verdict);
            if (answer is DeskAnswer.Accepted or DeskAnswer.SaidBefore)
            {
                var action = await ActionAsync(caller, alert, verdict, cancel);
                if (answer == DeskAnswer.Accepted)
                {
                    var number = await inbox.AppendAsync(EntryKind.Action, action.ToBytes(), cancel);
                    unfolded.Add((number, action));
                    await (appended?.Invoke(number) ?? Task.CompletedTask);
                }

                Remember(scoped, action);
            }

            return answer;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async ValueTask<AlertAction> ActionAsync(Caller caller, AlertRevision alert, AlertVerdict? verdict, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var tokens = await keys.TokensAsync(now, isSimulated, cancel);
        return new AlertAction(
            alert.Id, verdict is null ? AlertActionKind.Acknowledge : AlertActionKind.Decide, verdict?.Outcome, verdict?.Note,
            tokens.Current.OfficerToken(caller.Subject), now.ToUnixTimeMilliseconds());
    }

    private static AlertVerdict? VerdictOf(AlertAction action) =>
        action is { Kind: AlertActionKind.Decide, Outcome: { } outcome } ? new AlertVerdict(outcome, action.Note) : null;

    // An alert that was opened again, because more was found, is to be acknowledged and decided again.
    private DeskAnswer Judge(AlertRevision alert, AlertVerdict? wanted)
    {
        var said = unfolded.Where(u => u.Action.Alert == alert.Id).ToList();
        var made = said.Select(u => VerdictOf(u.Action)).LastOrDefault(v => v is not null)
            ?? (alert.State is "decided" or "closed" ? alert.Verdict : null);
        if (wanted is null)
        {
            return said.Count > 0 || alert.State is "acknowledged" or "decided" || (alert.State == "closed" && alert.IsAcknowledged)
                ? DeskAnswer.SaidBefore
                : alert.State == "closed" ? DeskAnswer.Closed
                : DeskAnswer.Accepted;
        }

        return made is null ? DeskAnswer.Accepted
            : made == wanted ? DeskAnswer.SaidBefore
            : made.Outcome == "inspect" && wanted.Outcome is ("finding" or "no-finding") ? DeskAnswer.Accepted // What the inspection found.
            : DeskAnswer.Contradicts;
    }

    // The board says how far the stage is; what stands in the inbox beyond that has been said but is not seen yet.
    private async ValueTask ReadOnAsync(CancellationToken cancel)
    {
        var folded = board.NextEntry;
        unfolded.RemoveAll(u => u.Number < folded);
        var number = Math.Max(read + 1, folded);
        for (var count = 0; count < UnfoldedMax && await inbox.ReadAsync(number, cancel) is { } entry; count++, number++)
        {
            read = number;
            if (entry.Kind == EntryKind.Action && Parse(entry.Body) is { } action && unfolded.All(u => u.Number != number))
            {
                unfolded.Add((number, action));
            }
        }
    }

    // What the stage will not take changes nothing here either.
    private static AlertAction? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return AlertAction.Parse(body.Span);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private void Remember(string? key, AlertAction action)
    {
        if (key is null || !byKey.TryAdd(key, action))
        {
            return;
        }

        keyOrder.Enqueue(key);
        if (keyOrder.Count > KeysMax)
        {
            byKey.Remove(keyOrder.Dequeue());
        }
    }
}
