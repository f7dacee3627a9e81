using System.Runtime.CompilerServices;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Learning;

/// <summary>A store of which one request, counted from when it is armed, is where something happens; after a death nothing has effect.</summary>
internal sealed class InterruptedStore(IBlobStore inner) : IBlobStore
{
    private int left = int.MaxValue;
    private Func<Task>? happens;

    public IBlobStore Inner => inner;

    public bool IsDead { get; private set; }

    public void DieAt(int request) => Arm(request, () =>
    {
        IsDead = true;
        return Task.CompletedTask;
    });

    public void Arm(int request, Func<Task> what) => (left, happens) = (request, what);

    public async ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel)
    {
        await PassAsync();
        return await inner.GetAsync(name, cancel);
    }

    public async ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel)
    {
        await PassAsync();
        return await inner.OpenReadAsync(name, offset, cancel);
    }

    public async ValueTask<PutResult> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel)
    {
        await PassAsync();
        return await inner.PutAsync(name, content, condition, cancel);
    }

    public async ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel)
    {
        await PassAsync();
        return await inner.PutStreamIfAbsentAsync(name, content, cancel);
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        await PassAsync();
        await foreach (var entry in inner.ListAsync(prefix, cancel))
        {
            yield return entry;
        }
    }

    public async ValueTask<bool> DeleteAsync(string name, CancellationToken cancel)
    {
        await PassAsync();
        return await inner.DeleteAsync(name, cancel);
    }

    private async Task PassAsync()
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            await happens!();
        }

        if (IsDead)
        {
            throw new PipelineKilledException();
        }
    }
}
