using System.Globalization;
using MaritimeWatch.Findings;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Correlation;

/// <summary>Boxes that are declared to have been loaded on this ship at a port where she was not.</summary>
internal sealed class LoadingMismatch(CaseBook book, Saying saying)
{
    public const string Rule = "declared-port-of-loading-not-called-at";
    private const int EvidenceMax = 16;

    private readonly PortOfLoading judge = new(book);

    public void Judge(DeclaredCall call, VesselCard vessel, Moment moment)
    {
        var declared = book.ConsignmentsOf(call.Subject).Where(card => card.PortOfLoading is not null)
            .GroupBy(card => card.PortOfLoading!, StringComparer.Ordinal)
            .OrderBy(port => port.Key, StringComparer.Ordinal)
            .ToDictionary(port => port.Key, port => port.ToList(), StringComparer.Ordinal);
        foreach (var (port, cards) in declared)
        {
            Judge(call, vessel, port, cards, moment);
        }

        foreach (var said in Live(call).Where(said => said.Object is { } port && (call.IsCancelled || !declared.ContainsKey(port))).ToArray())
        {
            var why = call.IsCancelled ? "the call was cancelled" : "the manifest no longer declares it";
            saying.Say(Key(call, said.Object!), Finding(call, vessel, said.Object!, [], [], moment, said, why), call, moment);
        }
    }

    /// <summary>When time alone may bring a mismatch, or null.</summary>
    public static long? DueAtMs(CaseBook book, DeclaredCall call) =>
        call.ArrivedAtMs is null && call.EtaAtMs is { } eta && book.ConsignmentsOf(call.Subject).Any()
            ? eta - book.Limits.LoadingSayBeforeMs
            : null;

    /// <summary>How the ship is called in a sentence.</summary>
    public static string Ship(DeclaredCall call, VesselCard vessel) =>
        vessel.Name ?? call.Name ?? string.Create(CultureInfo.InvariantCulture, $"Vessel {vessel.Mmsi}");

    /// <summary>The stage's own name of such a finding.</summary>
    public static string Key(DeclaredCall call, string port) => $"loading\n{call.Subject}\n{port}";

    private IEnumerable<EvidenceItem> Live(DeclaredCall call) => call.EvidenceIds.Select(id => book.Evidence[id])
        .Where(item => item.IsLive && item.Object is { } port && saying.Said(Key(call, port)) == item);

    private void Judge(DeclaredCall call, VesselCard vessel, string port, List<ConsignmentCard> cards, Moment moment)
    {
        var said = saying.Said(Key(call, port));
        var judgement = judge.Judge(call, vessel, port, moment.NowMs);
        if (judgement.Verdict == LoadingVerdict.NotCalled && !call.IsCancelled)
        {
            saying.Say(Key(call, port), Finding(call, vessel, port, cards, judgement.Observed, moment, said, null), call, moment);
        }
        else if (judgement.Verdict is LoadingVerdict.Called or LoadingVerdict.NotObservable && said is { IsLive: true })
        {
            var why = judgement.At is { } at
                ? $"she has since been seen to call at {port} on {Instants.ToText(at.ArrivalAtMs)}"
                : $"it is no longer observable: {judgement.Why}";
            saying.Say(Key(call, port), Finding(call, vessel, port, cards, judgement.Observed, moment, said, why), call, moment);
        }
    }

    private StageFinding Finding(
        DeclaredCall call,
        VesselCard vessel,
        string port,
        List<ConsignmentCard> cards,
        IReadOnlyList<ObservedCall> observed,
        Moment moment,
        EvidenceItem? said,
        string? why)
    {
        var boxes = cards.SelectMany(card => card.Containers).Distinct(StringComparer.Ordinal).Count();
        var startAtMs = said?.StartAtMs ?? cards.Min(card => card.KnownAtMs);
        return new StageFinding
        {
            Kind = FindingKind.DeclaredMismatch,
            Subject = call.Subject,
            Concerns = port,
            Mmsi = vessel.Mmsi,
            Name = vessel.Name ?? call.Name,
            Severity = Severity.Medium,
            Life = why is not null ? FindingLife.Retracted : call.ArrivedAtMs is null ? FindingLife.Open : FindingLife.Closed,
            IsSettled = said?.IsSettled == true || call.DepartedAtMs is not null,
            StartAtMs = startAtMs,
            EndAtMs = call.ArrivedAtMs is { } arrived ? Math.Max(arrived, startAtMs) : null,
            KnownAtMs = moment.KnownAtMs,
            Because = why,
            Reason = why is not null && said is not null ? said.Reason : Sentence(call, vessel, port, boxes, cards, observed),
            Rule = Rule,
            Measure = [new Figure("boxes", boxes), new Figure("consignments", cards.Count), new Figure("observed_calls", observed.Count)],
            Thresholds =
            [
                new Figure("observed_calls_least", book.Limits.ObservedCallsMin),
                Figure.Hours("between_calls_most_h", book.Limits.BetweenCallsMaxMs),
                new Figure("rounds_least", book.Limits.RoundsMin),
                Figure.Hours("say_before_arrival_h", book.Limits.LoadingSayBeforeMs),
            ],
            ClearsIf = new Figure("observed_calls_at_declared_port", 1),
            ClearsIfText = $"one observed call at {port} before the arrival, or a manifest that names another port of loading",
            Places = call.Place is { } place ? [place] : [],
            Evidence = [.. cards.Where(card => card.Landing is not null && card.Hash is not null)
                .Select(card => new StageEvidence(card.Landing!, card.Hash!, 0, 0, card.KnownAtMs)).Distinct().Take(EvidenceMax)],
            StandsOn = [.. observed.Select(seen => seen.Id).TakeLast(EvidenceMax)],
            IsSimulated = call.IsSimulated || cards.Exists(card => card.IsSimulated) || observed.Any(seen => seen.IsSimulated),
        };
    }

    private static string Sentence(
        DeclaredCall call, VesselCard vessel, string port, int boxes, List<ConsignmentCard> cards, IReadOnlyList<ObservedCall> observed)
    {
        var what = boxes switch
        {
            0 => cards.Count == 1 ? "1 consignment was" : $"{cards.Count} consignments were",
            1 => "1 box was",
            _ => $"{boxes} boxes were",
        };
        var seen = observed.Select(at => at.Label).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var places = seen.Length <= 1 ? string.Concat(seen) : $"{string.Join(", ", seen[..^1])} and {seen[^1]}";
        var tie = cards.Max(card => card.Strength) switch
        {
            LinkStrength.NameAndVoyage => "name and voyage",
            LinkStrength.CallSign => "call sign",
            LinkStrength.Imo => "IMO number",
            _ => "MMSI",
        };
        return $"{Ship(call, vessel)} declares for {call.Port} that {what} loaded at {port}, but it called only at {places} since {Instants.ToText(observed[0].ArrivalAtMs)} (manifest and ship tied by {tie}).";
    }
}
