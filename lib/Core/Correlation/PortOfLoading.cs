using MaritimeWatch.Geodesy;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Correlation;

/// <summary>What can be said of a declared port of loading.</summary>
internal enum LoadingVerdict
{
    /// <summary>She was seen there, or it is not yet time to say.</summary>
    Nothing,

    /// <summary>She was seen to call there.</summary>
    Called,

    /// <summary>Her calls were not observed well enough: never a finding.</summary>
    NotObservable,

    /// <summary>She was observed without a hole and did not call there.</summary>
    NotCalled,
}

/// <summary>A verdict, with the calls that it rests on.</summary>
/// <param name="Verdict">What can be said.</param>
/// <param name="Observed">The observed calls without a hole between, oldest first.</param>
/// <param name="At">The call at the declared port, where she was seen there.</param>
/// <param name="Why">Why it cannot be observed, or null.</param>
internal sealed record LoadingJudgement(
    LoadingVerdict Verdict, IReadOnlyList<ObservedCall> Observed, ObservedCall? At = null, string? Why = null);

/// <summary>
/// Whether a ship was at the port where boxes are declared to have been loaded on her (LOC+9; the box's own origin, LOC+76,
/// says nothing of the ship). Only where her calls are observed without a hole, far enough back that a box loaded before
/// and carried on is not to be expected.
/// </summary>
internal sealed class PortOfLoading(CaseBook book)
{
    /// <summary>Judges one declared port of loading.</summary>
    /// <param name="call">The call that the boxes arrive with.</param>
    /// <param name="vessel">The vessel.</param>
    /// <param name="port">The declared port.</param>
    /// <param name="nowMs">How far time has come.</param>
    public LoadingJudgement Judge(DeclaredCall call, VesselCard vessel, string port, long nowMs)
    {
        var untilMs = call.ArrivedAtMs ?? nowMs;
        var before = Before(call, vessel);
        if (before.FirstOrDefault(seen => IsSame(seen, port)) is { } at)
        {
            return new LoadingJudgement(LoadingVerdict.Called, before, at);
        }

        var chain = Chain(vessel, before, port, untilMs);
        return WhyNot(call, chain, port) is { } why ? new LoadingJudgement(LoadingVerdict.NotObservable, chain, null, why)
            : IsTime(call, chain, nowMs) ? new LoadingJudgement(LoadingVerdict.NotCalled, chain)
            : new LoadingJudgement(LoadingVerdict.Nothing, chain);
    }

    // Two stays at one port with nothing between are one call.
    private static List<ObservedCall> Before(DeclaredCall call, VesselCard vessel)
    {
        List<ObservedCall> calls = [];
        foreach (var seen in vessel.Calls)
        {
            if (call.ArrivedAtMs is { } arrived && seen.ArrivalAtMs >= arrived)
            {
                break;
            }

            if (calls.Count > 0 && calls[^1].Port is { } last && last == seen.Port)
            {
                calls[^1] = calls[^1] with { DepartureAtMs = seen.DepartureAtMs };
            }
            else
            {
                calls.Add(seen);
            }
        }

        return calls;
    }

    // From the arrival back to the first hole.
    private List<ObservedCall> Chain(VesselCard vessel, List<ObservedCall> before, string port, long untilMs)
    {
        List<ObservedCall> chain = [];
        for (var i = before.Count - 1; i >= 0 && IsWatched(vessel, before[i].LastSeenAtMs, untilMs, port); i--)
        {
            chain.Insert(0, before[i]);
            untilMs = before[i].ArrivalAtMs;
        }

        return chain;
    }

    // Between two calls: not too long, no silence that nobody could hear, no gap in which she could have been there.
    private bool IsWatched(VesselCard vessel, long fromMs, long untilMs, string port) =>
        untilMs - fromMs <= book.Limits.BetweenCallsMaxMs
        && !vessel.Unheard.Exists(silence => silence.SinceMs < untilMs && silence.JudgedAtMs > fromMs)
        && !vessel.EvidenceIds.Select(id => book.Evidence[id]).Any(gap => gap.Kind == "gap" && gap.IsLive
            && gap.StartAtMs < untilMs && (gap.EndAtMs ?? untilMs) > fromMs && IsReachable(gap, untilMs, port));

    private bool IsReachable(EvidenceItem gap, long untilMs, string port)
    {
        var silentMs = (gap.EndAtMs ?? untilMs) - gap.StartAtMs;
        if (!book.Ports.TryGetValue(port, out var place) || gap.First is not { } lost)
        {
            return silentMs > book.Limits.GapMaxMs;
        }

        var metres = Metres(lost, place) + (gap.EndAtMs is not null && gap.Last is { } found ? Metres(place, found) : 0);
        return metres <= silentMs * book.Limits.DarkSpeedKnots * 1852 / CorrelationThresholds.HourMs;
    }

    private string? WhyNot(DeclaredCall call, List<ObservedCall> chain, string port)
    {
        if (chain.Count < book.Limits.ObservedCallsMin)
        {
            return $"only {chain.Count} calls before were observed without a hole";
        }

        if (chain.Exists(seen => seen.Port is null && !IsElsewhere(seen, port)))
        {
            return "one of her calls was at a port without a code";
        }

        var rounds = chain.Count(seen => IsSame(seen, call.Port));
        return rounds >= book.Limits.RoundsMin || call.ExpectedAtMs - chain[0].ArrivalAtMs >= book.Limits.CoveredMs
            ? null
            : "a box may have been on board since before she was observed";
    }

    // Before that she may still call there.
    private bool IsTime(DeclaredCall call, List<ObservedCall> chain, long nowMs) =>
        call.ArrivedAtMs is not null
        || (call.EtaAtMs is { } eta && nowMs >= eta - book.Limits.LoadingSayBeforeMs)
        || (call.LastPort is { } last && chain[^1].DepartureAtMs is not null && IsSame(chain[^1], last));

    private bool IsSame(ObservedCall seen, string port) => seen.Port == port
        || (PlaceOf(seen) is { } there && book.Ports.TryGetValue(port, out var place) && Metres(there, place) <= book.Limits.SamePortMetres);

    private bool IsElsewhere(ObservedCall seen, string port) =>
        PlaceOf(seen) is { } there && book.Ports.TryGetValue(port, out var place) && Metres(there, place) > book.Limits.SamePortMetres;

    private Position? PlaceOf(ObservedCall seen) =>
        seen.Place ?? (seen.Port is { } port && book.Ports.TryGetValue(port, out var place) ? place : null);

    private static long Metres(Position from, Position to) => GreatCircle.DistanceDecimetres(from, to) / 10;
}
