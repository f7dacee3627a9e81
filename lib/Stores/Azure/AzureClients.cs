using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>Makes clients of the services as the settings say. They repeat nothing by themselves and count every request.</summary>
internal sealed class AzureClients(AzureStoreSettings settings, StorageOperations operations, HttpPipelineTransport? transport)
{
    private readonly Lazy<TokenCredential> identity = new(() => IdentityOf(settings.ClientId));

    /// <summary>The container of the blobs.</summary>
    public BlobContainerClient Blobs() => ContainerOf(settings.BlobConnection, settings.BlobService, settings.Container, "MW_BLOBS");

    /// <summary>The container of the keys, in the account of the blobs where no other is named.</summary>
    public BlobContainerClient Keys() => settings.KeyConnection is null && settings.KeyService is null
        ? ContainerOf(settings.BlobConnection, settings.BlobService, settings.KeyContainer, "MW_BLOBS")
        : ContainerOf(settings.KeyConnection, settings.KeyService, settings.KeyContainer, "MW_KEYS");

    /// <summary>A queue.</summary>
    /// <exception cref="StoreException">FixInput: no account is named for queues.</exception>
    public QueueClient Queue(string name)
    {
        // Azurite 3.35 and every account of today take this version; pinned, so that an update of the package changes nothing on the wire.
        var options = Usual(new QueueClientOptions(QueueClientOptions.ServiceVersion.V2021_08_06)
        {
            MessageEncoding = QueueMessageEncoding.None, // Plain JSON, as host.json says too.
        });
        options.AddPolicy(new CountingPolicy(operations, isQueue: true), HttpPipelinePosition.PerRetry);
        return settings switch
        {
            { QueueConnection: { } text } => Parsed("MW_QUEUES", () => new QueueClient(text, name, options)),
            { QueueService: { } uri } => new QueueServiceClient(uri, identity.Value, options).GetQueueClient(name),
            _ => throw new StoreException(StoreTrouble.FixInput, "set MW_QUEUES__queueServiceUri (or MW_QUEUES): no account is named for the queues"),
        };
    }

    private BlobContainerClient ContainerOf(string? connection, Uri? service, string container, string variable)
    {
        var options = Usual(new BlobClientOptions(BlobClientOptions.ServiceVersion.V2022_11_02));
        options.AddPolicy(new CountingPolicy(operations, isQueue: false), HttpPipelinePosition.PerRetry);
        return connection is { } text
            ? Parsed(variable, () => new BlobContainerClient(text, container, options))
            : new BlobServiceClient(service, identity.Value, options).GetBlobContainerClient(container);
    }

    private T Usual<T>(T options)
        where T : ClientOptions
    {
        // Tries, waits and limits are ours: only we know what may be repeated.
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
        options.Diagnostics.ApplicationId = "maritimewatch";
        if (transport is not null)
        {
            options.Transport = transport;
        }

        return options;
    }

    private static T Parsed<T>(string variable, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            // Without the inner exception: it may quote the key.
            throw new StoreException(StoreTrouble.FixInput, $"{variable} is no connection string of a storage account");
        }
    }

    private static TokenCredential IdentityOf(string? clientId) =>
        Environment.GetEnvironmentVariable("IDENTITY_ENDPOINT") is { Length: > 0 }
            ? new ManagedIdentityCredential(clientId is null ? ManagedIdentityId.SystemAssigned : ManagedIdentityId.FromUserAssignedClientId(clientId))
            : new DefaultAzureCredential(new DefaultAzureCredentialOptions
            {
                // On Kubernetes a workload identity, on a desk who is signed in with the command line.
                ManagedIdentityClientId = clientId,
                WorkloadIdentityClientId = clientId ?? Environment.GetEnvironmentVariable("AZURE_CLIENT_ID"),
                ExcludeInteractiveBrowserCredential = true,
            });
}
