using MaritimeWatch.Findings;
using MaritimeWatch.Log;

namespace MaritimeWatch.Correlation;

/// <summary>Where a fold stands when it says something.</summary>
/// <param name="NowMs">How far time has come, milliseconds since 1970 UTC.</param>
/// <param name="KnownAtMs">When what is said now became known.</param>
/// <param name="Entry">The inbox entry.</param>
/// <param name="Record">The record in it.</param>
/// <param name="Output">Takes lines.</param>
internal readonly record struct Moment(long NowMs, long KnownAtMs, long Entry, long Record, IFoldOutput Output);

/// <summary>Says the findings of this stage and keeps them as evidence like any other.</summary>
internal sealed class Saying(CaseBook book, StageFindings findings)
{
    /// <summary>Says a finding about a call.</summary>
    public void Say(string key, StageFinding finding, DeclaredCall call, Moment moment)
    {
        var heard = new Listener(moment.Output);
        var id = findings.Say(key, finding, moment.Entry, moment.Record, heard);
        var before = book.Evidence.GetValueOrDefault(id);
        if (before is not null && !heard.IsNews)
        {
            book.Attach(before, call);
            return;
        }

        var item = new EvidenceItem
        {
            Id = id,
            Kind = FindingNames.Of(finding.Kind),
            Severity = finding.Severity,
            Life = finding.Life,
            Subject = finding.Subject,
            Object = finding.Concerns,
            StartAtMs = finding.StartAtMs,
            EndAtMs = finding.EndAtMs,
            KnownAtMs = before?.KnownAtMs ?? finding.KnownAtMs,
            Reason = finding.Reason,
            Because = finding.Because,
            IsSettled = finding.IsSettled,
            IsSimulated = finding.IsSimulated,
            First = call.Place,
            Last = call.Place,
            Calls = before?.Calls ?? new SortedSet<string>(StringComparer.Ordinal),
        };
        book.Put(item);
        book.Attach(item, call);
    }

    /// <summary>What was said under a key, or null.</summary>
    public EvidenceItem? Said(string key) =>
        findings.IdOf(key) is { } id ? book.Evidence.GetValueOrDefault(id) : null;

    /// <summary>Forgets what can no longer change.</summary>
    public void Forget(string key) => findings.Forget(key);

    private sealed class Listener(IFoldOutput output) : IFoldOutput
    {
        public bool IsNews { get; private set; }

        public void WriteLine(string collection, ReadOnlySpan<byte> line)
        {
            IsNews = true;
            output.WriteLine(collection, line);
        }
    }
}
