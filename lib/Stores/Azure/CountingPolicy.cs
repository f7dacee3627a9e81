using Azure.Core;
using Azure.Core.Pipeline;

namespace MaritimeWatch.Stores.Azure;

/// <summary>Counts each request as it goes out, so that what the client library repeats by itself is counted too.</summary>
internal sealed class CountingPolicy(StorageOperations operations, bool isQueue) : HttpPipelineSynchronousPolicy
{
    /// <inheritdoc/>
    public override void OnSendingRequest(HttpMessage message) =>
        operations.Add(isQueue ? QueueKind(message.Request) : BlobKind(message.Request));

    private static string BlobKind(Request request)
    {
        var query = request.Uri.Query;
        var method = request.Method;
        if (Has(query, "restype=container"))
        {
            return Has(query, "comp=list") ? "blob.list" : "blob.container";
        }

        return method == RequestMethod.Get ? "blob.get"
            : method == RequestMethod.Head ? "blob.head"
            : method == RequestMethod.Delete ? "blob.delete"
            : method != RequestMethod.Put ? "blob.other"
            : Has(query, "comp=blocklist") ? "blob.commit"
            : Has(query, "comp=block") ? "blob.block"
            : Has(query, "comp=") ? "blob.other" : "blob.put";
    }

    private static string QueueKind(Request request)
    {
        var query = request.Uri.Query;
        var method = request.Method;
        var isMessages = request.Uri.Path.Contains("/messages", StringComparison.Ordinal);
        return method == RequestMethod.Post ? "queue.send"
            : method == RequestMethod.Delete ? (isMessages ? "queue.delete" : "queue.queue")
            : method == RequestMethod.Put ? (isMessages ? "queue.update" : "queue.queue")
            : method != RequestMethod.Get && method != RequestMethod.Head ? "queue.other"
            : Has(query, "comp=metadata") ? "queue.count"
            : Has(query, "peekonly=true") ? "queue.peek"
            : isMessages ? "queue.receive" : "queue.other";
    }

    private static bool Has(string query, string part) => query.Contains(part, StringComparison.OrdinalIgnoreCase);
}
