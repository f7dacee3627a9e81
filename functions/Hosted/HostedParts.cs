using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Hosted;

/// <summary>What a hosted pipeline is made of.</summary>
public sealed record HostedParts
{
    /// <summary>The store.</summary>
    public required IBlobStore Store { get; init; }

    /// <summary>What was decided when the store was made.</summary>
    public required StoreFormat Format { get; init; }

    /// <summary>The queue <c>wake</c>.</summary>
    public required IWorkSender Wake { get; init; }

    /// <summary>The stages after the watch, in the order in which one may hear of another.</summary>
    public required IReadOnlyList<StagePlan> Plans { get; init; }

    /// <summary>Makes the decoder of a door of those stages, when it is needed first; null where there is no such door.</summary>
    public required Func<string, ILandedDecoder?> NewDecoder { get; init; }

    /// <summary>Makes the fold of a group of the watch.</summary>
    public required Func<int, IFold> NewFold { get; init; }

    /// <summary>When a commit is full.</summary>
    public required GroupWorkerOptions Commits { get; init; }

    /// <summary>How time and storage operations are spent.</summary>
    public required HostedPace Pace { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The log.</summary>
    public required ILogger Log { get; init; }

    /// <summary>This process, among all that ever were: random.</summary>
    public required string WorkerId { get; init; }

    /// <summary>False in an app without the door <c>watch</c>: it appends and wakes, others fold. Default true.</summary>
    public bool Folds { get; init; } = true;

    /// <summary>Where refused lines are counted by source; null counts them nowhere.</summary>
    public SourceBoard? Board { get; init; }

    /// <summary>Awaited at every tick, before all is brought up to date: may append to inboxes. Null does nothing.</summary>
    public Func<CancellationToken, Task>? MinuteOver { get; init; }

    /// <summary>Called after every commit of a group.</summary>
    public Action<GroupName, Checkpoint>? Committed { get; init; }

    /// <summary>Awaited after a commit of the alerts, before the message that brought it is done: pushes are put out here.</summary>
    public Func<CancellationToken, Task>? AlertsCommitted { get; init; }

    /// <summary>Called with the time from receipt to commit of every blob and group.</summary>
    public Action<TimeSpan>? Timed { get; init; }

    /// <summary>Called at the named moments of handlers, commits and relays; null in production.</summary>
    public KillPoint? Kill { get; init; }
}
