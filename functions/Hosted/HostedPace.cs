using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Intake.Ais;

namespace MaritimeWatch.Functions.Hosted;

/// <summary>How a hosted pipeline spends its time and its storage operations. Nothing that is written depends on it.</summary>
public sealed record HostedPace
{
    /// <summary>Time to a finding first.</summary>
    public static HostedPace Prompt { get; } = new();

    /// <summary>Storage operations first: the stages after the watch wait, and so does everything that is only a hint.</summary>
    public static HostedPace Thrift { get; } = new()
    {
        LandEvery = LandingBufferSettings.Thrift.MaxAge,
        CommitPause = TimeSpan.Zero, // The door has batched already.
        LookPause = TimeSpan.Zero,
        StagesEvery = TimeSpan.FromMinutes(5),
        WakeDelay = TimeSpan.FromSeconds(30),
        RenewEvery = TimeSpan.FromMinutes(2),
        LiveFor = TimeSpan.FromMinutes(6),
        CountEvery = TimeSpan.FromMinutes(1),
    };

    /// <summary>
    /// The longest that a line of a socket waits for its blob; default 200 ms. Every blob is an entry for every group and a
    /// message: twice as many blobs are twice as many requests, and a storage that has too many to answer is later than this.
    /// </summary>
    public TimeSpan LandEvery { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The shortest time from one commit of a group to the next; default 200 ms, the time from one blob to the next.</summary>
    public TimeSpan CommitPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The shortest time from one look of a stage's relay to the next; default 200 ms.</summary>
    public TimeSpan LookPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The shortest time between two rounds of the stages after the watch; default 0: after every commit that they hear.</summary>
    public TimeSpan StagesEvery { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// How long a wake for another worker's group waits, so that its owner, who gets messages himself, is there first;
    /// whole seconds, as queues on Azure know no others; default 1 s.
    /// </summary>
    public TimeSpan WakeDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a worker that has work says that it lives; default 5 s.</summary>
    public TimeSpan RenewEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long without a word a worker counts as gone; default 15 s, more than <see cref="RenewEvery"/>.</summary>
    public TimeSpan LiveFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a door asks how many messages wait; default 5 s.</summary>
    public TimeSpan CountEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long one invocation works before it hands the rest on by a wake; default 60 s, below the host's own limit
    /// (5 minutes on Consumption), after which the host would kill the process with all that runs in it.
    /// </summary>
    public TimeSpan WorkFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A group without work for so long lets go of its state; default 10 minutes.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Commits in a row that may be lost to others before the group is left to them; default 8.</summary>
    public int LostMax { get; init; } = 8;

    /// <summary>The pace of a mode.</summary>
    /// <param name="mode">The mode.</param>
    public static HostedPace Of(LiveMode mode) => mode.Name == LiveMode.Thrift.Name ? Thrift : Prompt;
}
