using System.Text.Json;
using MaritimeWatch.Functions.Hosted;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Functions.Operations;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Triggers;

/// <summary>
/// Answers the Functions host for the triggers that are not HTTP: <c>POST /{FunctionName}</c> with an envelope. It stands
/// before every other door and before the gate for API keys, because the host has no key; the guard decides instead.
/// </summary>
public sealed class TriggerRoutes
{
    private readonly Dictionary<string, Func<ReadOnlyMemory<byte>, CancellationToken, Task>> handlers = new(StringComparer.Ordinal);
    private readonly ILogger log;

    private TriggerRoutes(TriggerParts parts, ILogger log)
    {
        this.log = log;
        Add("AisQueue", parts.AisLanded, (envelope, call, cancel) => call(WorkMessage.Parse(envelope.Message("msg")), cancel));
        if (parts.AisLines is { } lines)
        {
            handlers.Add("AisEventHub", (body, cancel) => HubAsync(lines, parts.LinesDead, body, cancel));
        }

        Add("PlateRead", parts.PlatesLanded, (envelope, call, cancel) => call(Note(envelope, "plates"), cancel));
        Add("Manifest", parts.ManifestLanded, (envelope, call, cancel) => call(Note(envelope, "manifests", "notices"), cancel));
        Add("Scene", parts.SceneCreated, (envelope, call, cancel) => call(SceneEvent.Read(envelope.Value("ev"), parts.SceneHost), cancel));
        Add("SceneQueue", parts.SceneLanded, (envelope, call, cancel) => call(Note(envelope, "scenes"), cancel));
        Add("Wake", parts.Woken, (envelope, call, cancel) => call(WakeMessage.Parse(envelope.Message("msg")), cancel));
        Add("ClockTimer", parts.MinuteOver, (envelope, call, cancel) => call(Timer(envelope), cancel));
        foreach (var (name, queue) in DeadFunctions)
        {
            if (parts.DeadLetter is { } keep)
            {
                // What died may be anything: it is taken as it is.
                handlers.Add(name, (body, cancel) => keep(queue, Envelope.RawMessage(body, "msg"), cancel));
            }
        }

        Add("AlertDelivery", parts.AlertQueued, (envelope, call, cancel) => call(envelope.Message("msg"), cancel));
        Add("ForecastTimer", parts.ForecastDue, (envelope, call, cancel) => call(Timer(envelope), cancel));
        Add("LearnTimer", parts.LearnDue, (envelope, call, cancel) => call(Timer(envelope), cancel));
        Add("PurgeTimer", parts.PurgeDue, (envelope, call, cancel) => call(Timer(envelope), cancel));
        foreach (var closed in handlers.Keys.Where(name => TriggerGuard.IsClosed(name, Environment.GetEnvironmentVariable)).ToList())
        {
            handlers.Remove(closed);
        }
    }

    /// <summary>All functions that are no HTTP function; a folder with function.json stands for each.</summary>
    public static IReadOnlyList<string> FunctionNames { get; } =
    [
        "AisQueue", "AisEventHub", "PlateRead", "Manifest", "Scene", "SceneQueue", "Wake", "AlertDelivery", "ForecastTimer", "PurgeTimer",
        "LearnTimer", "ClockTimer", "AisDead", "PlatesDead", "ManifestsDead", "ScenesDead", "WakeDead", "AlertDeliveryDead",
    ];

    private static readonly (string Name, string Queue)[] DeadFunctions =
    [
        ("AisDead", QueueNames.Ais), ("PlatesDead", QueueNames.Plates), ("ManifestsDead", QueueNames.Manifests),
        ("ScenesDead", QueueNames.Scenes), ("WakeDead", QueueNames.Wake), ("AlertDeliveryDead", QueueNames.AlertDelivery),
    ];

    /// <summary>Opens the triggers' paths. Call it before anything else that answers requests.</summary>
    /// <param name="app">The web server; it must listen on loopback alone.</param>
    /// <param name="parts">What each trigger calls.</param>
    /// <param name="hostPort">The port that the host gave; null (no host) opens nothing.</param>
    /// <param name="log">Takes refusals and failures; never a message's content.</param>
    public static void Use(WebApplication app, TriggerParts parts, int? hostPort, ILogger log)
    {
        if (hostPort is null)
        {
            return;
        }

        var routes = new TriggerRoutes(parts, log);
        app.Use(routes.TakeAsync);
    }

