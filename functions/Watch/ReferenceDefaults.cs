using MaritimeWatch.Log;
using MaritimeWatch.Reference;
using MaritimeWatch.Reference.SeaLanes;

namespace MaritimeWatch.Functions.Watch;

/// <summary>The reference data that comes with the program: ports, the coastline and the sea lanes, as files beside it.</summary>
internal static class ReferenceDefaults
{
    private static readonly Lazy<Coastline?> SharedCoast = new(LoadCoast);
    private static readonly Lazy<SeaLaneNetwork?> SharedSeaLanes = new(LoadSeaLanes);

    /// <summary>The folder beside the program.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "reference");

    /// <summary>The coastline, read once; null where the file is absent.</summary>
    public static Coastline? Coast => SharedCoast.Value;

    /// <summary>The network of sea lanes, read once; null where the file is absent.</summary>
    public static SeaLaneNetwork? SeaLanes => SharedSeaLanes.Value;

    /// <summary>Makes the ports of sea-ports version 1 of kind <c>ports</c> and tells the groups; once per store.</summary>
    /// <param name="blobs">The store.</param>
    /// <param name="format">How it was made.</param>
    /// <param name="time">Only for waiting between tries.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>What was added, or null where the store has ports already or the file is absent.</returns>
    public static async Task<ReferenceAdded?> AddAsync(
        IBlobStore blobs, StoreFormat format, TimeProvider time, CancellationToken cancel)
    {
        var path = Path.Combine(Folder, "sea-ports.json");
        if (!File.Exists(path) || await ReferenceEntries.WereToldAsync(blobs, ReferenceKinds.Ports, 1, cancel).ConfigureAwait(false))
        {
            return null;
        }

        var (ports, _) = SeaPorts.ToGeoJson(await File.ReadAllBytesAsync(path, cancel).ConfigureAwait(false));
        return await ReferenceEntries.AddAsync(blobs, format, ReferenceKinds.Ports, ports, time, cancel).ConfigureAwait(false);
    }

    private static Coastline? LoadCoast()
    {
        var path = Path.Combine(Folder, "land-10m.json");
        return File.Exists(path) ? Coastline.FromTopoJson(File.ReadAllBytes(path)) : null;
    }

    private static SeaLaneNetwork? LoadSeaLanes()
    {
        var path = Path.Combine(Folder, "sea-lanes.json");
        return File.Exists(path) ? SeaLaneNetwork.FromGeoJson(File.ReadAllBytes(path), Coast) : null;
    }
}
