using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Lanes;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Learns the lanes of the traffic from the voyages of all ships of a store and puts them in force for what is watched
/// next, as <see cref="PlaceLearning"/> does for places. What was found already does not change.
/// </summary>
internal static class LanesLearned
{
    /// <summary>Learns; does nothing where no lane was sailed, or where the same lanes are in force.</summary>
    /// <param name="store">The store.</param>
    /// <param name="time">Only for waiting between tries.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>The lanes that are now in force; null where there are none.</returns>
    public static async Task<LaneAtlas?> RunAsync(WatchStore store, TimeProvider time, CancellationToken cancel)
    {
        var reader = new VoyageReader();
        await TakeAsync(store, "vessels", reader.AddVessel, cancel);
        await TakeAsync(store, "port-calls", reader.AddCall, cancel);
        await TakeAsync(store, "tracks", reader.AddTrack, cancel);
        var voyages = reader.Voyages();
        if (voyages.Count == 0)
        {
            return null;
        }

        var learned = LaneLearning.Learn(voyages, await InForceAsync(store, cancel));
        if (learned.All.Count == 0)
        {
            return null;
        }

        await ReferenceEntries.AddAsync(store.Blobs, store.Format, ReferenceKinds.Lanes, LaneFile.Write(learned), time, cancel);
        return learned;
    }

    private static async Task TakeAsync(
        WatchStore store, string collection, Action<ReadOnlyMemory<byte>> take, CancellationToken cancel)
    {
        await foreach (var line in store.Output.LinesAsync(collection, cancel))
        {
            take(line);
        }
    }

    // Lanes that do not read lend no numbers; the new version takes their place.
    private static async Task<LaneAtlas?> InForceAsync(WatchStore store, CancellationToken cancel)
    {
        var reference = new ReferenceStore(store.Blobs);
        var versions = await reference.LatestVersionsAsync(cancel);
        if (!versions.TryGetValue(ReferenceKinds.Lanes, out var version)
            || await reference.GetAsync(ReferenceKinds.Lanes, version, cancel) is not { } file)
        {
            return null;
        }

        try
        {
            return LaneFile.Read(file);
        }
        catch (ReferenceException)
        {
            return null;
        }
    }
}
