using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using MaritimeWatch.Stores;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.Functions;

/// <summary>A store as <c>--store</c> names it: a folder, or <c>azure</c> (<c>azure:CONTAINER</c>) with the rest in the environment.</summary>
/// <param name="Name">As it was named, for people.</param>
/// <param name="Blobs">The blobs.</param>
/// <param name="Vault">What wraps its keys.</param>
/// <param name="Azure">The store on Azure, or null for a folder.</param>
public sealed record OpenedStore(string Name, IBlobStore Blobs, IVault Vault, AzureStore? Azure)
{
    /// <summary>What <c>--store</c> says for Azure.</summary>
    public const string AzureName = "azure";

    /// <summary>What the help says that <c>--store</c> takes.</summary>
    public const string Help = "the store: a folder, or azure or azure:CONTAINER with MW_BLOBS... in the environment";

    /// <summary>True where <c>--store</c> means Azure and not a folder.</summary>
    /// <param name="store">The option's value.</param>
    public static bool IsAzure(string store) =>
        store == AzureName || store.StartsWith(AzureName + ":", StringComparison.Ordinal);

    /// <summary>Opens a store, and makes the folder or the containers where they are absent.</summary>
    /// <param name="store">A folder, <c>azure</c> or <c>azure:CONTAINER</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <param name="durability">How surely a write is on disk before it counts; folders alone.</param>
    /// <exception cref="StoreException">It cannot be opened; the message says what to do.</exception>
    public static async Task<OpenedStore> OpenAsync(
        string store, TimeProvider time, CancellationToken cancel, Durability durability = Durability.Full)
    {
        if (!IsAzure(store))
        {
            return new OpenedStore(store, DirectoryStore.Open(store, durability), WatchStore.VaultOf(store), null);
        }

        // The vault first: without its key nothing should be made.
        var vault = WatchStore.VaultOfEnvironment();
        var azure = await AzureStore.OpenAsync(SettingsOf(store), time, cancel);
        return new OpenedStore(store, azure.Blobs, vault, azure);
    }

    /// <summary>Opens a store that was made before, and makes nothing: a mistyped name is an error.</summary>
    /// <param name="store">A folder, <c>azure</c> or <c>azure:CONTAINER</c>.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <exception cref="StoreException">There is none, or it cannot be opened; the message says what to do.</exception>
    public static async Task<OpenedStore> OpenExistingAsync(string store, CancellationToken cancel)
    {
        if (IsAzure(store))
        {
            var vault = WatchStore.VaultOfEnvironment();
            var azure = await AzureStore.OpenExistingAsync(SettingsOf(store), TimeProvider.System, cancel);
            return new OpenedStore(store, azure.Blobs, vault, azure);
        }

        return Directory.Exists(store)
            ? await OpenAsync(store, TimeProvider.System, cancel)
            : throw new StoreException(StoreTrouble.FixInput, $"there is no store at {store}");
    }

    private static AzureStoreSettings SettingsOf(string store) => AzureStoreSettings.Read(
        Environment.GetEnvironmentVariable, store.Length > AzureName.Length ? store[(AzureName.Length + 1)..] : null);
}
