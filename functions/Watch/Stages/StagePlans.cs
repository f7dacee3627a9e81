using MaritimeWatch.Alerts;
using MaritimeWatch.Correlation.Declared;
using MaritimeWatch.Findings.Congestion;
using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Findings.Encounter;
using MaritimeWatch.Findings.Vehicles;
using MaritimeWatch.Log;
using MaritimeWatch.Reference.Cameras;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>Which stages follow the watch, and what each hears. The only place where the stages are strung together.</summary>
internal static class StagePlans
{
    private static readonly string[] Judged =
        ["findings", "port-calls", "declared-calls", "consignments", "pickups", "journeys", "detections", "not-observable"];

    /// <summary>The stages of a store, in the order in which one may hear of another.</summary>
    /// <param name="store">The store.</param>
    public static IReadOnlyList<StagePlan> Of(WatchStore store)
    {
        var watch = store.Groups;
        GroupName[] others = [.. StageNames.AfterWatch.Where(stage => stage != StageNames.Alerts).Select(stage => new GroupName(stage, 0))];
        return
        [
            new(StageNames.Encounters, () => new EncounterFold(), Hearing(watch, "slow")),
            new(StageNames.Scenes, () => new SceneFold(new StoredReference(store.Blobs)), []),
            new(StageNames.Gate, () => new GateFold(new StoredCameras(store.Blobs)), []),
            new(StageNames.Declared, () => new DeclaredFold(), []),
            new(StageNames.Ports, () => new CongestionFold(), Hearing(watch, "port-calls")),
            new(StageNames.Alerts, () => new AlertFold(new AlertOptions()), Hearing([.. watch, .. others], Judged)),
        ];
    }

    private static IReadOnlyList<RelayProducer> Hearing(IEnumerable<GroupName> groups, params string[] collections) =>
        [.. groups.Select(group => new RelayProducer(group, collections))];
}
