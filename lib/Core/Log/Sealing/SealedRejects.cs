namespace MaritimeWatch.Log.Sealing;

/// <summary>
/// Keeps what was refused of personal data, sealed under the day's key: one blob for each landed blob that had faults,
/// <c>rejects/{source}/{yyyy-MM-dd}/{hash of the landed blob}</c>, so that decoding twice keeps it once.
/// </summary>
/// <param name="store">Where they are kept.</param>
/// <param name="keys">The keys of that store.</param>
public sealed class SealedRejects(IBlobStore store, KeyRing keys)
{
    /// <summary>Keeps a batch, if it has anything.</summary>
    /// <param name="landed">What was being decoded.</param>
    /// <param name="batch">What was refused of it.</param>
    /// <param name="cancel">Stops the writing.</param>
    /// <returns>The blob's name, or null where nothing was refused.</returns>
    /// <exception cref="StoreException">They are not (or not surely) kept.</exception>
    public async ValueTask<string?> KeepAsync(LandedBlob landed, RejectBatch batch, CancellationToken cancel = default)
    {
        if (batch.Count == 0)
        {
            return null;
        }

        var key = await keys.DayKeyForSealingAsync(DateOnly.FromDateTime(landed.ReceivedAt.UtcDateTime), cancel);
        var name = LandedBlob.NameIn("rejects", landed.Source, landed.ReceivedAt, landed.Hash);
        var bytes = Seal.Close(key.Span, keys.RandomBytes, batch.ToNdjson(landed.Name).Span, BoundTo(landed));
        await store.PutAsync(name, bytes, PutCondition.IfAbsent, cancel);
        return name;
    }

    /// <summary>Opens what was refused of a landed blob, or null where nothing was.</summary>
    /// <param name="landed">The landed blob.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The stored bytes were altered.</exception>
    public async ValueTask<SealedContent?> OpenAsync(LandedBlob landed, CancellationToken cancel = default)
    {
        var day = DateOnly.FromDateTime(landed.ReceivedAt.UtcDateTime);
        var name = LandedBlob.NameIn("rejects", landed.Source, landed.ReceivedAt, landed.Hash);
        if (await store.GetAsync(name, cancel) is not { } blob)
        {
            return null;
        }

        return await keys.DayKeyAsync(day, cancel) is { } key
            ? SealedContent.Of(Seal.Open(key.Span, blob.Bytes.Span, BoundTo(landed)))
            : SealedContent.Erased((await keys.ErasureOfDayAsync(day, cancel))?.ToWords() ?? $"gone: the key of {day:yyyy-MM-dd}");
    }

    private static byte[] BoundTo(LandedBlob landed) => SealedLanding.BoundTo("rejects", landed.Source, landed.ReceivedAt);
}
