using System.Text.Json;
using MaritimeWatch.Terms;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>A small JSON object in a request's body, read within bounds.</summary>
internal static class SmallJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>The object, or what is wrong with it. The caller disposes of it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="bytesMax">The largest body.</param>
    public static async Task<(JsonDocument? Body, FeedProblem? Problem)> ReadAsync(HttpContext context, int bytesMax)
    {
        if (!context.Request.HasJsonContentType())
        {
            return (null, new FeedProblem(StatusCodes.Status415UnsupportedMediaType, "Not JSON", "Send Content-Type: application/json."));
        }

        var bytes = new byte[bytesMax + 1];
        try
        {
            var length = await context.Request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, context.RequestAborted);
            if (length > bytesMax)
            {
                return (null, new FeedProblem(StatusCodes.Status413PayloadTooLarge, "Too large", $"A body has at most {bytesMax} bytes."));
            }

            var body = SoundJson.Parse(bytes.AsMemory(0, length), Strict);
            if (body.RootElement.ValueKind == JsonValueKind.Object)
            {
                return (body, null);
            }

            body.Dispose();
        }
        catch (JsonException)
        {
            // Said below, without repeating what was sent.
        }
        catch (BadHttpRequestException bad)
        {
            return (null, new FeedProblem(bad.StatusCode, "Bad request", "The body did not arrive as announced."));
        }

        return (null, new FeedProblem(StatusCodes.Status400BadRequest, "Bad JSON", "The body must be one JSON object, no key twice."));
    }
}
