using MaritimeWatch.Findings;

namespace MaritimeWatch.Correlation;

/// <summary>The rules of <c>declared-mismatch</c>, for people who want to read them.</summary>
public static class MismatchRules
{
    /// <summary>Both of them.</summary>
    /// <param name="limits">The thresholds.</param>
    public static IReadOnlyList<KindRule> Of(CorrelationThresholds limits) =>
    [
        new(Profiles.Default.Name, Profiles.Default.Version, ArrivalMismatch.Rule, 1,
            [Figure.Hours("early_h", limits.ArrivalEarlyMs), Figure.Hours("late_h", limits.ArrivalLateMs)]),
        new(Profiles.Default.Name, Profiles.Default.Version, LoadingMismatch.Rule, 1,
            [
                new("observed_calls_least", limits.ObservedCallsMin), Figure.Hours("between_calls_most_h", limits.BetweenCallsMaxMs),
                new("rounds_least", limits.RoundsMin), Figure.Hours("say_before_arrival_h", limits.LoadingSayBeforeMs),
            ]),
    ];
}
