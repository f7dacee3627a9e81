using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>A store on Azure: its blobs (keys apart), and its queues.</summary>
public sealed class AzureStore
{
    private AzureStore(IBlobStore blobs) => Blobs = blobs;

    /// <summary>The blobs; names under <c>keys/</c> lie in a container of their own.</summary>
    public IBlobStore Blobs { get; }

    /// <summary>What was asked of the storage since the start, every request of every try counted.</summary>
    public StorageOperations Operations { get; } = new();

    /// <summary>Opens a store, and makes its containers and queues where they are absent.</summary>
    /// <param name="settings">Where and who.</param>
    /// <param name="time">For back-off and for the visibility of messages.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <exception cref="StoreException">It cannot be reached, or we may not.</exception>
    public static Task<AzureStore> OpenAsync(AzureStoreSettings settings, TimeProvider time, CancellationToken cancel = default) =>
        throw new NotImplementedException();

    /// <summary>A queue; one instance per name is kept.</summary>
    /// <param name="name">One of <see cref="QueueNames"/>, or a name of its dead letters.</param>
    public IWorkQueue Queue(string name) => throw new NotImplementedException();
}
