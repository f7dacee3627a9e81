namespace MaritimeWatch.Functions.Operations;

/// <summary>How a shadow's findings compare with the live store's, by kind; alerts are the kind <c>alert</c>.</summary>
public sealed record BackfillDifferences
{
    /// <summary>The shadow.</summary>
    public required string Shadow { get; init; }

    /// <summary>Live findings that began before are not compared: the shadow did not watch them; null compares all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>What became known live later is not compared; null compares all.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Some finding is simulated.</summary>
    public bool Simulated { get; init; }

    /// <summary>Counts by kind, of all that stand in one or both.</summary>
    public required IReadOnlyDictionary<string, BackfillCounts> Kinds { get; init; }

    /// <summary>Every difference, at most <see cref="ListedMax"/>; the counts are whole.</summary>
    public required IReadOnlyList<BackfillDifference> Differences { get; init; }

    /// <summary>Differences listed at most.</summary>
    public const int ListedMax = 10_000;
}

/// <summary>Counts of one kind.</summary>
/// <param name="Same">In both, and what an officer would be told is the same.</param>
/// <param name="Amended">In both, told otherwise.</param>
/// <param name="New">In the shadow alone.</param>
/// <param name="Gone">In the live store alone.</param>
public sealed record BackfillCounts(int Same, int Amended, int New, int Gone);

/// <summary>One difference.</summary>
/// <param name="Change">amended, new or gone.</param>
/// <param name="Kind">The finding's kind.</param>
/// <param name="Subject">Who it is about.</param>
/// <param name="StartAt">When it begins, in the shadow where it is there.</param>
/// <param name="ShadowId">Its id in the shadow, or null.</param>
/// <param name="LiveId">Its id in the live store, or null.</param>
/// <param name="What">What differs: <c>severity: low, was medium</c>.</param>
public sealed record BackfillDifference(
    string Change, string Kind, string Subject, string StartAt, string? ShadowId, string? LiveId, IReadOnlyList<string> What);
