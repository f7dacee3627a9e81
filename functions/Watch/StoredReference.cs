using System.Collections.Concurrent;
using MaritimeWatch.Findings;
using MaritimeWatch.Log;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Functions.Watch;

/// <summary>Gives folds the reference data of a store, with the coastline and the sea lanes that come with the program.</summary>
/// <param name="blobs">The store.</param>
internal sealed class StoredReference(IBlobStore blobs) : IReferenceSource
{
    private static readonly ConcurrentDictionary<string, bool> Told = new(StringComparer.Ordinal);
    private readonly ReferenceStore store = new(blobs, ReferenceDefaults.Coast, () => ReferenceDefaults.SeaLanes);

    /// <inheritdoc/>
    public async ValueTask<IReferenceView> LoadAsync(IReadOnlyDictionary<string, int> versions, CancellationToken cancel)
    {
        var view = await store.LoadViewAsync(versions, cancel).ConfigureAwait(false);
        if (view.Lanes.Fault is { } fault && Told.TryAdd(fault, true))
        {
            await Console.Error.WriteLineAsync($"maritimewatch: {fault}").ConfigureAwait(false);
        }

        return view;
    }
}
