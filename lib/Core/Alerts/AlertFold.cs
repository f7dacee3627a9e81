using System.Buffers;
using System.Globalization;
using System.Text;
using MaritimeWatch.Correlation;
using MaritimeWatch.Findings;
using MaritimeWatch.Log;

namespace MaritimeWatch.Alerts;

/// <summary>
/// The stage alerts: what was observed beside what was declared, its risk, and one alert for one situation. It hears the
/// lines of every stage before it as News, ticks and officers' actions, and writes <c>findings</c> (declared-mismatch),
/// <c>assessments</c>, <c>alerts</c> and <c>deliveries</c>. Every line is judged by itself, so how lines are cut into
/// entries changes nothing that it says.
/// </summary>
public sealed class AlertFold : IFold
{
    private const long PruneEveryMs = 6 * CorrelationThresholds.HourMs;

    private readonly StageFindings findings;
    private readonly CaseBook book;
    private readonly CallReview review;
    private readonly NewsDesk news;
    private readonly StageClock clock = new();
    private NewsPlace place = NewsPlace.None;
    private long pruneAtMs = long.MinValue;
    private AlertCounts? countsShown;

    /// <summary>An empty stage.</summary>
    /// <param name="options">Settings.</param>
    public AlertFold(AlertOptions options)
    {
        Options = options;
        findings = new StageFindings(StageNames.Alerts, options.Profile);
        book = new CaseBook(options.Correlation);
        news = new NewsDesk(book, options);
        review = new CallReview(options, book, news.Land, findings);
    }

    /// <summary>Settings.</summary>
    public AlertOptions Options { get; }

    /// <summary>What was counted since the store began.</summary>
    public AlertCounts Counts
    {
        get => field with { Forgotten = book.Forgotten };
        private set;
    } = new();

    /// <inheritdoc/>
    public bool SavesWhole => true;

