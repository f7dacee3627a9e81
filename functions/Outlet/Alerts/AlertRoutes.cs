using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What the alerts over HTTP are made of.</summary>
/// <param name="Board">The alerts; its <see cref="AlertBoard.RunAsync"/> runs beside.</param>
/// <param name="Access">Who asks.</param>
/// <param name="Inbox">The inbox of the alerts stage: officers' actions go there.</param>
/// <param name="Keys">Makes officers' tokens.</param>
/// <param name="IsSimulated">The store holds invented data.</param>
/// <param name="Time">The clock.</param>
internal sealed record AlertParts(AlertBoard Board, Access Access, Inbox Inbox, KeyRing Keys, bool IsSimulated, TimeProvider Time)
{
    /// <summary>Told the number of an entry that an action became; null for nobody.</summary>
    public Func<long, Task>? Appended { get; init; }

    /// <summary>Bounds of the stream; null for the defaults.</summary>
    public AlertStreamOptions? Stream { get; init; }
}

/// <summary>
/// The alerts over HTTP. Nothing is told to nobody: a caller without a token gets 401, and for an alert of another's port
/// the same 404 as for one that does not exist, found in the same look-up.
/// </summary>
internal sealed class AlertRoutes
{
    private const int BodyBytesMax = 16 * 1024;
    private const int KeyCharactersMax = 200;
    private const int LimitMax = 1000;
    private const int LimitUsual = 200;
    private const string NdJson = "application/x-ndjson";

    private static readonly string[] ListParameters = ["state", "port", "since", "limit"];

    private readonly AlertBoard board;
    private readonly AlertDesk desk;

    private AlertRoutes(AlertBoard board, AlertDesk desk) => (this.board, this.desk) = (board, desk);

    /// <summary>Adds the routes.</summary>
    /// <param name="app">The application; <see cref="Access.Use"/> stands before.</param>
    /// <param name="parts">What they are made of.</param>
    public static void Map(WebApplication app, AlertParts parts)
    {
#pragma warning disable CA2000 // The end of the application disposes of it.
        var desk = new AlertDesk(parts.Board, parts.Inbox, parts.Keys, parts.IsSimulated, parts.Time, parts.Appended);
#pragma warning restore CA2000
        app.Lifetime.ApplicationStopped.Register(desk.Dispose);
        var routes = new AlertRoutes(parts.Board, desk);
        var stream = new AlertStream(parts.Board, parts.Access, parts.Time, app.Lifetime.ApplicationStopping, parts.Stream);
        app.MapMethods("/alerts", ["GET", "HEAD"], context => For(context, routes.ListAsync));
        app.MapMethods("/alerts/stream", ["GET", "HEAD"], context => For(context, stream.WriteAsync));
        app.MapMethods("/alerts/{id}", ["GET", "HEAD"], context => For(context, routes.OneAsync));
        app.MapPost("/alerts/{id}/acknowledge", context => For(context, (c, who) => routes.ActAsync(c, who, decides: false)));
        app.MapPost("/alerts/{id}/decide", context => For(context, (c, who) => routes.ActAsync(c, who, decides: true)));
    }

    private static Task For(HttpContext context, Func<HttpContext, Caller, Task> answer) => Asked.ForAsync(
        context,
        caller => caller.SeesAlerts
            ? null
            : new FeedProblem(StatusCodes.Status403Forbidden, "Not for this role", "A planner is shown forecasts, no alerts."),
        answer);

    private async Task ListAsync(HttpContext context, Caller caller)
    {
        if (AlertQuery.Read(context.Request.Query, out var problem) is not { } query)
        {
            await problem!.WriteAsync(context);
            return;
        }

        var alerts = board.Latest(alert => caller.SeesAlertsOf(alert.Port) && query.Fits(alert));
        var response = context.Response;
        var isLines = context.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == NdJson);
        response.ContentType = isLines ? NdJson : "application/json";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (isLines)
        {
            foreach (var alert in alerts.Take(query.Limit))
            {
                await response.BodyWriter.WriteAsync(alert.Json, context.RequestAborted);
                await response.BodyWriter.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
            }

            return;
        }

        using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteStartArray("alerts");
        foreach (var alert in alerts.Take(query.Limit))
        {
            json.WriteRawValue(alert.Json.Span, skipInputValidation: true);
        }

