using MaritimeWatch.Feeds;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Functions.Watch.Stages;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What a host runs.</summary>
internal sealed record HostParts
{
    /// <summary>The web.</summary>
    public required WebApplication App { get; init; }

    /// <summary>How every source stands.</summary>
    public required SourceBoard Sources { get; init; }

    /// <summary>The watch, where its door is open.</summary>
    public LivePipeline? Pipeline { get; init; }

    /// <summary>The stages after the watch, where its door is open.</summary>
    public StagePipeline? Stages { get; init; }

    /// <summary>The pipeline of a store on Azure, which the triggers call; null where the loops of this process do the work.</summary>
    public HostedPipeline? Hosted { get; init; }

    /// <summary>Keeps the feeds up to date; null where they are closed, or look when somebody asks.</summary>
    public ReadModelFollower? Follower { get; init; }

    /// <summary>Keeps the alerts up to date; null where they are closed, or look when somebody asks.</summary>
    public AlertBoard? Board { get; init; }

    /// <summary>Doors that are no web requests.</summary>
    public required IReadOnlyList<ISocketDoor> Sockets { get; init; }

    /// <summary>What is done by the clock.</summary>
    public required IReadOnlyList<TimerLoop> Timers { get; init; }

    /// <summary>What else runs until the pipeline ends: the pushes.</summary>
    public IReadOnlyList<Func<CancellationToken, Task>> Loops { get; init; } = [];

    /// <summary>What the host disposes of at its end.</summary>
    public required IReadOnlyList<IDisposable> Owned { get; init; }

    /// <summary>The log.</summary>
    public required ILogger Log { get; init; }
}
