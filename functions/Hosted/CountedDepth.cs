using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Hosted;

/// <summary>
/// A queue that tells a door's <see cref="QueueDepth"/> how many messages wait in it, where others empty it: the queue is
/// asked when something is sent, at most every few seconds, or as soon as the door's own count says that so much waits that
/// things are turned away; it goes on being asked as long as it says the same, because then less or nothing is sent.
/// </summary>
/// <param name="queue">The queue.</param>
/// <param name="depth">Told the number.</param>
/// <param name="every">The shortest time between two questions.</param>
/// <param name="time">The clock.</param>
internal sealed class CountedDepth(IWorkSender queue, QueueDepth depth, TimeSpan every, TimeProvider time) : IWorkSender
{
    private readonly Lock gate = new();
    private DateTimeOffset dueAt = DateTimeOffset.MinValue;
    private bool isAsking;

    /// <inheritdoc/>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancel = default)
    {
        await queue.SendAsync(body, delay, cancel);
        AskIfDue();
    }

    /// <inheritdoc/>
    public ValueTask<int> CountAsync(CancellationToken cancel = default) => queue.CountAsync(cancel);

    private void AskIfDue()
    {
        lock (gate)
        {
            // What was sent since the last question is counted here alone: who waited for the next sending would wait for ever.
            if (isAsking || (time.GetUtcNow() < dueAt && !depth.IsFilling))
            {
                return;
            }

            isAsking = true;
        }

        _ = AskAsync();
    }

    private async Task AskAsync()
    {
        while (true)
        {
            try
            {
                depth.Set(await queue.CountAsync(CancellationToken.None));
            }
            catch (StoreException)
            {
                depth.Set(0); // Unknown: what is wrong with the queue is found, and said, by the next send.
            }

            lock (gate)
            {
                if (!depth.IsFilling)
                {
                    (isAsking, dueAt) = (false, time.GetUtcNow() + every);
                    return;
                }
            }

            await Task.Delay(every, time);
        }
    }
}
