using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch;

/// <summary>What a live pipeline is made of.</summary>
public sealed record LivePipelineParts
{
    /// <summary>The store.</summary>
    public required IBlobStore Store { get; init; }

    /// <summary>What was decided when the store was made.</summary>
    public required StoreFormat Format { get; init; }

    /// <summary>Where the doors say what was landed.</summary>
    public required IWorkQueue Queue { get; init; }

    /// <summary>How many messages wait.</summary>
    public required QueueDepth Depth { get; init; }

    /// <summary>Where refused lines are counted by source.</summary>
    public required SourceBoard Board { get; init; }

    /// <summary>Makes the fold of a group.</summary>
    public required Func<int, IFold> NewFold { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The log.</summary>
    public required ILogger Log { get; init; }

    /// <summary>
    /// Whether the officers' clock is told to the groups now; default always. A host says yes only once a live source
    /// has been heard: a store of recordings must not age by our clock, or all its ships would seem to fall silent.
    /// </summary>
    public Func<bool> WantsTicks { get; init; } = static () => true;

    /// <summary>Called after a tick was told to the groups: the stages after the watch are told too.</summary>
    public Func<DateTimeOffset, Task> Ticked { get; init; } = static _ => Task.CompletedTask;

    /// <summary>Called after every commit: a read model has something new.</summary>
    public Action<GroupName, Checkpoint>? Committed { get; init; }

    /// <summary>Called when the store has trouble that will not pass by itself.</summary>
    public Action<string>? Stopped { get; init; }

    /// <summary>Called with the time from receipt to commit of every blob and group.</summary>
    public Action<TimeSpan>? Timed { get; init; }

    /// <summary>At the end decode, fold and commit what is there; default true. A test that kills says false.</summary>
    public bool DrainAtEnd { get; init; } = true;

    /// <summary>Called at the named moments of decoding; does nothing in production.</summary>
    public Action<string> Kill { get; init; } = static _ => { };

    /// <summary>Called at the named moments of a commit; null in production.</summary>
    public KillPoint? KillCommit { get; init; }
}

/// <summary>The moments of decoding at which a process may die.</summary>
public static class PipelineMoments
{
    /// <summary>A message was taken.</summary>
    public const string AfterReceive = "after-receive";

    /// <summary>All batches were appended.</summary>
    public const string AfterAppend = "after-append";

    /// <summary>The message is done.</summary>
    public const string AfterComplete = "after-complete";
}

/// <summary>Thrown by a test at a named moment in place of the end of the process.</summary>
public sealed class PipelineKilledException : Exception;
