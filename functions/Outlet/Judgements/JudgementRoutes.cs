using System.Globalization;
using System.Text.Json;
using MaritimeWatch.Alerts;
using MaritimeWatch.Feeds;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What the judgements over HTTP are made of.</summary>
/// <param name="Model">The findings, and what was said of them.</param>
/// <param name="Board">Says how far the stage alerts is.</param>
/// <param name="Inbox">The inbox of the stage alerts: judgements go there.</param>
/// <param name="Keys">Makes analysts' tokens.</param>
/// <param name="IsSimulated">The store holds invented data.</param>
/// <param name="Time">The clock.</param>
internal sealed record JudgementParts(ReadModel Model, AlertBoard Board, Inbox Inbox, KeyRing Keys, bool IsSimulated, TimeProvider Time)
{
    /// <summary>Told the number of an entry that a judgement became; null for nobody.</summary>
    public Func<long, Task>? Appended { get; init; }
}

/// <summary>
/// <c>POST /findings/{id}/judgement</c>: an analyst marks a finding false with a reason, or withdraws the mark. Whether
/// there is such a finding is told to those alone who may judge.
/// </summary>
internal sealed class JudgementRoutes
{
    private const int BodyBytesMax = 16 * 1024;

    private readonly ReadModel model;
    private readonly JudgementInbox desk;

    private JudgementRoutes(ReadModel model, JudgementInbox desk) => (this.model, this.desk) = (model, desk);

    /// <summary>Adds the route.</summary>
    /// <param name="app">The application; <see cref="Access.Use"/> stands before.</param>
    /// <param name="parts">What it is made of.</param>
    public static void Map(WebApplication app, JudgementParts parts)
    {
#pragma warning disable CA2000 // The end of the application disposes of it.
        var desk = new JudgementInbox(parts);
#pragma warning restore CA2000
        app.Lifetime.ApplicationStopped.Register(desk.Dispose);
        var routes = new JudgementRoutes(parts.Model, desk);
        app.MapPost("/findings/{id}/judgement", context => Asked.ForAsync(
            context,
            caller => caller.Judges
                ? null
                : new FeedProblem(StatusCodes.Status403Forbidden, "Not for this role", "Analysts judge findings; officers decide alerts."),
            routes.JudgeAsync));
    }

    private async Task JudgeAsync(HttpContext context, Caller caller)
    {
        var id = (string)context.GetRouteValue("id")!;
        var snapshot = model.Current;
        if (snapshot.Find(FeedCollections.Findings, id) is not { } row
            || About(await model.ReadAsync(row, context.RequestAborted), row.Revision) is not { } about)
        {
            await FeedProblem.NotFound("There is no finding of that id.").WriteAsync(context);
            return;
        }

        var (wanted, problem) = await ReadAsync(context);
        if (wanted is not { } said)
        {
            await problem!.WriteAsync(context);
            return;
        }

        if (said.IsFalse && about.State == "retracted")
        {
            await Conflict(context, "The finding was retracted already: there is nothing left to mark.");
            return;
        }

        var answer = await desk.TakeAsync(caller, id, about.Finding, said, context.RequestAborted);
        await (answer switch
        {
            JudgementAnswer.Contradicts => Conflict(context, "It is marked false already, for another reason. Withdraw that mark first, with the verdict 'stands'."),
            JudgementAnswer.NothingToWithdraw => Conflict(context, "Nobody has marked it false: there is nothing to withdraw."),
            _ => Results.Json(
                new Dictionary<string, object?>
                {
                    ["finding"] = id,
                    ["verdict"] = said.Verdict,
                    ["reason"] = said.Reason,
                    ["taken"] = answer == JudgementAnswer.Accepted ? "now" : "before",
                },
                statusCode: answer == JudgementAnswer.Accepted ? StatusCodes.Status202Accepted : StatusCodes.Status200OK).ExecuteAsync(context),
        });
    }

    private static (JudgedFinding Finding, string? State)? About(ReadOnlyMemory<byte> line, int revision)
    {
        using var document = JsonDocument.Parse(line);
        var p = document.RootElement.GetProperty("properties");
        string? Text(string name) => p.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return Text("kind") is { } kind && Text("subject") is { } subject
            ? (new JudgedFinding(
                kind, Text("rule"), Text("profile"), subject, revision, p.TryGetProperty("simulated", out var mark) && mark.ValueKind == JsonValueKind.True), Text("state"))
            : null;
    }

    // What is no JSON is 400; JSON that is no judgement is 422: the caller can see which of the two it is.
    private static async Task<(JudgementWords? Said, FeedProblem? Problem)> ReadAsync(HttpContext context)
    {
        var (read, problem) = await SmallJson.ReadAsync(context, BodyBytesMax);
        if (read is not { } body)
        {
            return (null, problem);
        }

        using (body)
        {
            var root = body.RootElement;
            if (root.EnumerateObject().FirstOrDefault(member => member.Name is not ("verdict" or "reason")) is { Value.ValueKind: not JsonValueKind.Undefined } odd)
            {
                return (null, Wrong(odd.Name.Length <= 32 ? odd.Name : odd.Name[..32], "A judgement has a verdict and a reason, nothing else."));
            }

            var verdict = root.TryGetProperty("verdict", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
            if (verdict is null || !FindingJudgement.Verdicts.Contains(verdict))
            {
                return (null, Wrong("verdict", "Say 'false', or 'stands' to withdraw a mark.", FindingJudgement.Verdicts));
            }

            var isNull = !root.TryGetProperty("reason", out var words) || words.ValueKind == JsonValueKind.Null;
            var reason = isNull || words.ValueKind != JsonValueKind.String ? null : words.GetString()!.Trim();
            var isFalse = verdict == FindingJudgement.Verdicts[0];
            if ((!isNull && reason is null) || (isFalse && string.IsNullOrEmpty(reason)) || reason?.Length > FindingJudgement.ReasonMax
                || (reason?.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) ?? false))
            {
                return (null, Wrong("reason", string.Create(
                    CultureInfo.InvariantCulture,
                    $"A reason is plain text of at most {FindingJudgement.ReasonMax} characters; a mark needs one. It is shown to all readers: name no person.")));
            }

            return (new JudgementWords(isFalse, string.IsNullOrEmpty(reason) ? null : reason), null);
        }
    }

    private static FeedProblem Wrong(string member, string detail, IReadOnlyList<string>? allowed = null) =>
        new(StatusCodes.Status422UnprocessableEntity, "No judgement", detail, member, allowed);

    private static Task Conflict(HttpContext context, string detail) =>
        new FeedProblem(StatusCodes.Status409Conflict, "Not taken", detail).WriteAsync(context);
}
