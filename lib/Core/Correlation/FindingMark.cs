namespace MaritimeWatch.Correlation;

/// <summary>What people have said of a finding, as far as the stage remembers it; the inbox has all of it.</summary>
internal sealed class FindingMark
{
    /// <summary>Earlier words that a line repeats; how many there were in all is <see cref="Revision"/>.</summary>
    public const int HistoryMax = 16;

    /// <summary>The finding.</summary>
    public required string Finding { get; init; }

    public required string Kind { get; init; }

    public string? Rule { get; init; }

    public string? Profile { get; init; }

    public required string Subject { get; init; }

    public bool IsSimulated { get; init; }

    /// <summary>Counts what was said, from 1.</summary>
    public int Revision { get; set; }

    /// <summary>The last words, oldest first.</summary>
    public List<FindingWord> Words { get; init; } = [];

    /// <summary>What holds now.</summary>
    public FindingWord Last => Words[^1];
}

/// <summary>One thing that was said of a finding.</summary>
/// <param name="IsFalse">It is false; else a mark was withdrawn.</param>
/// <param name="Reason">Why, or null.</param>
/// <param name="ByRole">The speaker's role.</param>
/// <param name="AtMs">When, milliseconds since 1970 UTC.</param>
/// <param name="OfRevision">The finding's revision that was looked at.</param>
internal sealed record FindingWord(bool IsFalse, string? Reason, string ByRole, long AtMs, int OfRevision);
