using MaritimeWatch.Log;

namespace MaritimeWatch.Stores.Azure;

/// <summary>One try of an operation, as the operation sees it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="MayHaveHappened">True where an earlier try may have taken effect although it failed.</param>
/// <param name="Limit">Ends the try; a try that learns how long its answer is may move it.</param>
internal readonly record struct Try(int Number, bool MayHaveHappened, CancellationTokenSource Limit);

/// <summary>
/// Patience with the service: bounded tries, each with a limit on its time, and between them waits that double and vary
/// by chance, so that workers that failed together do not come back together.
/// </summary>
/// <param name="time">For waits and limits.</param>
/// <param name="chance">For the spread of waits; used under a lock.</param>
/// <param name="tryTimeout">Limit of a try of an operation on at most <see cref="SmallBytes"/>.</param>
internal sealed class AzureTries(TimeProvider time, Random chance, TimeSpan tryTimeout)
{
    /// <summary>Tries before the trouble is handed on; the protocol above has patience of its own.</summary>
    public const int TriesMax = 5;

    /// <summary>Bytes that are moved within one time-out; longer ones have in proportion longer.</summary>
    public const long SmallBytes = 4 << 20;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(5);

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>How long a try may last that moves so many bytes.</summary>
    public TimeSpan LimitOf(long bytes) => tryTimeout * Math.Max(1, (double)bytes / SmallBytes);

    /// <summary>Tries until there is an answer, or trouble that does not pass.</summary>
    /// <param name="what">What is done, and to which blob or queue; for the message.</param>
    /// <param name="bytes">How much is sent.</param>
    /// <param name="ask">One try. Repeating it must be safe.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="StoreException">It failed for good or too often.</exception>
    public async Task<T> RunAsync<T>(string what, long bytes, Func<Try, CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        var mayHaveHappened = false;
        for (var number = 1; ; number++)
        {
            FailedTry failed;
            using (var limit = new CancellationTokenSource(LimitOf(bytes), time))
            using (var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token))
            {
                try
                {
                    return await ask(new Try(number, mayHaveHappened, limit), both.Token);
                }
                catch (OperationCanceledException) when (!cancel.IsCancellationRequested && limit.IsCancellationRequested)
                {
                    failed = new FailedTry(StoreTrouble.Retry, "no answer in time", true);
                }
                catch (Exception e) when (!cancel.IsCancellationRequested && AzureTroubles.Of(e) is { } trouble)
                {
                    failed = trouble;
                }
                catch (Exception e) when (cancel.IsCancellationRequested && (e is OperationCanceledException || AzureTroubles.Of(e) is not null))
                {
                    throw new OperationCanceledException(cancel);
                }
            }

            mayHaveHappened |= failed.IsUnknown;
            if (failed.Trouble != StoreTrouble.Retry || number >= TriesMax)
            {
                throw new StoreException(failed.Trouble, $"{what}: {failed.Words}{(number > 1 ? $", {number} tries" : "")}");
            }

            await Task.Delay(WaitAfter(number, failed.RetryAfter), time, cancel);
        }
    }

    private TimeSpan WaitAfter(int number, TimeSpan? asked)
    {
        double part;
        lock (chance)
        {
#pragma warning disable CA5394 // It spreads waits; nothing secret hangs on it.
            part = 0.5 + (chance.NextDouble() / 2);
#pragma warning restore CA5394
        }

        var wait = FirstWait * Math.Pow(2, number - 1);
        wait = (wait < WaitMax ? wait : WaitMax) * part;

        // Not before the service says, and not all at that very moment.
        return asked is { } least ? least + wait : wait;
    }
}
