using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Hosted;

/// <summary>
/// Tells other workers, by the queue <c>wake</c>, that a group should be folded or a relay should look. Who is woken looks
/// at all that is there then, so one wake that is not delivered yet stands for everything that came before its delivery.
/// </summary>
/// <param name="queue">The queue.</param>
/// <param name="pace">How long a wake waits.</param>
/// <param name="time">The clock.</param>
/// <param name="kill">Called after a wake was sent.</param>
internal sealed class Wakes(IWorkSender queue, HostedPace pace, TimeProvider time, KillPoint kill)
{
    // A tenth is left for the difference between two clocks in so short a time.
    private const double CoversShare = 0.9;

    private readonly Lock gate = new();
    private readonly Dictionary<(GroupName Group, bool IsRelay), Sent> later = [];
    private readonly Dictionary<(GroupName Group, bool IsRelay), DateTimeOffset> soonAt = [];

    /// <summary>Sends a wake that waits a while, unless one waits already. Durable when it returns.</summary>
    /// <param name="group">The group; group 0 for a relay.</param>
    /// <param name="number">The entry, or 0 for the stage's relay.</param>
    /// <param name="generation">The group's generation as known.</param>
    /// <exception cref="StoreException">It is unknown whether it was sent.</exception>
    public async Task LaterAsync(GroupName group, long number, long generation)
    {
        Sent sent;
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (!later.TryGetValue((group, number == 0), out sent!) || now >= sent.CoversUntil || sent.Sending.IsFaulted)
            {
                sent = new Sent(SendAsync(group, number, generation, pace.WakeDelay), now + (pace.WakeDelay * CoversShare));
                later[(group, number == 0)] = sent;
            }
        }

        await sent.Sending;
    }

    /// <summary>Sends a wake at once, or where one was sent a moment ago, one that waits. Durable when it returns.</summary>
    /// <param name="group">The group; group 0 for a relay.</param>
    /// <param name="number">The entry, or 0 for the stage's relay.</param>
    /// <param name="generation">The group's generation as known.</param>
    /// <exception cref="StoreException">It is unknown whether it was sent.</exception>
    public Task SoonAsync(GroupName group, long number, long generation)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (soonAt.TryGetValue((group, number == 0), out var at) && now < at + pace.WakeDelay)
            {
                return LaterAsync(group, number, generation);
            }

            soonAt[(group, number == 0)] = now;
        }

        return NowAsync(group, number, generation);
    }

    /// <summary>Sends a wake at once. Durable when it returns.</summary>
    /// <param name="group">The group; group 0 for a relay.</param>
    /// <param name="number">The entry, or 0 for the stage's relay.</param>
    /// <param name="generation">The group's generation as known.</param>
    /// <exception cref="StoreException">It is unknown whether it was sent.</exception>
    public Task NowAsync(GroupName group, long number, long generation) => SendAsync(group, number, generation, TimeSpan.Zero);

    private async Task SendAsync(GroupName group, long number, long generation, TimeSpan delay)
    {
        var wake = new WakeMessage { Stage = group.Stage, Group = group.Group, Number = number, Generation = generation };
        await queue.SendAsync(wake.ToBytes(), delay, CancellationToken.None);
        kill(HostedMoments.AfterWake);
    }

    private sealed record Sent(Task Sending, DateTimeOffset CoversUntil);
}
