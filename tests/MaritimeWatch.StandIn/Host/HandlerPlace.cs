namespace MaritimeWatch.StandIn.Host;

/// <summary>A place for one handler process: whenever it ends, the next is started.</summary>
internal sealed class HandlerPlace(StandInSettings settings, int number, HostCounts counts) : IAsyncDisposable
{
    private static readonly TimeSpan FailedWait = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource stop = new();
    private Task run = Task.CompletedTask;

    /// <summary>Its number, from 0.</summary>
    public int Number => number;

    /// <summary>The process now, or null between two lives.</summary>
    public HandlerProcess? Now { get; private set; }

    /// <summary>Lives begun.</summary>
    public int Lives { get; private set; }

    /// <summary>Why no process is started here any more; null while one is.</summary>
    public Exception? Trouble => run.Exception?.GetBaseException();

    public void Run() => run = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await run;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var start = settings.Start(number, Lives);
            await using var process = HandlerProcess.Start(start);
            Lives++;
            Now = process;
            try
            {
                if (!await process.ReadyAsync(start.ReadyWithin, stop.Token))
                {
                    settings.Log?.Invoke($"process {number} did not get ready (see {start.LogFile})");
                    process.Kill();
                    await Task.Delay(FailedWait, stop.Token);
                }

                await process.Exited.WaitAsync(stop.Token);
                counts.OnDeath();
                settings.Ended?.Invoke(number, process.ExitCode);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                await process.EndAsync(); // A clean end: what it counts, it writes now.
            }
            finally
            {
                Now = null;
            }
        }
    }
}
