using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaritimeWatch.Correlation;
using MaritimeWatch.Risk;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Alerts;

/// <summary>Opens, revises and closes the one alert of a call, and says which revisions are to be pushed.</summary>
internal sealed class AlertDesk(CaseBook book, AlertOptions options)
{
    private const int IdBytes = 16;
    private const int WordsMax = 200;
    private const int HighTenThousandths = 5_000;
    private const int MediumTenThousandths = 2_000;

    private readonly Dictionary<string, string> subjectById = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> buffer = new(4096);

    /// <summary>The alerts by call.</summary>
    public SortedDictionary<string, AlertRecord> Records { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes alerts back.</summary>
    public void Restore(IEnumerable<AlertRecord> records)
    {
        Records.Clear();
        subjectById.Clear();
        foreach (var record in records)
        {
            Records.Add(record.Subject, record);
            subjectById.Add(record.Id, record.Subject);
        }
    }

    /// <summary>Forgets the alert of a call.</summary>
    public void Forget(string subject)
    {
        if (Records.Remove(subject, out var record))
        {
            subjectById.Remove(record.Id);
        }
    }

    /// <summary>The alert of an id, or null.</summary>
    public AlertRecord? Find(string id) => subjectById.TryGetValue(id, out var subject) ? Records[subject] : null;

    /// <summary>When the alert of a call closes by time alone, or null.</summary>
    public long? DueAtMs(DeclaredCall call) => Records.TryGetValue(call.Subject, out var record) && record.State != AlertState.Closed
        ? (call.LeftAtMs ?? (call.CameAtMs is null ? call.ExpectedAtMs + book.Limits.MatchLateMs : null)) + options.CloseAfterDepartureMs
        : null;

    /// <summary>Brings the alert of a call up to date; true where it was opened now.</summary>
    /// <param name="call">The call.</param>
    /// <param name="assessment">Its risk.</param>
    /// <param name="moment">Where the fold stands.</param>
    public bool Update(DeclaredCall call, Assessment assessment, Moment moment)
    {
        var live = assessment.Groups.SelectMany(group => group.Items).Where(item => item.LogOddsMilli > 0).ToArray();
        if (!Records.TryGetValue(call.Subject, out var record))
        {
            if (!assessment.IsOverLine || call.IsCancelled || IsOver(call, moment.NowMs))
            {
                return false;
            }

            record = Open(call, moment);
        }

        var push = record.Revision == 0 ? "new alert" : Move(record, call, assessment, live, moment);
        record.SeenIds.UnionWith(live.Select(item => item.FindingId));
        var severity = SeverityOf(assessment);
        if (push is null && severity > record.Severity && record.State == AlertState.Open)
        {
            push = "graver than before";
        }

        record.Severity = severity;
        Say(record, call, assessment, moment, push);
        return record.Revision == 1 && push is not null;
    }

    /// <summary>Takes an officer's action; false where it had been done before.</summary>
    public bool Take(AlertAction action, AlertRecord record, DeclaredCall call, Assessment assessment, Moment moment)
    {
        if (action.Kind == AlertActionKind.Decide)
        {
            var decision = new AlertDecision(action.Outcome!, action.Note, action.AtMs);
            if (record.Decision == decision || action.AtMs < record.Decision?.AtMs)
            {
                return false;
            }

            record.Decision = decision;
            record.State = record.State == AlertState.Closed ? AlertState.Closed : AlertState.Decided;
        }
        else if (record.State != AlertState.Open || action.AtMs <= record.ActedAtMs)
        {
            return false;
        }
        else
        {
            record.State = AlertState.Acknowledged;
        }

        record.ActedAtMs = Math.Max(record.ActedAtMs, action.AtMs);
        record.AcknowledgedAtMs ??= action.AtMs;
        record.KnownKinds.UnionWith(assessment.Groups.SelectMany(group => group.Items).Where(item => item.LogOddsMilli > 0).Select(item => item.Kind));
        Say(record, call, assessment, moment, null);
        return true;
    }

    private AlertRecord Open(DeclaredCall call, Moment moment)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"alert\n{call.Port}\n{call.Mmsi}\n{call.Subject}");
        var record = new AlertRecord
        {
            Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, IdBytes)),
            Subject = call.Subject,
            OpenedAtMs = moment.KnownAtMs,
            UpdatedAtMs = moment.KnownAtMs,
        };
        Records.Add(call.Subject, record);
        subjectById.Add(record.Id, call.Subject);
        return record;
    }

    // Gives what is new and to be pushed, or null.
    private string? Move(AlertRecord record, DeclaredCall call, Assessment assessment, AssessmentItem[] live, Moment moment)
    {
        var isClosed = record.State == AlertState.Closed;
        var isNews = Array.Exists(live, item => !record.SeenIds.Contains(item.FindingId) && (isClosed || !record.KnownKinds.Contains(item.Kind)));
        if (assessment.IsOverLine && !call.IsCancelled && (isNews || (isClosed && !IsOver(call, moment.NowMs))))
        {
            var again = record.State == AlertState.Open ? "new reason" : isNews ? "open again, for a new reason" : "open again";
            (record.State, record.ClosedBecause) = (AlertState.Open, null);
            return again;
        }

        if (record.State == AlertState.Closed)
        {
            return null;
        }

        var why = call.IsCancelled ? "the call was cancelled"
            : !assessment.IsOverLine ? "what it stood on was withdrawn: " + Withdrawn(call)
            : !IsOver(call, moment.NowMs) ? null
            : call.LeftAtMs is { } left ? $"she left on {Instants.ToText(left)}"
            : "she was not seen to arrive";
        if (why is null)
        {
            return null;
        }

        (record.State, record.ClosedBecause) = (AlertState.Closed, why);
        return call.IsCancelled || !assessment.IsOverLine ? "closed" : null;
    }

    private string Withdrawn(DeclaredCall call) =>
        string.Join("; ", call.EvidenceIds.Select(id => book.Evidence[id]).Where(item => !book.Counts(item))
            .OrderByDescending(item => book.FalseWord(item)?.AtMs ?? item.KnownAtMs).ThenBy(item => item.Id, StringComparer.Ordinal)
            .Select(item => book.FalseWord(item) is { } word && item.IsLive
                ? $"{item.Kind}, marked false by an {word.ByRole}: {Clip(word.Reason)}"
                : $"{item.Kind}, because {item.Because ?? "it was wrong"}").Take(3).DefaultIfEmpty("it belongs to another call"));

    private static string? Clip(string? words) => words?.Length > WordsMax ? words[..WordsMax] + "..." : words;

    private bool IsOver(DeclaredCall call, long nowMs) =>
        nowMs >= (call.LeftAtMs ?? (call.CameAtMs is null ? call.ExpectedAtMs + book.Limits.MatchLateMs : null)) + options.CloseAfterDepartureMs;

    private static Severity SeverityOf(Assessment assessment) =>
        assessment.TenThousandths >= HighTenThousandths ? Severity.High
        : assessment.TenThousandths >= MediumTenThousandths || assessment.Lane == RiskLane.Red ? Severity.Medium
        : Severity.Low;

    private void Say(AlertRecord record, DeclaredCall call, Assessment assessment, Moment moment, string? push)
    {
        var alert = Compose(record, call, assessment, moment);
        var said = Digest.Of(alert);
        if (said == record.Said && push is null)
        {
            return;
        }

        (record.Said, record.UpdatedAtMs) = (said, alert.UpdatedAtMs);
        record.Revision++;
        alert = alert with { Revision = record.Revision };
        buffer.ResetWrittenCount();
        AlertLine.Write(buffer, alert);
        moment.Output.WriteLine("alerts", buffer.WrittenSpan);
        if (push is not null)
        {
            buffer.ResetWrittenCount();
            DeliveryLine.Write(buffer, alert, push);
            moment.Output.WriteLine("deliveries", buffer.WrittenSpan);
        }
    }

    private Alert Compose(AlertRecord record, DeclaredCall call, Assessment assessment, Moment moment)
    {
        var items = assessment.Groups.SelectMany(group => group.Items)
            .OrderByDescending(item => item.LogOddsMilli).ThenBy(item => item.FindingId, StringComparer.Ordinal)
            .Take(options.ReasonsMax).ToArray();
        var vessel = call.Mmsi is { } mmsi ? book.Vessels.GetValueOrDefault(mmsi) : null;
        return new Alert
        {
            Id = record.Id,
            Revision = record.Revision,
            Port = call.Port,
            Subject = call.Subject,
            Mmsi = call.Mmsi,
            Name = vessel?.Name ?? call.Name,
            OpenedAtMs = record.OpenedAtMs,
            UpdatedAtMs = Math.Max(record.UpdatedAtMs, moment.KnownAtMs),
            BerthingAtMs = call.BerthingAtMs,
            BerthingBy = call.BerthingBy,
            BerthingLowAtMs = call.BerthingBy is BerthingBy.Estimated ? call.EstimatedLowAtMs : null,
            BerthingHighAtMs = call.BerthingBy is BerthingBy.Estimated ? call.EstimatedHighAtMs : null,
            IsArrived = call.CameAtMs is not null,
            Severity = record.Severity,
            State = record.State,
            AcknowledgedAtMs = record.AcknowledgedAtMs,
            Decision = record.Decision,
            FindingIds = [.. items.Select(item => item.FindingId)],
            Reasons = [.. items.Select(item => item.Reason)],
            ClosedBecause = record.ClosedBecause,
            Assessment = assessment,
            Place = PlaceOf(call) ?? call.Place,
            IsSimulated = assessment.IsSimulated,
        };
    }

    private Position? PlaceOf(DeclaredCall call) => call.EvidenceIds.Select(id => book.Evidence[id])
        .Where(item => book.Counts(item) && item.Last is not null && (item.Mmsis.Length > 0 || item.Candidates.Count > 0))
        .OrderByDescending(item => item.EndAtMs ?? item.StartAtMs).ThenBy(item => item.Id, StringComparer.Ordinal)
        .FirstOrDefault()?.Last;
}
