using System.Runtime.CompilerServices;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Log;

/// <summary>Counts what is asked of a store, as a bill does; a listing counts as one.</summary>
internal sealed class CountingStore(IBlobStore inner) : IBlobStore
{
    private int requests;

    /// <summary>Requests since the start, or since it was set.</summary>
    public int Requests
    {
        get => Volatile.Read(ref requests);
        set => Volatile.Write(ref requests, value);
    }

    /// <summary>What was asked, in order: <c>get NAME</c>, <c>range NAME</c>, <c>put NAME</c>...</summary>
    public List<string> Log { get; } = [];

    public ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel)
    {
        Count("get", name);
        return inner.GetAsync(name, cancel);
    }

    public ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel)
    {
        Count("open", name);
        return inner.OpenReadAsync(name, offset, cancel);
    }

    public ValueTask<ReadOnlyMemory<byte>?> GetRangeAsync(string name, long offset, int length, CancellationToken cancel)
    {
        Count("range", name);
        return inner.GetRangeAsync(name, offset, length, cancel);
    }

    public ValueTask<PutResult> PutAsync(
        string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel)
    {
        Count("put", name);
        return inner.PutAsync(name, content, condition, cancel);
    }

    public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel)
    {
        Count("put", name);
        return inner.PutStreamIfAbsentAsync(name, content, cancel);
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        Count("list", prefix);
        await foreach (var entry in inner.ListAsync(prefix, cancel))
        {
            yield return entry;
        }
    }

    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancel)
    {
        Count("delete", name);
        return inner.DeleteAsync(name, cancel);
    }

    private void Count(string what, string name)
    {
        lock (Log)
        {
            requests++;
            Log.Add($"{what} {name}");
        }
    }
}
