using System.Text.RegularExpressions;
using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>
/// Where a store on Azure lies and who we are there. The names of the settings are those of the Functions host's own
/// identity-based connections, so that one setting serves a trigger and us.
/// </summary>
public sealed partial record AzureStoreSettings
{
    private const string KeysSuffix = "-keys";

    /// <summary>Connection string of the blobs (MW_BLOBS): Azurite, or a key for tests; null with an identity.</summary>
    public string? BlobConnection { get; init; }

    /// <summary><c>https://ACCOUNT.blob.core.windows.net</c> (MW_BLOBS__blobServiceUri): with a managed identity.</summary>
    public Uri? BlobService { get; init; }

    /// <summary>Connection string of the queues (MW_QUEUES; where nothing is said of queues, that of the blobs); null with an identity.</summary>
    public string? QueueConnection { get; init; }

    /// <summary><c>https://ACCOUNT.queue.core.windows.net</c> (MW_QUEUES__queueServiceUri).</summary>
    public Uri? QueueService { get; init; }

    /// <summary>Connection string of the account that keeps the keys (MW_KEYS); null: <see cref="KeyService"/>, else the blobs' account.</summary>
    public string? KeyConnection { get; init; }

    /// <summary>The account that keeps the keys, without versions or soft delete (MW_KEYS__blobServiceUri).</summary>
    public Uri? KeyService { get; init; }

    /// <summary>Client id of a user-assigned identity (MW_BLOBS__clientId); null takes the system's.</summary>
    public string? ClientId { get; init; }

    /// <summary>The container (MW_CONTAINER); 3 to 58 of a-z, 0-9 and single '-'; default <c>maritimewatch</c>. Keys lie in <c>{container}-keys</c>.</summary>
    public string Container { get; init; } = "maritimewatch";

    /// <summary>Longest single try of an operation on a small blob; 1 to 300 s; default 10 s.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Names that one request lists at most; 1 to 5,000, which is the service's own limit and the default.</summary>
    internal int NamesPerPage { get; init; } = 5_000;

    /// <summary>The container of the keys.</summary>
    internal string KeyContainer => Container + KeysSuffix;

    /// <summary>True where an account is named for queues.</summary>
    internal bool HasQueues => QueueConnection is not null || QueueService is not null;

    /// <summary>Reads the settings from the environment.</summary>
    /// <param name="variable">Gives a variable's value or null.</param>
    /// <param name="container">The container that the command line names, or null.</param>
    /// <exception cref="StoreException">FixInput: something is missing or contradicts; the message names the variable.</exception>
    public static AzureStoreSettings Read(Func<string, string?> variable, string? container)
    {
        string? Set(string name) => variable(name) is { Length: > 0 } value ? value : null;

        var blobs = Account(Set, "MW_BLOBS", "blobServiceUri");
        var queues = Account(Set, "MW_QUEUES", "queueServiceUri");
        var keys = Account(Set, "MW_KEYS", "blobServiceUri");
        if (blobs is (null, null))
        {
            throw Wrong("set MW_BLOBS__blobServiceUri (https://ACCOUNT.blob.core.windows.net) or MW_BLOBS (a connection string)");
        }

        return new AzureStoreSettings
        {
            BlobConnection = blobs.Connection,
            BlobService = blobs.Service,
            QueueConnection = queues is (null, null) ? blobs.Connection : queues.Connection,
            QueueService = queues.Service,
            KeyConnection = keys.Connection,
            KeyService = keys.Service,
            ClientId = Set("MW_BLOBS__clientId"),
            Container = Checked(container ?? Set("MW_CONTAINER") ?? new AzureStoreSettings().Container),
        };
    }

    private static (string? Connection, Uri? Service) Account(Func<string, string?> set, string name, string suffix)
    {
        var (connection, text) = (set(name), set($"{name}__{suffix}"));
        if (connection is not null && text is not null)
        {
            throw Wrong($"{name} and {name}__{suffix} are both set: keep one");
        }

        if (text is null)
        {
            return (connection, null);
        }

        // The value is not quoted: somebody may have put a signature into it.
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Query.Length == 0 && uri.UserInfo.Length == 0
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            ? (null, uri)
            : throw Wrong($"{name}__{suffix} must be https://ACCOUNT..., without a query");
    }

    private static string Checked(string container) => container.Length <= 63 - KeysSuffix.Length && ContainerName().IsMatch(container)
        ? container
        : throw Wrong($"\"{container}\" is no container (MW_CONTAINER): 3 to {63 - KeysSuffix.Length} of a-z, 0-9 and single '-'");

    private static StoreException Wrong(string message) => new(StoreTrouble.FixInput, message);

    [GeneratedRegex("^(?=.{3})[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerName();
}
