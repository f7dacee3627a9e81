using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace MaritimeWatch.StandIn;

/// <summary>What a test does to an account behind the back of the store under test, with Microsoft's own clients.</summary>
/// <param name="connectionString">Of the account.</param>
public sealed class AzuriteAccount(string connectionString)
{
    /// <summary>Deletes a container with all that is in it.</summary>
    /// <param name="container">Its name.</param>
    public Task DeleteContainerAsync(string container) => new BlobContainerClient(connectionString, container).DeleteAsync();

    /// <summary>True where a container has a blob.</summary>
    /// <param name="container">The container.</param>
    /// <param name="blob">The blob's name.</param>
    public async Task<bool> HasBlobAsync(string container, string blob) =>
        await new BlobContainerClient(connectionString, container).GetBlobClient(blob).ExistsAsync();

    /// <summary>Makes a message that somebody holds visible at once: in place of waiting, as the service keeps its own time.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="itemId">The id of the work item as received: message id and pop receipt.</param>
    public async Task MakeVisibleAsync(string queue, string itemId)
    {
        var cut = itemId.IndexOf('|', StringComparison.Ordinal);
        await new QueueClient(connectionString, queue)
            .UpdateMessageAsync(itemId[..cut], itemId[(cut + 1)..], visibilityTimeout: TimeSpan.Zero);
    }

    /// <summary>The bodies of the messages that are visible in a queue, at most 32.</summary>
    /// <param name="queue">The queue.</param>
    public async Task<IReadOnlyList<string>> PeekAsync(string queue) =>
        [.. (await new QueueClient(connectionString, queue).PeekMessagesAsync(32)).Value.Select(static message => message.Body.ToString())];
}
