using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure.Core.Pipeline;
using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>A store on Azure: its blobs (keys apart), and its queues.</summary>
public sealed class AzureStore
{
    private readonly AzureClients clients;
    private readonly AzureTries tries;
    private readonly ConcurrentDictionary<string, AzureQueue> queues = new(StringComparer.Ordinal);

    private AzureStore(AzureClients clients, AzureTries tries, StorageOperations operations, IBlobStore blobs)
    {
        (this.clients, this.tries) = (clients, tries);
        (Operations, Blobs) = (operations, blobs);
    }

    /// <summary>The blobs; names under <c>keys/</c> lie in a container of their own.</summary>
    public IBlobStore Blobs { get; }

    /// <summary>What was asked of the storage since the start, every request of every try counted.</summary>
    public StorageOperations Operations { get; }

    /// <summary>Opens a store, and makes its containers and queues where they are absent.</summary>
    /// <remarks>
    /// One request where the container is there. A container or queue that turns out to be absent later is made then.
    /// </remarks>
    /// <param name="settings">Where and who.</param>
    /// <param name="time">For back-off and for the visibility of messages.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <exception cref="StoreException">It cannot be reached, or we may not.</exception>
    public static Task<AzureStore> OpenAsync(AzureStoreSettings settings, TimeProvider time, CancellationToken cancel = default) =>
        OpenAsync(settings, time, NewChance(), null, cancel);

    /// <summary>Opens a store that was made before, and makes nothing.</summary>
    /// <param name="settings">Where and who.</param>
    /// <param name="time">For back-off and for the visibility of messages.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <exception cref="StoreException">FixInput: there is none. Else it cannot be reached, or we may not.</exception>
    public static async Task<AzureStore> OpenExistingAsync(AzureStoreSettings settings, TimeProvider time, CancellationToken cancel = default)
    {
        var (store, blobs, _) = New(settings, time, NewChance(), null);
        return await blobs.ExistsAsync(cancel)
            ? store
            : throw new StoreException(StoreTrouble.FixInput, $"there is no container {settings.Container} in that account");
    }

    /// <summary>A queue; one instance per name is kept.</summary>
    /// <param name="name">One of <see cref="QueueNames"/>, or a name of its dead letters, which are received however often.</param>
    /// <exception cref="StoreException">FixInput: no account is named for queues.</exception>
    public IWorkQueue Queue(string name) => QueueOf(name);

    /// <summary>As the other, with a chance and a transport of one's own.</summary>
    /// <param name="settings">Where and who.</param>
    /// <param name="time">The clock.</param>
    /// <param name="chance">Spreads the waits between tries.</param>
    /// <param name="transport">Sends requests; null takes the usual one.</param>
    /// <param name="cancel">Stops the opening.</param>
    internal static async Task<AzureStore> OpenAsync(
        AzureStoreSettings settings, TimeProvider time, Random chance, HttpPipelineTransport? transport, CancellationToken cancel)
    {
        var (store, blobs, keys) = New(settings, time, chance, transport);
        if (!await blobs.ExistsAsync(cancel))
        {
            await blobs.MakeAsync(cancel);
            await keys.MakeAsync(cancel);
            if (settings.HasQueues)
            {
                await store.MakeQueuesAsync(cancel);
            }
        }

        return store;
    }

    private static Random NewChance() => new(RandomNumberGenerator.GetInt32(int.MaxValue));

    private static (AzureStore Store, AzureBlobStore Blobs, AzureBlobStore Keys) New(
        AzureStoreSettings settings, TimeProvider time, Random chance, HttpPipelineTransport? transport)
    {
        var operations = new StorageOperations();
        var clients = new AzureClients(settings, operations, transport);
        var tries = new AzureTries(time, chance, settings.TryTimeout);
        var blobs = new AzureBlobStore(clients.Blobs(), tries, settings.NamesPerPage);
        var keys = new AzureBlobStore(clients.Keys(), tries, settings.NamesPerPage);
        return (new AzureStore(clients, tries, operations, new KeysApart(blobs, keys)), blobs, keys);
    }

    private async Task MakeQueuesAsync(CancellationToken cancel)
    {
        foreach (var name in QueueNames.All)
        {
            await QueueOf(name).MakeAsync(cancel);
            await QueueOf(QueueNames.PoisonOf(name)).MakeAsync(cancel);
        }
    }

    private AzureQueue QueueOf(string name) => queues.GetOrAdd(
        name,
        wanted => new AzureQueue(
            clients.Queue(wanted),
            wanted.EndsWith(QueueNames.PoisonOf(""), StringComparison.Ordinal) ? null : QueueOf(QueueNames.PoisonOf(wanted)),
            tries));
}
