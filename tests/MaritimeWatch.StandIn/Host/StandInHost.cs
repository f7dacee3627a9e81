using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Stores.Azure;

namespace MaritimeWatch.StandIn.Host;

/// <summary>
/// Stands in for the Azure Functions host: starts handler processes, reads the queues, posts envelopes, fires timers, and
/// kills what takes too long. Delivery is at least once and, where wanted, on purpose more than once.
/// </summary>
public sealed class StandInHost : IAsyncDisposable
{
    private static readonly TimeSpan NobodyWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan DryLook = TimeSpan.FromMilliseconds(200);

    private readonly StandInSettings settings;
    private readonly IReadOnlyList<HandlerPlace> places;
    private readonly IReadOnlyList<QueueReader> readers;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> loops = [];
    private int turn;
    private long invocations;

    private StandInHost(StandInSettings settings)
    {
        this.settings = settings;
        places = [.. Enumerable.Range(0, settings.Processes).Select(number => new HandlerPlace(settings, number, Counts))];
        readers = [.. settings.Heard.Select(name => new QueueReader(settings, name, FreeAsync, InvokeAsync, Operations, Counts))];
    }

    /// <summary>Requests that the host itself made to the storage, by kind.</summary>
    public StorageOperations Operations { get; } = new();

    /// <summary>What it has seen.</summary>
    public HostCounts Counts { get; } = new();

    /// <summary>The processes that answer now.</summary>
    public IReadOnlyList<HandlerProcess> Ready => [.. places.Select(place => place.Now).OfType<HandlerProcess>().Where(process => process.IsReady)];

    /// <summary>What ended a loop of the host itself; null while all of them run. Without it a test would wait for ever.</summary>
    public Exception? Trouble =>
        places.Select(place => place.Trouble).FirstOrDefault(trouble => trouble is not null)
        ?? loops.Select(loop => loop.Exception?.GetBaseException()).FirstOrDefault(trouble => trouble is not null);

    /// <summary>Lives begun, of all places.</summary>
    public int Lives => places.Sum(place => place.Lives);

    /// <summary>Starts the processes, and delivery once each answers.</summary>
    /// <param name="settings">How.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="TimeoutException">A process did not get ready.</exception>
    public static async Task<StandInHost> StartAsync(StandInSettings settings, CancellationToken cancel = default)
    {
        var host = new StandInHost(settings);
        try
        {
            foreach (var place in host.places)
            {
                place.Run();
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(TimeSpan.FromSeconds(60));
            while (host.Ready.Count < settings.Processes)
            {
                await Task.Delay(NobodyWait, limit.Token);
            }

            host.Deliver();
            return host;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            await host.DisposeAsync();
            throw new TimeoutException("a handler process did not get ready within 60 s: see its log");
        }
    }

    /// <summary>The process at a place, or null between two lives.</summary>
    /// <param name="place">From 0.</param>
    public HandlerProcess? At(int place) => places[place].Now;

    /// <summary>Fires a timer now; true where its function is done.</summary>
    /// <param name="timer">The function.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<bool> FireAsync(string timer, CancellationToken cancel = default) => InvokeAsync(timer, HostEnvelope.Timer(isPastDue: false), cancel);

    /// <summary>How many messages each queue has, those that are unseen too.</summary>
    /// <param name="cancel">Gives up.</param>
    public async Task<IReadOnlyDictionary<string, int>> WaitingAsync(CancellationToken cancel = default)
    {
        var waiting = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var reader in readers)
        {
            waiting[reader.Name] = Math.Max(await reader.CountAsync(cancel), reader.UnderWay);
        }

        return waiting;
    }

    /// <summary>Waits until no queue has a message and nothing is under way; false where that takes longer.</summary>
    /// <param name="within">How long.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<bool> DryAsync(TimeSpan within, CancellationToken cancel = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(within);
        try
        {
            while ((await WaitingAsync(limit.Token)).Values.Any(count => count > 0))
            {
                await Task.Delay(DryLook, limit.Token);
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Puts the dead letters back on their queues, as an operator does who has mended the cause; gives how many.</summary>
    /// <param name="cancel">Gives up.</param>
    public async Task<int> RedriveAsync(CancellationToken cancel = default)
    {
        var count = 0;
        foreach (var name in QueueNames.All)
        {
            var (dead, queue) = (QueueReader.NewClient(settings.Queues, QueueNames.PoisonOf(name)), QueueReader.NewClient(settings.Queues, name));
            while (await dead.ExistsAsync(cancel) && (await dead.ReceiveMessagesAsync(32, TimeSpan.FromMinutes(1), cancel)).Value is { Length: > 0 } messages)
            {
                foreach (var message in messages)
                {
                    await queue.SendMessageAsync(message.MessageText, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancel);
                    await dead.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancel);
                    count++;
                }
            }
        }

        return count;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
        {
            return;
        }

        await stop.CancelAsync();
        await Task.WhenAll(loops);
        await Task.WhenAll(places.Select(place => place.DisposeAsync().AsTask()));
        stop.Dispose();
    }

    private void Deliver()
    {
        loops.AddRange(readers.Select(reader => Task.Run(() => reader.RunAsync(stop.Token))));
        loops.AddRange(settings.Timers.Select(timer => Task.Run(() => RunTimerAsync(timer.Key, timer.Value, stop.Token))));
    }

    private async Task RunTimerAsync(string name, TimeSpan every, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(every);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel))
            {
                await FireAsync(name, cancel);
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    /// <summary>Invokes a function on the process that has least to do; false where that failed.</summary>
    private async Task<bool> InvokeAsync(string function, byte[] envelope, CancellationToken cancel)
    {
        var process = await FreeAsync(cancel);
        var id = string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref invocations):x32}");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(settings.FunctionTimeout);
        Counts.OnInvoked();
        try
        {
            var answer = await process.InvokeAsync(function, envelope, id, limit.Token);
            if (!answer.IsDone)
            {
                Counts.OnFailed();
                settings.Log?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{function}: {answer.Status} {answer.Body}"));
            }

            return answer.IsDone;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            Counts.OnFailed();
            return false;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // A function's time-out takes the whole process with it, and what else it was doing.
            Counts.OnTimedOut();
            settings.Log?.Invoke($"{function} took longer than {settings.FunctionTimeout}: its process is killed");
            process.Kill();
            return false;
        }
    }

    private async Task<HandlerProcess> FreeAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (Trouble is { } trouble)
            {
                throw new InvalidOperationException($"the stand-in for the host is broken: {trouble.Message}", trouble);
            }

            var free = Ready.Where(process => process.InFlight < settings.PerProcess).ToArray();
            if (free.Length > 0)
            {
                // Among those with least to do each has its turn.
                var least = free.Min(process => process.InFlight);
                var idle = free.Where(process => process.InFlight == least).ToArray();
                return idle[(int)((uint)Interlocked.Increment(ref turn) % (uint)idle.Length)];
            }

            await Task.Delay(NobodyWait, cancel);
        }
    }
}
