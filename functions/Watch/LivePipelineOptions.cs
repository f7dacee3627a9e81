namespace MaritimeWatch.Functions.Watch;

/// <summary>Bounds and patience of the live pipeline.</summary>
public sealed record LivePipelineOptions
{
    /// <summary>What matters more: time to a finding, or storage operations.</summary>
    public LiveMode Mode { get; init; } = LiveMode.Prompt;

    /// <summary>How long a message is ours before it is delivered again; default 60 s.</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Landed blobs that may wait to be decoded before doors say "later"; default 2,000.</summary>
    public int WaitingMax { get; init; } = 2_000;

    /// <summary>Time between ticks of the officers' clock in each group's inbox; default 1 minute.</summary>
    public TimeSpan TickEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a clean end may take; default 20 s.</summary>
    public TimeSpan DrainWithin { get; init; } = TimeSpan.FromSeconds(20);
}
