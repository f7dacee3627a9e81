using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace MaritimeWatch.Functions.Intake;

/// <summary>
/// Who may read and write over HTTP. On loopback without a key everything is open to this machine's own programs, but
/// not to web pages of others that a browser on this machine shows. With a key every write needs it. Beyond loopback a
/// read needs it too, unless reads were opened; a browser is then asked for it (any user name, the key as password).
/// A request that a proxy passes on, or that is meant for another name than this machine's own, comes from beyond it.
/// </summary>
/// <param name="Key">The configured key, or null.</param>
/// <param name="IsExposed">Others than this machine can reach us, directly or through a host in front.</param>
/// <param name="OpenReads">Anybody may read.</param>
public sealed record AccessGate(ApiKey? Key, bool IsExposed, bool OpenReads)
{
    // What proxies and front ends add. Who leaves them out and keeps our own name in Host cannot be told from this machine.
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    /// <summary>Requests that need no key of ours: those that ask for a signed-in caller, and reads of one. Null for none.</summary>
    public Func<HttpContext, bool>? Lets { get; init; }

    /// <summary>Stands before everything else, but for what finds out who asks.</summary>
    public void Use(WebApplication app) => app.Use(async (context, next) =>
    {
        context.Features.Set(new Place(!IsBeyond(context)));
        context.Response.Headers.XContentTypeOptions = "nosniff"; // Nobody's browser guesses what an answer of ours is.
        if (Refusal(context) is { } refusal)
        {
            if (refusal.Status == StatusCodes.Status401Unauthorized)
            {
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"MaritimeWatch\", charset=\"UTF-8\"";
            }

            await Results.Problem(refusal.Detail, statusCode: refusal.Status).ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    /// <summary>True where a read comes with the configured key.</summary>
    /// <param name="request">The request.</param>
    public bool HoldsKey(HttpRequest request) => Key is not null && Key.Matches(Offered(request, isRead: true));

    /// <summary>True where who asks sits at this machine, as far as can be told; without a gate before, its address decides.</summary>
    /// <param name="context">The request.</param>
    internal static bool IsFromHere(HttpContext context) =>
        context.Features.Get<Place>() is not { IsHere: false }
        && (context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address));

    private (int Status, string Detail)? Refusal(HttpContext context)
    {
        var request = context.Request;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            || HttpMethods.IsOptions(request.Method);
        var isBeyond = IsBeyond(context);
        if (Key is null && !IsExposed && !DoorAddress.IsLoopbackHost(request.Host.Host))
        {
            // A page whose name was made to point at this machine still says its own name here.
            return (StatusCodes.Status403Forbidden, "this address is served under the name localhost only");
        }

        if (!isRead && IsFromAnotherSite(request))
        {
            return (StatusCodes.Status403Forbidden, "a web page of another site may not write here");
        }

        if (Lets?.Invoke(context) == true || (isRead && OpenReads))
        {
            return null;
        }

        if (isRead && !isBeyond)
        {
            // The feeds are for programs of other origins too, but what is open without a key is for this machine's alone.
            return IsOfAnotherOrigin(request) && !IsLoopbackOrigin(request)
                ? (StatusCodes.Status403Forbidden, "a web page of another site may not read what is open to this machine alone")
                : null;
        }

        if (Key is null)
        {
            return isBeyond
                ? (StatusCodes.Status401Unauthorized, "no API key is configured: set MW_API_KEY or --api-key-file")
                : null;
        }

        return Key.Matches(Offered(request, isRead))
            ? null
            : (StatusCodes.Status401Unauthorized, "send the API key as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'");
    }

    private bool IsBeyond(HttpContext context) =>
        IsExposed || !DoorAddress.IsLoopbackHost(context.Request.Host.Host) || ProxyHeaders.Any(context.Request.Headers.ContainsKey);

    // A browser says of which site a page is, and no page can make it say something else. A host in front may have
    // changed our name in Host: then only the browser knows that the page is ours.
    private static bool IsFromAnotherSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() switch
    {
        "same-origin" => false,
        "same-site" or "cross-site" => true,
        _ => IsOfAnotherOrigin(request),
    };

    private static bool IsOfAnotherOrigin(HttpRequest request) =>
        request.Headers.Origin is { Count: > 0 } origin
        && !(Uri.TryCreate(origin.ToString(), UriKind.Absolute, out var uri)
            && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));

    private static bool IsLoopbackOrigin(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var uri) && DoorAddress.IsLoopbackHost(uri.Host);

    /// <summary>
    /// A browser adds Basic credentials by itself, also to what other sites make it send: they count for reads alone.
    /// </summary>
    private static string? Offered(HttpRequest request, bool isRead)
    {
        if (request.Headers["X-Api-Key"] is { Count: 1 } header)
        {
            return header.ToString();
        }

        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization.ToString(), out var given))
        {
            return null;
        }

        return given.Scheme.ToUpperInvariant() switch
        {
            "BEARER" => given.Parameter,
            "BASIC" when isRead => Password(given.Parameter),
            _ => null,
        };
    }

    private static string? Password(string? base64)
    {
        var bytes = new byte[1024];
        if (base64 is null || !Convert.TryFromBase64String(base64, bytes, out var written))
        {
            return null;
        }

        var pair = Encoding.UTF8.GetString(bytes, 0, written);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : pair[(colon + 1)..];
    }

    /// <summary>Where a request comes from.</summary>
    private sealed record Place(bool IsHere);
}
