using System.Runtime.CompilerServices;
using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>
/// One store of two: names under <c>keys/</c> lie in a container without versions or soft delete, because deleting a
/// key must make an end of it.
/// </summary>
internal sealed class KeysApart(IBlobStore rest, IBlobStore keys) : IBlobStore
{
    private const string KeysPrefix = "keys/";

    /// <inheritdoc/>
    public ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) => Of(name).GetAsync(name, cancel);

    /// <inheritdoc/>
    public ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel) =>
        Of(name).OpenReadAsync(name, offset, cancel);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> GetRangeAsync(string name, long offset, int length, CancellationToken cancel) =>
        Of(name).GetRangeAsync(name, offset, length, cancel);

    /// <inheritdoc/>
    public ValueTask<PutResult> PutAsync(
        string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel) =>
        Of(name).PutAsync(name, content, condition, cancel);

    /// <inheritdoc/>
    public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
        Of(name).PutStreamIfAbsentAsync(name, content, cancel);

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancel) => Of(name).DeleteAsync(name, cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) =>
        prefix.StartsWith(KeysPrefix, StringComparison.Ordinal) ? keys.ListAsync(prefix, cancel)
            : KeysPrefix.StartsWith(prefix, StringComparison.Ordinal) ? ListBothAsync(prefix, cancel)
            : rest.ListAsync(prefix, cancel);

    private IBlobStore Of(string name) => name.StartsWith(KeysPrefix, StringComparison.Ordinal) ? keys : rest;

    private async IAsyncEnumerable<BlobEntry> ListBothAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        // No name of the rest lies between two keys, so the keys come in one piece.
        var isKeysDone = false;
        await foreach (var entry in rest.ListAsync(prefix, cancel))
        {
            if (!isKeysDone && string.CompareOrdinal(entry.Name, KeysPrefix) > 0)
            {
                isKeysDone = true;
                await foreach (var key in keys.ListAsync(KeysPrefix, cancel))
                {
                    yield return key;
                }
            }

            yield return entry;
        }

        if (!isKeysDone)
        {
            await foreach (var key in keys.ListAsync(KeysPrefix, cancel))
            {
                yield return key;
            }
        }
    }
}
