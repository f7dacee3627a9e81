using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace MaritimeWatch.Functions.Outlet;

/// <summary>
/// Finds out who asks: a token in the header, or the same token in a cookie that no script can read. With the cookie
/// everything that changes something also needs a header that only our own pages know.
/// </summary>
/// <param name="tokens">Reads tokens.</param>
public sealed class Access(Tokens tokens)
{
    /// <summary>What a page sends beside the cookie to change something.</summary>
    public const string CsrfHeader = "X-CSRF-Token";

    // Pages, their files and what a kind means are in everybody's hands; alerts, judgements (a POST under /findings) and
    // sessions ask for a caller themselves.
    private static readonly string[] OwnPaths =
    [
        "/alerts", "/session", "/demo", "/console", "/officer.html", "/sign-in.html", "/planner.html", "/vessel.html", "/kinds",
        "/findings", "/dead-letters", "/dead-letters.html",
    ];

    private readonly byte[] csrfKey = tokens.Derive("csrf"u8);

    /// <summary>Signs and reads.</summary>
    public Tokens Tokens { get; } = tokens;

    /// <summary>The cookie's name: two stores served on one machine do not sign each other out.</summary>
    public string CookieName { get; } = "mw_session_" + tokens.KeyId;

    /// <summary>Others than this machine can reach us: the cookie then travels over https alone, whatever name we are asked by.</summary>
    public bool IsExposed { get; init; }

    /// <summary>Stands before everything that asks who it is.</summary>
    public void Use(WebApplication app) => app.Use(async (context, next) =>
    {
        context.Features.Set(await FindAsync(context.Request));
        await next(context);
    });

    /// <summary>Who asks, or null: nobody that we know.</summary>
    public static Caller? CallerOf(HttpContext context) => context.Features.Get<Known>()?.Caller;

    /// <summary>True where a cookie came without the header that our pages send beside it.</summary>
    public static bool LacksCsrf(HttpContext context) => context.Features.Get<Known>()?.LacksCsrf ?? false;

    /// <summary>
    /// True where the gate of the doors and feeds need not ask for its key: what asks for a caller itself, and the reads
    /// of somebody we know.
    /// </summary>
    public static bool Lets(HttpContext context)
    {
        var path = context.Request.Path;
        return OwnPaths.Any(own => path.StartsWithSegments(own, StringComparison.Ordinal))
            || (IsRead(context.Request) && CallerOf(context) is not null);
    }

    /// <summary>The header's value that belongs to a session.</summary>
    public string CsrfOf(string session) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(csrfKey, Encoding.UTF8.GetBytes(session)));

    private async ValueTask<Known> FindAsync(HttpRequest request)
    {
        // Who sends a token means that token: a cookie beside it does not stand in for a bad one. Other schemes are the
        // gate's key, which a browser adds by itself.
        if (AuthenticationHeaderValue.TryParse(request.Headers.Authorization.ToString(), out var given)
            && given.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            return new Known(await Tokens.ReadAsync(given.Parameter), false);
        }

        if (request.Cookies[CookieName] is not { Length: > 0 } session || await Tokens.ReadAsync(session) is not { } caller)
        {
            return new Known(null, false);
        }

        return IsRead(request) || IsSame(request.Headers[CsrfHeader].ToString(), CsrfOf(session))
            ? new Known(caller, false)
            : new Known(null, true);
    }

    private static bool IsRead(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);

    private static bool IsSame(string offered, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(offered), Encoding.UTF8.GetBytes(expected));

    private sealed record Known(Caller? Caller, bool LacksCsrf);
}
