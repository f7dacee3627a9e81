namespace MaritimeWatch.Feeds;

/// <summary>What is asked of one collection.</summary>
public sealed record FeedQuery
{
    /// <summary>Only features whose geometry meets this area, or that have none; null for everywhere.</summary>
    public FeedArea? Area { get; init; }

    /// <summary>Only features that end at or after this instant (milliseconds), or that have no time.</summary>
    public long FromMs { get; init; } = long.MinValue;

    /// <summary>Only features that begin at or before this instant (milliseconds), or that have no time.</summary>
    public long ToMs { get; init; } = long.MaxValue;

    /// <summary>Each must hold.</summary>
    public IReadOnlyList<FeedFilter> Filters { get; init; } = [];

    /// <summary>Only what changed after this generation; 0 for everything.</summary>
    public int SinceGeneration { get; init; }

    /// <summary>Only rows before this one: where the last page ended.</summary>
    public long Before { get; init; } = long.MaxValue;

    /// <summary>How many rows at most, from 0 (only count) to 10,000.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>A property must have one of some values.</summary>
/// <param name="Column">Index of the queryable within its collection.</param>
/// <param name="Codes">The values as the model codes them; a value it never met has a code that matches nothing.</param>
public sealed record FeedFilter(int Column, IReadOnlyList<int> Codes);

/// <summary>Where the bytes of a line are.</summary>
/// <param name="Segment">Index of the segment in the model.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct LinePlace(int Segment, long Offset, int Length);

/// <summary>One row of a page.</summary>
/// <param name="Sequence">Its place in the order, newest highest; stable.</param>
/// <param name="Revision">The line's revision, or 1.</param>
/// <param name="Place">Where its bytes are.</param>
public readonly record struct FeedRow(long Sequence, int Revision, LinePlace Place);

/// <summary>An answer: newest first.</summary>
/// <param name="Matched">How many rows match in all, exactly.</param>
/// <param name="Rows">This page's.</param>
/// <param name="HasMore">There are rows after this page.</param>
public sealed record FeedPage(int Matched, IReadOnlyList<FeedRow> Rows, bool HasMore);
