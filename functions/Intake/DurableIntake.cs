using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Lands bytes and queues them, in that order; when it returns, both are durable. After trouble that does not pass by
/// itself it turns everything away for a moment instead of hammering a full disk, and tries again by itself.
/// </summary>
public sealed class DurableIntake : IIntake
{
    private static readonly TimeSpan StoppedFor = TimeSpan.FromSeconds(5);

    private readonly Landing landing;
    private readonly IWorkSender queue;
    private readonly QueueDepth depth;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private long stoppedUntilMs;

    /// <summary>An intake.</summary>
    /// <param name="landing">Where bytes are kept.</param>
    /// <param name="queue">Where the decoder hears of them.</param>
    /// <param name="depth">How many may wait.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where trouble is said.</param>
    public DurableIntake(Landing landing, IWorkSender queue, QueueDepth depth, TimeProvider time, ILogger<DurableIntake> log)
    {
        (this.landing, this.queue, this.depth, this.time, this.log) = (landing, queue, depth, time, log);
    }

    /// <summary>Decides when documents are turned away, and is told what the store says; null goes by the depth alone.</summary>
    public LoadGauge? Load { get; init; }

    /// <inheritdoc/>
    public bool IsTooDeep => Load?.Sheds(LoadLevel.NoDocuments) ?? depth.IsTooDeep;

    /// <inheritdoc/>
    public bool IsStopped => NowMs < Interlocked.Read(ref stoppedUntilMs);

    /// <inheritdoc/>
    public async ValueTask<AcceptedBlob> AcceptAsync(
        SourceName source, DeliveryKind kind, LandingCut cut, CancellationToken cancel)
    {
        if (IsStopped)
        {
            throw new StoreException(StoreTrouble.Stop, "the intake is stopped");
        }

        if (kind == DeliveryKind.Stream)
        {
            await depth.WaitForRoomAsync(cancel);
        }

        using var span = Traces.Start("land");
        try
        {
            var receivedAt = DateTimeOffset.FromUnixTimeMilliseconds(cut.ReceivedAtMs);
            var landed = await landing.LandAsync(source.Value, receivedAt, cut.Bytes, cancel);
            var message = new WorkMessage
            {
                Landed = landed.Name,
                Hash = landed.Hash,
                Length = landed.Length,
                Source = source.Value,
                Kind = kind,
                Marks = cut.Marks,
                TraceParent = Traces.Current,
            };

            // Counted before it is sent: the decoder may be done with it before this goes on.
            depth.Add(+1);
            try
            {
                await queue.SendAsync(message.ToBytes(), TimeSpan.Zero, cancel);
            }
            catch
            {
                depth.Add(-1);
                throw;
            }

            return new AcceptedBlob(landed.Name, landed.Hash);
        }
        catch (StoreException trouble) when (trouble.Trouble == StoreTrouble.Stop)
        {
            Stop(trouble.Message);
            throw;
        }
        catch (StoreException)
        {
            Load?.OnStoreLater();
            throw;
        }
    }

    /// <summary>Turns everything away for a moment; called for trouble found behind the doors too.</summary>
    public void Stop(string why)
    {
        if (!IsStopped)
        {
            log.LogError(LogEvents.IntakeStopped, "The intake stops, reading goes on: {Why}", why);
        }

        Load?.OnStoreStopped();
        Interlocked.Exchange(ref stoppedUntilMs, NowMs + (long)StoppedFor.TotalMilliseconds);
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();
}
