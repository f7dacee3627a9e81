using System.Security.Cryptography;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using MaritimeWatch.Tracks;

namespace MaritimeWatch.Functions.Watch;

/// <summary>What decoding one landed blob came to.</summary>
/// <param name="Message">What the queue said.</param>
/// <param name="Counts">What became of its lines; null where the blob was gone.</param>
/// <param name="Numbers">The inbox number that each group's batch got; 0 where a group got none.</param>
public sealed record DecodedBlob(WorkMessage Message, AisReadCounts? Counts, IReadOnlyList<long> Numbers);

/// <summary>
/// A landed blob becomes one batch per group, appended to the group's inbox, and the refused lines are kept. Stateless:
/// doing it twice appends twice, and the fold skips the second. Not for two threads at once.
/// </summary>
public sealed class BlobDecoder
{
    private readonly IBlobStore store;
    private readonly Rejects rejects;
    private readonly IReadOnlyList<Inbox> inboxes;
    private readonly RecordBatchWriter batch;
    private readonly bool simulated;

    /// <summary>A decoder.</summary>
    /// <param name="store">Where landed bytes are.</param>
    /// <param name="format">How many groups there are, and whether everything is simulated.</param>
    /// <param name="inboxes">By group.</param>
    public BlobDecoder(IBlobStore store, StoreFormat format, IReadOnlyList<Inbox> inboxes)
    {
        (this.store, this.inboxes, simulated) = (store, inboxes, format.Simulated);
        rejects = new Rejects(store);
        batch = new RecordBatchWriter(format.Map());
    }

    /// <summary>Decodes what a message names.</summary>
    /// <exception cref="StoreException">Trouble in the store: the message must come again.</exception>
    /// <exception cref="InvalidDataException">The message or the landed bytes are damaged.</exception>
    public async Task<DecodedBlob> DecodeAsync(WorkMessage message, CancellationToken cancel)
    {
        using var span = Traces.StartFrom("decode", message.TraceParent);

        // Retention may have purged what waited for months; there is nothing left to decode.
        if (await store.GetAsync(message.Landed, cancel) is not { } blob)
        {
            return new DecodedBlob(message, null, []);
        }

        // Landing names bytes by their hash; what was put in their place since is no evidence.
        if (blob.Bytes.Length != message.Length || Convert.ToHexStringLower(SHA256.HashData(blob.Bytes.Span)) != message.Hash)
        {
            throw new InvalidDataException("the landed bytes are not those that the door landed");
        }

        var refused = new RejectBatch();
        var options = new AisReadOptions
        {
            SourceName = message.Source,
            Simulated = simulated,

            // A stretch of a stream or a batch is too short to be recognised by content, and may begin with garbage.
            Dialect = message.Kind != DeliveryKind.Document ? AisDialect.Nmea : null,
        };
        AisReadCounts counts;
        IReadOnlyList<ReadOnlyMemory<byte>> bodies;
        var isEmpty = false;
        try
        {
            var sink = new BatchSink(batch, refused);
            counts = AisUnpacking.Read(blob.Bytes, message.Marks, options, ref sink, cancel);
        }
        finally
        {
            // Also after a failure: what was read so far must not go with the next blob.
            isEmpty = batch.RecordCount == 0;
            bodies = batch.Complete(
                message.Marks[0].ReceivedAtMs, [new LandingName(message.Landed, message.Hash)], options.Sources.Names,
                message.Part);
        }

        await rejects.KeepAsync(message.ToLandedBlob(), refused, cancel);
        var numbers = new long[inboxes.Count];
        if (!isEmpty)
        {
            await Task.WhenAll(Enumerable.Range(0, inboxes.Count).Select(async group =>
                numbers[group] = await inboxes[group].AppendAsync(EntryKind.Batch, bodies[group], cancel)));
        }

        IntakeMeters.OnDecoded(counts);
        span?.SetTag("lines", counts.Lines);
        return new DecodedBlob(message, counts, numbers);
    }
}
