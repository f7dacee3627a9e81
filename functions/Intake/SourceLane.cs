using System.Threading.Channels;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// The way of one source from its sockets to the landing: each connection or sender is cut by itself, and their blobs
/// are landed one after the other. When landing is slow its bounded channel holds the senders back.
/// </summary>
public sealed class SourceLane : IAsyncDisposable
{
    private static readonly TimeSpan StoreRetryFirst = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StoreRetryMax = TimeSpan.FromSeconds(10);

    private readonly Channel<LandingCut> ready;
    private readonly HashSet<LaneInput> inputs = [];
    private readonly SocketDoorSettings settings;
    private readonly IIntake intake;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly CancellationTokenSource stop = new();
    private readonly ITimer flush;
    private readonly Task landing;

    /// <summary>Opens the way and begins to land.</summary>
    public SourceLane(
        SourceName source, string door, SocketDoorSettings settings, IIntake intake, SourceBoard board,
        TimeProvider time, ILogger log)
    {
        Source = source;
        this.settings = settings;
        this.intake = intake;
        this.time = time;
        this.log = log;
        Entry = board.Entry(source.Value, door, settings.SilentAfter);
        ready = Channel.CreateBounded<LandingCut>(new BoundedChannelOptions(settings.BlobsWaitingMax) { SingleReader = true });
        var step = TimeSpan.FromMilliseconds(Math.Clamp(settings.Cutting.MaxAge.TotalMilliseconds / 4, 5, 1000));
        flush = time.CreateTimer(_ => FlushDue(), null, step, step);
        landing = Task.Run(LandAllAsync);
    }

    /// <summary>Who sends.</summary>
    public SourceName Source { get; }

    /// <summary>Its counts.</summary>
    public SourceEntry Entry { get; }

    /// <summary>A new connection or sender.</summary>
    public LaneInput Open()
    {
        var input = new LaneInput(this, new LandingBuffer(settings.Cutting), ready.Writer, time);
        lock (inputs)
        {
            inputs.Add(input);
        }

        return input;
    }

    /// <summary>True while so many inputs wait to be emptied that no more should be opened.</summary>
    public bool IsFull => Inputs().Length >= settings.ConnectionsMax;

    /// <summary>Lands what is left, within the given patience, and closes.</summary>
    public async Task CloseAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience, time);
        try
        {
            for (var left = Inputs(); left.Length > 0; left = Inputs())
            {
                await ready.Writer.WaitToWriteAsync(limit.Token);
                Array.ForEach(left, input => input.Close());
            }

            ready.Writer.TryComplete();
            await landing.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            log.LogWarning(LogEvents.ClosedBeforeLanded, "{Source}: closed before everything was landed; the sender has no receipt for it", Source.Value);
        }

        await DisposeAsync();
    }

    /// <summary>Stops at once; what was not landed was never acknowledged.</summary>
    public async ValueTask DisposeAsync()
    {
        await flush.DisposeAsync();
        ready.Writer.TryComplete();
        await stop.CancelAsync();
        await landing;
        stop.Dispose();
    }

    internal void Remove(LaneInput input)
    {
        lock (inputs)
        {
            inputs.Remove(input);
        }
    }

    private LaneInput[] Inputs()
    {
        lock (inputs)
        {
            return [.. inputs];
        }
    }

    private void FlushDue()
    {
        foreach (var input in Inputs())
        {
            input.FlushDue();
        }
    }

    private async Task LandAllAsync()
    {
        try
        {
            await foreach (var cut in ready.Reader.ReadAllAsync(stop.Token))
            {
                await LandAsync(cut);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped: nothing was promised to the sender.
        }
    }

    private async Task LandAsync(LandingCut cut)
    {
        for (var wait = StoreRetryFirst; ; wait = wait * 2 < StoreRetryMax ? wait * 2 : StoreRetryMax)
        {
            try
            {
                await intake.AcceptAsync(Source, DeliveryKind.Stream, cut, stop.Token);
                Entry.OnLanded();
                return;
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException || !stop.IsCancellationRequested)
            {
                // Whatever it is: a way that ended here would hold its senders back for ever, and nobody would know why.
                log.LogWarning(
                    LogEvents.NotLanded, "{Source}: not landed, the sender is held back: {Trouble}", Source.Value,
                    trouble is StoreException ? trouble.Message : $"{trouble.GetType().Name}: {trouble.Message}");
                await Task.Delay(wait, time, stop.Token);
            }
        }
    }
}
