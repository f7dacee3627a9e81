using Azure;
using Azure.Core;
using Azure.Identity;
using Azure.Storage.Blobs;
using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>
/// A container that others put blobs into and that we only read: scenes. Its names are theirs, so it is no
/// <see cref="IBlobStore"/>, whose names are our own.
/// </summary>
public sealed class IncomingContainer
{
    private readonly BlobContainerClient client;

    private IncomingContainer(BlobContainerClient client) => this.client = client;

    /// <summary>The container's name.</summary>
    public string Name => client.Name;

    /// <summary>The host that events name for its blobs: <c>ACCOUNT.blob.core.windows.net</c>.</summary>
    public string Host => client.Uri.Scheme == Uri.UriSchemeHttps ? client.Uri.Host : client.AccountName + ".blob.core.windows.net";

    /// <summary>
    /// Opens the container of scenes; nothing is asked of the storage yet. Reads MW_SCENES or MW_SCENES__blobServiceUri with
    /// MW_SCENES__clientId (where absent: MW_BLOBS, MW_BLOBS__blobServiceUri and MW_BLOBS__clientId, the store's own account) and
    /// MW_SCENES_CONTAINER (default <c>scenes</c>).
    /// </summary>
    /// <param name="variable">Gives a variable's value or null.</param>
    /// <exception cref="StoreException">FixInput: no account is named, or not as it should be.</exception>
    public static IncomingContainer OfScenes(Func<string, string?> variable)
    {
        var prefix = Has(variable, "MW_SCENES") || Has(variable, "MW_SCENES__blobServiceUri") ? "MW_SCENES" : "MW_BLOBS";
        var name = Has(variable, "MW_SCENES_CONTAINER") ? variable("MW_SCENES_CONTAINER")! : "scenes";
        var options = new BlobClientOptions(BlobClientOptions.ServiceVersion.V2022_11_02)
        {
            Retry = { Mode = RetryMode.Exponential, MaxRetries = 4, NetworkTimeout = TimeSpan.FromSeconds(60) },
        };
        try
        {
            return Has(variable, prefix)
                ? new IncomingContainer(new BlobServiceClient(variable(prefix), options).GetBlobContainerClient(name))
                : Uri.TryCreate(variable(prefix + "__blobServiceUri"), UriKind.Absolute, out var service)
                    ? new IncomingContainer(new BlobServiceClient(service, Identity(variable(prefix + "__clientId")), options).GetBlobContainerClient(name))
                    : throw new StoreException(StoreTrouble.FixInput, $"set {prefix}__blobServiceUri to https://ACCOUNT.blob.core.windows.net");
        }
        catch (FormatException)
        {
            // Without the inner exception: it may quote the key.
            throw new StoreException(StoreTrouble.FixInput, $"{prefix} is no connection string of a storage account");
        }
    }

    /// <summary>Opens a blob at its present version, or gives null where there is none.</summary>
    /// <param name="name">Its name, as its sender gave it.</param>
    /// <param name="cancel">Stops the opening.</param>
    /// <exception cref="StoreException">Trouble outside.</exception>
    public async ValueTask<IncomingBlob?> OpenAsync(string name, CancellationToken cancel)
    {
        var blob = client.GetBlobClient(name);
        try
        {
            var found = (await blob.GetPropertiesAsync(cancellationToken: cancel)).Value;
#pragma warning disable CA2000 // The blob that it is handed to disposes of it.
            return new IncomingBlob(new RangeStream(blob, found.ContentLength, found.ETag), found.ContentLength, found.LastModified);
#pragma warning restore CA2000
        }
        catch (RequestFailedException absent) when (absent.Status == 404)
        {
            return null;
        }
        catch (Exception trouble) when (IsTrouble(trouble, cancel))
        {
            throw TroubleOf(trouble);
        }
    }

    /// <summary>Whether an exception of the SDK is trouble outside, and not our own stopping.</summary>
    internal static bool IsTrouble(Exception trouble, CancellationToken cancel) =>
        trouble is RequestFailedException or AuthenticationFailedException or IOException or AggregateException
        || (trouble is OperationCanceledException && !cancel.IsCancellationRequested);

    /// <summary>What to do about it.</summary>
    internal static StoreException TroubleOf(Exception trouble) => trouble is RequestFailedException { Status: 401 or 403 } or AuthenticationFailedException
        ? new StoreException(StoreTrouble.Stop, "we may not read the container of scenes: give this app the role Storage Blob Data Reader there", trouble)
        : new StoreException(StoreTrouble.Retry, "the container of scenes cannot be read now", trouble);

    private static bool Has(Func<string, string?> variable, string name) => !string.IsNullOrEmpty(variable(name));

    private static TokenCredential Identity(string? clientId) => Environment.GetEnvironmentVariable("IDENTITY_ENDPOINT") is { Length: > 0 }
        ? new ManagedIdentityCredential(
            string.IsNullOrEmpty(clientId) ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential(new DefaultAzureCredentialOptions { ExcludeInteractiveBrowserCredential = true });
}
