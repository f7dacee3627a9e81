using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Hosted;

/// <summary>
/// Store, queue and kill points of one process that dies at a moment: from then on nothing that it still tries takes effect.
/// </summary>
internal sealed class MortalParts(IBlobStore store, IWorkSender queue, int diesAtMoment) : IBlobStore, IWorkSender
{
    private int moments;

    public bool IsDead => Volatile.Read(ref moments) >= diesAtMoment;

    public string? DiedAt { get; private set; }

    public void Kill(string moment)
    {
        Check();
        if (Interlocked.Increment(ref moments) == diesAtMoment)
        {
            DiedAt = moment;
        }

        Check();
    }

    public ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) => Living(store).GetAsync(name, cancel);

    public ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel) =>
        Living(store).OpenReadAsync(name, offset, cancel);

    public ValueTask<PutResult> PutAsync(string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel) =>
        Living(store).PutAsync(name, content, condition, cancel);

    public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
        Living(store).PutStreamIfAbsentAsync(name, content, cancel);

    public IAsyncEnumerable<BlobEntry> ListAsync(string prefix, CancellationToken cancel) => Living(store).ListAsync(prefix, cancel);

    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancel) => Living(store).DeleteAsync(name, cancel);

    public ValueTask SendAsync(ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancel = default) =>
        Living(queue).SendAsync(body, delay, cancel);

    public ValueTask<int> CountAsync(CancellationToken cancel = default) => Living(queue).CountAsync(cancel);

    private T Living<T>(T part)
    {
        Check();
        return part;
    }

    private void Check()
    {
        if (IsDead)
        {
            throw new PipelineKilledException();
        }
    }
}
