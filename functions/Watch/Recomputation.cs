using MaritimeWatch.Findings;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Makes a finding again from the inbox and the landed bytes that it names, ignoring every checkpoint's state and every
/// segment, and says whether the bytes agree. The hash of every landed blob that is read is checked first.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock; only for waiting on the store.</param>
internal sealed class Recomputation(WatchStore store, TimeProvider time)
{
    private const int RecordsPerStep = 50_000;

    /// <summary>Makes it again.</summary>
    /// <param name="id">The finding's id.</param>
    /// <param name="name">The group that found it.</param>
    /// <param name="stored">Its revisions as they are stored, in order.</param>
    /// <param name="temporaryFolder">For the sort of replayed sets.</param>
    /// <param name="cancel">Stops the work.</param>
    public async Task<RecomputationResult> RunAsync(
        string id, GroupName name, IReadOnlyList<ReadOnlyMemory<byte>> stored, string temporaryFolder, CancellationToken cancel)
    {
        var checkpoint = await new CheckpointReader(store.Blobs, name).ReadAsync(cancel);
        using var records = new LandedRecords(store.Blobs, store.Format.Map(), temporaryFolder, null, verifies: true);
        var fold = name.Stage == StageNames.Watch ? store.Fold(name.Group, records) : StageFold(name);
        using var owned = fold as IDisposable;
        var lines = new LinesOf(id);
        try
        {
            await FoldAsync(fold, new Inbox(store.Blobs, name, time), checkpoint, lines, cancel);
            if (name.Stage != StageNames.Watch)
            {
                // A stage's entry holds what was decoded; the bytes that it was decoded from are those of the evidence.
                await VerifyAsync(new Landing(store.Blobs), Explanation.FromLine(stored[^1].Span).Landings, [], cancel);
            }
        }
        catch (InvalidDataException damage)
        {
            return new RecomputationResult(false, $"a landed blob is not what it was: {damage.Message}");
        }

        // The checkpoint may stand inside a set: a step past it can bring revisions that are not committed yet.
        var same = lines.Found.Count >= stored.Count;
        for (var revision = 0; same && revision < stored.Count; revision++)
        {
            same = lines.Found[revision].AsSpan().SequenceEqual(stored[revision].Span);
        }

        return same
            ? new RecomputationResult(true, $"{stored.Count} of {stored.Count} revisions were made again, byte for byte")
            : new RecomputationResult(false, $"the stored revisions ({stored.Count}) and those made again ({lines.Found.Count}) differ");
    }

    private async Task FoldAsync(IFold fold, Inbox inbox, Checkpoint? checkpoint, LinesOf lines, CancellationToken cancel)
    {
        var landing = new Landing(store.Blobs);
        var verified = new HashSet<string>();
        var until = checkpoint is null ? 0 : checkpoint.NextEntry - (checkpoint.NextRecord > 0 ? 0 : 1);
        for (var number = 1L; number <= until; number++)
        {
            var entry = await inbox.ReadAsync(number, cancel)
                ?? throw new StoreException(StoreTrouble.Stop, $"entry {number} of {inbox.Group} is missing");
            if (entry.Kind == EntryKind.Batch && inbox.Group.Stage == StageNames.Watch)
            {
                await VerifyAsync(landing, RecordBatch.Read(entry.Body).Landings, verified, cancel);
            }

            var record = 0L;
            var stop = number == checkpoint!.NextEntry ? checkpoint.NextRecord : long.MaxValue;
            while (record < stop)
            {
                var step = await fold.FoldAsync(entry, record, (int)Math.Min(RecordsPerStep, stop - record), lines, cancel);
                if (step.IsDone)
                {
                    break;
                }

                record = step.NextRecord;
            }
        }
    }

    private IFold StageFold(GroupName group) =>
        StagePlans.Of(store).FirstOrDefault(plan => plan.Stage == group.Stage)?.NewFold(group.Group)
        ?? throw new StoreException(StoreTrouble.Stop, $"the finding was made by stage {group.Stage}, which this build does not know");

    private static async Task VerifyAsync(
        Landing landing, IReadOnlyList<LandingName> names, HashSet<string> verified, CancellationToken cancel)
    {
        foreach (var name in names.Where(name => verified.Add(name.Name)))
        {
            await using var bytes = await landing.OpenVerifiedAsync(name.Name, cancel)
                ?? throw new InvalidDataException($"{name.Name} is gone");
            await bytes.CopyToAsync(Stream.Null, cancel);
        }
    }

    private sealed class LinesOf(string id) : IFoldOutput
    {
        public List<byte[]> Found { get; } = [];

        public void WriteLine(string collection, ReadOnlySpan<byte> line)
        {
            if (collection == "findings" && StoreOutput.IdOf(line) == id)
            {
                Found.Add(line.ToArray());
            }
        }
    }
}

/// <summary>Whether a finding could be made again.</summary>
/// <param name="Agrees">Every stored revision came out the same, byte for byte.</param>
/// <param name="Detail">What was compared, or what differs.</param>
internal sealed record RecomputationResult(bool Agrees, string Detail);
