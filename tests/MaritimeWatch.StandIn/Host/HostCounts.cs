namespace MaritimeWatch.StandIn.Host;

/// <summary>What the stand-in has seen.</summary>
public sealed class HostCounts
{
    private long invoked;
    private long failed;
    private long doubled;
    private long poisoned;
    private long timedOut;
    private long deaths;

    /// <summary>Invocations.</summary>
    public long Invoked => Interlocked.Read(ref invoked);

    /// <summary>Of them those that failed: another answer than 200 with JSON, or the process died.</summary>
    public long Failed => Interlocked.Read(ref failed);

    /// <summary>Deliveries more than needed, made on purpose.</summary>
    public long Doubled => Interlocked.Read(ref doubled);

    /// <summary>Messages moved to dead letters.</summary>
    public long Poisoned => Interlocked.Read(ref poisoned);

    /// <summary>Invocations that took too long.</summary>
    public long TimedOut => Interlocked.Read(ref timedOut);

    /// <summary>Processes that ended.</summary>
    public long Deaths => Interlocked.Read(ref deaths);

    internal void OnInvoked() => Interlocked.Increment(ref invoked);

    internal void OnFailed() => Interlocked.Increment(ref failed);

    internal void OnDoubled() => Interlocked.Increment(ref doubled);

    internal void OnPoisoned() => Interlocked.Increment(ref poisoned);

    internal void OnTimedOut() => Interlocked.Increment(ref timedOut);

    internal void OnDeath() => Interlocked.Increment(ref deaths);
}
