using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch;

/// <summary>
/// The embedded live pipeline: queue, decode, inbox, one worker per group. Everything between the stages is durable, so
/// that it may be killed anywhere and goes on where it stood; the fold is the one that replay uses.
/// </summary>
public sealed class LivePipeline
{
    /// <summary>The stage whose groups it works.</summary>
    public const string Stage = StageNames.Watch;

    /// <summary>The queue that the doors fill.</summary>
    public const string QueueName = "ais";

    private static readonly TimeSpan FailedWaitFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FailedWaitMax = TimeSpan.FromSeconds(10);

    private readonly LivePipelineParts parts;
    private readonly LivePipelineOptions options;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly Inbox[] inboxes;
    private readonly GroupLoop[] loops;
    private readonly BlobDecoder decoder;
    private long decoded;
    private long reports;

    /// <summary>A pipeline over one store.</summary>
    /// <param name="parts">What it is made of.</param>
    /// <param name="options">Its bounds.</param>
    public LivePipeline(LivePipelineParts parts, LivePipelineOptions options)
    {
        (this.parts, this.options, time, log) = (parts, options, parts.Time, parts.Log);
        var names = Enumerable.Range(0, parts.Format.Groups).Select(group => new GroupName(Stage, group)).ToArray();
        inboxes = [.. names.Select(name => new Inbox(parts.Store, name, time))];
        loops = [.. names.Select(NewLoop)];
        decoder = new BlobDecoder(parts.Store, parts.Format, inboxes);
    }

    /// <summary>Blobs decoded since the start.</summary>
    public long Decoded => Interlocked.Read(ref decoded);

    /// <summary>Reports handed to the groups since the start.</summary>
    public long Reports => Interlocked.Read(ref reports);

    /// <summary>Everything that was decoded has been committed.</summary>
    public bool IsQuiet => loops.All(loop => loop.Uncommitted == 0);

    /// <summary>What the groups cannot get over at the moment; empty when all is well.</summary>
    public IReadOnlyList<string> Troubles =>
        [.. loops.Where(loop => loop.Trouble is not null).Select(loop => $"{loop.Group}: {loop.Trouble}")];

