using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Reference;

namespace MaritimeWatch.Tests.Chaos;

/// <summary>A new store of simulated data, with the reference data and the token key of the simulated week.</summary>
internal static class ChaosStore
{
    public static async Task<WatchStore> PrepareAsync(IBlobStore store, IVault vault, string folder, TimeProvider time)
    {
        var watch = await WatchStore.OpenOrCreateAsync(store, vault, null, simulated: true, time, default);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(folder, "reference")).Order(StringComparer.Ordinal))
        {
            await ReferenceEntries.AddAsync(
                store, watch.Format, Path.GetFileNameWithoutExtension(path), await File.ReadAllBytesAsync(path), time, default);
        }

        // The scenario's own token key, so that a vehicle is the same token wherever the week is played.
        await watch.Keys.ImportEpochAsync(SimulatedEpochKey.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "epoch.key"))), default);
        return watch;
    }
}
