using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Learning;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Learns anchorages and berths from all stays of a store and puts them in force for what is watched next. What was
/// found already does not change: the new version is one more entry of the inboxes.
/// </summary>
internal static class PlaceLearning
{
    /// <summary>Learns; does nothing where the stays make no place, or the same places as are in force.</summary>
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

        var reference = new ReferenceStore(store.Blobs);
        var anchorages = await InForceAsync(reference, ReferenceKinds.Anchorages, cancel);
        var berths = await InForceAsync(reference, ReferenceKinds.Berths, cancel);
        var ports = await reference.PlacesAsync(ReferenceKinds.Ports, cancel);
        var learned = StoppingPlaces.Learn(stays, ports, anchorages, berths);
        if (learned.AnchoragesSeen > 0)
        {
            await ReferenceEntries.AddAsync(store.Blobs, store.Format, ReferenceKinds.Anchorages, learned.Anchorages, time, cancel);
        }

        if (learned.BerthsSeen > 0)
        {
            await ReferenceEntries.AddAsync(store.Blobs, store.Format, ReferenceKinds.Berths, learned.Berths, time, cancel);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> InForceAsync(ReferenceStore reference, string kind, CancellationToken cancel)
    {
        var versions = await reference.LatestVersionsAsync(cancel);
        return versions.TryGetValue(kind, out var version)
            && await reference.GetAsync(kind, version, cancel) is { } file ? file : default;
    }
}
