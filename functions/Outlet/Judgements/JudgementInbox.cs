using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Feeds;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What became of a judgement.</summary>
internal enum JudgementAnswer
{
    /// <summary>It stands in the inbox now.</summary>
    Accepted,

    /// <summary>It holds already: nothing was appended.</summary>
    SaidBefore,

    /// <summary>The finding is marked false for another reason.</summary>
    Contradicts,

    /// <summary>There is no mark to withdraw.</summary>
    NothingToWithdraw,
}

/// <summary>What somebody says of a finding.</summary>
/// <param name="IsFalse">It is false; else a mark is withdrawn.</param>
/// <param name="Reason">Why; may be null only where a mark is withdrawn.</param>
internal readonly record struct JudgementWords(bool IsFalse, string? Reason)
{
    /// <summary>As it is written.</summary>
    public string Verdict => FindingJudgement.Verdicts[IsFalse ? 0 : 1];
}

/// <summary>
/// Takes judgements into the inbox of the alerts. What stands there already counts, also before the stage has folded it.
/// Two judgements in two processes in the same instant are put in order by the inbox, and the stage takes the first.
/// </summary>
internal sealed class JudgementInbox(JudgementParts parts) : IDisposable
{
    private const int UnfoldedMax = 100_000;
    private const int SaidMax = 10_000;

    private readonly SemaphoreSlim turn = new(1, 1);

    // What this process has read or appended, by finding: the read model may be some seconds behind.
    private readonly Dictionary<string, (long Entry, JudgementWords Words)> said = new(StringComparer.Ordinal);
    private long read;

    /// <summary>Marks a finding, or withdraws a mark.</summary>
    /// <param name="caller">Who; may judge.</param>
    /// <param name="finding">Id of the finding.</param>
    /// <param name="about">What it is.</param>
    /// <param name="words">What is said.</param>
    /// <param name="cancel">Stops; whether it was taken is then unknown, and saying it again does no harm.</param>
    /// <exception cref="StoreException">The store cannot be written now.</exception>
    public async ValueTask<JudgementAnswer> TakeAsync(
        Caller caller, string finding, JudgedFinding about, JudgementWords words, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            await ReadOnAsync(cancel);
            var answer = Judge(await LastAsync(finding, cancel), words);
            if (answer == JudgementAnswer.Accepted)
            {
                var now = parts.Time.GetUtcNow();
                var tokens = await parts.Keys.TokensAsync(now, parts.IsSimulated, cancel);
                var judgement = new FindingJudgement(
                    finding, words.IsFalse, words.Reason, tokens.Current.OfficerToken(caller.Subject), caller.Role,
                    now.ToUnixTimeMilliseconds(), about);
                var number = await parts.Inbox.AppendAsync(EntryKind.Action, judgement.ToBytes(), cancel);
                Remember(finding, number, words);
                await (parts.Appended?.Invoke(number) ?? Task.CompletedTask);
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

    private static JudgementAnswer Judge(JudgementWords? last, JudgementWords wanted) => (last, wanted.IsFalse) switch
    {
        ({ IsFalse: true } before, true) => before.Reason == wanted.Reason ? JudgementAnswer.SaidBefore : JudgementAnswer.Contradicts,
        ({ IsFalse: true }, false) => JudgementAnswer.Accepted,
        (_, true) => JudgementAnswer.Accepted,
        (null, false) => JudgementAnswer.NothingToWithdraw,
        _ => JudgementAnswer.SaidBefore,
    };

    private async ValueTask<JudgementWords?> LastAsync(string finding, CancellationToken cancel)
    {
        (long Entry, JudgementWords Words)? known = said.TryGetValue(finding, out var own) ? own : null;
        if (parts.Model.Current.Find(FeedCollections.Judgements, finding) is not { } row)
        {
            return known?.Words;
        }

        using var line = JsonDocument.Parse(await parts.Model.ReadAsync(row, cancel));
        var properties = line.RootElement.GetProperty("properties");
        var entry = properties.GetProperty("position").GetProperty("entry").GetInt64();
        return known is { } newer && newer.Entry > entry
            ? newer.Words
            : new JudgementWords(
                properties.GetProperty("verdict").GetString() == FindingJudgement.Verdicts[0], properties.GetProperty("reason").GetString());
    }

    private async ValueTask ReadOnAsync(CancellationToken cancel)
    {
        var number = Math.Max(read + 1, parts.Board.NextEntry);
        for (var count = 0; count < UnfoldedMax && await parts.Inbox.ReadAsync(number, cancel) is { } entry; count++, number++)
        {
            read = number;
            if (entry.Kind == EntryKind.Action && Parse(entry.Body) is { } judgement)
            {
                Remember(judgement.Finding, number, new JudgementWords(judgement.IsFalse, judgement.Reason));
            }
        }
    }

    private void Remember(string finding, long entry, JudgementWords words)
    {
        // The stage takes what changes something and nothing else.
        if (said.TryGetValue(finding, out var before) && (before.Entry >= entry || before.Words.IsFalse == words.IsFalse))
        {
            return;
        }

        if (said.Count >= SaidMax)
        {
            said.Clear(); // The read model has caught up long since with most of it.
        }

        said[finding] = (entry, words);
    }

    private static FindingJudgement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return FindingJudgement.Parse(body.Span);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
