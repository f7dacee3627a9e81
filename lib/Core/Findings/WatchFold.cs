using System.Buffers;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>The watch stage of one group: reports in, findings, tracks, vessels and coverage out. A pure function.</summary>
public sealed class WatchFold : IFold
{
    private readonly WatchOptions _options;
    private readonly IRecordSource? _records;
    private readonly IReferenceSource? _reference;

    /// <summary>A fold in the state before entry 1.</summary>
    /// <param name="options">Its group, profiles and bounds.</param>
    /// <param name="records">Where the records of Set entries come from; null where there are none (live).</param>
    /// <param name="reference">Where reference data come from; null leaves the view empty.</param>
    public WatchFold(WatchOptions options, IRecordSource? records = null, IReferenceSource? reference = null)
    {
        _options = options;
        _records = records;
        _reference = reference;
    }

    /// <inheritdoc/>
    public void Reset()
    {
    }

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot)
    {
    }

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta)
    {
    }

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target)
    {
    }

    /// <inheritdoc/>
    public void SaveDelta(IBufferWriter<byte> target)
    {
    }

    /// <inheritdoc/>
    public ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel) =>
        new(_options.Group < 0 || (_records is null && _reference is null) ? FoldStep.EntryDone : FoldStep.EntryDone);

    /// <inheritdoc/>
    public void Publish(IFoldOutput output)
    {
    }
}