    /// <inheritdoc/>
    public void Reset()
    {
        findings.Clear();
        book.Clear();
        review.Alerts.Restore([]);
        review.Lanes.Restore([]);
        review.Assessed.Clear();
        review.DueAtMs = long.MaxValue;
        clock.Restore(long.MinValue, long.MinValue);
        (place, pruneAtMs, Counts, countsShown) = (NewsPlace.None, long.MinValue, new AlertCounts(), null);
    }

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
        Reset();
        var state = AlertSnapshot.Read(snapshot, findings);
        state.Case.Restore(book);
        review.Alerts.Restore(state.Alerts);
        review.Lanes.Restore(state.Ranked);
        state.Assessed.ForEach(call => review.Assessed.Add(call.Subject, call));
        review.DueAtMs = state.DueAtMs;
        clock.Restore(state.WatermarkMs, state.AheadAtMs);
        (place, pruneAtMs, Counts) = (new NewsPlace(state.Plan, state.Part), state.PruneAtMs, state.Counts);
    }

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta) => RestoreSnapshot(delta);

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target) => new AlertSnapshot
    {
        Plan = place.Plan,
        Part = place.Part,
        WatermarkMs = clock.NowMs,
        AheadAtMs = clock.AheadAtMs,
        DueAtMs = review.DueAtMs,
        PruneAtMs = pruneAtMs,
        Counts = Counts with { Forgotten = 0 }, // The book has it.
        Case = CaseState.Of(book),
        Alerts = [.. review.Alerts.Records.Values],
        Assessed = [.. review.Assessed.Values],
        Ranked = [.. review.Lanes.Calls],
    }.Write(target, findings);

    /// <inheritdoc/>
    public void SaveDelta(IBufferWriter<byte> target) => SaveSnapshot(target);

    /// <inheritdoc/>
    public ValueTask<FoldStep> FoldAsync(InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        switch (entry.Kind)
        {
            case EntryKind.News:
                Hear(entry, output);
                break;
            case EntryKind.Tick:
                Tick(entry, output);
                break;
            case EntryKind.Action:
                Act(entry, output);
                break;
            default:
                break; // Reference data and batches are for other stages.
        }

        return ValueTask.FromResult(FoldStep.EntryDone);
    }

    /// <inheritdoc/>
    public void Publish(IFoldOutput output)
    {
        if (Counts == countsShown)
        {
            return;
        }

        countsShown = Counts;
        output.WriteLine("alert-counts", Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"type":"Feature","id":"alerts-0","geometry":null,"properties":{"id":"alerts-0","lines":{{{Counts.Lines}}},"lines_refused":{{{Counts.LinesRefused}}},"news_repeated":{{{Counts.NewsRepeated}}},"alerts_opened":{{{Counts.AlertsOpened}}},"actions_taken":{{{Counts.ActionsTaken}}},"actions_repeated":{{{Counts.ActionsRepeated}}},"actions_unknown":{{{Counts.ActionsUnknown}}},"actions_refused":{{{Counts.ActionsRefused}}},"forgotten":{{{Counts.Forgotten}}}}}""")));
    }

    private void Hear(InboxEntry entry, IFoldOutput output)
    {
        var heard = NewsEntry.Parse(entry.Body);
        if (!heard.Place.IsAfter(place))
        {
            Counts = Counts with { NewsRepeated = Counts.NewsRepeated + 1 };
            return;
        }

        place = heard.Place;
        for (var record = 0; record < heard.Rows.Count; record++)
        {
            Hear(heard.Rows[record], entry.Number, record, output);
        }
    }

    private void Hear(NewsRow row, long entry, int record, IFoldOutput output)
    {
        using var line = LineFields.TryRead(row.Line);
        if (line?.AtMs("known_at") is not { } saidAtMs)
        {
            Counts = Counts with { LinesRefused = Counts.LinesRefused + 1 };
            return;
        }

        if (NewsDesk.IsObserved(row.Collection))
        {
            clock.Observe(saidAtMs);
        }

        PassTime(entry, record, output);
        var knownAtMs = clock.Believe(saidAtMs);
        var isTaken = news.Take(row.Collection, line, knownAtMs);
        Counts = isTaken ? Counts with { Lines = Counts.Lines + 1 } : Counts with { LinesRefused = Counts.LinesRefused + 1 };
        Review(new Moment(Math.Max(clock.NowMs, knownAtMs), knownAtMs, entry, record, output));
    }

    private void Tick(InboxEntry entry, IFoldOutput output)
    {
        clock.Observe(TickEntry.AtMs(entry.Body.Span));
        PassTime(entry.Number, 0, output);
    }

    private void PassTime(long entry, long record, IFoldOutput output)
    {
        while (review.TakeDue(clock.NowMs) is { } atMs)
        {
            Review(new Moment(atMs, atMs, entry, record, output));
        }

        if (clock.NowMs >= pruneAtMs)
        {
            review.Prune(clock.NowMs);
            pruneAtMs = clock.NowMs == long.MinValue ? long.MinValue : clock.NowMs + PruneEveryMs;
        }
    }

    private void Review(Moment moment)
    {
        var opened = review.Review(moment);
        Counts = opened == 0 ? Counts : Counts with { AlertsOpened = Counts.AlertsOpened + opened };
    }

    private void Act(InboxEntry entry, IFoldOutput output)
    {
        try
        {
            if (FindingJudgement.Parse(entry.Body.Span) is { } judgement)
            {
                Judge(judgement, entry.Number, output);
            }
            else
            {
                Act(AlertAction.Parse(entry.Body.Span), entry.Number, output);
            }
        }
        catch (InvalidDataException)
        {
            Counts = Counts with { ActionsRefused = Counts.ActionsRefused + 1 };
        }
    }

    private void Judge(FindingJudgement judgement, long entry, IFoldOutput output)
    {
        var knownAtMs = clock.Believe(judgement.AtMs);
        var moment = new Moment(Math.Max(clock.NowMs, knownAtMs), knownAtMs, entry, 0, output);
        if (!news.Judgements.Take(judgement, moment))
        {
            Counts = Counts with { ActionsRepeated = Counts.ActionsRepeated + 1 };
            return;
        }

        Counts = Counts with { ActionsTaken = Counts.ActionsTaken + 1 };
        Review(moment);
    }

    private void Act(AlertAction action, long entry, IFoldOutput output)
    {
        if (review.Alerts.Find(action.Alert) is not { } record || !book.Calls.TryGetValue(record.Subject, out var call))
        {
            Counts = Counts with { ActionsUnknown = Counts.ActionsUnknown + 1 };
            return;
        }

        var moment = new Moment(clock.NowMs, Math.Max(record.UpdatedAtMs, clock.Believe(action.AtMs)), entry, 0, output);
        Counts = review.Alerts.Take(action, record, call, review.AssessmentOf(call, moment), moment)
            ? Counts with { ActionsTaken = Counts.ActionsTaken + 1 }
            : Counts with { ActionsRepeated = Counts.ActionsRepeated + 1 };
    }
}
