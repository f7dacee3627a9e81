using MaritimeWatch.Terms;

namespace MaritimeWatch.Findings;

/// <summary>
/// One revision of a finding of a stage after the watch (scenes, gate, declared, alerts, encounters): what the stage
/// knows, as data. <see cref="StageFindings"/> gives it its id and revision and writes it as the watch writes its own.
/// </summary>
public sealed record StageFinding
{
    /// <summary>What it is.</summary>
    public required FindingKind Kind { get; init; }

    /// <summary>Who it is about: <c>mmsi:N</c>, <c>detection:SCENE:n</c>, <c>plate:TOKEN</c>, <c>call:LOCODE:MMSI:at</c>...</summary>
    public required string Subject { get; init; }

    /// <summary>The zone, port, other party or lane that it concerns, or null.</summary>
    public string? Concerns { get; init; }

    /// <summary>The vessel, or null.</summary>
    public uint? Mmsi { get; init; }

    /// <summary>Name of the subject, or null.</summary>
    public string? Name { get; init; }

    /// <summary>How much it asks for a person's eye.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Open, closed or retracted.</summary>
    public FindingLife Life { get; init; } = FindingLife.Closed;

    /// <summary>Later data can no longer change it.</summary>
    public bool IsSettled { get; init; }

    /// <summary>When it began, milliseconds since 1970 UTC.</summary>
    public required long StartAtMs { get; init; }

    /// <summary>When it ended, or null while it goes on.</summary>
    public long? EndAtMs { get; init; }

    /// <summary>When this revision could be said: the event time of what brought it.</summary>
    public required long KnownAtMs { get; init; }

    /// <summary>The sentence for people.</summary>
    public required string Reason { get; init; }

    /// <summary>Why it was amended or retracted, or null.</summary>
    public string? Because { get; init; }

    /// <summary>The rule that made it.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule's version, from 1.</summary>
    public int RuleVersion { get; init; } = 1;

    /// <summary>What was measured; the first is the one that counts.</summary>
    public required IReadOnlyList<Figure> Measure { get; init; }

    /// <summary>The thresholds that it met.</summary>
    public required IReadOnlyList<Figure> Thresholds { get; init; }

    /// <summary>The smallest change that would have cleared it.</summary>
    public required Figure ClearsIf { get; init; }

    /// <summary>The same in words.</summary>
    public required string ClearsIfText { get; init; }

    /// <summary>Where it happened: nothing, a place or a line.</summary>
    public IReadOnlyList<Position> Places { get; init; } = [];

    /// <summary>The landed bytes that it stands on.</summary>
    public IReadOnlyList<StageEvidence> Evidence { get; init; } = [];

    /// <summary>Ids of the findings and other lines that it stands on.</summary>
    public IReadOnlyList<string> StandsOn { get; init; } = [];

    /// <summary>Versions of reference data and models that were used: name to version.</summary>
    public IReadOnlyDictionary<string, int> Reference { get; init; } = new SortedDictionary<string, int>(StringComparer.Ordinal);

    /// <summary>Something in the evidence is simulated.</summary>
    public bool IsSimulated { get; init; }
}

/// <summary>Where a piece of evidence lies.</summary>
/// <param name="Landing">The landed blob.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Offset">Where in it, bytes.</param>
/// <param name="Length">How long, bytes; 0 for all of it.</param>
/// <param name="AtMs">When it was observed, milliseconds since 1970 UTC.</param>
public readonly record struct StageEvidence(string Landing, string Hash, long Offset, int Length, long AtMs);
