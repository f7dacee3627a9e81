using MaritimeWatch.Findings;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Functions.Watch;

/// <summary>Gives folds the reference data of a store, with the coastline that comes with the program.</summary>
/// <param name="blobs">The store.</param>
internal sealed class StoredReference(IBlobStore blobs) : IReferenceSource
{
    private readonly ReferenceStore store = new(blobs, ReferenceDefaults.Coast);

    /// <inheritdoc/>
    public async ValueTask<IReferenceView> LoadAsync(IReadOnlyDictionary<string, int> versions, CancellationToken cancel) =>
        await store.LoadViewAsync(versions, cancel).ConfigureAwait(false);
}
