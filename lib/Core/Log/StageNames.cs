namespace MaritimeWatch.Log;

/// <summary>The stages of the pipeline. A name is part of blob names: never change one.</summary>
public static class StageNames
{
    /// <summary>AIS reports, by vessel; as many groups as the store has.</summary>
    public const string Watch = "watch";

    /// <summary>Slow vessels close to each other at an instant, by cell; as many groups as the store has.</summary>
    public const string Contacts = "contacts";

    /// <summary>Slow vessels that stay close to each other, by pair; as many groups as the store has.</summary>
    public const string Encounters = "encounters";

    /// <summary>Satellite scenes matched with positions; one group.</summary>
    public const string Scenes = "scenes";

    /// <summary>Plate reads, by vehicle; one group.</summary>
    public const string Gate = "gate";

    /// <summary>Manifests, port notices and pick-ups as declared; one group.</summary>
    public const string Declared = "declared";

    /// <summary>Many ships whose positions jump at once, by area; as many groups as the store has.</summary>
    public const string Disturbances = "disturbances";

    /// <summary>Ways of ships held to what a model of motion expected; one group.</summary>
    public const string Motion = "motion";

    /// <summary>How many ships wait and lie at each port; one group.</summary>
    public const string Ports = "ports";

    /// <summary>What was observed beside what was declared: assessments and alerts; one group.</summary>
    public const string Alerts = "alerts";

    /// <summary>The stages that follow the watch, in the order in which one may hear of another.</summary>
    public static IReadOnlyList<string> AfterWatch { get; } =
        [Contacts, Encounters, Disturbances, Motion, Scenes, Gate, Declared, Ports, Alerts];

    /// <summary>True for a stage that has as many groups as the store; the others have one.</summary>
    /// <param name="stage">A stage.</param>
    public static bool IsSpread(string stage) => stage is Watch or Contacts or Encounters or Disturbances;

    /// <summary>The groups of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="storeGroups">How many groups the store has.</param>
    public static IReadOnlyList<GroupName> GroupsOf(string stage, int storeGroups) =>
        [.. Enumerable.Range(0, IsSpread(stage) ? storeGroups : 1).Select(group => new GroupName(stage, group))];

    /// <summary>Every group of a store, watch first.</summary>
    /// <param name="storeGroups">How many groups the store has.</param>
    public static IReadOnlyList<GroupName> AllGroups(int storeGroups) =>
        [.. AfterWatch.Prepend(Watch).SelectMany(stage => GroupsOf(stage, storeGroups))];
}
