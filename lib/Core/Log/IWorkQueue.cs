namespace MaritimeWatch.Log;

/// <summary>
/// Hands work to whoever is free: durable, at least once, roughly in order. A message that is not completed within its
/// visibility comes back; one that came back too often goes to the dead letters.
/// </summary>
public interface IWorkQueue : IWorkSender
{
    /// <summary>Takes the oldest message that nobody holds, or null where there is none now.</summary>
    /// <param name="visibility">How long it is ours before others may take it.</param>
    /// <param name="cancel">Stops the reading.</param>
    ValueTask<WorkItem?> ReceiveAsync(TimeSpan visibility, CancellationToken cancel = default);

    /// <summary>Waits until there may be something to receive.</summary>
    /// <param name="cancel">Stops the waiting.</param>
    Task WaitAsync(CancellationToken cancel = default);

    /// <summary>Says that the work is done; the message never comes back.</summary>
    /// <param name="item">As received.</param>
    /// <param name="cancel">Stops the writing.</param>
    ValueTask CompleteAsync(WorkItem item, CancellationToken cancel = default);
}

/// <summary>A message as received.</summary>
/// <param name="Id">The queue's name for it.</param>
/// <param name="Body">Its bytes.</param>
/// <param name="Deliveries">How often it has been received, this time included.</param>
public sealed record WorkItem(string Id, ReadOnlyMemory<byte> Body, int Deliveries);
