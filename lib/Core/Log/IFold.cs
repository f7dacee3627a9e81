using System.Buffers;

namespace MaritimeWatch.Log;

/// <summary>The kinds of entry in an inbox. The number is stored: never renumber.</summary>
public enum EntryKind : byte
{
    /// <summary>Records decoded from one landed blob, for this group (binary, see Intake).</summary>
    Batch = 1,

    /// <summary>A named set of landed files, folded in event order (JSON <c>ReplaySet</c>).</summary>
    Set = 2,

    /// <summary>A tick of the clock (JSON: at).</summary>
    Tick = 3,

    /// <summary>A new version of reference data (JSON: kind, version, hash).</summary>
    Reference = 4,

    /// <summary>A person's action (JSON).</summary>
    Action = 5,

    /// <summary>Lines that stages before this one have committed (see <see cref="NewsEntry"/>).</summary>
    News = 6,
}

/// <summary>One numbered entry of an inbox.</summary>
/// <param name="Number">From 1, without holes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Body">Its bytes after the kind.</param>
public readonly record struct InboxEntry(long Number, EntryKind Kind, ReadOnlyMemory<byte> Body);

/// <summary>
/// A stage as a pure function: state + entry -> state + output. One instance holds the state of one group. It reads no
/// clock and no mutable outside; what a Set names is immutable (landed bytes) and is read through a source that the
/// stage was given. Given the same entries it gives the same bytes, whatever the budget of each call.
/// </summary>
public interface IFold
{
    /// <summary>
    /// True where <see cref="SaveDelta"/> writes the whole state: then each commit writes a snapshot, and whoever loads
    /// the state reads one blob.
    /// </summary>
    bool SavesWhole => false;

    /// <summary>Forgets everything: the state before entry 1.</summary>
    void Reset();

    /// <summary>Takes the state from a snapshot (after <see cref="Reset"/>).</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged or from a newer version.</exception>
    /// <exception cref="OlderFormatException">The bytes are of a format that this build no longer reads.</exception>
    void RestoreSnapshot(ReadOnlySpan<byte> snapshot);

    /// <summary>
    /// Applies a delta written by <see cref="SaveDelta"/>, in order: to what was restored, or to the state in memory as it
    /// was when it was saved last.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are damaged or from a newer version.</exception>
    /// <exception cref="OlderFormatException">The bytes are of a format that this build no longer reads.</exception>
    void RestoreDelta(ReadOnlySpan<byte> delta);

    /// <summary>Writes the whole state.</summary>
    void SaveSnapshot(IBufferWriter<byte> target);

    /// <summary>Writes what changed since the last SaveSnapshot, SaveDelta or Restore.</summary>
    void SaveDelta(IBufferWriter<byte> target);

    /// <summary>
    /// Folds an entry from a record on. Stops after about <paramref name="budget"/> records or at the entry's end.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="fromRecord">The first record to fold, from 0.</param>
    /// <param name="budget">Roughly how many records to fold at most, at least 1.</param>
    /// <param name="output">Takes the lines that this makes.</param>
    /// <param name="cancel">Stops reading; the state is then thrown away by the caller.</param>
    /// <returns>The next record to fold, or <see cref="FoldStep.EntryDone"/>.</returns>
    ValueTask<FoldStep> FoldAsync(InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel);

    /// <summary>
    /// Called right before a commit: lines that show the present (open track pieces, vessels that moved), which
    /// readers replace by id. They are views: nothing may depend on how often they are written.
    /// </summary>
    void Publish(IFoldOutput output);
}

/// <summary>Where a fold stands after a step.</summary>
/// <param name="NextRecord">
/// The next record of the same entry; when done, how many records the entry had (it counts for the worker's budget), or 0.
/// </param>
/// <param name="IsDone">The entry has been folded to its end.</param>
public readonly record struct FoldStep(long NextRecord, bool IsDone)
{
    /// <summary>The entry has been folded to its end.</summary>
    public static FoldStep EntryDone { get; } = new(0, true);
}

/// <summary>Takes output lines; each collection becomes one segment per commit.</summary>
public interface IFoldOutput
{
    /// <summary>Adds one line (UTF-8 JSON without the newline) to a collection's segment.</summary>
    /// <param name="collection">A short lower-case name: <c>findings</c>, <c>vessels</c>, <c>tracks</c>...</param>
    /// <param name="line">One JSON object, no newline in it.</param>
    void WriteLine(string collection, ReadOnlySpan<byte> line);
}
