using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.Lanes;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// Learns the lanes of the traffic from the voyages of all ships of a store and puts them in force for what is watched
/// next, as <see cref="PlaceLearning"/> does for places. What was found already does not change.
/// </summary>
internal static class LanesLearned
{
    /// <summary>
    /// Learns from all lines of a store that stands still, at the end of a replay; does nothing where no lane was sailed, or
    /// where the same lanes are in force. A store that goes on learns by <see cref="Learning.LearningRun"/>.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="time">Only for waiting between tries.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task RunAsync(WatchStore store, TimeProvider time, CancellationToken cancel)
    {
        var reader = new VoyageReader();
        await TakeAsync(store, "vessels", reader.AddVessel, cancel);
        await TakeAsync(store, "port-calls", reader.AddCall, cancel);
        await TakeAsync(store, "tracks", reader.AddTrack, cancel);
        var learned = Learn(reader, await InForceAsync(store.Blobs, cancel), cancel, out _);
        await PutInForceAsync(store.Blobs, store.Format, learned, time, cancel, evenIfEarlier: true);
    }

    /// <summary>The lanes of the voyages that were read; they keep the numbers of those in force.</summary>
    public static LaneAtlas Learn(VoyageReader reader, LaneAtlas? inForce, CancellationToken cancel, out int count)
    {
        var voyages = reader.Voyages();
        count = voyages.Count;
        return count == 0
            ? LaneAtlas.Empty
            : PriorLanes.Added(LaneLearning.Learn(voyages, inForce, cancel: cancel), voyages, ReferenceDefaults.SeaLanes);
    }

    /// <summary>Puts lanes in force, unless there are none or the same are; those learned up to an earlier instant only where that is meant.</summary>
    /// <returns>True where there is a new version.</returns>
    public static async Task<bool> PutInForceAsync(
        IBlobStore store, StoreFormat format, LaneAtlas learned, TimeProvider time, CancellationToken cancel, bool evenIfEarlier = false)
    {
        if ((learned.All.Count == 0 && learned.Priors.Count == 0)
            || (!evenIfEarlier && await InForceAsync(store, cancel) is { } inForce && inForce.LearnedAtMs > learned.LearnedAtMs))
        {
            return false;
        }

        cancel.ThrowIfCancellationRequested();
        return (await ReferenceEntries.AddAsync(store, format, ReferenceKinds.Lanes, LaneFile.Write(learned), time, cancel)).IsNew;
    }

    /// <summary>The newest lanes; null where there are none. Lanes that do not read lend no numbers; the new version takes their place.</summary>
    public static async Task<LaneAtlas?> InForceAsync(IBlobStore store, CancellationToken cancel)
    {
        var reference = new ReferenceStore(store);
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

    private static async Task TakeAsync(
        WatchStore store, string collection, Action<ReadOnlyMemory<byte>> take, CancellationToken cancel)
    {
        await foreach (var line in store.Output.LinesAsync(collection, cancel))
        {
            take(line);
        }
    }
}
