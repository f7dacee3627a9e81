using System.Globalization;
using MaritimeWatch.Intake.Anpr;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using Microsoft.AspNetCore.Http.Features;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// <c>POST /plates</c>: what cameras send (see <see cref="PlateReader"/>). 202 with counts once it is landed, sealed, and
/// queued; what cannot be used is landed too, sealed, and answered with 400. Images are dropped at the door: they show
/// people, and nothing reads them.
/// </summary>
public sealed class PlateDoor
{
    private const string DefaultSource = "http";
    private const int RequestsAtOnceMax = 4;

    private static readonly string[] Types = ["application/json", "multipart/form-data", "text/csv", "application/x-ndjson", "application/ndjson", "text/plain"];

    private readonly SealedLanding landing;
    private readonly SealedRejects rejects;
    private readonly Func<LandedNote, CancellationToken, Task> queue;
    private readonly TimeProvider time;
    private readonly PlateDoorOptions options;
    private int requests;

    /// <summary>A door.</summary>
    /// <param name="store">The store.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="queue">Takes the note of what was landed.</param>
    /// <param name="time">The clock of received_at.</param>
    /// <param name="options">Bounds and secrets; null for the defaults.</param>
    public PlateDoor(
        IBlobStore store, KeyRing keys, Func<LandedNote, CancellationToken, Task> queue, TimeProvider time, PlateDoorOptions? options = null)
    {
        (landing, rejects) = (new SealedLanding(store, keys), new SealedRejects(store, keys));
        (this.queue, this.time, this.options) = (queue, time, options ?? new PlateDoorOptions());
    }

    /// <summary>Opens the door.</summary>
    public void Map(IEndpointRouteBuilder app) => app.MapPost("/plates", (Delegate)TakeAsync);

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        var given = context.Request.Headers["X-Source"].FirstOrDefault()
            ?? context.Request.Query["source"].FirstOrDefault() ?? DefaultSource;
        if (!SourceName.TryParse(given, out var source))
        {
            return Problem(StatusCodes.Status400BadRequest, SourceName.Rule);
        }

        if (options.Secrets.GetValueOrDefault(source.Value) is { } secret && !secret.Matches(context.Request.Headers["X-Camera-Key"].FirstOrDefault()))
        {
            return Problem(StatusCodes.Status401Unauthorized, "send the key of this source as 'X-Camera-Key: KEY'");
        }

