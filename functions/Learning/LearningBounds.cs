namespace MaritimeWatch.Functions.Learning;

/// <summary>How much one run of the learning reads, holds and works. What does not fit is left for the next run.</summary>
internal sealed record LearningBounds
{
    /// <summary>For a process whose host kills it when a function takes longer than its time-out (host.json).</summary>
    public static LearningBounds Hosted { get; } = new();

    /// <summary>For a process of our own: nobody waits.</summary>
    public static LearningBounds Embedded { get; } = new() { WorkFor = TimeSpan.FromHours(2), GatherFor = TimeSpan.FromHours(1) };

    /// <summary>After so long a run gives up, and nothing of it comes into force; default 8 minutes, below the host's 10.</summary>
    public TimeSpan WorkFor { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>After so long no more output is gathered, and what there is is learned from; default 5 minutes.</summary>
    public TimeSpan GatherFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Requests to the store after which no more output is gathered; default 200,000, at least 100.</summary>
    public int RequestsMax { get; init; } = 200_000;

    /// <summary>
    /// Manifests of a group that are read at most to find what is new; default 20,000, some days of a busy watch in prompt.
    /// Output older than that is never gathered.
    /// </summary>
    public int ManifestsMax { get; init; } = 20_000;

    /// <summary>Lines of a pack before they are compressed, bytes; default 32 MiB. A pack is what a run that dies has not lost.</summary>
    public int PackBytes { get; init; } = 32 << 20;

    /// <summary>
    /// Compressed bytes of packs that are learned from, the newest; default 96 MiB. Held in memory they take about twice
    /// that, and as much again while voyages are cut.
    /// </summary>
    public long LearnBytesMax { get; init; } = 96L << 20;

    /// <summary>Packs that end so long before what every group has heard are forgotten and deleted; default 540 days, as voyages are.</summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromDays(540);

    /// <summary>A voyage is learned from when its ship's group was heard for so long after it; default 6 hours.</summary>
    public TimeSpan SettledAfter { get; init; } = TimeSpan.FromHours(6);

    /// <summary>
    /// How long what was learned stands before it is learned anew, by our clock; default 20 hours. A run before that gathers
    /// only: gathering is due more often where the watch commits often.
    /// </summary>
    public TimeSpan LearnEvery { get; init; } = TimeSpan.FromHours(20);

    /// <summary>Commits that are read at once; default 16.</summary>
    public int AtOnce { get; init; } = 16;
}