    /// <summary>Runs until cancelled, then folds and commits what was appended, within a bound.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await Task.WhenAll([
            Task.Run(() => DecodeAllAsync(cancel), CancellationToken.None),
            Task.Run(() => TickAsync(cancel), CancellationToken.None),
            .. loops.Select(loop => Task.Run(() => loop.RunAsync(cancel), CancellationToken.None)),
        ]);
        if (parts.DrainAtEnd)
        {
            await DrainAsync();
        }
    }

    /// <summary>Decodes a landed blob at once and without the queue: an Azure function was told of it.</summary>
    /// <param name="message">Which blob.</param>
    /// <param name="cancel">Stops; the message must come again.</param>
    /// <exception cref="StoreException">Trouble in the store: the message must come again.</exception>
    public async Task DecodeAsync(WorkMessage message, CancellationToken cancel) =>
        Tell(await new BlobDecoder(parts.Store, parts.Format, inboxes).DecodeAsync(message, cancel)); // One decoder is for one call at a time.

    /// <summary>Decodes one message if there is one; false when there was none.</summary>
    internal async Task<bool> DecodeOneAsync(CancellationToken cancel)
    {
        if (await parts.Queue.ReceiveAsync(options.Visibility, cancel) is not { } item)
        {
            return false;
        }

        // What was taken is ended: left between append and completion it would come again only after its visibility.
        parts.Kill(PipelineMoments.AfterReceive);
        if (await DecodeAsync(item, CancellationToken.None) is { } done)
        {
            parts.Kill(PipelineMoments.AfterAppend);
            await parts.Queue.CompleteAsync(item, CancellationToken.None);
            parts.Depth.Add(-1);
            parts.Kill(PipelineMoments.AfterComplete);
            Tell(done);
        }

        return true;
    }

    private GroupLoop NewLoop(GroupName name)
    {
        var worker = new GroupWorker(parts.Store, name, parts.NewFold(name.Group), options.Mode.Commits, time, parts.KillCommit);
        return new GroupLoop(worker, options.Mode, time, log)
        {
            Committed = (group, checkpoint) => parts.Committed?.Invoke(group, checkpoint),
            Stopped = why => parts.Stopped?.Invoke(why),
            Timed = lag => parts.Timed?.Invoke(lag),
        };
    }

    private async Task DecodeAllAsync(CancellationToken cancel)
    {
        var failedWait = FailedWaitFirst;
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                if (!await DecodeOneAsync(cancel))
                {
                    await parts.Queue.WaitAsync(cancel);
                }

                failedWait = FailedWaitFirst;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (StoreException trouble)
            {
                // The message comes again when its visibility ends; the store is given time.
                log.LogWarning(LogEvents.DecodingWaits, "Decoding waits for the store: {Why}", trouble.Message);
                if (trouble.Trouble == StoreTrouble.Stop)
                {
                    parts.Stopped?.Invoke(trouble.Message);
                }

                await Task.Delay(failedWait, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                failedWait = failedWait * 2 < FailedWaitMax ? failedWait * 2 : FailedWaitMax;
            }
        }
    }

    /// <summary>Null when it failed for a reason that lies in the blob: it comes again, at last as a dead letter.</summary>
    private async Task<DecodedBlob?> DecodeAsync(WorkItem item, CancellationToken cancel)
    {
        try
        {
            return await decoder.DecodeAsync(WorkMessage.Parse(item.Body), cancel);
        }
        catch (Exception failure) when (failure is not (StoreException or OperationCanceledException or PipelineKilledException))
        {
            var last = item.Deliveries >= BlobQueue.DeliveriesMax;
            log.LogError(
                LogEvents.MessageFailed, failure, "Message {Id} cannot be decoded, try {Try}{Dead}: {Why}", item.Id, item.Deliveries,
                last ? ", a dead letter now" : "", failure.Message);
            if (last)
            {
                parts.Depth.Add(-1); // The queue moves it aside at the next delivery.
            }

            return null;
        }
    }

    private void Tell(DecodedBlob done)
    {
        Interlocked.Increment(ref decoded);
        if (done.Counts is not { } counts)
        {
            log.LogWarning(LogEvents.LandedGone, "{Landed} is gone: nothing to decode", done.Message.Landed);
            return;
        }

        parts.Board.OnRefused(done.Message.Source, counts.Refused);
        for (var group = 0; group < loops.Length; group++)
        {
            if (done.Numbers[group] > 0)
            {
                loops[group].OnAppended(done.Numbers[group], done.Message.Marks[0].ReceivedAtMs);
            }
        }

        Interlocked.Add(ref reports, counts.Positions);
    }

    private async Task TickAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var now = time.GetUtcNow();
                var next = new DateTimeOffset(now.Ticks - (now.Ticks % options.TickEvery.Ticks), TimeSpan.Zero) + options.TickEvery;
                await Task.Delay(next - now, time, cancel);
                if (parts.WantsTicks())
                {
                    await AppendTickAsync(next, cancel);
                    await parts.Ticked(next);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task AppendTickAsync(DateTimeOffset at, CancellationToken cancel)
    {
        var body = TickEntry.ToBytes(at.ToUnixTimeMilliseconds());
        for (var group = 0; group < loops.Length; group++)
        {
            try
            {
                loops[group].OnAppended(await inboxes[group].AppendAsync(EntryKind.Tick, body, cancel), null);
            }
            catch (StoreException trouble)
            {
                // A tick that is lost does no harm: the next one says the same and more.
                log.LogWarning("No tick for {Group}: {Why}", inboxes[group].Group, trouble.Message);
            }
        }
    }

    private async Task DrainAsync()
    {
        using var limit = new CancellationTokenSource(options.DrainWithin, time);
        try
        {
            while (await DecodeOneAsync(limit.Token))
            {
            }

            await Task.WhenAll(loops.Select(loop => loop.DrainAsync(limit.Token)));
        }
        catch (Exception trouble) when (trouble is StoreException or OperationCanceledException)
        {
            log.LogWarning("Not all was folded before the end; the next start goes on from there: {Why}", trouble.Message);
        }
    }
}
