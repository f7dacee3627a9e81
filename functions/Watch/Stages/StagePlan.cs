using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>A stage after the watch: how its fold is made and whom it hears.</summary>
/// <param name="Stage">One of <see cref="StageNames.AfterWatch"/>.</param>
/// <param name="NewFold">Makes its fold in the state before entry 1.</param>
/// <param name="Hears">The producers whose lines are relayed into its inbox; empty where only its doors fill it.</param>
public sealed record StagePlan(string Stage, Func<IFold> NewFold, IReadOnlyList<RelayProducer> Hears)
{
    /// <summary>Its one group.</summary>
    public GroupName Group => new(Stage, 0);

    /// <summary>True for a stage that judges by how time goes on: it is told ticks.</summary>
    /// <param name="stage">One of <see cref="StageNames.AfterWatch"/>.</param>
    public static bool TakesTicks(string stage) => stage is StageNames.Encounters or StageNames.Gate or StageNames.Alerts;

    /// <summary>True where lines of that group are relayed into it.</summary>
    /// <param name="producer">A group that has committed.</param>
    public bool IsHearing(GroupName producer) => Hears.Any(hears => hears.Group == producer);
}
