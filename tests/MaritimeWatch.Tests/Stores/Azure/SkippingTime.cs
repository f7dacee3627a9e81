namespace MaritimeWatch.Tests.Stores.Azure;

/// <summary>
/// A clock that jumps: who waits for less than <see cref="LimitMin"/> waits no time at all, and the clock says that it
/// has passed. Longer spans are limits on a try; they pass when a test says so.
/// </summary>
internal sealed class SkippingTime : TimeProvider
{
    /// <summary>From here on a span is a limit and no wait.</summary>
    public static readonly TimeSpan LimitMin = TimeSpan.FromMinutes(2);

    private readonly Lock gate = new();
    private readonly HashSet<Skipped> limits = [];
    private readonly List<TimeSpan> waits = [];
    private DateTimeOffset now = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>What was waited, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (gate)
            {
                return [.. waits];
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    /// <summary>Every limit passes now.</summary>
    public void PassLimits()
    {
        List<Skipped> passed;
        lock (gate)
        {
            passed = [.. limits];
            limits.Clear();
        }

        passed.ForEach(static limit => limit.Fire());
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Skipped(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Skipped(SkippingTime time, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.limits.Remove(this);
                if (dueTime < TimeSpan.Zero)
                {
                    return true;
                }

                if (dueTime >= LimitMin)
                {
                    time.limits.Add(this);
                    return true;
                }

                time.now += dueTime;
                time.waits.Add(dueTime);
            }

            // Not on this thread: whoever made the timer does not have it yet.
            ThreadPool.UnsafeQueueUserWorkItem(static timer => timer.Fire(), this, preferLocal: false);
            return true;
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
