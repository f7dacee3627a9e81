using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Stores;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Gives folds the records of a set: decodes its landed blobs, sorts them once for
/// all groups, and keeps what was refused. The records of a set are always the same, so a fold that was interrupted
/// finds them where it left off.
/// </summary>
/// <param name="store">Holds the landed bytes.</param>
/// <param name="map">Shards to groups.</param>
/// <param name="temporaryFolder">For the sort's files; emptied at disposal.</param>
/// <param name="seen">Called with the running counts while a set is read; for progress.</param>
/// <param name="verifies">Checks the hash of every landed blob before it is read (a replay has just computed it).</param>
internal sealed class LandedRecords(
    IBlobStore store, GroupMap map, string temporaryFolder, Action<AisReadCounts>? seen = null, bool verifies = false)
    : IDisposable
{
    private readonly SemaphoreSlim sorting = new(1, 1);
    private readonly Dictionary<string, SortedReplay> sorted = [];
    private readonly Dictionary<string, AisReadCounts> counts = [];

    /// <summary>The records as the fold of one group wants them.</summary>
    /// <param name="group">The group.</param>
    public IRecordSource For(int group) => new GroupRecords(this, group);

    /// <summary>What became of every line of a set that was decoded here; null where it was not.</summary>
    /// <param name="setId">The set.</param>
    public AisReadCounts? CountsOf(string setId) => counts.GetValueOrDefault(setId);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var set in sorted.Values)
        {
            set.Dispose();
        }

        sorting.Dispose();
    }

    private async ValueTask<SortedReplay> SortedAsync(ReplaySet set, CancellationToken cancel)
    {
        await sorting.WaitAsync(cancel);
        try
        {
            if (!sorted.TryGetValue(set.Id, out var ready))
            {
                ready = await SortAsync(set, cancel);
                sorted.Add(set.Id, ready);
            }

            return ready;
        }
        finally
        {
            sorting.Release();
        }
    }

    private async Task<SortedReplay> SortAsync(ReplaySet set, CancellationToken cancel)
    {
        var sources = new SourceTable();
        using var sorter = new ReplaySorter(map, sources, new ReplaySorterOptions { TemporaryFolder = temporaryFolder });
        var total = new AisReadCounts();
        foreach (var file in set.Files)
        {
            var landing = sorter.AddLanding(new LandingName(file.Name, file.Hash));
            await using var landed = await OpenAsync(file.Name, cancel);
            var refused = new RejectBatch();
            var options = new AisReadOptions
            {
                SourceName = file.Source,
                Sources = sources,
                LandingIndex = landing,
                StartAtMs = set.StartAtMs,
                Simulated = set.Simulated,
            };
            total.Add(Read(landed, options, sorter, refused, cancel));
            seen?.Invoke(total);
            await new Rejects(store).KeepAsync(LandedBlob.FromName(file.Name), refused, cancel);
        }

        counts[set.Id] = total;
        return sorter.Finish(cancel);
    }

    private async Task<RecordingStream> OpenAsync(string name, CancellationToken cancel)
    {
        var landing = new Landing(store);
        if (verifies && await landing.OpenVerifiedAsync(name, cancel) is { } verified)
        {
            await using (verified)
            {
                await verified.CopyToAsync(Stream.Null, cancel);
            }
        }

        var landed = await landing.OpenAsync(name, 0, cancel)
            ?? throw new InvalidDataException($"{name} is gone: it was purged, so the set cannot be folded again");
        return RecordingFile.Open(landed);
    }

    private static AisReadCounts Read(
        RecordingStream landed, AisReadOptions options, ReplaySorter sorter, RejectBatch refused, CancellationToken cancel)
    {
        var sink = sorter.Sink((in Refusal refusal, ReadOnlySpan<byte> bytes) =>
            refused.Add(refusal.Fault.ToString(), refusal.Offset, refusal.Length, refusal.LineNumber, bytes));
        var counts = AisReader.Read(landed, options, ref sink, cancel);
        if (landed.Trouble is not null)
        {
            counts.CountRefusal(IntakeFault.Truncated);
        }

        return counts;
    }

    private sealed class GroupRecords(LandedRecords records, int group) : IRecordSource
    {
        public async ValueTask<IRecordStream> OpenAsync(ReplaySet set, long fromRecord, CancellationToken cancel) =>
            (await records.SortedAsync(set, cancel)).Open(group, fromRecord);
    }
}
