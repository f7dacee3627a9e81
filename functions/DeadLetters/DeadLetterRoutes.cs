using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Functions.Outlet;

namespace MaritimeWatch.Functions.Letters;

/// <summary>
/// Dead letters over HTTP: <c>GET /dead-letters</c> for administrators of all ports and holders of the API key,
/// <c>POST /dead-letters/{queue}/{id}/redrive</c> for those administrators. Letters belong to no port, so who sees one sees all. Never a
/// message's bytes.
/// </summary>
internal sealed class DeadLetterRoutes
{
    private const int LimitMax = 1_000;
    private const int LimitUsual = 200;

    private static readonly string[] States = ["waiting", "all"];
    private static readonly string[] Parameters = ["queue", "state", "limit"];
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly DeadLetters letters;
    private readonly Redrive redrive;

    private DeadLetterRoutes(DeadLetters letters, Redrive redrive) => (this.letters, this.redrive) = (letters, redrive);

    /// <summary>Adds the routes.</summary>
    /// <param name="app">The application; <see cref="Access.Use"/> stands before.</param>
    /// <param name="letters">The letters.</param>
    /// <param name="redrive">Sends them again.</param>
    /// <param name="holdsKey">Whether a request came with the API key.</param>
    public static void Map(WebApplication app, DeadLetters letters, Redrive redrive, Func<HttpRequest, bool> holdsKey)
    {
        var routes = new DeadLetterRoutes(letters, redrive);
        app.MapMethods("/dead-letters", ["GET", "HEAD"], context => Asked.ForAsync(context, holdsKey(context.Request), Refusal, (c, _) => routes.ListAsync(c)));
        app.MapPost("/dead-letters/{queue}/{id}/redrive", context => Asked.ForAsync(context, false, Refusal, (c, who) => routes.RedriveAsync(c, who!)));
    }

    private static FeedProblem? Refusal(Caller caller) => caller.Role == Roles.Admin && caller.Ports.Contains(Caller.AllPorts)
        ? null
        : new FeedProblem(StatusCodes.Status403Forbidden, "Not for this role", "Dead letters are for administrators of all ports.");

    private async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var (queue, state, limit) = (query["queue"].ToString(), query["state"].ToString(), LimitUsual);
        var problem =
            query.Keys.FirstOrDefault(key => !Parameters.Contains(key)) is { } unknown ? FeedProblem.BadParameter(unknown, "This parameter is not known here.", Parameters)
            : query.FirstOrDefault(pair => pair.Value.Count > 1) is { Key: { } twice } ? FeedProblem.BadParameter(twice, "Give it once.")
            : query.ContainsKey("queue") && !DeadLetters.Queues.Contains(queue) ? FeedProblem.BadParameter("queue", "There is no such queue.", DeadLetters.Queues)
            : query.ContainsKey("state") && !States.Contains(state) ? FeedProblem.BadParameter("state", "There is no such state.", States)
            : query.ContainsKey("limit") && !(int.TryParse(query["limit"], NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit > 0)
                ? FeedProblem.BadParameter("limit", string.Create(CultureInfo.InvariantCulture, $"1 to {LimitMax}"))
            : null;
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        var (found, matched) = await letters.ListAsync(
            queue.Length == 0 ? null : queue, state != "all", Math.Min(limit, LimitMax), context.RequestAborted);
        await Results.Json(
            new Dictionary<string, object?>
            {
                ["letters"] = found,
                ["waiting"] = await letters.CountAsync(context.RequestAborted),
                ["numberReturned"] = found.Count,
                ["numberMatched"] = matched,
            },
            Json).ExecuteAsync(context);
    }

    private async Task RedriveAsync(HttpContext context, Caller caller)
    {
        var queue = (string)context.GetRouteValue("queue")!;
        if (!DeadLetters.Queues.Contains(queue) || !LetterId.TryParse((string)context.GetRouteValue("id")!, out var id))
        {
            await FeedProblem.NotFound("There is no such letter.").WriteAsync(context);
            return;
        }

        var outcome = await redrive.RunAsync(queue, id, caller.Role, context.RequestAborted);
        await (outcome switch
        {
            RedriveOutcome.NotThere => FeedProblem.NotFound("There is no such letter.").WriteAsync(context),
            RedriveOutcome.NoQueue => new FeedProblem(StatusCodes.Status409Conflict, "Not sent", "That queue cannot be reached from here.").WriteAsync(context),
            _ => Results.Json(
                new Dictionary<string, object?>
                {
                    ["queue"] = queue, ["id"] = id.ToString(), ["sent"] = outcome == RedriveOutcome.Sent ? "now" : "before",
                },
                statusCode: outcome == RedriveOutcome.Sent ? StatusCodes.Status202Accepted : StatusCodes.Status200OK).ExecuteAsync(context),
        });
    }
}