    private async Task TakeAsync(HttpContext context, RequestDelegate next)
    {
        if (NameOf(context.Request.Path) is not { } name)
        {
            await next(context);
            return;
        }

        if (TriggerGuard.Refusal(context.Request, context.Connection.RemoteIpAddress) is { } refusal)
        {
            log.LogWarning(LogEvents.TriggerRefused, "A request for {Function} was refused: {Why}", name, refusal);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else if (!handlers.TryGetValue(name, out var handler) || context.Request.Path.Value != "/" + name)
        {
            log.LogWarning(LogEvents.TriggerClosed, "The function {Function} is not open in this app", name);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
        else
        {
            await AnswerAsync(context, name, handler);
        }
    }

    private async Task AnswerAsync(HttpContext context, string name, Func<ReadOnlyMemory<byte>, CancellationToken, Task> handler)
    {
        var (status, why) = await RunAsync(context, handler);
        if (why is not null)
        {
            log.LogWarning(LogEvents.TriggerFailed, "{Function} failed: {Why}", name, why);
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(why is null ? "{}" : JsonSerializer.Serialize(new { error = why }), context.RequestAborted);
    }

    private static async Task<(int Status, string? Why)> RunAsync(
        HttpContext context, Func<ReadOnlyMemory<byte>, CancellationToken, Task> handler)
    {
        try
        {
            if (context.Request.ContentType is not { } type || !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            {
                throw new EnvelopeException("the host posts application/json");
            }

            var body = await BoundedBody.ReadAsync(context.Request.Body, Envelope.BytesMax, context.RequestAborted);
            if (body.Outcome == BodyOutcome.TooLarge)
            {
                return (StatusCodes.Status413PayloadTooLarge, FormattableString.Invariant($"the envelope is larger than {Envelope.BytesMax} bytes"));
            }

            await handler(body.Bytes, context.RequestAborted);
            return (StatusCodes.Status200OK, null);
        }
        catch (EnvelopeException wrong)
        {
            return (StatusCodes.Status400BadRequest, wrong.Message);
        }
        catch (InvalidDataException wrong)
        {
            return (StatusCodes.Status400BadRequest, wrong.Message);
        }
        catch (StoreException trouble)
        {
            return (StatusCodes.Status503ServiceUnavailable, trouble.Message);
        }
    }

    // The host checkpoints past a batch that keeps failing: what can never be read is kept by ourselves.
    private static async Task HubAsync(
        Func<IReadOnlyList<ReadOnlyMemory<byte>>, CancellationToken, Task> lines,
        Func<ReadOnlyMemory<byte>, CancellationToken, Task>? keep, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        IReadOnlyList<ReadOnlyMemory<byte>> messages;
        try
        {
            using var envelope = Envelope.Parse(body);
            messages = envelope.Messages("events");
        }
        catch (EnvelopeException) when (keep is not null)
        {
            await keep(Envelope.RawMessage(body, "events"), cancel);
            return;
        }

        await lines(messages, cancel);
    }

    /// <summary>The function that a path names in any spelling that a router might still take for it, or null.</summary>
    private static string? NameOf(PathString path)
    {
        var bare = (path.Value ?? string.Empty).Trim('/');
        return FunctionNames.FirstOrDefault(name => name.Equals(bare, StringComparison.OrdinalIgnoreCase));
    }

    private static LandedNote Note(Envelope envelope, params string[] doors)
    {
        var note = LandedNote.Parse(envelope.Message("msg"));
        return doors.Contains(note.Door) ? note : throw new EnvelopeException($"the note is for the door {note.Door}, not {string.Join(" or ", doors)}");
    }

    private static TimerFired Timer(Envelope envelope)
    {
        var timer = envelope.Value("timer");
        return timer.ValueKind == JsonValueKind.Object
            ? new TimerFired(timer.TryGetProperty("IsPastDue", out var late) && late.ValueKind == JsonValueKind.True)
            : throw new EnvelopeException("Data.timer is no object");
    }

    private void Add<T>(string name, T? part, Func<Envelope, T, CancellationToken, Task> handler)
        where T : Delegate
    {
        if (part is not null)
        {
            handlers.Add(name, async (body, cancel) =>
            {
                using var envelope = Envelope.Parse(body);
                await handler(envelope, part, cancel);
            });
        }
    }
}
