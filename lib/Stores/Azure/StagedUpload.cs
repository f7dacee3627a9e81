using System.Buffers;
using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>
/// Writes a large blob in parts that nobody sees until they are made one, under the condition that no blob is there. At
/// most three parts are in memory: two on their way and one that is being filled.
/// </summary>
/// <remarks>Parts that a writer left are deleted by the service after a week. Their ids carry the write's nonce, so that
/// two writers of one name never mix theirs.</remarks>
internal sealed class StagedUpload(AzureBlobStore store, string name)
{
    private const int BlockBytes = 4 << 20;
    private const int BlocksMax = 50_000;
    private const int InFlightMax = 2;

    private readonly string nonce = AzureBlobStore.NewNonce();
    private readonly BlockBlobClient blob = store.BlocksOf(name);
    private readonly List<string> ids = [];

    /// <summary>Reads the stream to its end and writes it.</summary>
    public async Task<PutResult> RunAsync(Stream content, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        var count = 0;
        var inFlight = new Queue<Task>();
        try
        {
            count = await FillAsync(content, buffer, cancel);
            if (count < BlockBytes)
            {
                return await store.PutAsync(name, buffer.AsMemory(0, count), PutCondition.IfAbsent, cancel);
            }

            // A look is cheaper than to send it all in vain.
            if (await store.ExistsAsync(name, cancel))
            {
                return new PutResult(false, null);
            }

            while (count > 0)
            {
                if (inFlight.Count >= InFlightMax)
                {
                    await inFlight.Dequeue();
                }

                inFlight.Enqueue(StageAsync(NextId(), buffer, count, cancel));
                buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
                count = await FillAsync(content, buffer, cancel);
            }

            while (inFlight.TryDequeue(out var staged))
            {
                await staged;
            }
        }
        finally
        {
            // Nothing may still read a buffer that goes back to the pool; troubles were thrown above, or are second ones.
            await Task.WhenAll(inFlight).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return await CommitAsync(cancel);
    }

    private static async Task<int> FillAsync(Stream content, byte[] buffer, CancellationToken cancel) =>
        await content.ReadAtLeastAsync(buffer.AsMemory(0, BlockBytes), BlockBytes, throwOnEndOfStream: false, cancel);

    private string NextId()
    {
        if (ids.Count >= BlocksMax)
        {
            throw new StoreException(StoreTrouble.FixInput, $"{name} is larger than {(long)BlocksMax * BlockBytes} bytes");
        }

        var id = Convert.ToBase64String(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{nonce}-{ids.Count:D6}")));
        ids.Add(id);
        return id;
    }

    private async Task StageAsync(string id, byte[] buffer, int count, CancellationToken cancel)
    {
        try
        {
            await store.AskAsync("write a part of", name, count, async (_, token) =>
            {
                using var part = new MemoryStream(buffer, 0, count, writable: false);
                return await blob.StageBlockAsync(id, part, cancellationToken: token);
            }, cancel);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<PutResult> CommitAsync(CancellationToken cancel)
    {
        var options = new CommitBlockListOptions
        {
            Metadata = AzureBlobStore.MetadataOf(nonce),
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        return await store.WriteAsync(name, 0, nonce, PutCondition.IfAbsent, async token =>
        {
            try
            {
                return (await blob.CommitBlockListAsync(ids, options, token)).Value.ETag;
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.InvalidBlockList)
            {
                // Another writer's commit swept our parts away.
                throw new RequestFailedException(409, "", BlobErrorCode.BlobAlreadyExists.ToString(), null);
            }
        }, cancel);
    }
}
