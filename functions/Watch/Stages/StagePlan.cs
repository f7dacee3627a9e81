using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>A stage after the watch: how the folds of its groups are made and whom they hear.</summary>
/// <param name="Stage">One of <see cref="StageNames.AfterWatch"/>.</param>
/// <param name="NewFold">Makes the fold of a group, from 0, in the state before entry 1.</param>
/// <param name="Hears">The producers whose lines are relayed into its inboxes; empty where only its doors fill them.</param>
public sealed record StagePlan(string Stage, Func<int, IFold> NewFold, IReadOnlyList<RelayProducer> Hears)
{
    /// <summary>A stage of one group.</summary>
    /// <param name="stage">One of <see cref="StageNames.AfterWatch"/>.</param>
    /// <param name="newFold">Makes its fold in the state before entry 1.</param>
    /// <param name="hears">The producers whose lines are relayed into its inbox; empty where only its doors fill it.</param>
    public StagePlan(string stage, Func<IFold> newFold, IReadOnlyList<RelayProducer> hears)
        : this(stage, _ => newFold(), hears)
    {
    }

    /// <summary>Its groups, in order; default one.</summary>
    public IReadOnlyList<GroupName> Groups { get; init; } = [new(Stage, 0)];

    /// <summary>Which of its groups hear a line; null where there is one group.</summary>
    public RelayRoute? Route { get; init; }

    /// <summary>True for a stage that judges by how time goes on: its groups are told ticks.</summary>
    /// <param name="stage">One of <see cref="StageNames.AfterWatch"/>.</param>
    public static bool TakesTicks(string stage) =>
        stage is StageNames.Encounters or StageNames.Disturbances or StageNames.Motion or StageNames.Gate or StageNames.Alerts;

    /// <summary>True where lines of that group are relayed into it.</summary>
    /// <param name="producer">A group that has committed.</param>
    public bool IsHearing(GroupName producer) => Hears.Any(hears => hears.Group == producer);
}
