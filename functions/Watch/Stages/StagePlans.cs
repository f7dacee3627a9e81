using MaritimeWatch.Alerts;
using MaritimeWatch.Correlation.Declared;
using MaritimeWatch.Findings.Congestion;
using MaritimeWatch.Findings.DarkShip;
using MaritimeWatch.Findings.Disturbance;
using MaritimeWatch.Findings.Encounter;
using MaritimeWatch.Findings.UnlikelyMotion;
using MaritimeWatch.Findings.Vehicles;
using MaritimeWatch.Log;
using MaritimeWatch.Reference.Cameras;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>Which stages follow the watch, and what each hears. The only place where the stages are strung together.</summary>
internal static class StagePlans
{
    private static readonly string[] Judged =
        ["findings", "port-calls", "declared-calls", "consignments", "pickups", "journeys", "detections", "not-observable", "expected-arrivals"];

    /// <summary>The stages of a store, in the order in which one may hear of another.</summary>
    /// <param name="store">The store.</param>
    public static IReadOnlyList<StagePlan> Of(WatchStore store)
    {
        var watch = store.Groups;
        var groups = store.Format.Groups;
        var isFarOnly = !EncounterRoutes.NeedsAll(store.Profiles);
        GroupName[] judged =
        [
            .. StageNames.AfterWatch.Where(stage => stage is not (StageNames.Contacts or StageNames.Alerts))
                .SelectMany(stage => StageNames.GroupsOf(stage, groups)),
        ];
        return
        [
            new(StageNames.Contacts, group => new ContactFold(group, groups, store.Profiles), Hearing(watch, "slow"))
            {
                Groups = StageNames.GroupsOf(StageNames.Contacts, groups),
                Route = EncounterRoutes.ByCell(groups, isFarOnly),
            },
            new(
                StageNames.Encounters, group => new EncounterFold(group, store.Profiles),
                Hearing(StageNames.GroupsOf(StageNames.Contacts, groups), "contacts"))
            {
                Groups = StageNames.GroupsOf(StageNames.Encounters, groups),
                Route = EncounterRoutes.ByPair(groups),
            },
            new(
                StageNames.Disturbances, group => new DisturbanceFold(group, groups, store.Profiles), Hearing(watch, "jumps"))
            {
                Groups = StageNames.GroupsOf(StageNames.Disturbances, groups),
                Route = DisturbanceRoutes.ByBlock(groups),
            },
            new(StageNames.Motion, () => new MotionFold(ShippedMotion.Learned), Hearing(watch, "ways")),
            new(StageNames.Scenes, () => new SceneFold(new StoredReference(store.Blobs)), []),
            new(StageNames.Gate, () => new GateFold(new StoredCameras(store.Blobs)), []),
            new(StageNames.Declared, () => new DeclaredFold(), []),
            new(StageNames.Ports, () => new CongestionFold(), Hearing(watch, "port-calls")),
            new(StageNames.Alerts, () => new AlertFold(new AlertOptions()), Hearing([.. watch, .. judged], Judged)),
        ];
    }

    private static IReadOnlyList<RelayProducer> Hearing(IEnumerable<GroupName> groups, params string[] collections) =>
        [.. groups.Select(group => new RelayProducer(group, collections))];
}
