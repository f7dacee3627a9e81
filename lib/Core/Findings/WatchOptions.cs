namespace MaritimeWatch.Findings;

/// <summary>What a watch fold is told at its making. Part of the build as it were: the same for all of a store's life.</summary>
public sealed record WatchOptions
{
    /// <summary>Which group this is, from 0; goes into the ids of findings.</summary>
    public int Group { get; init; }

    /// <summary>Profiles that run side by side: names from <c>Profiles</c>, 1 to 4; default <c>default</c>.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = ["default"];

    /// <summary>Most vessels held at once, 1,000 to 10,000,000; default 1,000,000. Newcomers are evicted first.</summary>
    public int VesselsMax { get; init; } = 1_000_000;

    /// <summary>
    /// The collection slow holds ships in port too; default false: they are many. True by itself where a profile judges
    /// encounters in port.
    /// </summary>
    public bool SlowInPort { get; init; }

    /// <summary>Reports up to so much older than the newest are in time, live; default 2 minutes.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A finding is settled when the watermark has passed its end by so much; default 1 hour.</summary>
    public TimeSpan SettleAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Most reports held back because their time is ahead and unconfirmed; default 4,096.</summary>
    public int PendingMax { get; init; } = 4096;
}
