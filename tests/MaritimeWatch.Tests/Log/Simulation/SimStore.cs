using System.Runtime.CompilerServices;
using MaritimeWatch.Log;

namespace MaritimeWatch.Tests.Log.Simulation;

/// <summary>How unkind the world is in one schedule.</summary>
/// <param name="FailureRate">Chance that a call fails: before its effect, after it, or with its effect still to come.</param>
/// <param name="DuplicateRate">Chance that the transport repeats a request and answers with the repetition's result.</param>
/// <param name="DeathRate">Chance, for each call, that the caller dies in it.</param>
/// <param name="StallRate">Chance that a call takes many seconds.</param>
internal sealed record SimWorld(double FailureRate, double DuplicateRate, double DeathRate, double StallRate)
{
    public static SimWorld Kind { get; } = new(0, 0, 0, 0);
}

/// <summary>The life of one process: once it is over, nothing that it awaits ever comes back.</summary>
internal sealed class SimLife
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    public bool IsOver { get; private set; }

    public Action? OnDeath { get; set; }

    public Task Die()
    {
        if (!IsOver)
        {
            IsOver = true;
            OnDeath?.Invoke();
        }

        return Never;
    }
}

/// <summary>
/// The store as one process sees it over an unreliable network: calls fail, are delayed, take effect though they were
/// reported as failed, even later, or twice; and the process can die before, in or after any of them.
/// </summary>
internal sealed class SimStore(IBlobStore inner, Func<SimWorld> world, Random random, TimeProvider time, SimLife life) : IBlobStore
{
    public ValueTask<BlobContent?> GetAsync(string name, CancellationToken cancel) =>
        CallAsync(() => inner.GetAsync(name, cancel), mayRepeat: true);

    public ValueTask<Stream?> OpenReadAsync(string name, long offset, CancellationToken cancel) =>
        CallAsync(() => inner.OpenReadAsync(name, offset, cancel), mayRepeat: true);

    public ValueTask<PutResult> PutAsync(
        string name, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancel)
    {
        var sent = content.ToArray(); // What is on the wire does not change when the caller goes on.
        return CallAsync(() => inner.PutAsync(name, sent, condition, cancel), mayRepeat: true);
    }

    public ValueTask<PutResult> PutStreamIfAbsentAsync(string name, Stream content, CancellationToken cancel) =>
        CallAsync(() => inner.PutStreamIfAbsentAsync(name, content, cancel), mayRepeat: false);

    public ValueTask<bool> DeleteAsync(string name, CancellationToken cancel) =>
        CallAsync(() => inner.DeleteAsync(name, cancel), mayRepeat: true);

    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancel)
    {
        await CallAsync(() => new ValueTask<bool>(true), mayRepeat: false);
        await foreach (var entry in inner.ListAsync(prefix, cancel))
        {
            if (random.Next(4) == 0)
            {
                await PauseAsync(); // A listing is of no single moment.
            }

            yield return entry;
        }
    }

    private async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> call, bool mayRepeat)
    {
        await PauseAsync();
        await MayDieAsync();
        if (random.NextDouble() < world().FailureRate)
        {
            var kind = random.Next(3);
            if (kind == 1)
            {
                await call();
            }
            else if (kind == 2 && mayRepeat)
            {
                _ = LaterAsync(call);
            }

            await PauseAsync();
            throw new StoreException(StoreTrouble.Retry, "the network was cut");
        }

        var answer = await call();
        if (mayRepeat && random.NextDouble() < world().DuplicateRate)
        {
            answer = await call();
        }

        await MayDieAsync();
        await PauseAsync();
        return answer;
    }

    private async Task LaterAsync<T>(Func<ValueTask<T>> call)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 3000)), time);
        await call();
    }

    private async ValueTask MayDieAsync()
    {
        if (life.IsOver || random.NextDouble() < world().DeathRate)
        {
            await life.Die();
        }
    }

    private async ValueTask PauseAsync()
    {
        if (random.NextDouble() < world().StallRate)
        {
            await Task.Delay(TimeSpan.FromSeconds(random.Next(5, 60)), time);
        }
        else if (random.Next(3) == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 50)), time);
        }
        else
        {
            await Task.Yield();
        }
    }
}
