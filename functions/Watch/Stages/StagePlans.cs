using MaritimeWatch.Findings.Encounter;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>Which stages follow the watch, and what each hears. The only place where the stages are strung together.</summary>
internal static class StagePlans
{
    /// <summary>The stages of a store, in the order in which one may hear of another.</summary>
    /// <param name="store">The store.</param>
    public static IReadOnlyList<StagePlan> Of(WatchStore store)
    {
        var watch = store.Groups;
        List<StagePlan> plans =
        [
            new(StageNames.Encounters, () => new EncounterFold(), Hearing(watch, "slow")),
        ];
        return plans;
    }

    private static IReadOnlyList<RelayProducer> Hearing(IEnumerable<GroupName> groups, params string[] collections) =>
        [.. groups.Select(group => new RelayProducer(group, collections))];
}
