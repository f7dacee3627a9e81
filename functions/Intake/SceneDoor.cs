using System.Globalization;
using System.Text;
using MaritimeWatch.Intake.Imagery;
using MaritimeWatch.Log;
using MaritimeWatch.Rasters;
using Microsoft.AspNetCore.Http.Features;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// <c>POST /scenes</c>: a GeoTIFF as the body. <c>at</c>, <c>sensor</c> (sar, optical or sentinel-2), <c>band</c>, <c>bands</c> and <c>name</c> come as
/// query parameters or as headers <c>X-Scene-At</c>...; or a STAC item comes base64-coded in <c>X-Stac-Item</c>. 202 once it
/// is landed and queued. The body goes to a file of our own first: it may be larger than memory.
/// </summary>
public sealed class SceneDoor
{
    /// <summary>The usual bound, bytes: no classic TIFF is larger than 4 GB.</summary>
    public const long BodyBytesUsual = 4L << 30;

    private const string DefaultSource = "http";
    private const int RequestsAtOnceMax = 2;
    private const int HeadBytes = 4;
    private const int CopyBytes = 1 << 17;

    private static readonly string[] Types = ["image/tiff", "image/geotiff", "application/octet-stream", "application/geotiff"];

    // Two at once: who drips one byte by byte must not close the door. 4 GB in this time is 1.2 MB/s.
    private static readonly TimeSpan BodyWithin = TimeSpan.FromHours(1);

    private readonly Landing landing;
    private readonly Func<LandedNote, CancellationToken, Task> queue;
    private readonly TimeProvider time;
    private readonly long bodyBytesMax;
    private int requests;

    /// <summary>A door.</summary>
    /// <param name="landing">Where scenes are kept.</param>
    /// <param name="queue">Takes the note of what was landed; durable when it returns.</param>
    /// <param name="time">The clock of received_at.</param>
    /// <param name="bodyBytesMax">The largest body, bytes; default 4 GB.</param>
    public SceneDoor(
        Landing landing, Func<LandedNote, CancellationToken, Task> queue, TimeProvider time, long bodyBytesMax = BodyBytesUsual)
    {
        (this.landing, this.queue, this.time, this.bodyBytesMax) = (landing, queue, time, bodyBytesMax);
    }

    /// <summary>Opens the door.</summary>
    public void Map(IEndpointRouteBuilder app) => app.MapPost("/scenes", (Delegate)TakeAsync);

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        var given = Given(context.Request, "source") ?? DefaultSource;
        if (!SourceName.TryParse(given, out var source))
        {
            return Problem(StatusCodes.Status400BadRequest, SourceName.Rule);
        }

