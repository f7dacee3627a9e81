namespace MaritimeWatch.Tests.Log.Simulation;

/// <summary>
/// Runs everything on one thread: of all continuations that are ready, the next one is chosen by the seed. Time is
/// virtual and jumps to the next timer when nothing is ready.
/// </summary>
internal sealed class SimScheduler(Random random) : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> ready = [];
    private readonly PriorityQueue<Action<long>, (long At, long Order)> timers = new();
    private long ordered;

    public DateTimeOffset Now { get; private set; } = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public int Steps { get; private set; }

    public override void Post(SendOrPostCallback d, object? state) => ready.Add((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs until the task ends; false when it hangs or takes more steps than allowed.</summary>
    public bool Run(Func<Task> main, int stepsMax)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = main();
            while (!task.IsCompleted && Steps < stepsMax && RunOne())
            {
            }

            if (task.IsFaulted)
            {
                task.GetAwaiter().GetResult();
            }

            return task.IsCompleted;
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    internal void Add(Action<long> fire, DateTimeOffset at) => timers.Enqueue(fire, (at.UtcTicks, ordered++));

    private bool RunOne()
    {
        Steps++;
        if (ready.Count > 0)
        {
            var index = random.Next(ready.Count);
            var (callback, state) = ready[index];
            ready[index] = ready[^1];
            ready.RemoveAt(ready.Count - 1);
            callback(state);
            return true;
        }

        if (!timers.TryDequeue(out var fire, out var due))
        {
            return false;
        }

        Now = new DateTimeOffset(Math.Max(due.At, Now.UtcTicks), TimeSpan.Zero);
        fire(due.At);
        return true;
    }
}

/// <summary>The scheduler's time as a TimeProvider.</summary>
internal sealed class SimTime(SimScheduler scheduler) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => scheduler.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimTimer(scheduler, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

/// <summary>A timer of virtual time that fires once each time it is set.</summary>
internal sealed class SimTimer(SimScheduler scheduler, TimerCallback callback, object? state) : ITimer
{
    private long? dueTicks;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        dueTicks = null;
        if (dueTime >= TimeSpan.Zero)
        {
            var at = scheduler.Now + dueTime;
            dueTicks = at.UtcTicks;
            scheduler.Add(Fire, at);
        }

        return true;
    }

    private void Fire(long atTicks)
    {
        if (dueTicks == atTicks)
        {
            dueTicks = null;
            callback(state);
        }
    }

    public void Dispose() => dueTicks = null;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
