using System.Text.Json;

namespace MaritimeWatch.Log;

/// <summary>
/// Writes a checkpoint of an older format in the present one, under the next generation. It names the same blobs; older
/// builds then refuse the group in words instead of finding out half-way.
/// </summary>
public static class CheckpointUpgrade
{
    private const int RacesMax = 32;

    /// <summary>Does it where there is something to do. Safe beside live workers and to kill: it is one conditional write.</summary>
    /// <param name="store">The store.</param>
    /// <param name="group">The group.</param>
    /// <param name="cancel">Stops.</param>
    /// <returns>True where the checkpoint was of an older format.</returns>
    /// <exception cref="StoreException">Retry: unknown whether it was written, or workers were always quicker. Stop: damaged or newer.</exception>
    public static async ValueTask<bool> RunAsync(IBlobStore store, GroupName group, CancellationToken cancel = default)
    {
        var isOlder = false;
        for (var race = 0; race < RacesMax; race++)
        {
            if (await store.GetAsync(group.CheckpointName, cancel) is not { } blob)
            {
                return isOlder;
            }

            var checkpoint = CheckpointReader.Parse(group.CheckpointName, blob.Bytes.Span);
            if (checkpoint.Format == Checkpoint.FormatNow)
            {
                return isOlder; // A worker's commit does it too.
            }

            isOlder = true;
            var next = checkpoint with { Format = Checkpoint.FormatNow, Generation = checkpoint.Generation + 1 };
            var bytes = JsonSerializer.SerializeToUtf8Bytes(next, LogJson.Default.Checkpoint);
            if ((await store.PutAsync(group.CheckpointName, bytes, PutCondition.IfMatch(blob.ETag), cancel)).Written)
            {
                return true;
            }
        }

        throw new StoreException(StoreTrouble.Retry, $"{group.CheckpointName}: workers commit faster than it can be written: stop them");
    }
}