        try
        {
            return Interlocked.Increment(ref requests) > RequestsAtOnceMax ? Busy(context, 30) : await ReadAsync(context, source.Value);
        }
        catch (StoreException trouble)
        {
            return Busy(context, trouble.Trouble == StoreTrouble.Stop ? 60 : 5);
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
        if (type is not null && !Types.Contains(type))
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, "send a GeoTIFF as image/tiff");
        }

        if (request.Headers.ContentEncoding.ToString() is not "")
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, "send the GeoTIFF as it is, without a content encoding");
        }

        if (request.ContentLength > bodyBytesMax)
        {
            return TooLarge();
        }

        if (Raster.LibraryVersion() is null)
        {
            return Problem(StatusCodes.Status503ServiceUnavailable, "this machine cannot read scenes: GDAL is absent (apt-get install libgdal32)");
        }

        SceneDescription description;
        try
        {
            description = Describe(request);
        }
        catch (FormatException wrong)
        {
            return Problem(StatusCodes.Status400BadRequest, wrong.Message);
        }

        if (description.FutureAt(time.GetUtcNow().ToUnixTimeMilliseconds()) is { } future)
        {
            return Problem(StatusCodes.Status400BadRequest, future);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null; // Counted below.
        }

        return await TakeBodyAsync(context, source, description);
    }

    private async Task<IResult> TakeBodyAsync(HttpContext context, string source, SceneDescription description)
    {
        var receivedAt = time.GetUtcNow();
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var file = new FileStream(
            path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, CopyBytes, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        using var late = new CancellationTokenSource(BodyWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            if (!await CopyAsync(context.Request.Body, file, either.Token))
            {
                return TooLarge();
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            context.Response.Headers.Connection = "close";
            return Problem(StatusCodes.Status408RequestTimeout, "the scene did not come in time: nothing was taken");
        }

        if (file.Length == 0)
        {
            return Problem(StatusCodes.Status400BadRequest, "the body is empty: send a GeoTIFF");
        }

        file.Position = 0;
        var isTiff = await IsTiffAsync(file, context.RequestAborted);
        file.Position = 0;
        var landed = await landing.LandAsync($"{SceneDecoder.DoorName}.{source}", receivedAt, file, context.RequestAborted);
        if (!isTiff)
        {
            return Results.Problem(
                "the body is no TIFF, whatever it calls itself: it is kept under its hash and goes no further",
                statusCode: StatusCodes.Status400BadRequest,
                extensions: new Dictionary<string, object?> { ["landed"] = landed.Hash });
        }

        await queue(
            new LandedNote
            {
                Door = SceneDecoder.DoorName,
                Landed = landed.Name,
                Hash = landed.Hash,
                Length = landed.Length,
                Source = source,
                ReceivedAtMs = landed.ReceivedAt.ToUnixTimeMilliseconds(),
                ContentType = context.Request.ContentType?.Split(';')[0].Trim(),
                FileName = NameOf(context.Request),
                IsSimulated = description.IsSimulated,
                Facts = description.ToFacts(),
            },
            context.RequestAborted);
        return Results.Json(
            new { landed = landed.Hash, scene = landed.Hash[..12], bytes = landed.Length }, statusCode: StatusCodes.Status202Accepted);
    }

    private async Task<bool> CopyAsync(Stream body, FileStream file, CancellationToken cancel)
    {
        var buffer = new byte[CopyBytes];
        long total = 0;
        int read;
        while ((read = await body.ReadAsync(buffer, cancel)) > 0)
        {
            total += read;
            if (total > bodyBytesMax)
            {
                return false;
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancel);
        }

        await file.FlushAsync(cancel);
        return true;
    }

    /// <summary>Whether a file begins as a TIFF: classic or BigTIFF, either byte order.</summary>
    /// <param name="head">Its first four bytes.</param>
    internal static bool IsTiff(ReadOnlySpan<byte> head) =>
        head.SequenceEqual("II*\0"u8) || head.SequenceEqual("MM\0*"u8) || head.SequenceEqual("II+\0"u8) || head.SequenceEqual("MM\0+"u8);

    private static async Task<bool> IsTiffAsync(FileStream file, CancellationToken cancel)
    {
        var head = new byte[HeadBytes];
        return await file.ReadAtLeastAsync(head, HeadBytes, throwOnEndOfStream: false, cancel) == HeadBytes && IsTiff(head);
    }

    private static SceneDescription Describe(HttpRequest request)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in (string[])["at", "sensor", "band", "bands"])
        {
            if (Given(request, name) is { } value)
            {
                facts[name] = value;
            }
        }

        var description = SceneDescription.From(facts);
        if (request.Headers["X-Stac-Item"].FirstOrDefault() is not { } item)
        {
            return description;
        }

        var bytes = new byte[item.Length];
        return Convert.TryFromBase64String(item, bytes, out var length)
            ? description.Or(StacItem.Read(bytes.AsMemory(0, length)))
            : throw new FormatException("X-Stac-Item is the STAC item's JSON in base64");
    }

    private static string? Given(HttpRequest request, string name) => name == "source"
        ? request.Headers["X-Source"].FirstOrDefault() ?? request.Query[name].FirstOrDefault()
        : request.Headers[$"X-Scene-{name}"].FirstOrDefault() ?? request.Query[name].FirstOrDefault();

    // For people only: letters, digits and a few marks, cut short.
    private static string? NameOf(HttpRequest request)
    {
        const int LengthMax = 100;
        var name = new StringBuilder();
        foreach (var letter in (Given(request, "name") ?? string.Empty).Take(LengthMax))
        {
            name.Append(char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_');
        }

        return name.Length == 0 ? null : name.ToString();
    }

    private IResult TooLarge() => Problem(
        StatusCodes.Status413PayloadTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"the body is larger than {bodyBytesMax} bytes: cut the scene"));

    private static IResult Busy(HttpContext context, int seconds)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problem(StatusCodes.Status503ServiceUnavailable, "nothing was taken: send the same scene again later");
    }

    private static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);
}
