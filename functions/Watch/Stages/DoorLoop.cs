using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Watch.Stages;

/// <summary>Decodes what one door has queued, one note at a time; what fails comes again, at last as a dead letter.</summary>
/// <param name="store">The store.</param>
/// <param name="decoder">The door's decoder.</param>
/// <param name="appended">Told the entry that a note became.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Where trouble is said.</param>
internal sealed class DoorLoop(
    IBlobStore store, ILandedDecoder decoder, Action<long> appended, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Visibility = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FailedWait = TimeSpan.FromSeconds(1);

    private readonly BlobQueue queue = new(store, decoder.Door, time);

    /// <summary>The door.</summary>
    public string Door => decoder.Door;

    /// <summary>Its queue, for what is sent again.</summary>
    public BlobQueue Queue => queue;

    /// <summary>Queues what the door has landed; durable when it returns.</summary>
    public async Task QueueAsync(LandedNote note, CancellationToken cancel)
    {
        await queue.SendAsync((note with { TraceParent = Traces.Current }).ToBytes(), TimeSpan.Zero, cancel);
        IntakeMeters.Landed.Add(1, new KeyValuePair<string, object?>("door", Door));
    }

    /// <summary>Decodes a note and says what it became.</summary>
    public async Task DecodeAsync(LandedNote note, CancellationToken cancel)
    {
        using var span = Traces.StartFrom("decode", note.TraceParent);
        var outcome = await decoder.DecodeAsync(note, cancel);
        IntakeMeters.OnDecoded(Door, outcome);
        if (outcome.EntryNumber is { } number)
        {
            appended(number);
        }
    }

    /// <summary>Decodes one note; false where there was none.</summary>
    public async Task<bool> RunOnceAsync(CancellationToken cancel)
    {
        if (await queue.ReceiveAsync(Visibility, cancel) is not { } item)
        {
            return false;
        }

        try
        {
            await DecodeAsync(LandedNote.Parse(item.Body), cancel);
            await queue.CompleteAsync(item, cancel);
        }
        catch (Exception failure) when (failure is not (StoreException or OperationCanceledException or PipelineKilledException))
        {
            // A fault in one document: it comes again, at last as a dead letter. No name or plate is in the message.
            log.LogError(
                LogEvents.MessageFailed, "A note of {Door} cannot be decoded, try {Try}: {Why}", decoder.Door, item.Deliveries, failure.GetType().Name);
        }

        return true;
    }

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                if (!await RunOnceAsync(cancel))
                {
                    await queue.WaitAsync(cancel);
                }
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }
            catch (StoreException trouble)
            {
                log.LogWarning(LogEvents.DoorWaits, "{Door} waits for the store: {Why}", decoder.Door, trouble.Message);
                await Task.Delay(FailedWait, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
