using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Puts every line of <c>deliveries</c> that the alerts stage has committed on the queue <c>alert-delivery</c>: at least
/// once, with the line's own id, and normally once. The commit is the record; a cursor says how far it has been sent. Safe
/// to kill and beside other processes. Only the live store has one: what is replayed or filled in behind is no news.
/// </summary>
public sealed class AlertOutbox : IDisposable
{
    /// <summary>The collection that is sent.</summary>
    public const string Collection = "deliveries";

    private const int RoundsMax = 1_000;
    private const long UnwrittenMax = 256;
    private static readonly TimeSpan ClaimedFor = TimeSpan.FromMinutes(1);

    private readonly IBlobStore store;
    private readonly IWorkSender queue;
    private readonly TimeProvider time;
    private readonly KillPoint? kill;
    private readonly CheckpointReader reader;
    private readonly SemaphoreSlim turn = new(1, 1);
    private long seen;
    private long written;
    private string? claimed;

    /// <summary>The outbox of a store.</summary>
    /// <param name="store">The live store.</param>
    /// <param name="queue">The queue <c>alert-delivery</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="kill">Called at the moments of <see cref="PushMoments"/>; null in production.</param>
    public AlertOutbox(IBlobStore store, IWorkSender queue, TimeProvider time, KillPoint? kill = null)
    {
        (this.store, this.queue, this.time, this.kill) = (store, queue, time, kill);
        reader = new CheckpointReader(store, AlertBoard.Group);
    }

    /// <summary>Lines that are no delivery; 0 unless a line is damaged.</summary>
    public long LinesRefused { get; private set; }

    /// <summary>
    /// Before anything is folded: where a store has no cursor yet, what it holds already (a replay, an older build's
    /// alerts) is no news, and pushes begin with the next commit.
    /// </summary>
    /// <param name="cancel">Stops.</param>
    /// <exception cref="StoreException">Trouble in the store.</exception>
    public async ValueTask BeginAsync(CancellationToken cancel = default)
    {
        if (await store.GetAsync(OutboxCursor.BlobName, cancel) is null)
        {
            var stands = (await reader.ReadAsync(cancel))?.Generation ?? 0;
            await store.PutAsync(OutboxCursor.BlobName, new OutboxCursor { Generation = stands }.ToBytes(), PutCondition.IfAbsent, cancel);
        }
    }

    /// <summary>Sends what has been committed since, if anything: after a commit of the alerts stage, and now and then.</summary>
    /// <param name="cancel">Stops; what is left goes next time.</param>
    /// <exception cref="StoreException">Trouble in the store or the queue; call again.</exception>
    public Task SendAsync(CancellationToken cancel = default) => SendAsync(null, cancel);

    /// <summary>As <see cref="SendAsync(CancellationToken)"/> for who has just committed: asks the store nothing where there is nothing to push.</summary>
    /// <param name="committed">The checkpoint that was written.</param>
    /// <param name="cancel">Stops; what is left goes next time.</param>
    /// <exception cref="StoreException">Trouble in the store or the queue; call again.</exception>
    public async Task SendAsync(Checkpoint? committed, CancellationToken cancel = default)
    {
        await turn.WaitAsync(cancel);
        try
        {
            for (var round = 0; round < RoundsMax && await SendOnceAsync(committed, cancel); round++)
            {
                committed = null;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    /// <summary>False where there is nothing left to do here.</summary>
    private async ValueTask<bool> SendOnceAsync(Checkpoint? committed, CancellationToken cancel)
    {
        if (await NewsAsync(committed, cancel) is not { } news)
        {
            return false;
        }

        var to = news.Checkpoint.Generation;
        if (!news.Segments.Any(static segment => segment.Collection == Collection) && to - written < UnwrittenMax)
        {
            seen = to; // The cursor may lag: to walk a little way again after a restart costs less than to write each time.
            return false;
        }

        var (cursor, etag) = await ReadAsync(cancel);
        written = cursor.Generation;
        if (cursor.Generation > seen)
        {
            seen = cursor.Generation;
            return true; // Somebody has got further.
        }

        var now = time.GetUtcNow();
        if (cursor.ClaimedUntilMs > now.ToUnixTimeMilliseconds() && etag != claimed)
        {
            return false; // Somebody is on it, and looks again after that.
        }

        var claim = cursor with { ClaimedUntilMs = (now + ClaimedFor).ToUnixTimeMilliseconds() };
        if (await PutAsync(claim, etag, cancel) is not { } held)
        {
            return true;
        }

        claimed = held; // After trouble on the way it is still ours.

        kill?.Invoke(PushMoments.AfterClaim);
        foreach (var segment in news.Segments.Where(segment =>
            segment.Collection == Collection && CheckpointReader.GenerationOf(segment) > cursor.Generation))
        {
            await QueueAsync(segment, cancel);
        }

        kill?.Invoke(PushMoments.BeforeCursor);
        if (await PutAsync(new OutboxCursor { Generation = to }, held, cancel) is not null)
        {
            (seen, written) = (to, to);
        }

        return true;
    }

    private async ValueTask<GroupNews?> NewsAsync(Checkpoint? committed, CancellationToken cancel)
    {
        if (committed is not null)
        {
            try
            {
                return committed.Generation <= seen ? null : new GroupNews(committed, await reader.SegmentsAsync(committed, seen, cancel).ToListAsync(cancel));
            }
            catch (StoreException old) when (old.Trouble == StoreTrouble.Retry)
            {
                // Another worker has committed since: its checkpoint is read.
            }
        }

        return await reader.NewsAsync(seen, cancel);
    }

    private async ValueTask QueueAsync(SegmentName segment, CancellationToken cancel)
    {
        var generation = CheckpointReader.GenerationOf(segment);
        var bytes = await SegmentReader.ReadAsync(store, segment, cancel);
        while (!bytes.IsEmpty)
        {
            var end = bytes.Span.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? default : bytes[(end + 1)..];
            if (line.IsEmpty)
            {
                continue;
            }

            if (AlertMessage.OfLine(line.Span, generation) is not { } message)
            {
                LinesRefused++;
                continue;
            }

            await queue.SendAsync(message.ToBytes(), TimeSpan.Zero, cancel);
            PushMeters.Queued.Add(1);
            kill?.Invoke(PushMoments.AfterQueued);
        }
    }

    private async ValueTask<(OutboxCursor Cursor, string? ETag)> ReadAsync(CancellationToken cancel) =>
        await store.GetAsync(OutboxCursor.BlobName, cancel) is { } blob
            ? (OutboxCursor.Parse(blob.Bytes.Span), blob.ETag)
            : (new OutboxCursor { Generation = 0 }, null);

    private async ValueTask<string?> PutAsync(OutboxCursor cursor, string? etag, CancellationToken cancel)
    {
        var put = await store.PutAsync(
            OutboxCursor.BlobName, cursor.ToBytes(), etag is null ? PutCondition.IfAbsent : PutCondition.IfMatch(etag), cancel);
        return put.Written ? put.ETag : null;
    }
}
