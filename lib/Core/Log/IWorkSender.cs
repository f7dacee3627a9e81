namespace MaritimeWatch.Log;

/// <summary>Puts messages on a queue: all that a door needs of it. Durable, at least once, roughly in order.</summary>
public interface IWorkSender
{
    /// <summary>Adds a message; it is durable when this returns.</summary>
    /// <param name="body">Its bytes, small: what is large is landed and named.</param>
    /// <param name="delay">How long nobody may receive it; at most 7 days; zero for at once.</param>
    /// <param name="cancel">Gives up; whether the message was added is then unknown.</param>
    /// <exception cref="StoreException">Retry: unknown whether it was added; Stop, FixInput: it was not.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancel = default);

    /// <summary>About how many messages wait, for a door that must say "later" in time.</summary>
    /// <param name="cancel">Stops the asking.</param>
    /// <exception cref="StoreException">Trouble outside.</exception>
    ValueTask<int> CountAsync(CancellationToken cancel = default);
}
