using System.Text.Json.Serialization;

namespace MaritimeWatch.Log;

/// <summary>
/// The one conditional write of a group: where it stands in its inbox and the immutable blobs that belong to that
/// standing. Readers see only what a checkpoint names.
/// </summary>
public sealed record Checkpoint
{
    /// <summary>
    /// The format that this build writes; a newer one is refused, not guessed at. Format 1, in which each segment is a
    /// blob of its own, is read for good.
    /// </summary>
    public const int FormatNow = 2;

    /// <summary>Format of this checkpoint.</summary>
    public int Format { get; init; } = FormatNow;

    /// <summary>Counts commits of this group, from 1.</summary>
    public required long Generation { get; init; }

    /// <summary>The entry to fold next, from 1.</summary>
    public required long NextEntry { get; init; }

    /// <summary>The record of that entry to fold next, from 0 (more than 0 only inside a Set).</summary>
    public required long NextRecord { get; init; }

    /// <summary>Blob with the whole state, or null before the first.</summary>
    public string? Snapshot { get; init; }

    /// <summary>Blobs with what changed since the snapshot, in order; bounded.</summary>
    public IReadOnlyList<string> Deltas { get; init; } = [];

    /// <summary>Blob that names older segments (and the manifest before it), or null.</summary>
    public string? Manifest { get; init; }

    /// <summary>The newest output segments, in order; bounded.</summary>
    public IReadOnlyList<SegmentName> Tail { get; init; } = [];
}

/// <summary>
/// An output segment: NDJSON, one line per feature or revision, immutable. The segments of one commit lie one after the
/// other in one blob, the pack. Read it with <see cref="SegmentReader"/>.
/// </summary>
/// <param name="Collection">Which collection its lines belong to.</param>
/// <param name="Blob">The blob's name.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Lines">How many lines.</param>
/// <param name="Offset">Where in the blob it begins; 0 where it has the blob for itself (format 1).</param>
public sealed record SegmentName(
    string Collection,
    string Blob,
    long Length,
    int Lines,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Offset = 0);
