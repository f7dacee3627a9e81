using System.Buffers;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Findings;

/// <summary>
/// The watch stage of one group: reports in; findings, port calls, stays, tracks, vessels and coverage out. A pure
/// function of the entries, whatever the budget of each step.
/// </summary>
public sealed class WatchFold : IFold, IDisposable
{
    private readonly WatchState _state;
    private readonly VesselWatch _watch;
    private readonly RecordFold _records;
    private readonly WatchViews _views;
    private readonly IReferenceSource? _reference;
    private readonly SetReader _set;

    /// <summary>A fold in the state before entry 1.</summary>
    /// <param name="options">Its group, profiles and bounds.</param>
    /// <param name="records">Where the records of Set entries come from; null where there are none (live).</param>
    /// <param name="reference">Where reference data come from; null leaves the view empty.</param>
    public WatchFold(WatchOptions options, IRecordSource? records = null, IReferenceSource? reference = null)
    {
        _state = new WatchState(options);
        _watch = new VesselWatch(_state);
        _records = new RecordFold(_state, _watch);
        _views = new WatchViews(_state, _watch.Lines);
        _set = new SetReader(records);
        _reference = reference;
    }

    internal WatchState State => _state;

    /// <summary>What became of the records so far.</summary>
    public WatchCounts Counts => _state.Counts;

    /// <summary>Vessels in the table.</summary>
    public int VesselCount => _state.Table.Count;

    /// <summary>Event time up to which everything has been seen, milliseconds since 1970 UTC; null before any.</summary>
    public long? WatermarkMs => _state.Clock.WatermarkMs == EventClock.None ? null : _state.Clock.WatermarkMs;

    /// <inheritdoc/>
    public void Dispose()
    {
        _set.Close();
        _watch.Dispose();
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _state.Clear();
        _views.Clear();
        _set.Close();
    }

    /// <inheritdoc/>
    public void RestoreSnapshot(ReadOnlySpan<byte> snapshot) => WatchStateCodec.Restore(_state, snapshot, whole: true);

    /// <inheritdoc/>
    public void RestoreDelta(ReadOnlySpan<byte> delta) => WatchStateCodec.Restore(_state, delta, whole: false);

    /// <inheritdoc/>
    public void SaveSnapshot(IBufferWriter<byte> target) => WatchStateCodec.Save(_state, target, whole: true);

    /// <inheritdoc/>
    public void SaveDelta(IBufferWriter<byte> target) => WatchStateCodec.Save(_state, target, whole: false);

    /// <inheritdoc/>
    public void Publish(IFoldOutput output) => _views.Publish(output);

    /// <inheritdoc/>
    public async ValueTask<FoldStep> FoldAsync(
        InboxEntry entry, long fromRecord, int budget, IFoldOutput output, CancellationToken cancel)
    {
        await _state.Reference.LoadAsync(_reference, cancel).ConfigureAwait(false);
        _state.Output = output;
        _state.Trigger = new Trigger(_state.Options.Group, entry.Number, fromRecord);
        switch (entry.Kind)
        {
            case EntryKind.Batch:
                return FoldBatch(entry, fromRecord, budget);
            case EntryKind.Set:
                return await FoldSetAsync(entry, fromRecord, budget, cancel).ConfigureAwait(false);
            case EntryKind.Reference:
                NameReference(entry.Body.Span);
                await _state.Reference.LoadAsync(_reference, cancel).ConfigureAwait(false);
                return FoldStep.EntryDone;
            default: // A tick of the door's clock moves nothing here: time is what reports say.
                return FoldStep.EntryDone;
        }
    }

    private FoldStep FoldBatch(InboxEntry entry, long fromRecord, int budget)
    {
        var batch = RecordBatch.Read(entry.Body);
        var key = $"{(batch.Landings.Count > 0 ? batch.Landings[0].Hash : string.Empty)}/{batch.Part}";
        if (fromRecord == 0 && batch.Landings.Count > 0)
        {
            if (_state.Seen.Contains(key))
            {
                _state.Counts.Repeated++;
                return FoldStep.EntryDone;
            }

            _state.Seen.Add(key);
        }

        _records.Begin(batch.Landings, batch.Sources, batch.ReceivedAtMs);
        var reader = new RecordReader(batch.Records.Span);
        long record = 0;
        for (; record < fromRecord && reader.MoveNext(); record++)
        {
            // Folded in an earlier step.
        }

        return _records.Fold(ref reader, entry.Number, ref record, budget) < budget
            ? FoldStep.EntryDone
            : new FoldStep(record, false);
    }

    private async ValueTask<FoldStep> FoldSetAsync(
        InboxEntry entry, long fromRecord, int budget, CancellationToken cancel)
    {
        if (fromRecord == 0)
        {
            var set = ReplaySet.FromBytes(entry.Body.Span);
            if (_state.Seen.Contains(set.Id))
            {
                _state.Counts.Repeated++;
                return FoldStep.EntryDone;
            }

            _state.Seen.Add(set.Id);
        }

        await _set.SeekAsync(entry, fromRecord, cancel).ConfigureAwait(false);
        _records.Begin(_set.Landings, _set.Sources, EventClock.None);
        var record = fromRecord;
        while (budget > 0)
        {
            var chunk = await _set.ChunkAsync(cancel).ConfigureAwait(false);
            if (chunk.IsEmpty)
            {
                _records.EndReplay(entry.Number, record);
                _set.Close();
                return FoldStep.EntryDone;
            }

            var (folded, bytes) = FoldChunk(chunk.Span, entry.Number, ref record, budget);
            _set.Used(folded, bytes);
            budget -= folded;
        }

        return new FoldStep(record, false);
    }

    private (int Folded, int Bytes) FoldChunk(ReadOnlySpan<byte> chunk, long entry, ref long record, int budget)
    {
        var reader = new RecordReader(chunk);
        var folded = _records.Fold(ref reader, entry, ref record, budget);
        return (folded, reader.Consumed);
    }

    private void NameReference(ReadOnlySpan<byte> body)
    {
        var (kind, version) = EntryJson.Reference(body);
        _state.Reference.Name(kind, version);
    }
}
