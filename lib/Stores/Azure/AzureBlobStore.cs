using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>
/// Blobs in a container of Azure Blob Storage. Every write carries a nonce in the blob's metadata: where it is unknown
/// whether a write took effect, the blob is asked whose it is.
/// </summary>
/// <remarks>
/// A write that took effect, was not heard of, and was then replaced by another worker reads as lost. That is right for
/// the protocol: what was written is not there any more, and the writer must read again. The account must have no
/// hierarchical namespace: such an account lists in another order.
/// </remarks>
internal sealed class AzureBlobStore : IBlobStore
{
    private const string NonceName = "nonce";
    private const int PagesMax = 100_000;

    private readonly BlobContainerClient container;
    private readonly AzureTries tries;
    private readonly int namesPerPage;

    /// <summary>A store in a container, which is made where it is absent.</summary>
    /// <param name="container">The container; its client must not repeat anything by itself.</param>
    /// <param name="tries">Patience.</param>
    /// <param name="namesPerPage">Names that one request lists at most; the service knows no more than 5,000.</param>
    public AzureBlobStore(BlobContainerClient container, AzureTries tries, int namesPerPage) =>
        (this.container, this.tries, this.namesPerPage) = (container, tries, namesPerPage);

    /// <summary>True where the container is there: one request, that also says whether we may.</summary>
    public Task<bool> ExistsAsync(CancellationToken cancel) =>
        tries.RunAsync(What("open"), 0, async (_, token) => (await container.ExistsAsync(token)).Value, cancel);

    /// <summary>Makes the container if it is absent.</summary>
    public Task MakeAsync(CancellationToken cancel) =>
        tries.RunAsync(What("make"), 0, async (_, token) => await container.CreateIfNotExistsAsync(cancellationToken: token), cancel);

