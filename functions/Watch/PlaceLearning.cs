using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Learning;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Learns anchorages and berths from all stays of a store and puts them in force for what is watched next. What was
/// found already does not change: the new version is one more entry of the inboxes.
/// </summary>
internal static class PlaceLearning
{
    /// <summary>Learns from all lines of a store; does nothing where the stays make no place, or the same places as are in force.</summary>
    /// <param name="store">The store.</param>
    /// <param name="time">Only for waiting between tries.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task RunAsync(WatchStore store, TimeProvider time, CancellationToken cancel)
    {
        var stays = new List<Stay>();
        await foreach (var line in store.Output.LinesAsync("stays", cancel))
        {
            if (Stay.Parse(line) is { } stay)
            {
                stays.Add(stay);
            }
        }

        await LearnAsync(store.Blobs, store.Format, stays, time, cancel);
    }

    /// <summary>Learns from some stays.</summary>
    /// <param name="store">Where places are kept.</param>
    /// <param name="format">How the store was made.</param>
    /// <param name="stays">The stays; their order does not matter.</param>
    /// <param name="time">Only for waiting between tries.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>True where there is a new version of anchorages or berths.</returns>
    public static async Task<bool> LearnAsync(
        IBlobStore store, StoreFormat format, IReadOnlyCollection<Stay> stays, TimeProvider time, CancellationToken cancel)
    {
        var reference = new ReferenceStore(store);
        var anchorages = await InForceAsync(reference, ReferenceKinds.Anchorages, cancel);
        var berths = await InForceAsync(reference, ReferenceKinds.Berths, cancel);
        var ports = await reference.PlacesAsync(ReferenceKinds.Ports, cancel);
        var learned = StoppingPlaces.Learn(stays, ports, anchorages, berths);
        var isNew = false;
        if (learned.AnchoragesSeen > 0)
        {
            isNew |= (await ReferenceEntries.AddAsync(store, format, ReferenceKinds.Anchorages, learned.Anchorages, time, cancel)).IsNew;
        }

        if (learned.BerthsSeen > 0)
        {
            isNew |= (await ReferenceEntries.AddAsync(store, format, ReferenceKinds.Berths, learned.Berths, time, cancel)).IsNew;
        }

        return isNew;
    }

    private static async Task<ReadOnlyMemory<byte>> InForceAsync(ReferenceStore reference, string kind, CancellationToken cancel)
    {
        var versions = await reference.LatestVersionsAsync(cancel);
        return versions.TryGetValue(kind, out var version)
            && await reference.GetAsync(kind, version, cancel) is { } file ? file : default;
    }
}
