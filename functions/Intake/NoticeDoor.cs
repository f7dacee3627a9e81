using System.Text.Json;
using MaritimeWatch.Intake.Notices;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// <c>POST /notices</c>: port-call events and pick-ups as JSON or NDJSON, or a list of calls as CSV; gzip or plain. 202 with
/// counts once it is landed, sealed (a pick-up names a plate), and queued; what cannot be used is kept as refused, sealed.
/// </summary>
public sealed class NoticeDoor
{
    private const int RefusalsShown = 100;

    private static readonly string[] Types =
    [
        "application/json", "application/x-ndjson", "application/ndjson", "text/csv", "text/plain", "application/octet-stream", "application/gzip",
    ];

    private readonly DeclaredBody body;
    private readonly SealedRejects rejects;
    private readonly Func<LandedNote, CancellationToken, Task> queue;
    private readonly int bodyBytesMax;

    /// <summary>A door.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="queue">Takes the note of what was landed.</param>
    /// <param name="time">The clock of received_at.</param>
    /// <param name="options">Bounds; null for the defaults.</param>
    public NoticeDoor(
        IBlobStore store, KeyRing keys, Func<LandedNote, CancellationToken, Task> queue, TimeProvider time, DeclaredDoorOptions? options = null)
    {
        options ??= new DeclaredDoorOptions();
        body = new DeclaredBody(NoticeDecoder.DoorName, Types, store, keys, time, options);
        (rejects, this.queue, bodyBytesMax) = (new SealedRejects(store, keys), queue, options.BodyBytesMax);
    }

    /// <summary>Opens the door.</summary>
    public void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/notices", (Delegate)TakeAsync);

    private Task<IResult> TakeAsync(HttpContext context) => body.TakeAsync(context, AnswerAsync);

    private async Task<IResult> AnswerAsync(ReceivedBody received)
    {
        var reading = NoticeReader.Read(received.Clear, bodyBytesMax);
        var receipt = new NoticeReceipt(
            reading.Items,
            reading.Calls.Count,
            reading.Pickups.Count,
            reading.NotAboutCalls,
            NoticeDecoder.CountsOf(reading),
            [.. reading.Refusals.Take(RefusalsShown).Select(refusal => FormattableString.Invariant($"line {refusal.Line}: {refusal.What}"))],
            reading.Defects,
            received.Landed.Hash);
        if (reading.Calls.Count + reading.Pickups.Count > 0)
        {
            await queue(received.Note, received.Cancel); // What is refused of it is kept when it is decoded.
            return Results.Json(receipt, AisReceipt.Json, statusCode: StatusCodes.Status202Accepted);
        }

        await rejects.KeepAsync(received.Landed, NoticeDecoder.Refused(reading, received.Clear), received.Cancel);
        return reading.Fault == NoticeFault.None && reading.RefusedCounts.Count == 0
            ? Results.Json(receipt, AisReceipt.Json, statusCode: StatusCodes.Status202Accepted)
            : Results.Problem(
                reading.FaultText is { } text ? $"no notice could be read: {text}" : "no notice in the body could be used",
                statusCode: StatusCodes.Status400BadRequest,
                extensions: new Dictionary<string, object?>
                {
                    ["fault"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(reading.Fault.ToString()),
                    ["items"] = receipt.Items,
                    ["refused"] = receipt.Refused,
                    ["refusals"] = receipt.Refusals,
                    ["landed"] = receipt.Landed,
                });
    }
}

/// <summary>What became of posted notices: items = calls + pickups + not_about_calls + refused.</summary>
/// <param name="Items">Notices in the body.</param>
/// <param name="Calls">About a call.</param>
/// <param name="Pickups">Pick-ups of boxes.</param>
/// <param name="NotAboutCalls">Events that say nothing of arrival or departure.</param>
/// <param name="Refused">Refused, by fault.</param>
/// <param name="Refusals">Line and why; at most 100.</param>
/// <param name="Defects">What was wrong in those that were taken; at most 100.</param>
/// <param name="Landed">SHA-256 of the sealed bytes.</param>
public sealed record NoticeReceipt(
    long Items,
    int Calls,
    int Pickups,
    long NotAboutCalls,
    IReadOnlyDictionary<string, long> Refused,
    IReadOnlyList<string> Refusals,
    IReadOnlyList<string> Defects,
    string Landed);
