using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>
/// Where a store on Azure lies and who we are there. The names of the settings are those of the Functions host's own
/// identity-based connections, so that one setting serves a trigger and us.
/// </summary>
public sealed record AzureStoreSettings
{
    /// <summary>Connection string of the blobs (MW_BLOBS): Azurite, or a key for tests; null with an identity.</summary>
    public string? BlobConnection { get; init; }

    /// <summary><c>https://ACCOUNT.blob.core.windows.net</c> (MW_BLOBS__blobServiceUri): with a managed identity.</summary>
    public Uri? BlobService { get; init; }

    /// <summary>Connection string of the queues (MW_QUEUES); null with an identity.</summary>
    public string? QueueConnection { get; init; }

    /// <summary><c>https://ACCOUNT.queue.core.windows.net</c> (MW_QUEUES__queueServiceUri).</summary>
    public Uri? QueueService { get; init; }

    /// <summary>Connection string of the account that keeps the keys (MW_KEYS); null: <see cref="KeyService"/>, else the blobs' account.</summary>
    public string? KeyConnection { get; init; }

    /// <summary>The account that keeps the keys, without versions or soft delete (MW_KEYS__blobServiceUri).</summary>
    public Uri? KeyService { get; init; }

    /// <summary>Client id of a user-assigned identity (MW_BLOBS__clientId); null takes the system's.</summary>
    public string? ClientId { get; init; }

    /// <summary>The container (MW_CONTAINER); default <c>maritimewatch</c>. Keys lie in <c>{container}-keys</c>.</summary>
    public string Container { get; init; } = "maritimewatch";

    /// <summary>Longest single try of an operation on a small blob; 1 to 300 s; default 10 s.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads the settings from the environment.</summary>
    /// <param name="variable">Gives a variable's value or null.</param>
    /// <param name="container">The container that the command line names, or null.</param>
    /// <exception cref="StoreException">FixInput: something is missing or contradicts; the message names the variable.</exception>
    public static AzureStoreSettings Read(Func<string, string?> variable, string? container) => throw new NotImplementedException();
}
