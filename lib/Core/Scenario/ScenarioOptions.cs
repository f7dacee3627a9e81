namespace MaritimeWatch.Scenario;

/// <summary>What to simulate. The same options give the same bytes on every machine.</summary>
public sealed record ScenarioOptions
{
    /// <summary>Seed of all chance.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How long, in days; more than 0, at most 366. Default 7.</summary>
    public double Days { get; init; } = 7;

    /// <summary>How many ships and aircraft, 1 to 90,000. Default 300. Base stations and buoys come on top.</summary>
    public int Vessels { get; init; } = 300;

    /// <summary>The first instant, UTC. Default 2025-11-03 00:00.</summary>
    public DateTimeOffset StartAt { get; init; } = new(2025, 11, 3, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// The network keeps at most one position of a vessel in so many seconds, as coastal networks do; 1 to 600, default
    /// 60. With 1 the intervals are those of ITU-R M.1371-5, table 1 and 2.
    /// </summary>
    public int ReportThinningSeconds { get; init; } = 60;

    /// <summary>Probability that a second receiver that heard the same message delivers it too. Default 0.15.</summary>
    public double DuplicateShare { get; init; } = 0.15;

    /// <summary>
    /// Whether the week tells a story through all sources: scenes, manifests, notices and plates beside AIS. Default true;
    /// a recording shorter than 6.5 days has none.
    /// </summary>
    public bool Story { get; init; } = true;

    /// <summary>
    /// Whether ships on top of the traffic show every behaviour, with near misses and lawful look-alikes; default true.
    /// </summary>
    public bool Behaviours { get; init; } = true;

    /// <summary>A storm passes: ships slow down, drift and shelter, and reception suffers; default false.</summary>
    public bool Storm { get; init; }

    /// <summary>The berths of one port work at half their pace, so that ships queue; default false.</summary>
    public bool Congested { get; init; }

    /// <summary>True where the recording is long enough for the story that is wanted.</summary>
    public bool HasStory => Story && Days >= Cast.DaysLeast;

    /// <summary>Throws where a value is outside its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Days);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Days, 366);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Vessels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Vessels, 90_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReportThinningSeconds, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ReportThinningSeconds, 600);
        ArgumentOutOfRangeException.ThrowIfNegative(DuplicateShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DuplicateShare, 1);
    }
}
