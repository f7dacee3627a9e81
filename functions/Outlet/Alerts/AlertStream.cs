using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>Bounds of the stream.</summary>
public sealed record AlertStreamOptions
{
    /// <summary>How often a stream without news says that it lives; default 15 s.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A stream ends after this long and the client comes again; null for no end. Azure's front end cuts at 230 s.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>Streams of one caller at once; default 12.</summary>
    public int PerCallerMax { get; init; } = 12;

    /// <summary>Streams at once; default 500.</summary>
    public int AllMax { get; init; } = 500;
}

/// <summary>
/// The alerts as they change, as server-sent events: first the latest of each alert that the caller may see, then every
/// revision. After a cut a client sends <c>Last-Event-ID</c> and gets what it has missed, once. The order and the ids
/// outlive a restart. It ends with the caller's token.
/// </summary>
/// <param name="board">The alerts.</param>
/// <param name="access">Makes the ids.</param>
/// <param name="time">For beats and ends.</param>
/// <param name="stopping">Ends every stream, so that the host can stop.</param>
/// <param name="options">Bounds; null for the defaults.</param>
internal sealed class AlertStream(
    AlertBoard board, Access access, TimeProvider time, CancellationToken stopping, AlertStreamOptions? options = null)
{
    private readonly AlertStreamOptions bounds = options ?? new AlertStreamOptions();
    private readonly ConcurrentDictionary<string, int> open = new(StringComparer.Ordinal);
    private int all;

    /// <summary>Answers one request until the client goes.</summary>
    public async Task WriteAsync(HttpContext context, Caller caller)
    {
        var response = context.Response;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            response.ContentType = "text/event-stream";
            return;
        }

        var mine = open.AddOrUpdate(caller.Subject, 1, (_, count) => count + 1);
        var total = Interlocked.Increment(ref all);
        try
        {
            if (mine > bounds.PerCallerMax || total > bounds.AllMax)
            {
                response.Headers.RetryAfter = "15";
                await new FeedProblem(StatusCodes.Status429TooManyRequests, "Too many streams", "Close another one first.").WriteAsync(context);
                return;
            }

            response.ContentType = "text/event-stream";
            response.Headers["X-Accel-Buffering"] = "no";
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            using var limit = new CancellationTokenSource(Rest(caller), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, limit.Token);
            await SendAsync(response.BodyWriter, caller, context.Request.Headers["Last-Event-ID"].ToString(), either.Token);
        }
        catch (OperationCanceledException)
        {
            // The client has gone, the time is over, or the host stops: every client comes again by itself.
        }
        finally
        {
            Interlocked.Decrement(ref all);
            if (open.AddOrUpdate(caller.Subject, 0, (_, count) => count - 1) <= 0)
            {
                open.TryRemove(new KeyValuePair<string, int>(caller.Subject, 0));
            }
        }
    }

    private async Task SendAsync(PipeWriter writer, Caller caller, string lastId, CancellationToken cancel)
    {
        using var marks = new StreamMark(access.Tokens);
        var said = marks.Parse(lastId) ?? 0;
        var (from, isFirst) = (said, true);
        await SayAsync(writer, "retry: 2000\n\n", cancel);

        // The beat keeps its own time: were it set back by news for others, their pace could be read from it.
        var beat = Task.Delay(bounds.Beat, time, cancel);
        while (true)
        {
            // The place is taken before the look: what comes in between is found by the next look.
            from = Math.Max(from, board.Last);
            foreach (var revision in board.After(said, alert => caller.SeesAlertsOf(alert.Port)))
            {
                await SayAsync(writer, $"id: {marks.Of(revision.Sequence)}\nevent: alert\ndata: ", cancel);
                await writer.WriteAsync(revision.Json, cancel);
                await SayAsync(writer, "\n\n", cancel);
                said = revision.Sequence;
            }

            if (isFirst)
            {
                // All that was there has been said: a page that was empty knows now that it is.
                isFirst = false;
                await SayAsync(writer, $"id: {marks.Of(said)}\nevent: ready\ndata: {{}}\n\n", cancel);
            }

            if (beat.IsCompleted)
            {
                cancel.ThrowIfCancellationRequested();
                await SayAsync(writer, "event: beat\ndata: {}\n\n", cancel);
                beat = Task.Delay(bounds.Beat, time, cancel);
            }

            await Task.WhenAny(board.ChangedAsync(Math.Max(from, said)), beat);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private TimeSpan Rest(Caller caller) => TimeSpan.FromTicks(Math.Clamp(
        access.Tokens.RestOf(caller).Ticks, TimeSpan.TicksPerSecond, (bounds.Length ?? TimeSpan.FromDays(1)).Ticks));

    private static async ValueTask SayAsync(PipeWriter writer, string text, CancellationToken cancel)
    {
        var result = await writer.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
        if (result.IsCompleted)
        {
            throw new OperationCanceledException("the client has gone");
        }
    }
}
