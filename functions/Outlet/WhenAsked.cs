using MaritimeWatch.Feeds;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Functions.Watch;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Under a Functions host nothing of ours runs by itself: feeds and alerts look at the store when somebody asks for them,
/// at most once in a while, and alerts also while a stream of them is open.
/// </summary>
/// <param name="follower">Keeps the feeds up to date.</param>
/// <param name="board">Keeps the alerts up to date.</param>
/// <param name="mode">How often they look.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where trouble is said.</param>
internal sealed class WhenAsked(ReadModelFollower follower, AlertBoard board, LiveMode mode, TimeProvider time, ILogger log)
{
    private static readonly string[] FeedPaths = ["/collections", "/vessels", "/judgements", "/findings"];
    private static readonly string[] AlertPaths = ["/alerts", "/findings"];

    private readonly OneLook feeds = new(async cancel => await follower.RefreshAsync(cancel), mode.LookEvery, time);
    private readonly OneLook alerts = new(board.RefreshAsync, mode.LookEvery, time);
    private readonly Lock gate = new();
    private TaskCompletionSource? lastGone;
    private int streams;

    /// <summary>Stands before the routes, after the gate for keys: who may not ask costs no look.</summary>
    public void Use(WebApplication app) => app.Use(async (context, next) =>
    {
        var path = context.Request.Path;
        if (FeedPaths.Any(prefix => path.StartsWithSegments(prefix, StringComparison.Ordinal)))
        {
            await LookAsync(feeds, context.RequestAborted);
        }

        if (AlertPaths.Any(prefix => path.StartsWithSegments(prefix, StringComparison.Ordinal)))
        {
            await LookAsync(alerts, context.RequestAborted);
        }

        if (!path.StartsWithSegments("/alerts/stream", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        Open();
        try
        {
            await next(context);
        }
        finally
        {
            Close();
        }
    });

    private async Task LookAsync(OneLook one, CancellationToken cancel)
    {
        try
        {
            await one.LookAsync(cancel);
        }
        catch (StoreException trouble)
        {
            // What was there stays, and the answers say that it is old.
            log.LogWarning(LogEvents.FeedsCannotFollow, "The store could not be looked at: {Why}", trouble.Message);
        }
    }

    private void Open()
    {
        lock (gate)
        {
            if (++streams == 1)
            {
                lastGone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _ = FollowAsync(lastGone.Task);
            }
        }
    }

    private void Close()
    {
        lock (gate)
        {
            if (--streams == 0)
            {
                lastGone!.SetResult();
            }
        }
    }

    private async Task FollowAsync(Task end)
    {
        using var stop = new CancellationTokenSource();
        var run = board.RunAsync(trouble => log.LogWarning(LogEvents.AlertsCannotFollow, "The alerts cannot follow the store: {Why}", trouble.Message), stop.Token);
        await end;
        await stop.CancelAsync();
        await run;
    }

    /// <summary>Looks once for all who ask at a time, and not again for a while.</summary>
    private sealed class OneLook(Func<CancellationToken, ValueTask> look, TimeSpan every, TimeProvider time)
    {
        private readonly Lock gate = new();
        private Task? running;
        private DateTimeOffset dueAt = DateTimeOffset.MinValue;

        public Task LookAsync(CancellationToken cancel)
        {
            lock (gate)
            {
                if (running is null or { IsCompleted: true })
                {
                    if (time.GetUtcNow() < dueAt)
                    {
                        return Task.CompletedTask;
                    }

                    // No caller's token: others may wait for the same look.
                    running = Task.Run(async () => await RunAsync(), CancellationToken.None);
                }

                return running.WaitAsync(cancel);
            }
        }

        private async Task RunAsync()
        {
            await look(CancellationToken.None);
            lock (gate)
            {
                dueAt = time.GetUtcNow() + every;
            }
        }
    }
}
