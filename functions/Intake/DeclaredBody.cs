using System.Globalization;
using MaritimeWatch.Log;
using MaritimeWatch.Log.Sealing;
using Microsoft.AspNetCore.Http.Features;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// What the doors for manifests and notices have in common: who sends, how much at once, bounds on the body, and landing
/// it sealed before anything is acknowledged.
/// </summary>
/// <param name="door">The door's name.</param>
/// <param name="types">Content types that are taken; one that is not said is taken too.</param>
/// <param name="store">The store.</param>
/// <param name="keys">Its keys.</param>
/// <param name="time">The clock of received_at.</param>
/// <param name="options">Bounds.</param>
internal sealed class DeclaredBody(
    string door, IReadOnlyList<string> types, IBlobStore store, KeyRing keys, TimeProvider time, DeclaredDoorOptions options)
{
    private const string DefaultSource = "http";
    private const int RequestsAtOnceMax = 4;

    private readonly SealedLanding landing = new(store, keys);
    private int requests;

    /// <summary>Takes a request; <paramref name="answer"/> reads the bytes, lands them through what it is given, and answers.</summary>
    public async Task<IResult> TakeAsync(HttpContext context, Func<ReceivedBody, Task<IResult>> answer)
    {
        var given = context.Request.Headers["X-Source"].FirstOrDefault()
            ?? context.Request.Query["source"].FirstOrDefault() ?? DefaultSource;
        if (!SourceName.TryParse(given, out var source))
        {
            return Problem(StatusCodes.Status400BadRequest, SourceName.Rule);
        }

        try
        {
            return Interlocked.Increment(ref requests) > RequestsAtOnceMax
                ? Busy(context, 5)
                : await ReadAsync(context, source.Value, answer);
        }
        catch (StoreException trouble)
        {
            return Busy(context, trouble.Trouble == StoreTrouble.Stop ? 30 : 5);
        }
        finally
        {
            Interlocked.Decrement(ref requests);
        }
    }

    private async Task<IResult> ReadAsync(HttpContext context, string source, Func<ReceivedBody, Task<IResult>> answer)
    {
        var request = context.Request;
        var type = request.ContentType?.Split(';')[0].Trim();
        if (type is { Length: > 0 } && !types.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            return Problem(StatusCodes.Status415UnsupportedMediaType, $"send one of {string.Join(", ", types)}, not {Clip(type)}");
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
            _ => await answer(await LandAsync(context, source, type, body.Bytes)),
        };
    }

    private async Task<ReceivedBody> LandAsync(HttpContext context, string source, string? type, ReadOnlyMemory<byte> bytes)
    {
        var landed = await landing.LandAsync($"{door}.{source}", time.GetUtcNow(), bytes, context.RequestAborted);
        var note = new LandedNote
        {
            Door = door,
            Landed = landed.Name,
            Hash = landed.Hash,
            Length = landed.Length,
            Source = source,
            ReceivedAtMs = landed.ReceivedAt.ToUnixTimeMilliseconds(),
            ContentType = type,
            IsSimulated = options.IsSimulated,
        };
        return new ReceivedBody(note, landed, PackedBytes.Unpack(bytes, options.BodyBytesMax), context.RequestAborted);
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

    private static string Clip(string text) => text.Length <= 60 ? text : text[..60];

    private static IResult Problem(int status, string detail) => Results.Problem(detail, statusCode: status);
}

/// <summary>A body that is landed.</summary>
/// <param name="Note">What the queue is told.</param>
/// <param name="Landed">The blob.</param>
/// <param name="Clear">Its plain bytes.</param>
/// <param name="Cancel">The sender has gone.</param>
internal sealed record ReceivedBody(LandedNote Note, LandedBlob Landed, ReadOnlyMemory<byte> Clear, CancellationToken Cancel);
