using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Operations;

/// <summary>Answers no read before it is cancelled.</summary>
internal sealed class SlowStore(IBlobStore inner) : WrappedStore(inner)
{
    public override async ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel)
    {
        await Task.Delay(Timeout.Infinite, cancel);
        return null;
    }
}

/// <summary>Reads fail while it is down.</summary>
internal sealed class UnreadableStore(IBlobStore inner) : WrappedStore(inner)
{
    public bool IsDown { get; set; }

    public override ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) =>
        IsDown ? throw new StoreException(StoreTrouble.Retry, "SECRET-ACCOUNT.blob.core.windows.net does not answer") : base.GetAsync(name, cancel);
}
