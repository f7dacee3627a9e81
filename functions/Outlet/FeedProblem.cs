using System.Text.Json;
using System.Text.Json.Nodes;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>What is wrong with a request, as RFC 9457 says it. Holds no paths and no internals.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">The kind of problem.</param>
/// <param name="Detail">What to do about it.</param>
/// <param name="Parameter">The query parameter at fault, or null.</param>
/// <param name="Allowed">What would have been accepted, or null.</param>
internal sealed record FeedProblem(
    int Status, string Title, string Detail, string? Parameter = null, IReadOnlyList<string>? Allowed = null)
{
    public const string MediaType = "application/problem+json";

    /// <summary>A query parameter that is unknown or whose value cannot be used.</summary>
    public static FeedProblem BadParameter(string name, string detail, IReadOnlyList<string>? allowed = null) =>
        new(StatusCodes.Status400BadRequest, "Bad query parameter", detail, Clip(name), allowed);

    /// <summary>Nothing has that name.</summary>
    public static FeedProblem NotFound(string what) =>
        new(StatusCodes.Status404NotFound, "Not found", what);

    /// <summary>A token that is not held any more.</summary>
    public static FeedProblem Gone(string name) => new(
        StatusCodes.Status410Gone, "Token not held any more",
        $"This token is too old or comes from another run of the server. Begin again without '{name}'.", name);

    /// <summary>Writes the answer.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        var body = new JsonObject
        {
            ["type"] = "about:blank", ["title"] = Title, ["status"] = Status, ["detail"] = Detail,
        };
        if (Parameter is not null)
        {
            body["parameter"] = Parameter;
        }

        if (Allowed is not null)
        {
            body["allowed"] = new JsonArray([.. Allowed.Select(a => (JsonNode)a)]);
        }

        context.Response.StatusCode = Status;
        context.Response.ContentType = MediaType;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Remove("ETag");
        await context.Response.Body
            .WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body), context.RequestAborted).ConfigureAwait(false);
    }

    // Names come from the caller: say enough to find it, not all of it.
    private static string Clip(string name) => name.Length <= 64 ? name : name[..64];
}
