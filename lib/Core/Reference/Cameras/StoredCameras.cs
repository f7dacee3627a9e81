using MaritimeWatch.Log;

namespace MaritimeWatch.Reference.Cameras;

/// <summary>The cameras of a store; the last version that was loaded is kept.</summary>
/// <param name="blobs">The store.</param>
public sealed class StoredCameras(IBlobStore blobs) : ICameraSource
{
    private readonly ReferenceStore store = new(blobs);
    private CameraNetwork? last;

    /// <inheritdoc/>
    public async ValueTask<CameraNetwork> LoadAsync(int version, CancellationToken cancel)
    {
        if (last is { } kept && kept.Version == version)
        {
            return kept;
        }

        var file = await store.GetAsync(ReferenceKinds.Cameras, version, cancel).ConfigureAwait(false)
            ?? throw new ReferenceException($"version {version} of cameras is not in the store");
        return last = CameraFile.Parse(file, version);
    }
}
