using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Hosted;

/// <summary>
/// Whether a live receiver was ever heard: a blob, because the process that is told the time is seldom the one that heard.
/// A store of recordings must not age by our clock, or all its ships would seem to fall silent.
/// </summary>
/// <param name="store">Where it is kept.</param>
internal sealed class LiveMark(IBlobStore store)
{
    /// <summary>There where a live receiver was heard.</summary>
    public const string BlobNameOf = "workers/heard-live";

    private bool isSet;

    /// <summary>A live receiver was heard.</summary>
    public async Task SetAsync(CancellationToken cancel)
    {
        if (!Volatile.Read(ref isSet))
        {
            await store.PutAsync(BlobNameOf, "{}"u8.ToArray(), PutCondition.IfAbsent, cancel);
            Volatile.Write(ref isSet, true);
        }
    }

    /// <summary>True once one was.</summary>
    public async Task<bool> IsSetAsync(CancellationToken cancel)
    {
        if (!Volatile.Read(ref isSet) && await store.GetAsync(BlobNameOf, cancel) is not null)
        {
            Volatile.Write(ref isSet, true);
        }

        return Volatile.Read(ref isSet);
    }
}