    /// <inheritdoc/>
    public async ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel)
    {
        var blob = container.GetBlobClient(BlobName.Check(name));
        return await AskAsync<BlobContent?>("read", name, 0, async (attempt, token) =>
        {
            try
            {
                using var answer = (await blob.DownloadStreamingAsync(cancellationToken: token)).Value;
                var bytes = new byte[answer.Details.ContentLength];
                attempt.Limit.CancelAfter(tries.LimitOf(bytes.Length));
                await answer.Content.ReadExactlyAsync(bytes, token);
                return new BlobContent(bytes, answer.Details.ETag.ToString());
            }
            catch (RequestFailedException e) when (IsAbsent(e))
            {
                return null;
            }
        }, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        BlobName.Check(name);
        var first = await RangeAsync(name, offset, BlobRange.FirstBytes, null, cancel);
        return first is { } range ? new BlobRangeStream(this, name, offset, range) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetRangeAsync(string name, long offset, int length, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        BlobName.Check(name);
        var read = await RangeAsync(name, offset, Math.Max(length, 1), null, cancel); // No range asks for nothing.
        return read is { } range ? range.Bytes[..Math.Min(length, range.Bytes.Length)] : (ReadOnlyMemory<byte>?)null;
    }

    /// <inheritdoc/>
    public async ValueTask<PutResult> PutAsync(
        string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel)
    {
        var blob = container.GetBlockBlobClient(BlobName.Check(name));
        var nonce = NewNonce();
        var options = new BlobUploadOptions
        {
            Metadata = MetadataOf(nonce),
            Conditions = ConditionsOf(condition),

            // One request, whatever the length: what is shorter than this goes whole. In parts the client library would
            // name them by their number alone, and two writers that race would get a mixture of both.
            TransferOptions = new() { InitialTransferSize = content.Length + 1L },
        };
        return await WriteAsync(name, content.Length, nonce, condition, async token =>
        {
            using var stream = BinaryData.FromBytes(content).ToStream();
            return (await blob.UploadAsync(stream, options, token)).Value.ETag;
        }, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
        await new StagedUpload(this, BlobName.Check(name)).RunAsync(content, cancel);

    /// <inheritdoc/>
    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        BlobName.CheckPrefix(prefix);
        string? mark = null, last = null;
        for (var pages = 0; pages < PagesMax; pages++)
        {
            var page = await PageAsync(prefix, mark, cancel);
            foreach (var item in page.Values)
            {
                if (last is not null && string.CompareOrdinal(last, item.Name) >= 0)
                {
                    throw new StoreException(
                        StoreTrouble.Stop,
                        $"{What("list")} is not in order ({item.Name} after {last}): the account must have no hierarchical namespace");
                }

                last = item.Name;
                yield return new BlobEntry(item.Name, item.Properties.ContentLength ?? 0);
            }

            mark = page.ContinuationToken;
            if (string.IsNullOrEmpty(mark))
            {
                yield break;
            }
        }

        throw new StoreException(StoreTrouble.Stop, $"{What("list")} has more than {(long)PagesMax * namesPerPage} blobs under \"{prefix}\"");
    }

    /// <inheritdoc/>
    public async ValueTask<bool> DeleteAsync(string name, CancellationToken cancel)
    {
        var blob = container.GetBlobClient(BlobName.Check(name));
        return await AskAsync("delete", name, 0, async (attempt, token) =>
        {
            try
            {
                await blob.DeleteAsync(cancellationToken: token);
                return true;
            }
            catch (RequestFailedException e) when (IsAbsent(e))
            {
                // Gone after a try that we did not hear of: it was ours, as far as anybody can tell.
                return attempt.MayHaveHappened;
            }
        }, cancel);
    }

    /// <summary>A nonce that no other write has.</summary>
    internal static string NewNonce() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The metadata that marks a write.</summary>
    internal static Dictionary<string, string> MetadataOf(string nonce) => new(StringComparer.Ordinal) { [NonceName] = nonce };

    /// <summary>A client for the parts of a large blob.</summary>
    internal BlockBlobClient BlocksOf(string name) => container.GetBlockBlobClient(name);

    /// <summary>True where a blob is there.</summary>
    internal async ValueTask<bool> ExistsAsync(string name, CancellationToken cancel) =>
        await AskAsync("look at", name, 0, async (_, token) => await HeadAsync(name, token) is not null, cancel);

    /// <summary>Reads a range, or null where there is no blob; a version that must still be there may be given.</summary>
    internal async ValueTask<BlobRange?> RangeAsync(string name, long offset, int count, ETag? version, CancellationToken cancel)
    {
        var blob = container.GetBlobClient(name);
        var options = new BlobDownloadOptions
        {
            Range = new HttpRange(offset, count),
            Conditions = version is { } same ? new BlobRequestConditions { IfMatch = same } : null,
        };
        return await AskAsync<BlobRange?>("read", name, count, async (_, token) =>
        {
            try
            {
                using var answer = (await blob.DownloadStreamingAsync(options, token)).Value;
                var bytes = new byte[answer.Details.ContentLength];
                await answer.Content.ReadExactlyAsync(bytes, token);
                return new BlobRange(bytes, BlobRange.LengthIn(answer.Details.ContentRange), answer.Details.ETag);
            }
            catch (RequestFailedException e) when (e.Status == 416)
            {
                return BlobRange.Empty; // There is a blob, and it ends before the offset.
            }
            catch (RequestFailedException e) when (e.Status == 412 || (version is not null && IsAbsent(e)))
            {
                throw new StoreException(StoreTrouble.Retry, $"{What("read", name)}: it was replaced or deleted while it was read");
            }
            catch (RequestFailedException e) when (IsAbsent(e))
            {
                return null;
            }
        }, cancel);
    }

    /// <summary>Writes under a condition, and finds out what became of it where the answer does not say.</summary>
    /// <param name="name">The blob.</param>
    /// <param name="bytes">How much is sent.</param>
    /// <param name="nonce">What marks the write.</param>
    /// <param name="condition">On what it depends.</param>
    /// <param name="write">Sends it; the new version.</param>
    /// <param name="cancel">Gives up; then it is unknown.</param>
    internal async ValueTask<PutResult> WriteAsync(
        string name, long bytes, string nonce, PutCondition condition, Func<CancellationToken, Task<ETag>> write, CancellationToken cancel)
    {
        var isUnknown = false;
        try
        {
            return await AskAsync("write", name, bytes, async (attempt, token) =>
            {
                if (attempt.MayHaveHappened && await SettleAsync(name, nonce, condition, token) is { } settled)
                {
                    return settled;
                }

                isUnknown = true;
                try
                {
                    return new PutResult(true, (await write(token)).ToString());
                }
                catch (RequestFailedException e) when (IsLost(e))
                {
                    // A first try that is refused is lost; a later one may have been refused because of our own success.
                    // (A request without a body may have been repeated on a new connection below us.)
                    isUnknown = false;
                    return attempt.Number == 1 && bytes > 0
                        ? new PutResult(false, null)
                        : await SettleAsync(name, nonce, condition, token) ?? new PutResult(false, null);
                }
            }, cancel);
        }
        catch (StoreException e) when (e.Trouble == StoreTrouble.Retry && isUnknown)
        {
            // The last try may have worked. One look more; if that fails too, the caller hears that it is unknown.
            using var limit = new CancellationTokenSource(tries.LimitOf(0), tries.Time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
            try
            {
                if (await SettleAsync(name, nonce, condition, both.Token) is { } settled)
                {
                    return settled;
                }
            }
            catch (Exception again) when (again is OperationCanceledException || AzureTroubles.Of(again) is not null)
            {
                cancel.ThrowIfCancellationRequested();
            }

            throw;
        }
    }

    /// <summary>Runs an operation with patience, and makes the container once where it turns out to be absent.</summary>
    internal Task<T> AskAsync<T>(
        string verb, string name, long bytes, Func<Try, CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        var isMade = false;
        return tries.RunAsync(What(verb, name), bytes, async (attempt, token) =>
        {
            try
            {
                return await ask(attempt, token);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound && !isMade)
            {
                isMade = true;
                await container.CreateIfNotExistsAsync(cancellationToken: token);
                return await ask(attempt, token);
            }
        }, cancel);
    }

    /// <summary>True where the condition of a write did not hold.</summary>
    private static bool IsLost(RequestFailedException e) =>
        e.Status is 409 or 412 && e.ErrorCode is not ("ContainerBeingDeleted" or "AccountBeingCreated" or "OperationTimedOut"
            or "LeaseIdMissing" or "BlobImmutableDueToPolicy" or "ContainerNotFound");

    private static bool IsAbsent(RequestFailedException e) => e.Status == 404 && e.ErrorCode != BlobErrorCode.ContainerNotFound;

    private static BlobRequestConditions ConditionsOf(PutCondition condition) => condition.ETag switch
    {
        null => new() { IfNoneMatch = ETag.All },

        // If-Match:* would mean "whatever is there", and differs between services where nothing is.
        "" or "*" => throw new StoreException(StoreTrouble.FixInput, $"\"{condition.ETag}\" is no version of a blob"),
        _ => new() { IfMatch = new ETag(condition.ETag) },
    };

    /// <summary>What became of a write: ours, lost, or null where nothing has happened yet.</summary>
    private async Task<PutResult?> SettleAsync(string name, string nonce, PutCondition condition, CancellationToken token)
    {
        var there = await HeadAsync(name, token);
        if (there is not null && there.Metadata.TryGetValue(NonceName, out var whose) && whose == nonce)
        {
            return new PutResult(true, there.ETag.ToString());
        }

        return there?.ETag.ToString() == condition.ETag ? null : new PutResult(false, null);
    }

    private async Task<BlobProperties?> HeadAsync(string name, CancellationToken token)
    {
        try
        {
            return (await container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: token)).Value;
        }
        catch (RequestFailedException e) when (IsAbsent(e))
        {
            return null;
        }
    }

    private async Task<Page<BlobItem>> PageAsync(string prefix, string? mark, CancellationToken cancel) =>
        await AskAsync("list", prefix, 0, async (_, token) =>
        {
            var listing = container.GetBlobsAsync(prefix: prefix.Length == 0 ? null : prefix, cancellationToken: token);
            await using var pages = listing.AsPages(mark, namesPerPage).GetAsyncEnumerator(token);
            return await pages.MoveNextAsync() ? pages.Current : throw new StoreException(StoreTrouble.Retry, $"{What("list", prefix)}: no answer");
        }, cancel);

    private string What(string verb, string? name = null) =>
        $"{verb} {container.AccountName}/{container.Name}{(name is null ? "" : "/" + name)}";
}
