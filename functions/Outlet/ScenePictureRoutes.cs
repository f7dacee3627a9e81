using System.Globalization;
using MaritimeWatch.Functions.Intake;
using MaritimeWatch.Log;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// <c>GET /scenes/{id}/quicklook.png</c> and <c>GET /scenes/{id}/chips/{n}.png</c>: pictures of what a scene shows, for whoever
/// may read the feeds. They never change, so a browser keeps them.
/// </summary>
internal static class ScenePictureRoutes
{
    private static readonly string[] Methods = ["GET", "HEAD"];

    /// <summary>Adds the routes.</summary>
    /// <param name="app">The web.</param>
    /// <param name="store">Where the pictures lie.</param>
    public static void Map(WebApplication app, IBlobStore store)
    {
        app.MapMethods("/scenes/{id}/quicklook.png", Methods, async (string id, HttpContext context) =>
            Answer(context, ScenePictures.IsScene(id) && await store.GetAsync(ScenePictures.LookName(id), context.RequestAborted) is { } look
                ? (ReadOnlyMemory<byte>?)look.Bytes
                : null));
        app.MapMethods("/scenes/{id}/chips/{n}.png", Methods, async (string id, string n, HttpContext context) =>
            Answer(context, ScenePictures.IsScene(id)
                && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && await store.GetAsync(ScenePictures.ChipsName(id), context.RequestAborted) is { } chips
                ? ScenePictures.ChipOf(chips.Bytes, number)
                : null));
    }

    private static IResult Answer(HttpContext context, ReadOnlyMemory<byte>? picture)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (picture is not { } bytes)
        {
            return Results.Problem("There is no such picture; scenes from before pictures were kept have none.", statusCode: StatusCodes.Status404NotFound);
        }

        context.Response.Headers.CacheControl = "private, max-age=86400, immutable";
        return Results.Bytes(bytes, "image/png");
    }
}
