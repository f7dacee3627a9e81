namespace MaritimeWatch.Log;

/// <summary>The stages of the pipeline. A name is part of blob names: never change one.</summary>
public static class StageNames
{
    /// <summary>AIS reports, by vessel; as many groups as the store has.</summary>
    public const string Watch = "watch";

    /// <summary>Slow vessels that come close to each other; one group.</summary>
    public const string Encounters = "encounters";

    /// <summary>Satellite scenes matched with positions; one group.</summary>
    public const string Scenes = "scenes";

    /// <summary>Plate reads, by vehicle; one group.</summary>
    public const string Gate = "gate";

    /// <summary>Manifests, port notices and pick-ups as declared; one group.</summary>
    public const string Declared = "declared";

    /// <summary>Many ships whose positions jump at once, by area; as many groups as the store has.</summary>
    public const string Disturbances = "disturbances";

    /// <summary>How many ships wait and lie at each port; one group.</summary>
    public const string Ports = "ports";

    /// <summary>What was observed beside what was declared: assessments and alerts; one group.</summary>
    public const string Alerts = "alerts";

    /// <summary>The stages of one group that follow the watch, in the order in which one may hear of another.</summary>
    public static IReadOnlyList<string> AfterWatch { get; } = [Encounters, Scenes, Gate, Declared, Ports, Alerts];

    /// <summary>Every group of a store, watch first.</summary>
    /// <param name="watchGroups">How many groups the watch has.</param>
    public static IReadOnlyList<GroupName> AllGroups(int watchGroups) =>
    [
        .. Enumerable.Range(0, watchGroups).Select(group => new GroupName(Watch, group)),
        .. AfterWatch.Select(stage => new GroupName(stage, 0)),
    ];
}
