using MaritimeWatch.Log;

namespace MaritimeWatch.StandIn.Host;

/// <summary>How the stand-in delivers. The defaults are those of the Functions host for queues.</summary>
public sealed record StandInSettings
{
    /// <summary>Connection string of the queues, as the host has it (never through the faults of the workers).</summary>
    public required string Queues { get; init; }

    /// <summary>Handler processes; default 1.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>How the process of a place (from 0) is started, for its so-many-th life (from 0).</summary>
    public required Func<int, int, HandlerStart> Start { get; init; }

    /// <summary>The queues that are heard; default all and their dead letters.</summary>
    public IReadOnlyList<string> Heard { get; init; } = [.. QueueNames.All, .. QueueNames.All.Select(QueueNames.PoisonOf)];

    /// <summary>Messages taken at once, 1 to 32; the host's default is 16.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>The next are taken when no more than so many are under way; the host's default is 8.</summary>
    public int NewBatchThreshold { get; init; } = 8;

    /// <summary>Invocations that one process has at a time; default 16.</summary>
    public int PerProcess { get; init; } = 16;

    /// <summary>How long a taken message is unseen. The host takes ten minutes and renews; we do not renew, to be unkind.</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>When a failed message is seen again; the host's default is at once.</summary>
    public TimeSpan FailedVisibility { get; init; } = TimeSpan.Zero;

    /// <summary>Failures after which a message goes to the dead letters; the host's default is 5.</summary>
    public int DequeuesMax { get; init; } = 5;

    /// <summary>The longest that an invocation may take; then its process is killed, as the host does. Default 5 minutes.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The shortest wait after an empty read; default 100 ms.</summary>
    public TimeSpan PollMin { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest; the host's default (maxPollingInterval) is one minute.</summary>
    public TimeSpan PollMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often each timer fires; default <c>ClockTimer</c> every minute.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Timers { get; init; } =
        new Dictionary<string, TimeSpan> { ["ClockTimer"] = TimeSpan.FromMinutes(1) };

    /// <summary>What is done on purpose that at-least-once allows; null for nothing.</summary>
    public DeliveryWhims? Whims { get; init; }

    /// <summary>Told the queue and the text of every message that was delivered and done; null for nobody.</summary>
    public Action<string, string>? Done { get; init; }

    /// <summary>Told the place and the exit code of every process that ended by itself or was killed; null for nobody.</summary>
    public Action<int, int>? Ended { get; init; }

    /// <summary>Told in words what goes wrong; null for nobody.</summary>
    public Action<string>? Log { get; init; }
}

/// <summary>What a queue may do to its messages: shares of 0 to 1.</summary>
/// <param name="Seed">Of all chance.</param>
/// <param name="Twice">Delivered to two processes at once.</param>
/// <param name="Again">Delivered once more some time after it was done.</param>
/// <param name="Late">Held back for a while.</param>
/// <param name="LateMax">The longest that it is held back.</param>
public sealed record DeliveryWhims(int Seed, double Twice = 0.1, double Again = 0.05, double Late = 0.1, TimeSpan LateMax = default);