        json.WriteEndArray();
        json.WriteNumber("numberReturned", Math.Min(alerts.Count, query.Limit));
        json.WriteNumber("numberMatched", alerts.Count);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private async Task OneAsync(HttpContext context, Caller caller)
    {
        if (Seen(context, caller) is not { } alert)
        {
            await NotThereAsync(context);
            return;
        }

        context.Response.ContentType = "application/json";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(alert.Json, context.RequestAborted);
        }
    }

    private async Task ActAsync(HttpContext context, Caller caller, bool decides)
    {
        if (!caller.Decides)
        {
            await new FeedProblem(StatusCodes.Status403Forbidden, "Not for this role", "Officers of a port acknowledge and decide its alerts.")
                .WriteAsync(context);
            return;
        }

        if (Seen(context, caller) is not { } alert || !caller.DecidesFor(alert.Port))
        {
            await NotThereAsync(context);
            return;
        }

        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var (verdict, problem) = decides ? await ReadVerdictAsync(context) : (null, null);
        problem ??= key.Length > KeyCharactersMax
            ? new FeedProblem(StatusCodes.Status400BadRequest, "Bad header", $"An Idempotency-Key has at most {KeyCharactersMax} characters.")
            : null;
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        var answer = await desk.TakeAsync(caller, alert, verdict, key.Length == 0 ? null : key, context.RequestAborted);
        await (answer switch
        {
            DeskAnswer.Contradicts => Conflict(context, "Something else has been decided for this alert."),
            DeskAnswer.Closed => Conflict(context, "The alert is closed."),
            DeskAnswer.KeyUsed => Conflict(context, "This Idempotency-Key was used for something else."),
            _ => TakenAsync(context, alert, verdict, answer == DeskAnswer.Accepted),
        });
    }

    private static Task TakenAsync(HttpContext context, AlertRevision alert, AlertVerdict? verdict, bool isNew) =>
        Results.Json(
            new Dictionary<string, object?>
            {
                ["alert"] = alert.Id,
                ["action"] = verdict is null ? "acknowledge" : "decide",
                ["outcome"] = verdict?.Outcome,
                ["taken"] = isNew ? "now" : "before",
            },
            statusCode: isNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK).ExecuteAsync(context);

    private static async Task<(AlertVerdict? Verdict, FeedProblem? Problem)> ReadVerdictAsync(HttpContext context)
    {
        var (read, problem) = await SmallJson.ReadAsync(context, BodyBytesMax);
        if (read is not { } body)
        {
            return (null, problem);
        }

        using (body)
        {
            var root = body.RootElement;
            var outcome = root.TryGetProperty("outcome", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
            if (outcome is null || !AlertAction.Outcomes.Contains(outcome))
            {
                return (null, FeedProblem.BadParameter("outcome", "This cannot be decided.", AlertAction.Outcomes));
            }

            var isNull = !root.TryGetProperty("note", out var words) || words.ValueKind == JsonValueKind.Null;
            var note = isNull || words.ValueKind != JsonValueKind.String ? null : words.GetString()!.Trim();
            if (!isNull && (note is null || note.Length > AlertAction.NoteMax || note.Any(c => char.IsControl(c) && c is not ('\n' or '\t'))))
            {
                return (null, FeedProblem.BadParameter("note", string.Create(CultureInfo.InvariantCulture, $"A note is plain text of at most {AlertAction.NoteMax} characters.")));
            }

            return (new AlertVerdict(outcome, string.IsNullOrEmpty(note) ? null : note), null);
        }
    }

    // One look-up and one question, whether there is no such alert or it is another's.
    private AlertRevision? Seen(HttpContext context, Caller caller) =>
        board.Find((string)context.GetRouteValue("id")!) is { } alert && caller.SeesAlertsOf(alert.Port) ? alert : null;

    private static Task NotThereAsync(HttpContext context) =>
        FeedProblem.NotFound("There is no such alert for you.").WriteAsync(context);

    private static Task Conflict(HttpContext context, string detail) =>
        new FeedProblem(StatusCodes.Status409Conflict, "Not taken", detail).WriteAsync(context);

    /// <summary>What a list is narrowed to.</summary>
    private sealed record AlertQuery(string[] States, string[] Ports, DateTimeOffset? Since, int Limit)
    {
        public bool Fits(AlertRevision alert) =>
            (States.Length == 0 || States.Contains(alert.State))
            && (Ports.Length == 0 || Ports.Contains(alert.Port))
            && (Since is null || alert.UpdatedAt >= Since);

        public static AlertQuery? Read(IQueryCollection query, out FeedProblem? problem)
        {
            problem = null;
            if (query.Keys.FirstOrDefault(k => !ListParameters.Contains(k)) is { } unknown)
            {
                problem = FeedProblem.BadParameter(unknown, "This parameter is not known here.", ListParameters);
                return null;
            }

            string[] Several(string name) => query[name].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            var (states, ports, limit) = (Several("state"), Several("port"), LimitUsual);
            DateTimeOffset? since = null;
            if (query.FirstOrDefault(pair => pair.Value.Count > 1) is { Key: { } twice })
            {
                problem = FeedProblem.BadParameter(twice, "Give it once.");
            }
            else if (states.FirstOrDefault(s => !AlertRevision.States.Contains(s)) is not null)
            {
                problem = FeedProblem.BadParameter("state", "There is no such state.", AlertRevision.States);
            }
            else if (query.ContainsKey("limit") && !(int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit > 0))
            {
                problem = FeedProblem.BadParameter("limit", $"1 to {LimitMax}");
            }
            else if (query.ContainsKey("since"))
            {
                if (TimeRange.TryParse(query["since"].ToString(), out var fromMs, out _) && fromMs >= 0 && fromMs < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
                {
                    since = DateTimeOffset.FromUnixTimeMilliseconds(fromMs);
                }
                else
                {
                    problem = FeedProblem.BadParameter("since", "An instant such as 2026-11-21T10:30:00Z.");
                }
            }

            return problem is null ? new AlertQuery(states, ports, since, Math.Min(limit, LimitMax)) : null;
        }
    }
}
