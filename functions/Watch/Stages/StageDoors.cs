using MaritimeWatch.Functions.Intake;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>The decoders behind the doors of the stages after the watch.</summary>
internal static class StageDoors
{
    private static readonly string[] Doors = [SceneDecoder.DoorName, PlateDecoder.DoorName, ManifestDecoder.DoorName, NoticeDecoder.DoorName];

    /// <summary>One per door.</summary>
    /// <param name="store">The store.</param>
    /// <param name="time">Only for waiting on the store.</param>
    public static IReadOnlyList<ILandedDecoder> DecodersOf(WatchStore store, TimeProvider time) =>
        [.. Doors.Select(door => DecoderOf(door, store, time)!)];

    /// <summary>What brings scenes up again for reports that come late.</summary>
    /// <param name="store">The store.</param>
    /// <param name="time">The clock.</param>
    public static SceneRounds RoundsOf(WatchStore store, TimeProvider time) =>
        new(store.Blobs, new SceneDecoder(store.Blobs, store.Format, time, ReferenceDefaults.Coast), time);

    /// <summary>The decoder behind a door, or null where there is no such door.</summary>
    /// <param name="door">The door.</param>
    /// <param name="store">The store.</param>
    /// <param name="time">Only for waiting on the store.</param>
    public static ILandedDecoder? DecoderOf(string door, WatchStore store, TimeProvider time) => door switch
    {
        SceneDecoder.DoorName => new SceneDecoder(store.Blobs, store.Format, time, ReferenceDefaults.Coast),
        PlateDecoder.DoorName => new PlateDecoder(store.Blobs, store.Keys, time),
        ManifestDecoder.DoorName => new ManifestDecoder(store.Blobs, store.Keys, time),
        NoticeDecoder.DoorName => new NoticeDecoder(store.Blobs, store.Keys, time),
        _ => null,
    };
}
