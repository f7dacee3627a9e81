namespace MaritimeWatch.Log;

/// <summary>When a worker commits. The stream of output is the same whatever is chosen; only its cuts differ.</summary>
public sealed record GroupWorkerOptions
{
    /// <summary>Commit whatever has been folded, 100,000 records at a time: replay, and a function that is called once.</summary>
    public static GroupWorkerOptions Replay { get; } = new();

    /// <summary>Commit as soon as the previous commit has landed, at most every 100 ms.</summary>
    public static GroupWorkerOptions Prompt { get; } =
        new() { CommitInterval = TimeSpan.FromMilliseconds(100), RecordsPerCommit = 20_000 };

    /// <summary>Commit every 60 s or 100,000 records: few storage operations.</summary>
    public static GroupWorkerOptions Thrift { get; } = new() { CommitInterval = TimeSpan.FromSeconds(60) };

    /// <summary>
    /// Time between commits while no budget is reached; zero commits at the end of every run. Within it a run answers
    /// <see cref="WorkerStep.Folded"/>.
    /// </summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.Zero;

    /// <summary>Records folded per commit, roughly; at least 1, default 100,000.</summary>
    public int RecordsPerCommit { get; init; } = 100_000;

    /// <summary>Entries folded per commit; at least 1, default 1,000.</summary>
    public int EntriesPerCommit { get; init; } = 1_000;

    /// <summary>Records asked of the fold in one step, roughly; at least 1, default 10,000.</summary>
    public int RecordsPerStep { get; init; } = 10_000;

    /// <summary>
    /// Output bytes after which a commit comes early; default 64 MB. It is looked at after each step, so the buffer can
    /// pass it by the lines of one step and of one Publish.
    /// </summary>
    public long OutputBytesPerCommit { get; init; } = 64L << 20;

    /// <summary>Deltas after which a whole snapshot is written; at least 0, default 32.</summary>
    public int DeltasMax { get; init; } = 32;

    /// <summary>
    /// Segments that a checkpoint names itself before they go to a manifest; at least 1, default 128: about 16 commits of
    /// the watch, so that one commit in 16 writes one blob more.
    /// </summary>
    public int TailMax { get; init; } = 128;
}

/// <summary>What one run of a worker came to.</summary>
public enum WorkerStep
{
    /// <summary>Nothing to fold and nothing to commit.</summary>
    Idle,

    /// <summary>Something is folded in memory and not yet committed: call again, at the latest at CommitDueAt.</summary>
    Folded,

    /// <summary>A checkpoint was written; there may be more to fold.</summary>
    Committed,

    /// <summary>Another worker was first; our work was thrown away and the next run reads again.</summary>
    Lost,
}
