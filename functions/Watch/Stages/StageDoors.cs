using MaritimeWatch.Functions.Intake;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>The decoders behind the doors of the stages after the watch.</summary>
internal static class StageDoors
{
    /// <summary>One per door.</summary>
    /// <param name="store">The store.</param>
    /// <param name="time">Only for waiting on the store.</param>
    public static IReadOnlyList<ILandedDecoder> DecodersOf(WatchStore store, TimeProvider time)
    {
        return
        [
            new SceneDecoder(store.Blobs, store.Format, time, ReferenceDefaults.Coast),
            new PlateDecoder(store.Blobs, store.Keys, time),
            new ManifestDecoder(store.Blobs, store.Keys, time),
            new NoticeDecoder(store.Blobs, store.Keys, time),
        ];
    }
}
