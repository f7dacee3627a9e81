using System.Net.Sockets;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Watch.Stages;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Doors, pipeline, feeds and console over one store in one process. It ends in the order of the data: doors, then web,
/// then pipeline, so that everything that was acknowledged is also folded where time allows.
/// </summary>
public sealed class ServeHost : IAsyncDisposable
{
    private readonly CancellationTokenSource doorsStop = new();
    private readonly CancellationTokenSource pipelineStop = new();
    private readonly CancellationTokenSource followerStop = new();
    private readonly HostParts parts;
    private readonly WebApplication app;
    private readonly ILogger log;
    private Task doorsRun = Task.CompletedTask;
    private Task pipelineRun = Task.CompletedTask;
    private Task stagesRun = Task.CompletedTask;
    private Task followerRun = Task.CompletedTask;
    private Task alertsRun = Task.CompletedTask;
    private Task timersRun = Task.CompletedTask;
    private bool stopped;

    private ServeHost(HostParts parts) => (this.parts, app, log) = (parts, parts.App, parts.Log);

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<string> Urls => [.. app.Urls];

    /// <summary>The doors that are no web requests, in the order of the options.</summary>
    public IReadOnlyList<ISocketDoor> Sockets => parts.Sockets;

    /// <summary>How every source stands.</summary>
    public SourceBoard Board => parts.Sources;

    /// <summary>The pipeline, where the door <c>watch</c> is open.</summary>
    public LivePipeline? Pipeline => parts.Pipeline;

    /// <summary>The stages after the watch, where the door <c>watch</c> is open.</summary>
    public StagePipeline? Stages => parts.Stages;

    /// <summary>What the triggers call, where the store is on Azure.</summary>
    public HostedPipeline? Hosted => parts.Hosted;

    /// <summary>Every route, for a test that tries them all.</summary>
    internal IReadOnlyList<RouteEndpoint> Routes =>
        [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    /// <summary>What ended it before its time; null when all is well.</summary>
    public Exception? Fatal { get; private set; }

    /// <summary>Starts everything and returns once it listens.</summary>
    /// <exception cref="ServeRefusedException">It may not or cannot start so; the message says what to do.</exception>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public static async Task<ServeHost> StartAsync(
        ServeOptions options, ServeParts? parts = null, CancellationToken cancel = default)
    {
        if (options.Refusal() is { } refusal)
        {
            throw new ServeRefusedException(refusal);
        }

        var host = await ServeAssembly.BuildAsync(options, parts ?? new ServeParts(), cancel);
        try
        {
            await host.StartAsync(cancel);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for Ctrl+C, SIGTERM or something fatal.</summary>
    public async Task WaitAsync(CancellationToken cancel = default)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var told = app.Lifetime.ApplicationStopping.Register(() => end.TrySetResult());
        using var cancelled = cancel.Register(() => end.TrySetResult());
        await end.Task;
    }

    /// <summary>Ends cleanly: lands, folds and commits what is there, within bounds.</summary>
    public async Task StopAsync()
    {
        if (stopped)
        {
            return;
        }

        stopped = true;
        await doorsStop.CancelAsync();
        await Quietly(doorsRun);
        await app.StopAsync();
        await pipelineStop.CancelAsync();
        await Quietly(pipelineRun);
        await Quietly(stagesRun);
        await Quietly(timersRun);
        if (Fatal is null && Stages is not null)
        {
            await Quietly(Stages.DrainAsync());
        }

        await followerStop.CancelAsync();
        await Quietly(followerRun);
        await Quietly(alertsRun);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await app.DisposeAsync();
        foreach (var owned in parts.Owned.Concat(Sockets.OfType<IDisposable>()))
        {
            owned.Dispose();
        }

        doorsStop.Dispose();
        pipelineStop.Dispose();
        followerStop.Dispose();
    }

    internal static ServeHost Of(HostParts parts) => new(parts);

    private async Task StartAsync(CancellationToken cancel)
    {
        foreach (var door in Sockets)
        {
            try
            {
                door.Bind();
            }
            catch (SocketException taken)
            {
                throw new ServeRefusedException($"{door.Title}: the port cannot be used ({taken.SocketErrorCode})", taken);
            }
        }

        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException taken)
        {
            throw new ServeRefusedException(
                $"{taken.Message.TrimEnd('.')}. Choose another address: --urls http://localhost:7072, "
                + "or URLS=http://localhost:7072 ./mw run", taken);
        }

        followerRun = Guard(parts.Follower?.RunAsync(
            trouble => log.LogWarning(LogEvents.FeedsCannotFollow, "The feeds cannot follow the store and try again: {Why}", trouble.Message),
            followerStop.Token) ?? Task.CompletedTask);
        alertsRun = Guard(parts.Board?.RunAsync(
            trouble => log.LogWarning(LogEvents.AlertsCannotFollow, "The alerts cannot follow the store and try again: {Why}", trouble.Message),
            followerStop.Token) ?? Task.CompletedTask);
        pipelineRun = Guard(Pipeline?.RunAsync(pipelineStop.Token) ?? Task.CompletedTask);
        stagesRun = Guard(Stages?.RunAsync(pipelineStop.Token) ?? Task.CompletedTask);
        timersRun = Task.WhenAll(
            parts.Timers.Select(timer => Guard(timer.RunAsync(pipelineStop.Token)))
                .Concat(parts.Loops.Select(loop => Guard(loop(pipelineStop.Token)))));
        doorsRun = Task.WhenAll(Sockets.Select(door => Guard(Task.Run(() => door.RunAsync(doorsStop.Token)))));
        log.LogInformation(LogEvents.Listening, "Listening on {Urls}", string.Join(", ", app.Urls));
        foreach (var door in Sockets)
        {
            log.LogInformation(LogEvents.DoorOpen, "Open: {Door}", door.Title);
        }
    }

    private async Task Guard(Task run)
    {
        try
        {
            await run;
        }
#pragma warning disable CA1031 // The edge: whatever ends a part ends the process, with the cause in the log.
        catch (Exception fatal)
#pragma warning restore CA1031
        {
            Fatal ??= fatal;
            log.LogCritical(LogEvents.PartEnded, fatal, "A part ended: {Why}", fatal.Message);
            app.Lifetime.StopApplication();
        }
    }

    private static async Task Quietly(Task run) => await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
