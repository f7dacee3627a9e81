using System.Globalization;
using MaritimeWatch.Intake.Ais;
using MaritimeWatch.Log;
using Microsoft.AspNetCore.Http.Features;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// <c>POST /ais</c>: a body of NMEA, CSV or NDJSON, gzip or plain. 202 with counts once it is landed and queued; what
/// cannot be used is landed too, so that it can be looked at, and answered with 400.
/// </summary>
public sealed class AisDoor
{
    private const string DefaultSource = "http";
    private const int RequestsAtOnceMax = 4;

    private readonly IIntake intake;
    private readonly SourceBoard board;
    private readonly TimeProvider time;
    private readonly int bodyBytesMax;
    private int requests;

    /// <summary>A door.</summary>
    /// <param name="intake">Where bodies go.</param>
    /// <param name="board">Where its sources are shown.</param>
    /// <param name="time">The clock of received_at.</param>
    /// <param name="bodyBytesMax">The largest body, as sent and unpacked; default 16 MB.</param>
    public AisDoor(IIntake intake, SourceBoard board, TimeProvider time, int bodyBytesMax = 16 << 20)
    {
        this.intake = intake;
        this.board = board;
        this.time = time;
        this.bodyBytesMax = bodyBytesMax;
    }

    /// <summary>Opens the door.</summary>
    public void Map(IEndpointRouteBuilder app) => app.MapPost("/ais", (Delegate)TakeAsync);

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        var given = context.Request.Headers["X-Source"].FirstOrDefault()
            ?? context.Request.Query["source"].FirstOrDefault() ?? DefaultSource;
        if (!SourceName.TryParse(given, out var source))
        {
            return Problem(StatusCodes.Status400BadRequest, SourceName.Rule);
        }

        if (QueuedLanding.IsOfAnotherDoor(source.Value))
        {
            return Problem(StatusCodes.Status400BadRequest, "this name belongs to the sources of another door");
        }

        var entry = board.Entry(source.Value, "http", silentAfter: null);
        try
        {
            var isCrowded = Interlocked.Increment(ref requests) > RequestsAtOnceMax;
            if (isCrowded || intake.IsStopped || intake.IsTooDeep)
            {
                entry.OnShed(isCrowded ? ShedReasons.Busy : intake.IsStopped ? ShedReasons.Store : ShedReasons.Load);
                return Busy(context, intake.IsStopped ? 30 : 5);
            }

            return await ReadAsync(context, source, entry);
        }
        finally
        {
            Interlocked.Decrement(ref requests);
        }
    }

    private async Task<IResult> ReadAsync(HttpContext context, SourceName source, SourceEntry entry)
    {
        var request = context.Request;
        if (request.Headers.ContentEncoding.ToString().ToUpperInvariant() is not ("" or "GZIP" or "IDENTITY"))
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, "the only content encoding taken is gzip");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null; // Counted below, unpacked bytes too.
        }

        if (request.ContentLength > bodyBytesMax)
        {
            return TooLarge();
        }

        var body = await BoundedBody.ReadAsync(request.Body, bodyBytesMax, time, context.RequestAborted);
        return body.Outcome switch
        {
            BodyOutcome.TooLarge => TooLarge(),
            BodyOutcome.TooSlow => TooSlow(context),
            BodyOutcome.OtherArchive => Problem(
                StatusCodes.Status415UnsupportedMediaType, "send plain text or gzip; zip and zst files go to 'replay'"),
            _ when body.Bytes.IsEmpty => Problem(StatusCodes.Status400BadRequest, "the body is empty"),
            _ => await LandAsync(context, source, entry, body),
        };
    }

    private async Task<IResult> LandAsync(HttpContext context, SourceName source, SourceEntry entry, BoundedBody body)
    {
        var marks = new[] { new ReceivedMark(0, time.GetUtcNow().ToUnixTimeMilliseconds()) };
        var nothing = default(NoSink);
        var counts = AisUnpacking.Read(
            body.Bytes, marks, new AisReadOptions { SourceName = source.Value }, ref nothing, context.RequestAborted);
        AcceptedBlob landed;
        try
        {
            var cut = new LandingCut(body.Bytes, marks);
            landed = await intake.AcceptAsync(source, DeliveryKind.Document, cut, context.RequestAborted);
        }
        catch (StoreException trouble)
        {
            entry.OnShed(ShedReasons.Store);
            return Busy(context, trouble.Trouble == StoreTrouble.Stop ? 30 : 5);
        }

        entry.OnBytes(body.Bytes.Length);
        entry.OnLines(counts.Lines);
        entry.OnLanded();
        var receipt = AisReceipt.From(counts, landed.Hash);
        return counts.Used > 0
            ? Results.Json(receipt, AisReceipt.Json, statusCode: StatusCodes.Status202Accepted)
            : Results.Problem(
                "nothing in the body could be used: send NMEA sentences, or CSV or NDJSON rows with time, mmsi, lat and lon",
                statusCode: StatusCodes.Status400BadRequest,
                extensions: new Dictionary<string, object?>
                {
                    ["lines"] = receipt.Lines,
                    ["refused"] = receipt.Refused,
                    ["ignored"] = receipt.Ignored,
                    ["landed"] = receipt.Landed,
                });
    }

    private static IResult TooSlow(HttpContext context)
    {
        context.Response.Headers.Connection = "close";
        return Problem(StatusCodes.Status408RequestTimeout, "the body did not end in time: nothing was taken");
    }

    private IResult TooLarge() => Problem(
        StatusCodes.Status413PayloadTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"the body is larger than {bodyBytesMax} bytes, as sent or unpacked"));

    private static IResult Busy(HttpContext context, int seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problem(StatusCodes.Status503ServiceUnavailable, "nothing was taken: send the same body again later");
    }

    private static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);

    private readonly struct NoSink : IAisSink
    {
        public void OnPosition(in PositionReport report)
        {
            // Counted by the reader.
        }

        public void OnStatic(StaticReport report)
        {
            // Counted by the reader.
        }

        public void OnRefused(in Refusal refusal, ReadOnlySpan<byte> bytes)
        {
            // Counted by the reader.
        }
    }
}
