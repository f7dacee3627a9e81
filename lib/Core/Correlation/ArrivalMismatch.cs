using System.Globalization;
using MaritimeWatch.Findings;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Correlation;

/// <summary>
/// The observed arrival against the last notice that was valid before it. A notice that revises the ETA beforehand is
/// lawful; without any notice before the arrival there is nothing to hold against her.
/// </summary>
internal sealed class ArrivalMismatch(CaseBook book, Saying saying)
{
    public const string Rule = "declared-against-observed-arrival";

    /// <summary>The stage's own name of such a finding.</summary>
    public static string Key(DeclaredCall call) => "arrival\n" + call.Subject;

    /// <summary>Judges the arrival of a call.</summary>
    public void Judge(DeclaredCall call, VesselCard vessel, Moment moment)
    {
        var key = Key(call);
        var said = saying.Said(key);
        var notice = Valid(call);
        var offMs = notice is { } valid && call.ArrivedAtMs is { } at ? at - valid.EtaAtMs : 0;
        var isOff = !call.IsCancelled && (offMs <= -book.Limits.ArrivalEarlyMs || offMs >= book.Limits.ArrivalLateMs);
        if (isOff)
        {
            saying.Say(key, Finding(call, vessel, notice!.Value, offMs, moment, said, null), call, moment);
        }
        else if (said is { IsLive: true })
        {
            var why = notice is { } later && call.ArrivedAtMs is not null
                ? $"the last notice before her arrival gave {Instants.ToText(later.EtaAtMs)}"
                : "the arrival was that of another call";
            saying.Say(key, Finding(call, vessel, notice ?? new EtaNotice(said.KnownAtMs, said.StartAtMs), offMs, moment, said, why) with
            {
                StartAtMs = said.StartAtMs,
                EndAtMs = said.EndAtMs,
            }, call, moment);
        }
    }

    private static EtaNotice? Valid(DeclaredCall call)
    {
        EtaNotice? valid = null;
        foreach (var notice in call.Notices)
        {
            valid = notice.KnownAtMs <= call.ArrivedAtMs ? notice : valid;
        }

        return valid;
    }

    private StageFinding Finding(DeclaredCall call, VesselCard vessel, EtaNotice notice, long offMs, Moment moment, EvidenceItem? said, string? why)
    {
        var arrivedAtMs = call.ArrivedAtMs ?? notice.EtaAtMs;
        var side = offMs < 0 ? "earlier" : "later";
        return new StageFinding
        {
            Kind = FindingKind.DeclaredMismatch,
            Subject = call.Subject,
            Mmsi = vessel.Mmsi,
            Name = vessel.Name ?? call.Name,
            Severity = Severity.Low,
            Life = why is null ? FindingLife.Closed : FindingLife.Retracted,
            IsSettled = said?.IsSettled == true || call.DepartedAtMs is not null,
            StartAtMs = Math.Min(notice.EtaAtMs, arrivedAtMs),
            EndAtMs = Math.Max(notice.EtaAtMs, arrivedAtMs),
            KnownAtMs = moment.KnownAtMs,
            Because = why,
            Reason = string.Create(CultureInfo.InvariantCulture, $"{LoadingMismatch.Ship(call, vessel)} was declared for {Instants.ToText(notice.EtaAtMs)} at {call.Port}, but arrived {Instants.ToWords(Math.Abs(offMs))} {side}, at {Instants.ToText(arrivedAtMs)}."),
            Rule = Rule,
            Measure = [Figure.Hours("arrival_off_h", Math.Abs(offMs))],
            Thresholds = [Figure.Hours("early_h", book.Limits.ArrivalEarlyMs), Figure.Hours("late_h", book.Limits.ArrivalLateMs)],
            ClearsIf = offMs < 0 ? Figure.Hours("arrival_off_h", book.Limits.ArrivalEarlyMs) : Figure.Hours("arrival_off_h", book.Limits.ArrivalLateMs),
            ClearsIfText = "a notice before the arrival with a time nearer to it",
            Places = call.Place is { } place ? [place] : [],
            StandsOn = call.ObservedId is { } observed ? [observed] : [],
            IsSimulated = call.IsSimulated,
        };
    }
}