        try
        {
            return Interlocked.Increment(ref requests) > RequestsAtOnceMax
                ? Busy(context, 5)
                : await ReadAsync(context, source.Value);
        }
        finally
        {
            Interlocked.Decrement(ref requests);
        }
    }

    private async Task<IResult> ReadAsync(HttpContext context, string source)
    {
        var request = context.Request;
        var type = request.ContentType?.Split(';')[0].Trim().ToLowerInvariant();
        if (request.ContentType?.Length > QueuedLanding.TextCharactersMax || request.Query["camera"].ToString().Length > QueuedLanding.TextCharactersMax)
        {
            return Problem(StatusCodes.Status400BadRequest, "the content type or the camera's name is too long");
        }

        if (type is not null && !Types.Contains(type))
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, $"send one of {string.Join(", ", Types)}");
        }

        if (request.Headers.ContentEncoding.ToString().ToUpperInvariant() is not ("" or "GZIP" or "IDENTITY"))
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, "the only content encoding taken is gzip");
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null; // Counted below, unpacked bytes too.
        }

        if (request.ContentLength > options.BodyBytesMax)
        {
            return TooLarge();
        }

        var body = await BoundedBody.ReadAsync(request.Body, options.BodyBytesMax, time, context.RequestAborted);
        return body.Outcome switch
        {
            BodyOutcome.TooLarge => TooLarge(),
            BodyOutcome.TooSlow => TooSlow(context),
            BodyOutcome.OtherArchive => Problem(StatusCodes.Status415UnsupportedMediaType, "send plain text or gzip"),
            _ when body.Bytes.IsEmpty => Problem(StatusCodes.Status400BadRequest, "the body is empty"),
            _ => await LandAsync(context, source, body.Bytes),
        };
    }

    private async Task<IResult> LandAsync(HttpContext context, string source, ReadOnlyMemory<byte> bytes)
    {
        var receivedAt = time.GetUtcNow();
        var (kept, contentType, images) = WithoutImages(bytes, context.Request.ContentType);
        var camera = context.Request.Query["camera"].FirstOrDefault();
        var document = PlateReader.Read(kept, new PlateReadOptions
        {
            ReceivedAtMs = receivedAt.ToUnixTimeMilliseconds(),
            ContentType = contentType,
            Camera = camera,
            BodyBytesMax = options.BodyBytesMax,
            IsSimulated = options.IsSimulated,
        });
        try
        {
            var landed = await landing.LandAsync($"{PlateDecoder.DoorName}.{source}", receivedAt, kept, context.RequestAborted);
            if (document.Reads.Count > 0)
            {
                await queue(NoteOf(landed, source, contentType, camera), context.RequestAborted);
            }
            else
            {
                await rejects.KeepAsync(landed, document.Rejects, context.RequestAborted);
            }

            return Answer(document, images, landed.Hash);
        }
        catch (StoreException trouble)
        {
            return Busy(context, trouble.Trouble == StoreTrouble.Stop ? 30 : 5);
        }
    }

    private LandedNote NoteOf(LandedBlob landed, string source, string? contentType, string? camera)
    {
        var note = new LandedNote
        {
            Door = PlateDecoder.DoorName,
            Landed = landed.Name,
            Hash = landed.Hash,
            Length = landed.Length,
            Source = source,
            ReceivedAtMs = landed.ReceivedAt.ToUnixTimeMilliseconds(),
            ContentType = contentType,
            IsSimulated = options.IsSimulated,
        };
        if (camera is not null)
        {
            note.Facts[PlateDecoder.CameraFact] = camera;
        }

        return note;
    }

    /// <summary>Of a form only its field <c>json</c> is landed; a damaged form is landed as it came, to be looked at.</summary>
    private static (ReadOnlyMemory<byte> Bytes, string? ContentType, int Images) WithoutImages(ReadOnlyMemory<byte> bytes, string? contentType) =>
        MultipartBody.IsNamedBy(contentType) && MultipartBody.Parse(bytes, contentType) is { } form && form.Find("json") is { } json
            ? (json.Content, "application/json", form.Parts.Count(part => part.IsFile))
            : (bytes, contentType, 0);

    private static IResult Answer(PlateDocument document, int images, string hash)
    {
        var receipt = new PlateReceipt(
            document.Items, document.Reads.Count, document.Rejects.Faults, document.Ignored, images, hash);
        return document.Reads.Count > 0 || document.Rejects.Count == 0
            ? Results.Json(receipt, PlateReceipt.Json, statusCode: StatusCodes.Status202Accepted)
            : Results.Problem(
                "nothing in the body could be used: send a Plate Recognizer webhook, or CSV or NDJSON with at, camera and plate",
                statusCode: StatusCodes.Status400BadRequest,
                extensions: new Dictionary<string, object?>
                {
                    ["items"] = receipt.Items,
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
        string.Create(CultureInfo.InvariantCulture, $"the body is larger than {options.BodyBytesMax} bytes, as sent or unpacked"));

    private static IResult Busy(HttpContext context, int seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problem(StatusCodes.Status503ServiceUnavailable, "nothing was taken: send the same body again later");
    }

    private static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);
}

/// <summary>Bounds and secrets of the door for plates.</summary>
public sealed record PlateDoorOptions
{
    /// <summary>Largest body, as sent and unpacked, images included, bytes; default 16 MiB.</summary>
    public int BodyBytesMax { get; init; } = 16 << 20;

    /// <summary>The store holds invented data.</summary>
    public bool IsSimulated { get; init; }

    /// <summary>Keys of sources that must send one, by the source's name; a source that is not named needs none here.</summary>
    public IReadOnlyDictionary<string, ApiKey> Secrets { get; init; } = new Dictionary<string, ApiKey>();
}
