namespace MaritimeWatch.Scenario;

/// <summary>The instants of the story, milliseconds since 1970 UTC, each made by what the ships really do.</summary>
internal sealed record StoryTimes
{
    /// <summary>The feeder casts off in Larvik.</summary>
    public long DepartedAtMs { get; init; }

    /// <summary>It turns out of its lane.</summary>
    public long LeftLaneAtMs { get; init; }

    /// <summary>It lies beside the coaster.</summary>
    public long MetAtMs { get; init; }

    /// <summary>The two part.</summary>
    public long PartedAtMs { get; init; }

    /// <summary>The transmitter goes off.</summary>
    public long SilentAtMs { get; init; }

    /// <summary>The radar scene is taken.</summary>
    public long SceneAtMs { get; init; }

    /// <summary>The scene has arrived.</summary>
    public long SceneReceivedAtMs { get; init; }

    /// <summary>The transmitter goes on again.</summary>
    public long HeardAgainAtMs { get; init; }

    /// <summary>Back on the lane.</summary>
    public long RejoinedAtMs { get; init; }

    /// <summary>Anchored off Gothenburg: the berths are full.</summary>
    public long AnchoredAtMs { get; init; }

    /// <summary>Made fast in Gothenburg.</summary>
    public long BerthedAtMs { get; init; }

    /// <summary>An earlier scene of the same place, with nothing in it.</summary>
    public long QuietSceneAtMs { get; init; }

    /// <summary>The last of the evidence that can be had before the ship berths.</summary>
    public long LastEvidenceAtMs => Math.Max(HeardAgainAtMs, SceneReceivedAtMs);
}
