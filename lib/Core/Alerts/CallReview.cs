using System.Buffers;
using MaritimeWatch.Correlation;
using MaritimeWatch.Findings;
using MaritimeWatch.Risk;

namespace MaritimeWatch.Alerts;

/// <summary>
/// Judges again the calls that something has touched: mismatches, the sum, the lane, the alert. A call whose lane moves
/// because another one's sum has changed is written again too.
/// </summary>
internal sealed class CallReview
{
    private readonly AlertOptions options;
    private readonly CaseBook book;
    private readonly MismatchDesk mismatches;
    private readonly ReasonText reasons;
    private readonly ArrayBufferWriter<byte> buffer = new(2048);

    public CallReview(AlertOptions options, CaseBook book, LandDesk land, StageFindings findings)
    {
        (this.options, this.book) = (options, book);
        mismatches = new MismatchDesk(book, new Saying(book, findings));
        reasons = new ReasonText(book, land);
        Alerts = new AlertDesk(book, options);
        Lanes = new LaneBook(options.RedPerMille, options.OrangePerMille, options.RankedCallsMax);
    }

    /// <summary>The alerts.</summary>
    public AlertDesk Alerts { get; }

    /// <summary>The ranked calls.</summary>
    public LaneBook Lanes { get; }

    /// <summary>What was last said of each call.</summary>
    public SortedDictionary<string, AssessedCall> Assessed { get; } = new(StringComparer.Ordinal);

    /// <summary>When time alone next brings something for some call.</summary>
    public long DueAtMs { get; set; } = long.MaxValue;

    /// <summary>Judges the touched calls; gives how many alerts were opened.</summary>
    public int Review(Moment moment)
    {
        if (book.Touched.Count == 0)
        {
            return 0;
        }

        foreach (var subject in book.Touched.ToArray())
        {
            mismatches.Judge(book.Calls[subject], moment);
        }

        var touched = new SortedSet<string>(book.Touched, StringComparer.Ordinal);
        book.Touched.Clear();
        var sums = new Dictionary<string, Assessment>(StringComparer.Ordinal);
        var mayMove = false;
        foreach (var subject in touched)
        {
            var sum = sums[subject] = Assess(book.Calls[subject], moment);
            mayMove |= Lanes.Put(new RankedCall(subject, sum.TotalMilli, sum.TotalMilli > sum.PriorMilli));
        }

        if (mayMove)
        {
            touched.UnionWith(Lanes.Calls.Where(call => call.HasEvidence && IsMoved(call.Subject)).Select(call => call.Subject));
        }

        var opened = 0;
        foreach (var subject in touched)
        {
            var call = book.Calls[subject];
            var sum = Ranked(sums.GetValueOrDefault(subject) ?? Assess(call, moment));
            Write(sum, moment);
            opened += Alerts.Update(call, sum, moment) ? 1 : 0;
            Schedule(call, moment.NowMs);
        }

        return opened;
    }

    /// <summary>The sum of a call as it stands.</summary>
    public Assessment AssessmentOf(DeclaredCall call, Moment moment) => Ranked(Assess(call, moment));

    /// <summary>Touches the calls for which time has brought something; gives when, the earliest first.</summary>
    public long? TakeDue(long nowMs)
    {
        if (nowMs < DueAtMs)
        {
            return null;
        }

        var atMs = DueAtMs;
        book.Touched.UnionWith(book.Calls.Values.Where(call => call.DueAtMs <= atMs).Select(call => call.Subject));
        foreach (var subject in book.Touched)
        {
            book.Calls[subject].DueAtMs = long.MaxValue;
        }

        DueAtMs = book.Calls.Count == 0 ? long.MaxValue : book.Calls.Values.Min(call => call.DueAtMs);
        return atMs;
    }

    /// <summary>Forgets calls that are over long since, and, where there are too many, the oldest.</summary>
    public void Prune(long nowMs)
    {
        var over = book.Calls.Values
            .Where(call => (call.LeftAtMs ?? (call.ExpectedAtMs + book.Limits.MatchLateMs)) + book.Limits.CallKeptMs < nowMs).ToList();
        var tooMany = book.Calls.Count - over.Count - book.Limits.CallsMax;
        if (tooMany > 0)
        {
            over.AddRange(book.Calls.Values.Except(over).OrderBy(call => call.ExpectedAtMs).ThenBy(call => call.Subject, StringComparer.Ordinal).Take(tooMany));
            book.Forgotten += tooMany;
        }

        foreach (var call in over)
        {
            mismatches.Forget(call);
            Alerts.Forget(call.Subject);
            Assessed.Remove(call.Subject);
            book.Remove(call);
        }

        var oldestMs = nowMs - book.Limits.EvidenceBeforeMs - book.Limits.CallKeptMs;
        foreach (var item in book.Evidence.Values.Where(item => item.Calls.Count == 0 && (item.EndAtMs ?? item.StartAtMs) < oldestMs && item.KnownAtMs < oldestMs).ToArray())
        {
            book.Remove(item);
        }
    }

    private bool IsMoved(string subject) => Assessed.TryGetValue(subject, out var said) && said.Lane != Lanes.LaneOf(subject).Lane
        && book.Calls[subject].LeftAtMs is null;

    private Assessment Assess(DeclaredCall call, Moment moment)
    {
        var items = call.EvidenceIds.Select(id => book.Evidence[id]).ToArray();
        var isSimulated = call.IsSimulated || Array.Exists(items, item => item.IsSimulated);
        return Assessor.Assess(options.Risk, call.Subject, call.Port, call.Mmsi, [.. items.Select(item => reasons.Of(item, call))], moment.KnownAtMs, isSimulated);
    }

    private Assessment Ranked(Assessment sum)
    {
        var (lane, rank, calls) = Lanes.LaneOf(sum.Subject);
        return sum with { Lane = lane, Rank = rank, RankedCalls = calls };
    }

    private void Write(Assessment sum, Moment moment)
    {
        var said = Digest.Of(sum);
        if (Assessed.GetValueOrDefault(sum.Subject)?.Said == said)
        {
            return;
        }

        Assessed[sum.Subject] = new AssessedCall(sum.Subject, said, sum.Lane);
        buffer.ResetWrittenCount();
        AssessmentJson.WriteLine(buffer, sum);
        moment.Output.WriteLine("assessments", buffer.WrittenSpan);
    }

    private void Schedule(DeclaredCall call, long nowMs)
    {
        long[] dues = [LoadingMismatch.DueAtMs(book, call) ?? long.MaxValue, Alerts.DueAtMs(call) ?? long.MaxValue];
        call.DueAtMs = dues.Where(due => due > nowMs).DefaultIfEmpty(long.MaxValue).Min();
        DueAtMs = Math.Min(DueAtMs, call.DueAtMs);
    }
}
